"""The verbs as a shell sees them: output, one-line errors, exit codes."""

import io
import json
import subprocess
import sys
import types

import pytest

from articles import CLOSING, OPENING
from loopback import serving
from slackwater import cli, tables
from slackwater.cli import grammar


def feed(monkeypatch, text):
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(text.encode())))


def test_analyse_writes_the_five_tables(tmp_path, capsys):
    assert cli.main(["analyse", "seeds", "--out", str(tmp_path)]) == 0
    assert "tables of 5 pages" in capsys.readouterr().out
    for name, schema in tables.SCHEMAS.items():
        assert list(tables.load(tmp_path, name).columns) == list(schema)
        assert (tmp_path / f"{name}.csv").is_file()


def test_clean_prints_the_body(capsys):
    assert cli.main(["clean", "seeds/002_cd747eea8e51624a.txt"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Located in Zhangjiang") and "Most Popular" not in out


def test_clean_jsonl_gives_every_line_with_label_and_reason(monkeypatch, capsys):
    page = "Acme opens a plant in Ghent\n\nAcme said on Monday that it had opened a plant in Ghent.\n\nLeave a comment"
    feed(monkeypatch, json.dumps({"id": "a", "text": page}) + "\n")
    assert cli.main(["clean", "-", "--jsonl"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert set(row) == {"id", "text", "title", "standfirst", "published", "authors", "publisher", "kind", "lines"}
    assert row["title"] == "Acme opens a plant in Ghent" and row["text"].startswith("Acme said")
    assert [(line["line"], line["kept"]) for line in row["lines"]] == [(1, True), (3, True), (5, False)]
    assert all(line["label"] and line["why"] for line in row["lines"])


def test_read_gives_direction_and_evidence(monkeypatch, capsys):
    feed(monkeypatch, '{"id": 1, "sentence": "Acme closed its plant in Ghent.", "company": "Acme", "place": "Ghent"}\n'
         '{"id": 2, "sentence": "Acme closed its plant in Ghent.", "company": "Bolt"}\n')
    assert cli.main(["read", "-"]) == 0
    mine, other = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert set(mine) >= {"id", "direction", "certainty", "speaker", "about", "theme", "evidence"}
    assert (mine["direction"], mine["certainty"], mine["about"]) == ("retreat", "asserted", "company")
    assert mine["evidence"][0]["matched"].startswith("closed") and mine["evidence"][0]["outcome"] == "counted"
    assert other["direction"] == "neutral" and other["about"] == "other"


def test_check_says_that_the_sample_is_in_order(capsys):
    assert cli.main(["check", "seeds"]) == 0
    assert capsys.readouterr().out.endswith("in order\n")


def test_what_came_in_is_told_in_json_to_a_program(tmp_path, capsys):
    folder, page, table = tmp_path / "acme", tmp_path / "opening.txt", tmp_path / "pages.jsonl"
    assert cli.main(["new", str(folder), "--company", "Acme", "--place", "Ghent"]) == 0
    page.write_text(OPENING)
    table.write_text(json.dumps({"text": CLOSING}) + "\n{}\n")
    capsys.readouterr()
    assert cli.main(["add", str(folder), str(page), str(tmp_path / "none"), "--json"]) == 2
    out = capsys.readouterr()
    added, refused = json.loads(out.out)
    assert (added["what"], refused["what"]) == ("added", "refused") and refused["fault"] in out.err
    assert (folder / added["file"]).is_file()
    assert cli.main(["import", str(folder), str(table), "--json"]) == 0
    assert [row["what"] for row in json.loads(capsys.readouterr().out)["pages"]] == ["added", "refused"]
    with serving() as site:
        site.pages |= {"/feed": "<rss><channel/></rss>"}
        with (folder / "corpus.yaml").open("a") as said:
            said.write(f"feeds: ['{site.url('/feed')}']\n")
        assert cli.main(["fetch", str(folder), "--json"]) == 0
    (feed,) = json.loads(capsys.readouterr().out)["feeds"]
    assert (feed["entries"], feed["fault"], feed["pages"]) == (0, None, [])


@pytest.mark.parametrize(("company", "place", "words"), [
    ("Acme", "Ghent", "in order"), ("Akme", "Ghent", "does not name Akme. "), ("Acme", "Gent", "does not name Gent. "),
    ("Akme", "Gent", "does not name Akme or Gent. "), ("Bolt / Acme", "Flanders", "does not name Flanders. ")])
def test_a_name_that_no_page_has_is_told_when_a_page_comes_in_and_by_check(tmp_path, capsys, company, place, words):
    folder, page = tmp_path / "c", tmp_path / "opening.txt"
    page.write_text(OPENING)
    assert cli.main(["new", str(folder), "--company", company, "--place", place]) == 0
    assert cli.main(["add", str(folder), str(page)]) == 0
    assert ("does not name" in capsys.readouterr().out) == (words != "in order")
    assert cli.main(["check", str(folder)]) == 0
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(("argv", "stdin", "words"), [
    (["report", "nowhere"], "", "nowhere: there is no such folder"),
    (["analyse", "nowhere", "--out", "x"], "", "nowhere: there is no such file or folder"),
    (["check", "seeds", "--param", "min_words=abc"], "", "'abc' is not allowed; min_words is a whole number"),
    (["clean", "nowhere.txt"], "", "nowhere.txt: cannot be read (No such file or directory)"),
    (["read", "-"], "{bad\n", "standard input, line 1: is not JSON"),
    (["read", "-"], "[1]\n", "standard input, line 1: is not a JSON object"),
    (["read", "x.jsonl"], "", "are read from standard input"),
    (["verify", "nowhere"], "", "holds no run.json"),
    (["schedule", "seeds", "--every", "soon"], "", "is not a time"),
    (["tidy", "nowhere"], "", "there is no such file or folder"),
])
def test_bad_input_is_one_line_and_exit_2(monkeypatch, capsys, argv, stdin, words):
    feed(monkeypatch, stdin)
    assert cli.main(argv) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and lines[0].startswith("slackwater: ") and words in lines[0]


def test_any_option_may_come_from_the_environment_and_the_command_line_has_the_last_word(monkeypatch):
    for name, value in {"CELL_TIMEOUT": "60", "NO_QUOTES": "1", "FORCE": "no", "PARAM": "a=1 b=2", "WAIT": "1.5",
                        "EVERY": "Mon 06:00", "OUT": "elsewhere", "HELP": "1"}.items():
        monkeypatch.setenv(f"SLACKWATER_{name}", value)
    args = grammar.parser().parse_args(["report", "seeds"])
    assert (args.cell_timeout, args.no_quotes, args.force, args.param, args.wait, str(args.out)) == (
        60, True, False, ["a=1", "b=2"], 1.5, "elsewhere")
    assert grammar.parser().parse_args(["report", "seeds", "--cell-timeout", "5"]).cell_timeout == 5
    assert grammar.parser().parse_args(["schedule", "seeds"]).every == "Mon 06:00", "what is required, too"


def test_every_verb_has_an_example_that_its_own_grammar_reads(capsys):
    import shlex

    top = grammar.parser()
    for name, sub in grammar.by_name(top).items():
        example = sub.epilog.removeprefix("example: ").split("<")[0]
        assert top.parse_args(shlex.split(example)[1:]).verb == name


def test_an_interrupt_that_falls_into_an_import_ends_with_130_too(tmp_path):
    """CPython would end by SIGINT where the interrupt came while text was evaluated, as a dataclass's methods are."""
    (tmp_path / "interrupted.py").write_text(
        "import sys; from slackwater import cli\n"
        "def fall(args): exec('raise KeyboardInterrupt')\n"
        "typed = type('Typed', (), {'function': staticmethod(fall)})\n"
        "cli.parser = lambda: type('Parser', (), {'parse_args': lambda self, argv: typed})()\n"
        "sys.exit(cli.main([]))")
    ended = subprocess.run([sys.executable, "-m", "interrupted"], cwd=tmp_path, capture_output=True, text=True,
                           timeout=60)
    assert (ended.returncode, ended.stderr) == (130, "interrupted; the last edition stays.\n")
