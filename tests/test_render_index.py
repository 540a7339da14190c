"""The list of reports: three orders in one page, a drawing with words, nothing that acts."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from render_sample import HOSTILE
from slackwater.render import index
from slackwater.render.index import Entry


@pytest.mark.parametrize(("tide", "words"), [
    ((), "No dated page."),
    ((("2019", 1.0),), "1 dated page, 2019: 1 of expansion, 0 of retreat, 0 of neither."),
    ((("2019-05", 0.5), ("2025-01-02", -1.0), ("soon", 1.0)),
     "2 dated pages, 2019 to 2025: 1 of expansion, 1 of retreat, 0 of neither."),
])
def test_the_tide_in_words(tide, words):
    assert Entry("T", tide=tide).tide_in_words == words


def test_marks_run_from_left_to_right_up_for_growth_down_for_retreat():
    first, last = Entry("T", tide=(("2025", -9.0), ("2019", 0.5))).marks
    assert first[0] < last[0] and first[1] < 22 < last[1] and (first[2], last[2]) == ("expansion", "retreat")


def test_orders(tmp_path):
    index.write([{"title": "b", "company": "B", "date": "2020", "direction": "expansion", "html": "b.html"},
                 {"title": "a", "company": "A", "date": "2019", "direction": "neutral"},
                 {"title": "c", "company": "C", "date": None, "direction": "retreat", "tide": None}],
                tmp_path / "index.html")
    page = lxml_html.parse(str(tmp_path / "index.html"))
    found = {name: page.xpath(f"//ol[@class='list by-{name}']/li/h2//text()")
             for name in ("company", "date", "direction")}
    assert found == {"company": ["a", "b", "c"], "date": ["b", "a", "c"], "direction": ["c", "b", "a"]}


def test_hostile_entries_stay_text(tmp_path):
    index.write([{key: text for key in Entry.__annotations__ if key != "tide"} | {"tide": [(text, 1)]}
                 for text in HOSTILE], tmp_path / "index.html", title=HOSTILE[0])
    page = lxml_html.parse(str(tmp_path / "index.html"))
    assert not page.xpath("//script | //img | //iframe")
    assert not [a for a in page.xpath("//a/@href") if a.startswith(("javascript", "data", "file"))]


@pytest.mark.parametrize("entries", [[], [{"title": "one"}]])
def test_few_reports_need_no_sorting(entries, tmp_path):
    index.write(entries, tmp_path / "index.html")
    assert not lxml_html.parse(str(tmp_path / "index.html")).xpath("//input")
