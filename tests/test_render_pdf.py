"""The PDF: tagged, bookmarked, of the same words as the HTML, and made of whatever the notebook holds."""

from __future__ import annotations

import re
import unicodedata

import pytest
from lxml import html as lxml_html
from pypdf import PdfReader

import render_sample as sample
from render_sample import META, code, notebook, shown, text
from slackwater.render import html, pdf


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> PdfReader:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    pdf.write(sample.sample(), path, meta=META)
    return PdfReader(path)


def squeezed(words: str) -> str:
    """Letters and digits alone: lines, hyphens and ligatures differ between the two files."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words))


def words_of(reader: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in reader.pages))


def made(tmp_path, *cells, meta=META) -> tuple[PdfReader, list[str]]:
    problems = pdf.write(notebook(*cells), tmp_path / "x.pdf", meta=meta)
    return PdfReader(tmp_path / "x.pdf"), problems


def test_it_says_what_it_is(report):
    root = report.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert report.metadata.title == META["title"] and report.metadata.author == "Slackwater"
    assert report.metadata.creation_date.strftime("%Y-%m-%d") == META["date"]
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1<" in xmp and "<pdfaid:part>2<" in xmp and "<pdfaid:conformance>A<" in xmp


def test_bookmarks_and_contents_with_page_numbers(report):
    def titles(outline):
        return [t for item in outline for t in (titles(item) if isinstance(item, list) else [item.title])]

    assert {"Bottom line", "When did the tide turn?", "The evidence"} <= set(titles(report.outline))
    assert re.search(r"How it is measured[ .]+\d", report.pages[0].extract_text())


def test_links_lead_inside_and_outside(report):
    marks = [a.get_object() for page in report.pages for a in page.get("/Annots", [])]
    assert "https://example.org/a?b=1" in {m["/A"].get("/URI") for m in marks if "/A" in m}
    assert sum("/Dest" in m or m.get("/A", {}).get("/S") == "/GoTo" for m in marks) >= 5


def test_fonts_are_embedded_and_chinese_is_legible(report):
    fonts = {f.get_object()["/BaseFont"] for page in report.pages for f in page["/Resources"]["/Font"].values()}
    assert all("+" in font for font in fonts) and any("NotoSansCJK" in font for font in fonts)
    assert squeezed("海港新闻") in words_of(report)


def test_figures_are_vectors_with_alternative_text(report):
    tree = str(report.trailer["/Root"]["/StructTreeRoot"].get_object())
    assert tree
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure" and "/Alt" in node:
                found.append(node["/Alt"])
            if "/K" in node:
                walk(node["/K"])

    walk(report.trailer["/Root"]["/StructTreeRoot"])
    assert any(alt.startswith("Eleven pages from 2018") for alt in found)
    assert any("frac" in alt for alt in found)
    assert "Factory opens" in "".join(page.extract_text() for page in report.pages), "a chart's text stays text"


def test_both_files_say_the_same_block_by_block(report, tmp_path):
    html.write(sample.sample(), tmp_path / "x.html", meta=META)
    page = lxml_html.parse(str(tmp_path / "x.html"))
    for unseen in page.xpath("//details | //*[@class='here' or @class='back'] | //sup | //svg[@class='formula']"):
        unseen.drop_tree()
    said = words_of(report)
    parts = page.xpath("//h1 | //h2[not(@id='notes')] | //h3 | //p[not(@class='up')] | //td | //th | //caption "
                       "| //figcaption | //main//li/text() | //pre")
    missing = [t for part in parts if (t := part if isinstance(part, str) else part.text_content())
               if squeezed(t) not in said and "share is" not in t and "Contents" not in t]
    assert missing == []


def test_a_long_table_repeats_its_head_on_each_page(tmp_path):
    pdf.write(sample.long_table(300), tmp_path / "x.pdf", meta=META)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages]
    assert len(pages) > 5 and all("file" in page and "text" in page for page in pages)
    assert "299.txt" in pages[-1] + pages[-2]


@pytest.mark.slow
def test_five_thousand_rows(tmp_path):
    pdf.write(sample.long_table(), tmp_path / "x.pdf", meta=META)
    assert "4999.txt" in "".join(page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages[-2:])


@pytest.mark.slow
def test_hostile_text_is_set_as_text(tmp_path):
    pdf.write(sample.hostile(), tmp_path / "whole.pdf", meta=META)
    pdf.write(sample.hostile(longest=300), tmp_path / "x.pdf", meta=dict.fromkeys(META, sample.HOSTILE[5]))
    reader = PdfReader(tmp_path / "x.pdf")
    said = words_of(reader)
    for line in ("<script>alert(1)</script>", '#read("/etc/passwd")', "[x](javascript:alert(1))", "[U+202E]"):
        assert squeezed(line) in said
    assert "root:x:0" not in "".join(page.extract_text() for page in reader.pages)
    addresses = [a.get_object().get("/A", {}).get("/URI", "") for page in reader.pages for a in page.get("/Annots", [])]
    assert all(a == "" or a.startswith(("http", "mailto:")) for a in addresses)


@pytest.mark.parametrize("date", [None, "2025", "2025-04", "soon", "2025-02-31"])
def test_any_date_or_none(date, tmp_path):
    reader, _ = made(tmp_path, text("words"), meta={"title": "T", "date": date})
    assert ("pdfaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()) is (date in ("2025", "2025-04"))


@pytest.mark.parametrize("letters", ["中文 日本語 한국어", "Ελληνικά Кириллица", "عربي עברית", "ऋषि 😀 🇩🇪",
                                     "\ue000\U0010fffd", "∀x∈ℝ ⟨a|b⟩ ﬁ", "\u0378\U0001ffff\u200d\ufe0f\u0301"])
def test_letters_of_all_scripts_compile(letters, tmp_path):
    made(tmp_path, text(f"## {letters}\n\n{letters} `{letters}` **{letters}**"), meta=META | {"title": letters})


@pytest.mark.parametrize("markup", [
    '<path d="M0 0 L nonsense"/>', '<path d="M0 0h9" stroke-width="-1"/>', '<text font-size="0">x</text>', "",
    '<use href="#a"/><g id="a"><use href="#a"/></g>', '<rect width="9" height="9" fill="url(#none)"/>',
])
def test_odd_drawings_never_stop_a_report(markup, tmp_path):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">{markup}</svg>'
    reader, _ = made(tmp_path, text("before"), code("x", shown({"image/svg+xml": svg})), text("after"))
    assert "after" in words_of(reader)


def test_an_empty_notebook_is_a_report(tmp_path):
    assert len(made(tmp_path)[0].pages) == 1
