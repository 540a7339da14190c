"""Forked kernels: they are there at once, alone, and gone when they should be."""

import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from slackwater import execute, forking

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def forks(tmp_path_factory):
    with execute.forks(tmp_path_factory.mktemp("private")) as found:
        assert (found is None) == (not forking.offered())
        yield found


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def run(tmp_path, forks, *cells, name="one", **settings):
    """What the last cell of a notebook of *cells* shows."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]}
                                                                         if number == 0 else {})
                                               for number, source in enumerate(("", *cells))])
    path = tmp_path / f"{name}.ipynb"
    nbformat.write(notebook, path)
    kernel = execute.start_kernel(tmp_path, tmp_path / name, forks=forks, **settings)
    executed = execute.run(path, tmp_path / f"{name}-out.ipynb", {}, kernel=kernel)
    outputs = executed.cells[-1].outputs
    return "".join(o.get("text", o.get("data", {}).get("text/plain", "")) for o in outputs)


def test_what_one_notebook_leaves_is_not_in_the_next(tmp_path, forks):
    planted = ("import builtins, os, sys, slackwater, pandas; planted = 1; builtins.planted = slackwater.planted = 1; "
               "os.environ['PLANTED'] = '1'; sys.modules['planted'] = sys; pandas.set_option('display.precision', 2); "
               "os.chdir('/'); print('planted')")
    assert run(tmp_path, forks, planted) == "planted\n"
    look = ("import builtins, os, sys, slackwater, pandas; print('planted' in globals(), hasattr(builtins, 'planted'), "
            "hasattr(slackwater, 'planted'), 'PLANTED' in os.environ, 'planted' in sys.modules, "
            "pandas.get_option('display.precision'), os.getcwd())")
    assert run(tmp_path, forks, look, name="two") == f"False False False False False 6 {tmp_path}\n"


def test_kernels_that_run_side_by_side_are_apart(tmp_path, forks):
    both = [execute.start_kernel(tmp_path, tmp_path / name, forks=forks) for name in ("one", "two")]
    try:
        assert len({kernel.provisioner.pid for kernel in both}) == 2
        assert len({os.getpgid(kernel.provisioner.pid) for kernel in both}) == 2
    finally:
        for kernel in both:
            execute.end_kernel(kernel)


def test_two_kernels_draw_different_numbers(tmp_path, forks):
    draw = "import random, numpy; print(random.random(), numpy.random.rand())"
    first, second = (run(tmp_path, forks, draw, name=name).split() for name in ("one", "two"))
    assert first[0] != second[0] and first[1] != second[1]


def test_a_kernel_sees_its_settings_and_can_start_processes(tmp_path, forks):
    ask = ("import os, subprocess, sys; print(os.environ['TZ'], os.environ['IPYTHONDIR'], sys.argv[0][-21:], "
           "subprocess.run(['sh', '-c', 'exit 3']).returncode)")
    assert run(tmp_path, forks, ask).split() == ["UTC", str(tmp_path / "one"), "ipykernel_launcher.py", "3"]


def test_a_limit_of_memory_holds(tmp_path, forks):
    limit = "import resource; print(resource.getrlimit(resource.RLIMIT_AS)[0])"
    assert run(tmp_path, forks, limit, memory=3_000_000_000) == "3000000000\n"


def test_an_ended_kernel_is_gone_with_what_it_started(tmp_path, forks):
    kernel = execute.start_kernel(tmp_path, tmp_path / "one", forks=forks)
    process = kernel.provisioner.process
    assert process.poll() is None
    execute.end_kernel(kernel)
    assert process.wait(5) is not None
    with pytest.raises(ProcessLookupError):
        os.killpg(kernel.provisioner.pgid, 0)
    execute.end_kernel(kernel)  # twice is as good as once


def test_without_the_process_that_forks_a_kernel_starts_as_ever(tmp_path):
    with execute.forks(tmp_path / "private") as found:
        if found:
            found._process.kill()
            found._process.wait()
        assert run(tmp_path, found, "print(6 * 7)") == "42\n"


def test_a_system_that_cannot_fork_starts_kernels_as_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(forking, "offered", lambda: False)
    with execute.forks(tmp_path / "private") as found:
        assert found is None
        assert run(tmp_path, found, "print(6 * 7)") == "42\n"


def test_kernels_end_when_the_run_is_killed(tmp_path):
    script = tmp_path / "driver.py"
    script.write_text(
        "import sys, time\nfrom pathlib import Path\nfrom slackwater import execute\n"
        "here = Path(sys.argv[1])\nwith execute.forks(here / 'private') as forks:\n"
        "    kernel = execute.start_kernel(here, here / 'one', forks=forks)\n"
        "    print(kernel.provisioner.pid, flush=True)\n    time.sleep(60)\n")
    driver = subprocess.Popen([sys.executable, str(script), str(tmp_path)], stdout=subprocess.PIPE, text=True)
    pid = int(driver.stdout.readline())
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    driver.stdout.close()
    deadline = time.monotonic() + 60
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not alive(pid)
