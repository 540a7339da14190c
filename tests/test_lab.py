"""`make lab`: JupyterLab with the notebooks, their kernel and their parameters, asked over its REST interface."""

import functools
import json
import os
import re
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECONDS = 120  # for the server to answer, on a machine that has other things to do
TOKEN = "a-token-of-the-test"

pytestmark = pytest.mark.slow


def recipe(notebooks: Path) -> list[str]:
    """What `make lab` runs, without the setting up."""
    said = subprocess.run(["make", "-n", "-C", str(ROOT), "lab", f"NOTEBOOKS={notebooks}"], capture_output=True,
                          text=True, check=True).stdout
    (line,) = [line for line in said.splitlines() if re.search(r"\bjupyter.lab\b", line)]
    return line.split()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A server on a free port of the loopback address; gives a function that asks it, and its runtime folder."""
    private = tmp_path_factory.mktemp("jupyter")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("JUPYTER", "IPYTHON"))}
    environment |= {"HOME": str(private), "JUPYTER_RUNTIME_DIR": str(private / "runtime"), "JUPYTER_TOKEN": TOKEN,
                    "PATH": f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    with (private / "log").open("w") as log:
        headless = [*recipe(ROOT / "notebooks"), "--no-browser", "--ip=127.0.0.1", "--port=0", "--allow-root"]
        process = subprocess.Popen(headless, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        yield functools.partial(asked, server(process, private)), private / "runtime"
    finally:
        process.send_signal(signal.SIGTERM)  # as Ctrl-C twice: the server ends its kernels, then itself
        try:
            process.wait(30)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    assert not list((private / "runtime").glob("kernel-*.json")), "a kernel outlived its server"


def server(process: subprocess.Popen, private: Path) -> str:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, (private / "log").read_text()
        for found in (private / "runtime").glob(f"jpserver-{process.pid}.json"):
            said = json.loads(found.read_text() or "{}")
            if said.get("port"):
                return f"http://127.0.0.1:{said['port']}"
        time.sleep(0.1)
    raise AssertionError((private / "log").read_text())


def asked(address: str, where: str, **body):
    request = urllib.request.Request(f"{address}{where}", headers={"Authorization": f"token {TOKEN}"},
                                     data=json.dumps(body).encode() if body else None)
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        data = answer.read()
    return json.loads(data) if "json" in answer.headers["Content-Type"] else data.decode()


def test_the_lab_opens_on_the_notebooks(lab):
    ask, _ = lab
    assert "JupyterLab" in ask("/lab")
    names = {entry["name"] for entry in ask("/api/contents")["content"]}
    assert names >= {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    tuning = ask("/api/contents/05-tune-lexicon.ipynb")["content"]
    assert tuning["metadata"]["kernelspec"]["name"] == "python3"
    assert "parameters" in tuning["cells"][1]["metadata"]["tags"]


def test_its_kernel_is_ours_and_finds_the_corpus_and_the_parameters(lab):
    """The first cells of a notebook run in the kernel that JupyterLab starts for it, as by Shift-Enter."""
    from jupyter_client import BlockingKernelClient

    ask, runtime = lab
    specs = ask("/api/kernelspecs")
    assert "python3" in specs["kernelspecs"]
    name = "05-tune-lexicon.ipynb"
    session = ask("/api/sessions", name=name, path=name, type="notebook", kernel={"name": "python3"})
    client = BlockingKernelClient(connection_file=str(runtime / f"kernel-{session['kernel']['id']}.json"))
    client.load_connection_file()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=SECONDS)
        cells = [cell["source"] for cell in ask(f"/api/contents/{name}")["content"]["cells"]
                 if cell["cell_type"] == "code"]
        shown = []

        def note(message):
            shown.append(message["content"])

        for source in [*cells[:3], "import sys; print(sys.executable, len(bench.sentences))"]:
            reply = client.execute_interactive(source, timeout=SECONDS, output_hook=note)
            assert reply["content"]["status"] == "ok", reply["content"]
        printed = "".join(said.get("text", "") for said in shown).split()
        assert Path(printed[-2]).parent == ROOT / ".venv" / "bin" and int(printed[-1]) > 100
        assert any("text/html" in said.get("data", {}) for said in shown), "a table is shown as one"
    finally:
        client.stop_channels()
