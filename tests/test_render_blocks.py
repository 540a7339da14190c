"""A notebook becomes blocks: what wins, what is numbered, what is said to be missing."""

from __future__ import annotations

import pandas as pd
import pytest
from nbformat.v4 import new_output

import render_sample as sample
from render_sample import code, notebook, shown, text
from slackwater.render import blocks, model


def read(*cells, title: str = "T") -> model.Document:
    return blocks.read(notebook(*cells), meta={"title": title})


def kinds(document: model.Document) -> list[str]:
    return [b.kind for b in document.blocks if not (isinstance(b, model.Code) and b.cell)]


@pytest.mark.parametrize(("output", "kind"), [
    (shown({sample.TABLE: sample.CLAIMS, "text/html": "<table><tr><td>x</td></tr></table>"}), "table"),
    (shown({sample.QUOTES: sample.EVIDENCE, "text/markdown": "x"}), "evidence"),
    (shown({"text/markdown": "words", "text/plain": "x"}), "paragraph"),
    (shown({"image/png": sample.png(), "text/html": "<b>x</b>"}), "figure"),
    (shown({"text/html": pd.DataFrame({"n": [1]}).to_html(), "text/plain": "x"}), "table"),
    (shown({"text/html": "<b>x</b>", "text/plain": "x"}), "missing"),
    (shown({"text/latex": "$\\displaystyle x^2$", "text/plain": "x"}), "display"),
    (shown({"text/plain": "'answer'"}), "output"),
    (shown({"application/javascript": "alert(1)"}), "missing"),
    (shown({"image/svg+xml": "no svg"}), "missing"),
    (shown({"image/png": "AAAA", "text/plain": "<Figure>"}), "missing"),
    (new_output("stream", name="stdout", text="printed"), "output"),
    (new_output("error", ename="E", evalue="v", traceback=[]), "output"),
])
def test_what_an_output_becomes(output, kind):
    assert kinds(read(code("x", output))) == [kind]


@pytest.mark.parametrize(("given", "stays"), [
    ("[<matplotlib.lines.Line2D at 0x7f3a2b1c9d10>]", None),
    ("<Figure size 640x480 with 1 Axes>", None),
    ("<Thing at 0x7f3a2b1c9d10>", "<Thing>"),
    ("\x1b[31mred\x1b[0m", "red"),
    ("/home/somebody/.venv/lib/x.py:3: UserWarning: beware", "x.py:3: UserWarning: beware"),
    ("C:\\Users\\somebody\\x.py:3", "x.py:3"),
    ("https://example.org/a/b/c.py", "https://example.org/a/b/c.py"),
    ("3/4 of a/b", "3/4 of a/b"),
])
def test_printed_text_tells_nothing_of_the_machine(given, stays):
    found = read(code("x", shown({"text/plain": given}))).blocks
    assert [b.text for b in found if isinstance(b, model.Output)] == ([stays] if stays else [])


@pytest.mark.parametrize("tag", ["parameters", "injected-parameters", "hide"])
def test_set_up_shows_no_output_and_its_code_comes_last(tag):
    document = read(code("secret()", new_output("stream", name="stdout", text="noise"), tags=(tag,)), text("words"))
    assert kinds(document) == ["paragraph"]
    assert isinstance(document.blocks[-1], model.Code) and document.blocks[-1].text == "secret()"


def test_figures_and_tables_are_numbered_and_empty_links_named():
    document = read(text("See [](#fig-tide), [](#tbl-claims) and [](#the-end)."),
                    code("x", shown({"image/svg+xml": sample.tide_svg()}, {"image/svg+xml": {"id": "fig-tide"}})),
                    code("x", shown({sample.TABLE: sample.CLAIMS})), text("## The end"))
    assert model.words(document.blocks[0].runs) == "See Figure 1, Table 1 and The end."


def test_a_link_to_nothing_is_text_and_is_told():
    document = read(text("See [the figure](#fig-none)."))
    assert not any(run.href for run in document.blocks[0].runs)
    assert document.problems == ["a link leads nowhere in this report: #fig-none"]


@pytest.mark.parametrize(("source", "levels"), [
    ("# a\n\n## b\n\n### c", [2, 3, 4]), ("## a\n\n#### b", [2, 3]), ("### a\n\n# b", [2, 2]), ("# T\n\n## a", [3]),
])
def test_headings_stand_under_the_title_without_gaps(source, levels):
    assert [h.level for h in read(text(source)).headings()] == levels or source.startswith("# T")


def test_ids_are_unique_and_findings_have_one():
    document = read(text("## Same"), text("## Same"), code("x", shown({"text/markdown": "One.\n\nTwo.\n\n- Three."})))
    assert [b.id for b in blocks.walk(document.blocks) if isinstance(b, (model.Heading, model.Paragraph))] == \
        ["same", "same-2", "same-2-1", "same-2-2", "same-2-3"]


