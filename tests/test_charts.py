"""Figures that can be read aloud, are the same every time, and in which no words lie on other words."""

import hashlib
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest

import invented
from slackwater import charts
from slackwater.charts import chart, events, tallies

PALETTE = {"#1b2733", "#5b6b7a", "#d5dde3", "#0b6e99", "#b8452f", "#8a6d1f", "#7c8894", "#ffffff"}
ALL = ["tide", "claims", "tone", "kept", "themes", "certainty", "speakers"]


def drawn(which: str, name: str) -> charts.Chart:
    report = invented.corpus(name)
    tables = {
        "tide": (report.documents, report.claims), "claims": (report.claims, report.documents),
        "tone": (report.documents,), "kept": (report.documents,),
    }.get(which, (report.sentences,))
    return getattr(charts, which)(*tables)


CASES = [pytest.param(which, name, id=f"{which}, {name}") for which in ALL for name in invented.NAMES]


@pytest.mark.parametrize(("which", "name"), CASES)
def test_every_chart_says_what_it_shows(which, name):
    figure = drawn(which, name)
    root = ET.fromstring(figure.svg)
    assert root.tag.endswith("svg")
    for words in (figure.alt, figure.caption):
        assert words.strip().endswith(".")
        assert not re.search(r"nan|None|<NA>|\bno of\b|\\b1 pages|  ", words), words
    texts = ["".join(t.itertext()) for t in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts or which == "tone", "text stays text"
    assert not [t for t in texts if re.search(r"\bnan\b|\bNone\b|<NA>", t)]
    assert set(re.findall(r"#[0-9a-f]{6}\b", figure.svg)) <= PALETTE, "every colour is the house's"


@pytest.mark.parametrize(("which", "name"), CASES)
def test_no_words_lie_on_other_words(which, name):
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    figure = drawn(which, name).figure
    with chart.house():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        texts = [t for t in figure.findobj(Text) if t.get_text().strip() and t.get_visible()]
        boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts]
    page = figure.bbox
    boxes = [(text, box) for text, box in boxes if box.width and box.x1 > 0 and box.y1 > 0]
    for n, (text, box) in enumerate(boxes):
        assert box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1, f"{text!r} leaves the page"
        assert box.y0 >= page.y0 - 1 and box.y1 <= page.y1 + 1, f"{text!r} leaves the page"
        for other, its in boxes[n + 1:]:
            across = min(box.x1, its.x1) - max(box.x0, its.x0)
            up = min(box.y1, its.y1) - max(box.y0, its.y0)
            assert across < 1 or up < 3, f"{text!r} lies on {other!r}"


@pytest.mark.parametrize(("name", "says", "never"), [
    ("only expansion", ["Three tell of growth"], ["retreat"]),
    ("only retreat", ["Three tell of retreat"], ["growth"]),
    ("one page", ["Time line of one page", "One tells of growth"], []),
    ("undated", ["undated"], ["published"]),
    ("turned", ["Two tell of growth, published from 2018 to 2019",
                "closing at harbour works in January or February 2025"], []),
    ("nothing read", ["no page could be read"], []),
])
def test_the_tide_is_told_truly(name, says, never):
    alt = drawn("tide", name).alt
    assert not [s for s in says if s not in alt]
    assert not [s for s in never if s in alt]


def test_the_tide_has_one_mark_a_page():
    report = invented.corpus("90 pages")
    figure = charts.tide(report.documents, report.claims).figure
    marks = sum(len(line.get_xdata()) for axes in figure.axes[:3] for line in axes.lines
                if line.get_marker() in ("^", "v", "D", "o"))
    assert marks == 90


def test_the_tide_of_many_pages_has_bars_as_high_as_they_are_many():
    report = invented.corpus("400 pages")
    chart = charts.tide(report.documents, report.claims)
    bars = [bar.get_height() for bar in chart.figure.axes[0].patches]
    dated = report.documents[report.documents["published"].notna()]
    ways = dated["direction"].value_counts()
    assert sum(h for h in bars if h > 0) == ways["expansion"] and -sum(h for h in bars if h < 0) == ways["retreat"]
    assert len(chart.svg) < 120_000 and "clustered by outlet" in chart.caption
    assert not any("one dot a page" in made(report.documents).caption.lower() for made in (charts.tone, charts.kept))


