"""The HTML report: one sound file whatever the notebook holds."""

from __future__ import annotations

import re

import pytest
from lxml import html as lxml_html

import render_sample as sample
from render_sample import META, code, notebook, shown, text
from slackwater.render import html


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("html") / "report.html"
    html.write(sample.sample(), path, meta=META)
    return path.read_text(encoding="utf-8")


def rendered(tmp_path, *cells, meta=META) -> str:
    html.write(notebook(*cells), tmp_path / "x.html", meta=meta)
    return (tmp_path / "x.html").read_text(encoding="utf-8")


def test_one_small_file_with_a_strict_policy(source):
    assert len(source.encode()) < 100_000
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in source
    assert "<script" not in source and "@import" not in source
    assert re.findall(r"(?:src|srcset|poster|data|action)=\"(?!data:)", source) == []
    assert re.findall(r"url\((?!#)", source) == []


def test_what_a_screen_reader_needs(source):
    page = lxml_html.fromstring(source.encode())
    assert page.get("lang") == "en" and page.findtext(".//title") == META["title"]
    assert [page.xpath(f"count(//{tag})") for tag in ("h1", "main", "header", "footer")] == [1, 1, 1, 1]
    assert page.xpath("//body/a[1]/@href") == ["#main"]
    assert not page.xpath("//th[not(@scope)]") and page.xpath("//tbody//th[@scope='row']")
    assert all(page.xpath("//table[caption]/caption//text()"))
    assert not page.xpath("//svg[not(@role='img') or not(@aria-label)]") and not page.xpath("//img[not(@alt)]")
    names = page.xpath("//nav/@aria-label")
    assert len(set(names)) == len(names) == 2


def test_ids_are_unique_and_links_inside_lead_somewhere(source):
    page = lxml_html.fromstring(source.encode())
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert {a[1:] for a in page.xpath("//a/@href") if a.startswith("#")} <= set(ids)


def test_every_finding_and_every_quotation_can_be_linked_to(source):
    page = lxml_html.fromstring(source.encode())
    for anchor in ("bottom-line-1", "when-did-the-tide-turn-1", "q-opening", "q-closing", "fig-tide", "tbl-claims"):
        assert page.xpath(f"//*[@id='{anchor}']") and page.xpath(f"//a[@class='here'][@href='#{anchor}']"), anchor


def test_code_is_folded_and_outputs_of_the_set_up_are_not_there(source):
    page = lxml_html.fromstring(source.encode())
    folded = page.xpath("//details[@class='code' and not(@open)]//code/text()")
    assert "charts.tide(documents)" in folded and "set-up noise" not in source


def test_front_and_colophon(source):
    for words in ("2 April 2025", META["subtitle"], META["cite"], 'href="mailto:desk@example.org"', "lexicon 3fa2c1"):
        assert words in source


@pytest.mark.parametrize("hostile", sample.HOSTILE, ids=range(len(sample.HOSTILE)))
def test_hostile_text_stays_text_everywhere(hostile, tmp_path):
    meta = dict.fromkeys(META, hostile) | {"versions": {hostile: hostile}}
    cells = [text(f"## {hostile}\n\n{hostile}"),
             code("x", shown({sample.QUOTES: {"quotes": [{"id": hostile, "before": hostile, "attribution": hostile,
                                                          "runs": [{"text": hostile, "mark": True}]}]}}))]
    page = lxml_html.fromstring(rendered(tmp_path, *cells, meta=meta).encode())
    assert not page.xpath("//script | //iframe | //object | //img | //form | //*[@onerror] | //b[text()='raw']")
    assert len(page.xpath("//style")) == 1 and len(page.xpath("//html | //head | //body")) == 3
    assert not [a for a in page.xpath("//a/@href") if not re.match(r"#|https?://|mailto:", a)]


def test_the_hostile_sample_has_nothing_that_acts(tmp_path):
    html.write(sample.hostile(), tmp_path / "x.html", meta=META)
    page = lxml_html.parse(str(tmp_path / "x.html"))
    assert not page.xpath("//script | //iframe | //object | //img | //*[starts-with(name(@*), 'on')]")
    assert not page.xpath("//svg//a | //svg//image | //svg//style")
    assert [text for text in page.xpath("//svg//text/text()") if "shown" in text] == ["<script> shown"]


def test_a_title_cannot_leave_the_style_sheet(tmp_path):
    page = rendered(tmp_path, meta={"title": '"; } </style><script>x</script> \\'})
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    assert "script" not in style.replace("\\", "") or "<" not in style
    assert "<script>" not in page


@pytest.mark.parametrize("meta", [{}, {"title": None, "date": None, "versions": None}, {"title": "T", "date": "soon"}])
def test_front_matter_may_be_poor(meta, tmp_path):
    assert "<h1>" in rendered(tmp_path, text("words"), meta=meta)


def test_an_empty_notebook_is_a_report(tmp_path):
    assert "<h1>" in rendered(tmp_path)


def test_a_figure_in_colours_of_its_own_stands_on_a_light_card(tmp_path):
    own = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path fill="#ff0000" d="M0 0h9"/></svg>'
    assert 'class="plate card"' in rendered(tmp_path, code("x", shown({"image/svg+xml": own})))


def test_four_hundred_pages_stay_small(tmp_path):
    quote = {"before": "It was told. " * 5, "attribution": "Paper, line 9",
             "runs": [{"text": "The firm "}, {"text": "opened a hall", "mark": True, "direction": "expansion"},
                      {"text": " where hundreds are to work from spring on, said a speaker of the town."}]}
    pages = [code("x", shown({"text/markdown": f"### Page {n} {{#p-{n}}}\n\nWhat it says in a line of words."}),
                  shown({sample.QUOTES: {"quotes": [quote | {"id": f"q-{n}-{i}"} for i in range(6)]}}))
             for n in range(400)]
    assert len(rendered(tmp_path, *pages).encode()) < 3_000_000