def test_a_chosen_id_is_kept_against_a_made_one():
    document = read(text("## Evidence"), text("Here. {#evidence}"))
    assert [b.id for b in document.blocks] == ["evidence-2", "evidence"]


@pytest.mark.parametrize(("metadata", "source", "alt"), [
    ({"alt": "A rise."}, "x", "A rise."),
    ({}, "#| fig-alt: A fall.\nx", "A fall."),
    ({}, "x", "Figure without a description, made by code cell 1."),
])
def test_alternative_text_of_a_figure(metadata, source, alt):
    document = read(code(source, shown({"image/png": sample.png(), "text/plain": "<Figure size 1x1 with 1 Axes>"},
                                       {"image/png": metadata})))
    assert document.blocks[0].alt == alt
    assert len(document.problems) == alt.startswith("Figure without")


def test_dataframes_and_stylers_become_tables():
    frame = pd.DataFrame({"n": [4, 11], "word": ["a", "b"]}, index=["x", "y"])
    styled = frame.style.set_caption("Styled").set_properties(**{"color": "red"})
    document = read(code("x", shown({"text/html": frame.to_html()})), code("x", shown({"text/html": styled.to_html()})))
    plain, with_caption = (b for b in document.blocks if isinstance(b, model.Table))
    assert [[model.words(c.runs) for c in row] for row in plain.body] == [["x", "4", "a"], ["y", "11", "b"]]
    assert [c.scope for c in plain.body[0]] == ["row", "", ""] and plain.body[0][1].align == "right"
    assert with_caption.number == 1 and model.words(with_caption.caption) == "Styled"
    assert document.problems == ["cell 2: some colours of a table's cells are left out"]


@pytest.mark.parametrize("css, fill, ink, lost", [
    ("background-color: #08306b; color: #f1f1f1", "#08306b", "#ffffff", False),
    ("color: red; background-color: Gold", "#ffd700", "#000000", False),
    ("background: white", "#ffffff", "#000000", False),
    ("font-weight: bold", "", "", False),
    ("color: red", "", "", True),
    ("background: linear-gradient(90deg, red 50%, transparent 50%)", "", "", True),
    ("background: url(https://example.org/a.png)", "", "", True),
    ("background-color: rgb(1 2 3 / 50%)", "", "", True),
])
def test_a_stylers_grounds_are_shown_with_text_that_contrasts(css, fill, ink, lost):
    styled = pd.DataFrame({"n": [4]}).style.map(lambda _: css)
    document = read(code("x", shown({"text/html": styled.to_html()})))
    cell = document.blocks[0].body[0][1]
    assert (cell.fill, cell.ink, bool(document.problems)) == (fill, ink, lost)


@pytest.mark.parametrize("source", [
    "<table><tr><td colspan=9>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
    "<table><tr><td rowspan=900>a</td><td>b</td></tr><tr><td>c</td><td>d</td><td>e</td></tr></table>",
    "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td colspan=3>c</td></tr><tr></tr></table>",
    "<table><thead><tr><th colspan=2>a</th></tr><tr><th>b</th><th>c</th></tr></thead><tr><td>d</td></tr></table>",
])
def test_crooked_tables_are_set_straight(source, tmp_path):
    from slackwater.render import pdf

    document = read(code("x", shown({"text/html": source})))
    (table,) = (b for b in document.blocks if isinstance(b, model.Table))
    for rows in (table.head, table.body):
        assert sum(c.columns * c.rows for row in rows for c in row) in (0, table.width * len(rows))
    pdf.write(notebook(code("x", shown({"text/html": source}))), tmp_path / "x.pdf", meta={"title": "T"})


def test_bottom_line_and_note_are_set_apart():
    document = read(code("x", shown({"text/markdown": "It left."}), tags=("bottom-line",)),
                    text("Mind.", tags=["note"]))
    assert [b.role for b in document.blocks if isinstance(b, model.Group)] == ["bottom-line", "note"]


def test_attached_pictures_are_shown():
    cell = text("![ramp](attachment:r.png)")
    cell["attachments"] = {"r.png": {"image/png": sample.png()}}
    assert read(cell).blocks[0].alt == "ramp"


def test_the_first_heading_that_repeats_the_title_is_left_out():
    assert kinds(read(text("# My report\n\nwords"), title="My report")) == ["paragraph"]


def test_everything_missing_is_told_with_its_cell():
    problems = blocks.read(sample.sample(), meta=sample.META).problems
    assert [p.partition(":")[0] for p in problems] == ["cell 17", "cell 18"]