def test_letters_stay_readable_on_a_phone():
    svg = drawn("tide", "turned").svg
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])
    smallest = min(float(size) for size in re.findall(r"font(?:-size)?: (?:bold )?([\d.]+)px", svg))
    assert smallest * 328 / width >= 9, "360 px wide, less the margins"


def test_text_of_a_page_cannot_disturb_a_drawing():
    report = invented.corpus("one page")
    nasty = "<script>alert(1)</script> $\\input{x}$ \u202eabc\x00 " + "x" * 10_000 + " 微软亚洲研究院"
    documents = report.documents.assign(publisher=nasty)
    for figure in (charts.tide(documents, report.claims), charts.kept(documents), charts.tone(documents)):
        root = ET.fromstring(figure.svg)
        assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
        assert "\u202e" not in figure.svg
    sentences = report.sentences.assign(theme=nasty)
    ET.fromstring(charts.themes(sentences).svg)


def test_the_bundle_carries_the_drawing_and_its_description():
    figure = drawn("themes", "turned")
    data, metadata = figure._repr_mimebundle_()
    assert data["image/svg+xml"].startswith("<?xml")
    assert data["text/plain"] == figure.alt
    assert metadata["image/svg+xml"] == {"id": "fig-themes", "alt": figure.alt, "caption": figure.caption}


def test_rare_values_are_summed_up():
    report = invented.corpus("40 pages")
    sentences = report.sentences.assign(theme=[f"theme {n % 30}" for n in range(len(report.sentences))])
    rows = tallies.tallied(sentences, "theme")
    assert len(rows) == tallies.MOST
    assert rows[-1][0].endswith("others")


def test_a_sentence_of_both_counts_on_either_side():
    report = invented.corpus("one page")
    both = report.sentences.assign(direction="both", theme="opening")
    assert tallies.tallied(both, "theme") == [("opening", 3, 3)]


def test_drawing_leaves_the_callers_style_alone():
    import matplotlib

    before = dict(matplotlib.rcParams)
    assert drawn("tide", "turned").svg
    assert dict(matplotlib.rcParams) == before


@pytest.mark.slow
def test_the_same_tables_give_the_same_bytes_in_another_process():
    code = ("import invented, hashlib; from slackwater import charts; c = invented.corpus('turned');"
            "s = charts.tide(c.documents, c.claims).svg + charts.themes(c.sentences).svg;"
            "print(hashlib.sha256(s.encode()).hexdigest())")
    here = drawn("tide", "turned").svg + drawn("themes", "turned").svg
    env = os.environ | {"TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
    there = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent, env=env, text=True,
                           capture_output=True, check=True)
    assert there.stdout.strip() == hashlib.sha256(here.encode()).hexdigest()


def test_what_is_told_as_done_ends_on_the_day_its_page_appeared():
    report = invented.corpus("turned")
    told = report.claims.assign(when=report.claims["when"].replace("2025-01/2025-02", "2025"))
    drawn_at = {e["event"]: e for _, found in events.rows_of(told, report.documents) for e in found}
    assert drawn_at["closing"]["high"] == chart.ordinal("2025-04-02")


def test_a_site_that_is_not_named_stands_for_its_page_and_one_time_is_drawn_once():
    report = invented.corpus("turned")
    rows = events.rows_of(report.claims.assign(site=None), report.documents)
    assert len(rows) == 4 and all(site.startswith("site not named (") for site, _ in rows)
    twice = pd.concat([report.claims, report.claims.assign(certainty="hedged")], ignore_index=True)
    once = events.rows_of(report.claims, report.documents)
    again = events.rows_of(twice, report.documents)
    assert [len(found) for _, found in again] == [len(found) for _, found in once]
    assert all("hedged" in e["told"] for _, found in again for e in found)
