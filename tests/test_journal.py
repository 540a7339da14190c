"""The log and the hook of a schedule."""

import json
import sys
from datetime import date

import pytest

from slackwater import journal
from slackwater.errors import InputError


def test_the_log_is_one_json_object_a_line(tmp_path):
    log = journal.Journal(tmp_path / "log")
    log.write("published", edition="2025", line="a\nb\x1b[31m")
    log.write("failed", error="x")
    rows = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [row["event"] for row in rows] == ["published", "failed"]
    assert rows[0]["line"] == "a\nb\x1b[31m" and "\x1b" not in (tmp_path / "log").read_text()


def test_a_log_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        journal.Journal(tmp_path / "none" / "log").write("x")


@pytest.mark.parametrize(("text", "number"), [("14d", 14), ("2w", 14), ("0d", 0)])
def test_days(text, number):
    assert journal.days(text) == number


@pytest.mark.parametrize("text", ["14", "d", "-1d", "two weeks"])
def test_what_is_no_number_of_days(text):
    with pytest.raises(InputError, match="is not a number of days"):
        journal.days(text)


def test_age():
    assert journal.age("2025-04-02", date(2025, 4, 16)) == 14
    assert journal.age(None) is None


def test_the_hook_gets_the_texts_through_its_environment_and_no_shell(tmp_path, monkeypatch):
    out = tmp_path / "out.txt"
    code = f"import os; open({str(out)!r}, 'w').write(os.environ['SLACKWATER_CHANGE'])"
    monkeypatch.setenv("HOOK", code)
    nasty = "$(touch /tmp/never); `id`\nsecond line"
    run = f'"{sys.executable}" -c "import os; exec(os.environ[\'HOOK\'])"'
    assert journal.tell(run, {"change": nasty}) is None
    assert out.read_text() == "$(touch /tmp/never); `id` second line"


@pytest.mark.parametrize(("command", "words"), [("/no/such/program", "cannot be run"), ("false", "ended with 1")])
def test_a_hook_that_fails_is_told_and_stops_nothing(command, words):
    assert words in journal.tell(command, {})
