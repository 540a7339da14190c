"""A page, or one sentence of it, explained on a terminal and to a program."""

import json

import pytest

from articles import CLOSING, CORPUS, OPENING
from slackwater import cli, engine, explain
from slackwater.errors import InputError

EVIL = CLOSING.replace("Acme will close", "Acme will \x1b[2Jclose").replace("in June", "\u202ein June")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("acme")
    for name, text in (("corpus.yaml", CORPUS), ("000.txt", OPENING), ("001.txt", CLOSING), ("evil.txt", EVIL)):
        (folder / name).write_text(text)
    return folder


def said(capsys, *arguments):
    code = cli.main(["explain", *map(str, arguments)])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_it_tells_what_the_tables_tell(corpus):
    tables = engine.finished(engine.open_desk(corpus))
    told = explain.explain(corpus, "001.txt")
    page = tables.documents.set_index("file").loc["001.txt"]
    assert (told["direction"], told["n_retreat"]) == (page["direction"], page["n_retreat"])
    rows = tables.sentences[tables.sentences["file"] == "001.txt"]
    assert [s["direction"] for s in told["sentences"]] == list(rows["direction"])
    assert sum(len(s["evidence"]) for s in told["sentences"]) == (tables.evidence["file"] == "001.txt").sum()
    for sentence in told["sentences"]:
        for hit in sentence["evidence"]:
            assert sentence["text"][hit["start"]:hit["end"]] == hit["matched"]


def test_a_page_shows_sentences_with_rules_and_counts_the_others(corpus, capsys):
    code, out, _ = said(capsys, corpus, "001")
    assert code == 0 and out.startswith("Acme to close its research office in Ghent\n001.txt")
    assert "close-site, closure, retreat: counted" in out and "met no rule. Show one with 001.txt:NUMBER" in out


def test_a_sentence_shows_its_tone_its_line_and_where_the_rule_stands(corpus, capsys):
    code, out, _ = said(capsys, corpus, "001.txt:1")
    assert code == 0 and "(expansion_retreat.yaml:" in out and "tone " in out and "label title" in out


def test_a_sentence_that_no_rule_met_says_so(corpus, capsys):
    silent = next(s["sentence"] for s in explain.explain(corpus, "000")["sentences"] if not s["evidence"])
    assert "no rule of the lexicon met it" in said(capsys, corpus, f"000:{silent}")[1]


def test_json_is_for_a_program(corpus, capsys):
    _, out, _ = said(capsys, corpus, "001:1", "--json")
    told = json.loads(out)
    assert told["file"] == "001.txt" and [s["sentence"] for s in told["sentences"]] == [1]


@pytest.mark.parametrize(("page", "words"), [
    ("00", "names several pages of"), ("002", "is no page of"), ("001:99", "has no sentence 99. Name one from 1 to"),
    ("001:0", "has no sentence 0"), ("", "names several pages"), ("../x", "is no page"), ("001:one", "is no page")])
def test_what_is_not_there_is_one_line(corpus, capsys, page, words):
    code, out, err = said(capsys, corpus, page)
    assert code == 2 and not out and words in err and err.count("\n") == 1
    with pytest.raises(InputError):
        explain.explain(corpus, page)


def test_colours_are_off_unless_asked_and_never_come_from_a_page(corpus, capsys):
    assert "\x1b" not in said(capsys, corpus, "evil")[1]
    told = explain.explain(corpus, "evil")
    plain, coloured = ("\n".join(explain.lines(told, colour=on)) for on in (False, True))
    assert not {"\x1b", "\u202e"} & set(plain) and "\u202e" not in coloured
    assert "\x1b[31m" in coloured and "\x1b[2J" not in coloured


@pytest.mark.parametrize(("terminal", "no_color", "expected"),
                         [(True, "", True), (True, "1", False), (False, "", False)])
def test_no_color_is_respected(corpus, capsys, monkeypatch, terminal, no_color, expected):
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal, raising=False)
    monkeypatch.setenv("NO_COLOR", no_color)
    assert ("\x1b[" in said(capsys, corpus, "001")[1]) is expected


def test_a_page_that_could_not_be_read_says_why(tmp_path, capsys):
    (tmp_path / "corpus.yaml").write_text(CORPUS)
    (tmp_path / "000.txt").write_text(OPENING)
    (tmp_path / "001.txt").write_text("")
    code, out, _ = said(capsys, tmp_path, "001")
    assert code == 0 and "is empty" in out
