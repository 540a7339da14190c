"""The pages in a real browser: sound for assistive technology, silent, asking for nothing, never too wide."""

from __future__ import annotations

from itertools import pairwise

import pytest

from browser.driver import violations

pytestmark = pytest.mark.browser
NAMES = ["sample", "hostile", "long", "index"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["sample", "hostile", "index"])
def test_axe_finds_nothing(page, pages, name, width, dark):
    page.open(pages[name], width=width, dark=dark)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(page) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_request_and_no_word_on_the_console(page, pages, name):
    page.open(pages[name])
    assert page.requests() == []
    assert page.messages() == []


def test_the_policy_refuses_what_gets_in_all_the_same(page, pages, tmp_path):
    broken = tmp_path / "broken.html"
    source = pages["sample"].read_text(encoding="utf-8")
    broken.write_text(source.replace("</main>", '<script>document.title = "ran"</script>'
                                     '<img src="https://example.invalid/x.png"></main>'), encoding="utf-8")
    page.open(broken)
    assert page.evaluate("document.title") != "ran"
    assert page.requests() == []
    assert len(page.messages()) == 2


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_the_page_never_scrolls_sideways(page, pages, name, width):
    page.open(pages[name], width=width)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def focused(page) -> dict:
    return page.evaluate("""(() => { const e = document.activeElement, b = e.getBoundingClientRect();
        const s = getComputedStyle(e); return {tag: e.tagName, href: e.getAttribute('href'), className: e.className,
        seen: b.width > 0 && b.height > 0 && b.right > 0 && b.bottom > 0 && b.left < innerWidth && b.top < innerHeight,
        ring: s.outlineStyle !== 'none'}; })()""")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_keyboard_reaches_everything_in_order_and_sees_where_it_is(page, pages, width):
    page.open(pages["sample"], width=width)
    page.press("Tab")
    assert focused(page)["href"] == "#main", "the skip link comes first"
    walked = []
    for _ in range(200):
        stop = focused(page)
        if stop["tag"] == "BODY":
            break
        assert stop["seen"] and stop["ring"], stop
        walked.append(stop)
        page.press("Tab")
    kinds = {(stop["tag"], (stop["className"] or "").split(" ")[0]) for stop in walked}
    assert {("DIV", "table"), ("DIV", "plate"), ("SUMMARY", ""), ("A", "here")} <= kinds
    focusable = page.evaluate("""[...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
        .filter(e => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})).length""")
    assert len(walked) == focusable


def test_the_skip_link_and_the_contents_lead_where_they_say(page, pages):
    page.open(pages["sample"], width=360)
    page.press("Tab")
    page.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    dead = page.evaluate("""[...document.querySelectorAll('a[href^="#"]')]
        .filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map(a => a.hash)""")
    assert dead == []


def test_code_unfolds_by_keyboard(page, pages):
    page.open(pages["sample"])
    page.evaluate("document.querySelector('details.code summary').focus()")
    page.press("Enter")
    assert page.evaluate("document.querySelector('details.code').open")


def test_a_wide_table_scrolls_in_its_own_frame(page, pages):
    page.open(pages["sample"], width=320)
    assert page.evaluate("(t => t.scrollWidth > t.clientWidth && t.tabIndex === 0)"
                         "(document.querySelector('#tbl-claims'))")


def test_charts_follow_dark_mode(page, pages):
    ink = "getComputedStyle(document.querySelector('#fig-tide svg text')).fill"
    page.open(pages["sample"])
    light = page.evaluate(ink)
    page.open(pages["sample"], dark=True)
    assert page.evaluate(ink) != light


def test_headings_have_an_order_without_gaps(page, pages):
    page.open(pages["sample"])
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_hostile_text_is_read_as_text(page, pages):
    page.open(pages["hostile"])
    shown = page.evaluate("document.querySelector('main').textContent")
    for text in ("<script>alert(1)</script>", "[x](javascript:alert(1))", '#read("/etc/passwd")', "[U+202E]"):
        assert text in shown
    assert page.evaluate("document.querySelectorAll('script, iframe, object, main img').length") == 0
    assert page.evaluate("""[...document.querySelectorAll('a')]
        .every(a => ['http:', 'https:', 'mailto:', 'file:'].includes(a.protocol))""")


def test_sorting_the_list_needs_no_script(page, pages):
    page.open(pages["index"])
    first = "[...document.querySelectorAll('.list h2')].find(h => h.checkVisibility()).textContent"
    assert "Aldersea" in page.evaluate(first)
    page.evaluate("document.querySelector('#by-direction').focus()")
    page.press(" ")
    assert "Harrowgate" in page.evaluate(first)


def test_paper_has_every_word_and_no_furniture(page, pages, tmp_path):
    import unicodedata

    from pypdf import PdfReader

    page.open(pages["sample"])
    page.paper(tmp_path / "printed.pdf")
    words = " ".join(p.extract_text() for p in PdfReader(tmp_path / "printed.pdf").pages)
    words = unicodedata.normalize("NFKC", words)  # ligatures
    assert "Second hall" in words and "opened its first" in words
    assert "Back to the top" not in words and "findings.claims" not in words
