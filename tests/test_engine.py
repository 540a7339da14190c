"""Pages to tables: faults stay with their page, the analyst's word overrules and is shown beside the method's."""

import pytest

from slackwater import engine, findings, tables
from slackwater.errors import InputError

NEWS = """Acme opens a plant in Ghent

By Jo Doe

GHENT, May 2, 2024 (Wire) - Acme has opened a new plant in Ghent, the company said on Thursday.

The carmaker said it had invested 40 million euros in the site and hired 200 people there.

It plans to build a second hall in Ghent next year, a spokeswoman said."""


@pytest.fixture
def desk(tmp_path):
    def made(yaml="", **pages):
        for name, content in pages.items():
            path = tmp_path / f"{name}.txt"
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (tmp_path / "corpus.yaml").write_text("title: Acme in Ghent\ncompany: Acme\nplace: Ghent\n" + yaml)
        return engine.open_desk(tmp_path)
    return made


def test_a_page_that_cannot_be_read_stops_nothing_and_is_listed(desk):
    report = engine.finished(desk(
        a=NEWS, b=b"\x00\x01\x02\x03" * 50, c="", d="Accept cookies\nSubscribe\nLog in\nShare\nHome | News | Sport\n",
        e=b"%PDF-1.7 x", f="Straßenbahn fährt – „gut“.\n".encode("cp1252") * 3))
    faults = dict(zip(report.documents["file"], report.documents["fault"].notna(), strict=True))
    assert faults == {"a.txt": False, "b.txt": True, "c.txt": True, "d.txt": True, "e.txt": True, "f.txt": True}
    assert set(report.sentences["file"]) == {"a.txt"}
    assert list(report.documents["direction"]) == ["expansion"] + ["neutral"] * 5
    assert all(fault.endswith(".") for fault in report.documents["fault"].dropna())


def test_the_analysts_word_overrules_and_the_methods_stays_beside_it(desk):
    word = "pages:\n  a.txt: {direction: neutral, published: 2024-05, because: a notice of another firm}\n"
    row = engine.finished(desk(word, a=NEWS)).documents.iloc[0]
    assert (row["direction"], row["direction_read"]) == ("neutral", "expansion")
    assert (row["published"], row["published_from"]) == ("2024-05", "corpus.yaml")
    row = engine.finished(desk("", a=NEWS)).documents.iloc[0]
    assert row["direction"] == "expansion" and row.isna()["direction_read"]
    assert (row["published"], row["publisher"], row["authors"]) == ("2024-05-02", "Wire", "Jo Doe")


def test_a_sentence_may_be_overruled_and_the_report_says_what_the_rules_read(desk):
    word = ("pages:\n  a.txt:\n    because: looked at\n    sentences:\n"
            "      - {sentence: plans to build a second hall, direction: neutral, because: the permit was refused}\n")
    laid = desk(word, a=NEWS)
    report = engine.finished(laid)
    rows = report.sentences[report.sentences["direction_read"].notna()]
    assert list(zip(rows["direction"], rows["direction_read"], rows["because"], strict=True)) == [
        ("neutral", "expansion", "the permit was refused")]
    story = findings.open_story(report, laid.corpus, facts=laid.facts)
    quoted = findings.quotes.quote(story, next(rows.itertuples()))
    assert "the analyst’s word, because the permit was refused; the rules read growth" in quoted.before


def test_an_overruled_sentence_that_the_page_does_not_hold_is_named(desk):
    word = "pages: {a.txt: {because: x, sentences: [{sentence: no such words, direction: neutral, because: y}]}}\n"
    with pytest.raises(InputError, match="the page does not hold 'no such words'"):
        desk(word, a=NEWS)


def test_a_page_outside_the_window_is_left_out_and_says_so(desk):
    report = engine.finished(desk("window: {first: 2025}\n", a=NEWS))
    assert "outside the window 2025-01-01" in report.documents.at[0, "fault"]
    assert report.sentences.empty


def test_every_table_has_its_columns_whatever_the_corpus(desk):
    for pages in ({"a": NEWS}, {"a": ""}, {"a": "Hello."}):
        report = engine.finished(desk("", **pages))
        for name, frame in report._asdict().items():
            assert list(frame.columns) == list(tables.SCHEMAS[name])


def test_a_stage_is_taken_from_where_the_one_before_left_it(desk, tmp_path_factory):
    laid = desk("", a=NEWS)
    laid.work = tmp_path_factory.mktemp("work")
    pages = engine.clean(laid)
    assert engine.cleaned(laid).lines.equals(pages.lines)
    laid.keep(engine.Pages(pages.documents, pages.lines.iloc[:1], pages.sentences))
    assert len(engine.cleaned(laid).lines) == 1
