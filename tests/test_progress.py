"""Bars that name the notebook and the cell: on a terminal, and nowhere else."""

import io
import os
import re
import subprocess
import sys

import pytest

import small_report
from slackwater.cli.progress import Bars


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Terminal()


def plain(text):
    return re.sub(r"\x1b\[\d+m", "", text)


def run(stream):
    with Bars(stream) as bars:
        bars("02-measure-tone", "by-page", 5, 10)
        bars("03-find-themes", "claims", 0, 4)
        bars.tell("note: no font for a sign")
        bars("02-measure-tone", "", 10, 10)
        bars("04-report", "unchanged", 1, 1)
    return stream.getvalue()


def test_each_notebook_that_runs_has_a_bar_with_its_cell(terminal):
    frames = plain(run(terminal)).split("\r\x1b[J")
    assert frames[2].splitlines()[:2] == [f"  {'#' * 10}{'-' * 10} 02-measure-tone: by-page (6 of 10)",
                                          f"  {'-' * 20} 03-find-themes: claims (1 of 4)"]


def test_what_stays_stands_above_the_bars_and_these_go_at_the_end(terminal):
    """The screen as a terminal would show it: cursor up, clear below, write."""
    screen: list[str] = []
    for up, text in re.findall(r"(?:\x1b\[(\d+)A)?\r\x1b\[J([^\r\x1b]*)", plain(run(terminal))):
        del screen[len(screen) - int(up or 0):]
        screen += text.splitlines()
    assert [re.sub(r"\d\.\d s", "0.0 s", line) for line in screen] == [
        "  note: no font for a sign", "  02-measure-tone (0.0 s)", "  04-report (unchanged)"]


def test_a_narrow_terminal_gets_lines_that_do_not_wrap(terminal, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    with Bars(terminal) as bars:
        bars("02-measure-tone", "a-cell-with-a-very-long-name-indeed", 1, 2)
    assert max(map(len, re.split(r"[\r\n]|\x1b\[J", plain(terminal.getvalue())))) < 40


@pytest.mark.parametrize(("variable", "colour", "bars"), [
    (("NO_COLOR", "1"), False, True), (("NO_COLOR", ""), True, True), (("TERM", "dumb"), False, False)])
def test_no_colour_and_no_bars_where_they_are_not_wanted(terminal, monkeypatch, variable, colour, bars):
    monkeypatch.setenv(*variable)
    text = run(terminal)
    assert ("\x1b[36m" in text, "#" in text) == (colour, bars)


def test_a_file_gets_what_stays_and_nothing_else():
    assert run(io.StringIO()) == "  note: no font for a sign\n"


@pytest.mark.slow
def test_a_report_on_a_terminal_shows_its_notebooks_and_cells(tmp_path):
    import pty

    corpus = small_report.corpus(tmp_path)
    command = [sys.executable, "-m", "slackwater", "report", str(corpus), "--out", str(tmp_path / "out")]
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(command, stderr=theirs, stdout=subprocess.PIPE, text=True, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            read = os.read(ours, 4096)
        except OSError:  # the other end was closed
            break
        if not read:
            break
        shown += read
    os.close(ours)
    assert process.wait(60) == 0 and "is published" in process.stdout.read()
    process.stdout.close()
    text = plain(shown.decode())
    assert re.search(r"#*-+ 01-clean-texts: cell-0 \(\d of \d\)", text)
    assert re.search(r"04-report \(\d+\.\d s\)", text) and "HTML and PDF" in text

    quiet = subprocess.run([*command, "--force"], capture_output=True, text=True, timeout=60)
    assert quiet.returncode == 0 and quiet.stderr == ""
