"""Markdown becomes blocks; what is not CommonMark, a table, a footnote or a formula stays text."""

from __future__ import annotations

import pytest

from slackwater.render import markdown, model


def read(source: str) -> tuple[list[model.Block], list[str]]:
    problems: list[str] = []
    return markdown.Reader(problems.append).blocks(source), problems


@pytest.mark.parametrize(("source", "text"), [
    ("plain", "plain"),
    ("two\nlines", "two lines"),
    ("a **b** *c* `d` ~~e~~", "a b c d e"),
    ("<b>raw</b> &amp; <script>", "<b>raw</b> & <script>"),
    ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
    ("\\*not em\\* and \\$5", "*not em* and $5"),
    ("from $5 to $6", "from $5 to $6"),
    ("half $\\frac{1}{2}$", "half $\\frac{1}{2}$"),
    ("\u202egnp.exe \x07", "[U+202E]gnp.exe �"),
    ("=HYPERLINK(1)", "=HYPERLINK(1)"),
])
def test_text_of_a_paragraph(source, text):
    (block,), _ = read(source)
    assert isinstance(block, model.Paragraph) and model.words(block.runs) == text


@pytest.mark.parametrize(("source", "href"), [
    ("[a](https://example.org/x)", "https://example.org/x"),
    ("[a](#fig-tide)", "#fig-tide"),
    ("[a](mailto:desk@example.org)", "mailto:desk@example.org"),
    ("[a](report.pdf)", "report.pdf"),
    ("[a](//example.org/x)", ""),
    ("[a](/etc/passwd)", ""),
    ("[a](../up)", "../up"),
    ("[a](file:///etc/passwd)", ""),
    ("[a](ftp://example.org)", ""),
    ("[a](data:text/html,x)", ""),
])
def test_addresses_a_link_may_have(source, href):
    (block,), _ = read(source)
    assert next(run.href for run in block.runs if run.text) == href


@pytest.mark.parametrize(("source", "kinds"), [
    ("# h {#name}", ["heading"]),
    ("- a\n- b\n  - c", ["listing"]),
    ("> q", ["quotation"]),
    ("```python\nx\n```", ["code"]),
    ("| a |\n|---|\n| b |", ["table"]),
    ("$$x^2$$", ["display"]),
    ("$$\\input{x}$$", ["code"]),
    ("---", ["rule"]),
    ("![alt](http://example.org/a.png)", ["missing"]),
    ("<div>\n\nx", ["paragraph", "paragraph"]),
])
def test_kinds_of_blocks(source, kinds):
    blocks, _ = read(source)
    assert [block.kind for block in blocks] == kinds


def test_ids_and_captions():
    blocks, _ = read("## Words {#here}\n\nA finding. {#f-1}\n\n| a |\n|--:|\n| 1 |\n\nTable: Kept {#tbl-kept}")
    heading, paragraph, table = blocks
    assert (heading.id, model.words(heading.runs)) == ("here", "Words")
    assert (paragraph.id, model.words(paragraph.runs)) == ("f-1", "A finding.")
    assert (table.id, model.words(table.caption), table.body[0][0].align) == ("tbl-kept", "Kept", "right")


def test_footnotes_are_numbered_through_all_cells():
    reader = markdown.Reader(lambda _: None)
    first, second = reader.blocks("a[^x]\n\n[^x]: one"), reader.blocks("b[^x] c[^x]\n\n[^x]: two")
    assert [r.note for r in first[0].runs if r.note] == [1]
    assert [r.note for r in second[0].runs if r.note] == [2, 2]
    assert [model.words(note[0].runs) for note in reader.notes] == ["one", "two"]


def test_what_cannot_be_shown_is_told():
    _, problems = read("![x](http://example.org/a.png) and $\\nonsense{x}$")
    assert len(problems) == 2 and "not fetched" in problems[0] + problems[1]


def test_a_formula_measures_itself_in_ems():
    from slackwater.render.maths import formula

    plain, deep = formula("x"), formula(r"\frac{a}{b}")
    assert plain and deep and 0.6 < plain.height < 1 and deep.height > plain.height and deep.depth > 0.2
    assert formula("") is None and formula("x" * 2000) is None and formula(r"\input{/etc/passwd}") is None
