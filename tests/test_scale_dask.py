"""A real scheduler and real workers on loopback: same bytes, workers killed, schedulers gone, versions mixed."""

import shutil
import threading
import time
from pathlib import Path

import pytest

import slackwater
from cluster import cluster
from paper import parts
from slackwater.errors import InputError, SlackwaterError
from slackwater.scale import analyse, engines
from test_scale import analysed, files

pytestmark = pytest.mark.slow


@pytest.fixture
def hundreds(tmp_path):
    return parts(720, tmp_path / "parts", size=60)


def when_a_part_is_there(out, act):
    """Do *act* as soon as the first result lies in *out*, in a thread."""
    def watch():
        deadline = time.monotonic() + 120
        while not list(out.glob("parts/part-*")) and time.monotonic() < deadline:
            time.sleep(0.01)
        act()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread


def test_a_worker_killed_in_mid_run_changes_no_byte(tmp_path, hundreds):
    alone, _ = analysed(hundreds, tmp_path / "alone")
    with cluster(tmp_path / "cluster") as two:
        thread = when_a_part_is_there(tmp_path / "out", two.workers[0].kill)
        done, told = analysed(hundreds, tmp_path / "out", name=two.address)
        thread.join()
        assert two.workers[0].wait(10) == -9 and two.workers[1].poll() is None
    assert told[0].startswith(f"Dask at {two.address}, dashboard http://127.0.0.1:")
    assert [line.split(":")[0] for line in told[1:-2]] == [f"part {n} of 12" for n in range(1, 13)]
    assert (done.hash, done.cached) == (alone.hash, 0)
    assert files(tmp_path / "out") == files(tmp_path / "alone")
    assert not list(tmp_path.glob("out/.staging")) and not list(tmp_path.glob("out/parts/.making*"))


def test_a_scheduler_that_goes_away_is_told_and_what_is_done_is_kept(tmp_path, hundreds, monkeypatch):
    monkeypatch.setattr(engines, "_ANSWER", 5.0)
    with cluster(tmp_path / "cluster") as two:
        when_a_part_is_there(tmp_path / "out", two.scheduler.kill)
        with pytest.raises(SlackwaterError, match="the scheduler went away"):
            analysed(hundreds, tmp_path / "out", name=two.address)
    assert files(tmp_path / "out") == {} and not (tmp_path / "out" / analyse.SUMMARY).exists()
    done, _ = analysed(hundreds, tmp_path / "out")
    assert 0 < done.cached < 12


def test_a_worker_of_another_version_is_named(tmp_path, hundreds):
    other = tmp_path / "other"
    shutil.copytree(Path(slackwater.__file__).parent, other / "slackwater",
                    ignore=shutil.ignore_patterns("__pycache__"))
    (other / "slackwater" / "__init__.py").write_text('__version__ = "99.9"\n')
    with cluster(tmp_path / "cluster", workers=1, path=other) as one, pytest.raises(InputError) as caught:
        analysed(hundreds, tmp_path / "out", name=one.address)
    assert f"slackwater 99.9, not {slackwater.__version__}" in str(caught.value)
    assert files(tmp_path / "out") == {} and not list(tmp_path.glob("out/parts/*"))


def test_a_part_that_is_bad_is_named_by_its_worker(tmp_path, hundreds):
    hundreds[3].write_bytes(hundreds[3].read_bytes()[:600] + b"\xff" * 3000 + hundreds[3].read_bytes()[3600:])
    with cluster(tmp_path / "cluster") as two, pytest.raises(InputError, match=r"part-003\.parquet: is damaged"):
        analysed(hundreds, tmp_path / "out", name=two.address)


@pytest.mark.parametrize("workers, words", [(0, "has no workers"), (None, "no scheduler answers")])
def test_a_cluster_that_is_not_there_is_told(tmp_path, hundreds, monkeypatch, workers, words):
    monkeypatch.setattr(engines, "_ANSWER", 3.0)
    if workers is None:
        with pytest.raises(InputError, match=words):
            analysed(hundreds, tmp_path / "out", name="tcp://127.0.0.1:9")
        return
    with cluster(tmp_path / "cluster", workers=workers) as none, pytest.raises(InputError, match=words):
        analysed(hundreds, tmp_path / "out", name=none.address)


def test_dask_of_this_machine_gives_the_bytes_of_no_engine(tmp_path, hundreds):
    alone, _ = analysed(hundreds[:3], tmp_path / "alone")
    done, told = analysed(hundreds[:3], tmp_path / "out", name="dask", workers=2)
    assert done.hash == alone.hash and "dashboard http://127.0.0.1:" in told[0]
