"""A run with small notebooks of our own, and what happens when they misbehave."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest

import small_report
from articles import OPENING, html
from loopback import serving
from slackwater import cli, sources
from slackwater.editions import Shelf
from small_report import REPORT, STAGE, write

pytestmark = pytest.mark.slow


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.setenv("KERNELS_OF", str(tmp_path))
    return small_report.corpus(tmp_path)


def report(corpus, *options):
    return cli.main(["report", str(corpus), "--out", str(corpus.parent / "out"), *options])


def seen(corpus):
    return Shelf(corpus.parent / "out", "acme").current()


def children():
    """Processes that this test's runs have started and not ended."""
    mark = f"KERNELS_OF={os.environ['KERNELS_OF']}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if entry.parent.name != str(os.getpid()) and mark in entry.read_bytes().split(b"\0"):
                found.append((entry.parent / "cmdline").read_bytes().replace(b"\0", b" "))
    return found


def test_a_run_publishes_and_an_unchanged_one_says_so(corpus, capsys):
    assert report(corpus) == 0
    first = seen(corpus)
    assert (Path(corpus.parent) / "out" / "acme" / "report.pdf").read_bytes()[:5] == b"%PDF-"
    assert "is published" in capsys.readouterr().out
    assert report(corpus) == 0
    assert "is current" in capsys.readouterr().out
    assert seen(corpus)["edition"] == first["edition"]
    text = (corpus.parent / "out" / "acme" / "run.json").read_text()
    assert str(corpus.parent) not in text and os.uname().nodename not in text


def test_notebooks_share_nothing_and_hold_no_path_of_the_machine(corpus):
    assert report(corpus) == 0
    work = corpus.parent / "out" / "acme" / "working"
    assert {path.read_text() for path in work.glob("stages/*/seen.txt")} == {"1False"}
    for path in work.glob("notebooks/*.ipynb"):
        assert str(corpus.parent) not in path.read_text()


def test_a_part_that_has_not_changed_is_taken_over(corpus, capsys):
    assert report(corpus) == 0
    write(corpus / "nb", "03-find-themes", STAGE.format("readings"), "1 + 1")
    assert report(corpus) == 0
    assert seen(corpus)["reused"] == ["01-clean-texts", "02-measure-tone"]
    assert report(corpus, "--param", "knob=2") == 0
    assert seen(corpus)["reused"] == []
    assert "3 new" not in capsys.readouterr().out


def test_two_runs_give_the_same_bytes_and_verify_says_so(corpus, capsys):
    assert report(corpus) == 0
    first = seen(corpus)["outputs"]
    edition = (corpus.parent / "out" / "acme").resolve()
    assert cli.main(["verify", str(edition)]) == 0
    assert "identical" in capsys.readouterr().out
    (edition / "report.html").write_text("forged")
    assert cli.main(["verify", str(edition)]) == 1
    assert "report.html: differs from byte 0" in capsys.readouterr().out
    assert report(corpus, "--force") == 0
    second = seen(corpus)["outputs"]
    differ = {name for name in first if first[name] != second[name]}
    assert differ <= {"changes.json"}


