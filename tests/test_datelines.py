# ruff: noqa: E501 - lines as pages have them
"""Datelines: place, day and agency before a story's first words; and what only looks like one."""

import pytest

from slackwater import clean
from slackwater.cleaning import datelines


@pytest.mark.parametrize(
    ("line", "place", "date", "agency", "wire"),
    [
        ("GHENT, May 2, 2024 (Wire) - Acme has opened a plant", "Ghent", "2024-05-02", "Wire", None),
        ("BEIJING, May 2, 2024 (Xinhua) -- Acme opened", "Beijing", "2024-05-02", "Xinhua", None),
        ("GHENT, May 2, 2024 /PRNewswire/ -- Acme opened", "Ghent", "2024-05-02", None, "PRNewswire"),
        ("GHENT, Belgium, May 2, 2024 (GLOBE NEWSWIRE) -- Acme", "Ghent", "2024-05-02", "GLOBE NEWSWIRE", None),
        ("London, 2 May 2024 – Acme opened", "London", "2024-05-02", None, None),
        ("San Jose, Calif., Jan. 5, 2021 — Acme opened", "San Jose", "2021-01-05", None, None),
        ("September 17, 2018, Shanghai – Today, Acme", "Shanghai", "2018-09-17", None, None),
        ("May 2, 2024 – Acme today opened", None, "2024-05-02", None, None),
        ("TIDEWELL, March 14 - Corvane will close", "Tidewell", None, None, None),
        ("SEATTLE--(BUSINESS WIRE)--Acme opened", "Seattle", None, "BUSINESS WIRE", None),
        ("March 2 (Reuters) - Acme opened", None, None, "Reuters", None),
        ("London (Reuters) - Acme opened", "London", None, "Reuters", None),
        ("BERLIN -- The agency said", "Berlin", None, None, None),
    ],
)
def test_what_a_dateline_says(line, place, date, agency, wire):
    assert datelines.find(line)[:4] == (place, date, agency, wire)


@pytest.mark.parametrize(
    "line",
    [
        "On May 5 – the day of the vote – nobody came.",
        "Monday, May 5 – the council meets.",
        "2 May – the shop opens.",
        "COVID-19 cases rose.",
        "IBM - which makes computers - said so.",
        "Apple (Cupertino) - the maker of telephones.",
        "Acme - the maker of telephones.",
        "It was May 2, 2024 – a day to forget.",
    ],
)
def test_what_is_no_dateline(line):
    assert datelines.find(line) is None


def test_the_page_takes_place_day_and_agency_from_it_and_keeps_the_rest():
    page = clean.page(
        "Acme opens a plant in Ghent\nGHENT, May 2, 2024 (Wire) - Acme has opened a new plant in Ghent, it said.\n"
        "The carmaker said it had invested 40 million euros in the site and hired 200 people there."
    )
    line = page.lines[1]
    assert (page.place, page.published, page.published_from, page.publisher) == ("Ghent", "2024-05-02", "line 2", "Wire")
    assert (line.label, line.kept, line.text) == ("dateline", True, "Acme has opened a new plant in Ghent, it said.")


def test_a_release_carried_by_a_wire_is_a_press_release():
    page = clean.page(
        "Acme opens a plant in Ghent\nGHENT, May 2, 2024 /PRNewswire/ -- Acme has opened a new plant in Ghent, it said.\n"
        "The carmaker said it had invested 40 million euros in the site and hired 200 people there."
    )
    assert (page.kind, page.publisher, page.published) == ("press release", None, "2024-05-02")
