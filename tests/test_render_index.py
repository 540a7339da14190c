"""The list of reports: three orders in one page, a drawing with words, nothing that acts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import html as lxml_html

from render_sample import HOSTILE
from slackwater import listing
from slackwater.render import index
from slackwater.render.index import Entry


@pytest.mark.parametrize(("tide", "words"), [
    ((), "No dated page."),
    ((("2019", 1.0),), "1 dated page, 2019: 1 of growth, 0 of retreat, 0 of both alike."),
    ((("2019-05", 0.5), ("2025-01-02", -1.0), ("soon", 1.0)),
     "2 dated pages, 2019 to 2025: 1 of growth, 1 of retreat, 0 of both alike."),
])
def test_the_tide_in_words(tide, words):
    assert Entry("T", tide=tide).tide_in_words == words


def test_marks_run_from_left_to_right_up_for_growth_down_for_retreat():
    first, last = Entry("T", tide=(("2025", -9.0), ("2019", 0.5))).marks
    assert first[0] < last[0] and first[1] < 22 < last[1] and (first[2], last[2]) == ("expansion", "retreat")


def test_many_marks_do_not_lie_on_one_another():
    tide = tuple((f"{2000 + n // 300:04}-{n % 12 + 1:02}-{n % 28 + 1:02}", (-1.0) ** (n % 3)) for n in range(3000))
    entry = Entry("T", tide=tide)
    across = sorted(mark[0] for mark in entry.marks)
    assert len(across) > 20 and min(b - a for a, b in pairwise(across)) >= 7
    assert "3,000 dated pages, 2000 to 2009: 2,000 of growth, 1,000 of retreat" in entry.tide_in_words


@pytest.mark.parametrize("course, direction, word", [
    ("growing", "expansion", "growth"), ("turned", "retreat", "retreat"), ("contested", "expansion", "unsettled"),
    ("silent", "neutral", "neither way"), (None, "retreat", "retreat"), (None, None, ""),
])
def test_a_judgement_in_a_word(course, direction, word):
    given = {"course": course, "direction": direction}
    assert listing.way({key: value for key, value in given.items() if value}) == word


def test_orders(tmp_path):
    index.write([{"title": "b", "company": "B", "date": "2020", "direction": "growth", "html": "b.html"},
                 {"title": "a", "company": "A", "date": "2019", "direction": "neither way"},
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