FAULTS = {
    "error": ("1 / 0", [], "04-report.ipynb: cell 3: ZeroDivisionError: division by zero"),
    "hang": ("import time; time.sleep(600)", ["--cell-timeout", "2"], "ran longer than 2 s"),
    "hang, deaf": ("import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(600)",
                   ["--cell-timeout", "2"], "ran longer than 2 s"),
    "all": ("import time; time.sleep(600)", ["--timeout", "8"], "the notebooks ran longer than 8 s"),
    "killed": ("import os; os.kill(os.getpid(), 9)", [], "its kernel died"),
    "exit": ("import os; os._exit(0)", [], "its kernel died"),
    "memory": ("x = bytearray(8_000_000_000)", ["--memory", "4000000000"], "MemoryError"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_notebook_that_fails_leaves_the_last_edition_and_one_line(corpus, capsys, fault):
    assert report(corpus) == 0
    good = seen(corpus)["edition"]
    source, options, words = FAULTS[fault]
    write(corpus / "nb", "04-report", "1 + 1", source, REPORT)
    capsys.readouterr()
    begun = time.monotonic()
    assert report(corpus, *options) == 3
    assert time.monotonic() - begun < 20
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("slackwater:")]
    assert len(lines) == 1 and words in lines[0]
    assert seen(corpus)["edition"] == good
    failed = corpus.parent / "out" / ".editions" / "acme" / ".failed" / "working" / "notebooks" / "04-report.ipynb"
    if fault != "all":
        assert any(output.output_type == "error" for cell in nbformat.read(failed, 4).cells
                   for output in cell.get("outputs", []))
    assert not children()


def test_what_a_notebook_starts_ends_with_it(corpus):
    pid = corpus.parent / "pid"
    write(corpus / "nb", "04-report", "import subprocess, pathlib\n"
          f"pathlib.Path({str(pid)!r}).write_text(str(subprocess.Popen(['sleep', '300']).pid))", REPORT)
    assert report(corpus) == 0
    deadline = time.monotonic() + 5
    while Path(f"/proc/{pid.read_text()}/status").exists() and time.monotonic() < deadline:
        if "zombie" in Path(f"/proc/{pid.read_text()}/status").read_text():
            break
        time.sleep(0.1)
    else:
        assert not Path(f"/proc/{pid.read_text()}").exists()


def test_a_second_run_waits_or_exits_5(corpus, capsys):
    shelf = Shelf(corpus.parent / "out", "acme")
    with shelf.locked():
        assert report(corpus) == 5
        assert "another run of this report is at work" in capsys.readouterr().err
        held = threading.Event()
        codes = []
        waiting = threading.Thread(target=lambda: (held.wait(), codes.append(_separate(corpus, "--wait", "60"))))
        waiting.start()
        held.set()
        time.sleep(1.5)
    waiting.join(60)
    assert codes == [0]


def _separate(corpus, *options):
    return subprocess.run([sys.executable, "-m", "slackwater", "report", str(corpus), "--out",
                           str(corpus.parent / "out"), *options], capture_output=True, timeout=90).returncode


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_interrupted_run_exits_130_and_leaves_nothing(corpus, number):
    write(corpus / "nb", "02-measure-tone", "import time; time.sleep(60)")
    process = subprocess.Popen([sys.executable, "-m", "slackwater", "report", str(corpus), "--out",
                                str(corpus.parent / "out")], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(corpus.parent.glob("out/.editions/acme/.*/working/stages/readings/seen.txt")):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.1)
    process.send_signal(number)
    assert process.wait(20) == 130
    assert process.stderr.read() == "interrupted; the last edition stays.\n"
    store = corpus.parent / "out" / ".editions" / "acme"
    assert [path.name for path in store.iterdir()] == [".lock"]
    assert not children()


def test_bad_input_stops_before_a_kernel(corpus, capsys):
    for options, words in ((["--param", "knob=ten"], "knob is a whole number from 0 to 9"),
                           (["--param", "nob=1"], "Did you mean knob?"),):
        assert report(corpus, *options) == 2
        assert words in capsys.readouterr().err
    assert not (corpus.parent / "out").exists()


def test_the_log_the_hook_and_a_stale_corpus(corpus, tmp_path, capsys):
    hook = tmp_path / "hook.py"
    hook.write_text("import json, os, sys\nopen(sys.argv[1], 'a').write(json.dumps("
                    "{k: v for k, v in os.environ.items() if k.startswith('SLACKWATER_')}) + '\\n')\n")
    options = ["--log", str(tmp_path / "log"), "--stale", "14d",
               "--on-change", f"{sys.executable} {hook} {tmp_path / 'told'}"]
    assert report(corpus, *options) == 0
    assert "the newest page is" in capsys.readouterr().err
    (told,) = [json.loads(line) for line in (tmp_path / "told").read_text().splitlines()]
    assert told["SLACKWATER_EVENT"] == "changed" and told["SLACKWATER_OLD"] == "1"
    assert told["SLACKWATER_CHANGE"] == "First edition: Acme is there."
    (row,) = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert (row["event"], row["newest"], row["stale"]) == ("published", "2024-05-02", True)


def test_a_schedule_fetches_first_and_reports_whatever_the_feeds_say(corpus, tmp_path, capsys):
    options = ["--fetch", "--log", str(tmp_path / "log")]
    page = html(OPENING)
    feed = "<rss><channel><title>N</title><item><title>Acme in Ghent</title><link>{}</link></item></channel></rss>"
    with serving() as site:
        said = (corpus / "corpus.yaml").read_text()
        (corpus / "corpus.yaml").write_text(f"{said}feeds: ['{site.url('/feed')}', '{site.url('/odd')}']\n")
        site.pages |= {"/feed": feed.format(site.url("/1")), "/odd": "<html>no feed</html>", "/1": page}
        assert report(corpus, *options) == 0
    assert [path.read_text() for path in corpus.glob("*.html")] == [page]
    assert len(seen(corpus)["fingerprint"]["inputs"]) == 4
    failed, done = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert (failed["event"], failed["feed"], done["event"]) == ("feed failed", site.url("/odd"), "published")
    assert " 1 new" in capsys.readouterr().err
    (corpus / "corpus.yaml").write_text(said)
    assert report(corpus, *options) == 0, "a corpus without feeds is told, and reported all the same"
    assert "names no feeds" in capsys.readouterr().err


def test_every_option_has_its_environment_variable(corpus, monkeypatch, capsys):
    monkeypatch.setenv("SLACKWATER_PARAM", "knob=12")
    assert report(corpus) == 2
    assert "knob=12" in capsys.readouterr().err


def test_withdraw_takes_a_page_out_of_everything(corpus, capsys):
    (corpus / "001.txt").write_text("Acme stays in Ghent.\n")
    said = (corpus / "corpus.yaml").read_text()
    (corpus / "corpus.yaml").write_text(said + "# what we know\npages:\n  001.txt:\n    kind: news\n    because: x\n"
                                        "  # of the first\n  000.txt: {kind: news, because: y}\n")
    assert report(corpus) == 0
    old = seen(corpus)["edition"]
    assert cli.main(["withdraw", str(corpus), "001.txt", "--out", str(corpus.parent / "out")]) == 0
    assert not (corpus / "001.txt").exists()
    left = (corpus / "corpus.yaml").read_text()
    assert "001.txt" not in left and "# of the first" in left and "# what we know" in left
    assert [path.name for path in Shelf(corpus.parent / "out", "acme").all()] == [seen(corpus)["edition"]] != [old]
    assert cli.main(["withdraw", str(corpus), "001.txt", "--out", str(corpus.parent / "out")]) == 2
    (record,) = sources.load(corpus)
    assert set(record) == {"file", "withdrawn", "sha256"}
