"""Statistics of many documents, on cases whose answers are known."""

import math
import random
from collections import Counter

import pytest

from slackwater import crowd, measure


@pytest.mark.parametrize(("days", "name"), [
    ([], "year"),
    ([f"2024-03-{d:02}" for d in range(1, 29)] * 5, "week"),
    ([f"2024-{m:02}-{d:02}" for m in range(1, 13) for d in range(1, 29)], "week"),
    ([f"{y}-{m:02}-15" for y in range(2021, 2025) for m in range(1, 13)] * 6, "month"),
    ([f"{y}-{m:02}-15" for y in range(2012, 2025) for m in range(1, 13)] * 6, "quarter"),
    ([f"{y}-{m:02}-15" for y in range(2012, 2025) for m in range(1, 13)], "year"),  # three a quarter are too few
    ([f"{y}-06-15" for y in range(1990, 2025)] * 99, "year"),
])
def test_a_period_suits_the_pages(days, name):
    assert crowd.step(days) == name
    starts = {crowd.period(day, day, name) for day in days}
    assert len(starts) <= crowd.PERIODS


@pytest.mark.parametrize(("low", "high", "name", "start"), [
    ("2024-05-01", "2024-05-31", "month", "2024-05-01"),
    ("2024-05-01", "2024-05-31", "quarter", "2024-04-01"),
    ("2024-05-01", "2024-05-31", "week", None),
    ("2024-01-01", "2024-12-31", "quarter", None),
    ("2024-01-01", "2024-12-31", "year", "2024-01-01"),
    ("2024-05-15", "2024-05-15", "week", "2024-05-13"),
    (None, "2024-05-31", "year", None),
])
def test_a_page_lies_in_a_period_or_in_none(low, high, name, start):
    assert crowd.period(low, high, name) == start


@pytest.mark.parametrize(("start", "name", "after"), [
    ("2024-01-01", "month", "2024-02-01"), ("2024-12-01", "month", "2025-01-01"),
    ("2024-10-01", "quarter", "2025-01-01"), ("2024-01-01", "year", "2025-01-01"),
    ("2024-12-30", "week", "2025-01-06")])
def test_the_period_after(start, name, after):
    assert crowd.following(start, name) == after


@pytest.mark.parametrize(("cells", "alike"), [
    ({("a", "x"): (5, 0), ("a", "y"): (0, 5)}, 1.0),  # each outlet of one mind
    ({("a", "x"): (5, 5), ("a", "y"): (5, 5)}, 0.0),
    ({("a", "x"): (1, 0), ("a", "y"): (0, 1)}, 1.0),  # one page an outlet: nothing can be told
    ({("a", "x"): (9, 0), ("a", "y"): (9, 0)}, 1.0),  # nothing varies: nothing can be told
    ({}, 1.0),
])
def test_how_alike_the_pages_of_an_outlet_are(cells, alike):
    assert crowd.likeness(cells) == pytest.approx(alike)


def test_likeness_finds_what_was_put_in():
    """Outlets that copy their first page of a month with chance 0.4 have likeness near 0.16 = 0.4²."""
    draw, cells = random.Random(1), {}
    for month in range(60):
        for outlet in range(30):
            first = draw.random() < 0.5
            pages = [first if draw.random() < 0.4 else draw.random() < 0.5 for _ in range(6)]
            cells[str(month), str(outlet)] = (sum(pages), 6 - sum(pages))
    assert crowd.likeness(cells) == pytest.approx(0.16, abs=0.04)


def test_independent_pages_count_in_full_and_pages_of_one_voice_once():
    assert crowd.worth([4, 4, 4], 0.0) == 12
    assert crowd.worth([4, 4, 4], 1.0) == pytest.approx(3)
    assert crowd.worth([10], 1.0) == pytest.approx(1)
    assert crowd.worth([], 0.5) == 0


def test_a_balance_of_independent_pages_is_the_plain_one():
    found = crowd.balance([(3, 1), (4, 2)], 0.0)
    assert found[:3] == pytest.approx(measure.net(7, 3))
    assert (found.pages, found.worth) == (10, 10)


def test_an_interval_widens_where_outlets_speak_with_one_voice():
    loose, bound = crowd.balance([(20, 0), (0, 10)], 0.0), crowd.balance([(20, 0), (0, 10)], 0.5)
    assert loose.net == bound.net and bound.low < loose.low < loose.high < bound.high
    assert crowd.balance([(30, 0)], 1.0).low < 0  # thirty pages of one outlet are no certainty
    assert math.isnan(crowd.balance([(0, 0)], 0.2).net)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """Pages of 12 outlets, alike by 0.25: of 400 months about 95 % of intervals hold the true balance."""
    draw, held = random.Random(7), 0
    for _ in range(400):
        outlets = []
        for _ in range(12):
            first = draw.random() < 0.6
            pages = [first if draw.random() < 0.5 else draw.random() < 0.6 for _ in range(5)]
            outlets.append((sum(pages), 5 - sum(pages)))
        found = crowd.balance(outlets, 0.25)
        held += found.low <= 0.2 <= found.high
    assert 0.92 <= held / 400 <= 0.985


def test_adjusted_chances():
    assert crowd.discoveries([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert crowd.discoveries([]) == []


def test_words_by_chance_are_rarely_called_telling():
    """A thousand words alike on either side, and one that is not."""
    draw = random.Random(3)
    common = [f"word{n}" for n in range(1000)]
    growth, retreat = (Counter(draw.choices(common, k=40_000)) for _ in range(2))
    growth["subsidy"], retreat["subsidy"] = 60, 5
    found = crowd.telling(growth, retreat)
    assert found[0].word == "subsidy" and found[0].odds > 0 and len(found) <= 3
    assert (found[0].n_expansion, found[0].n_retreat) == (60, 5)
    assert crowd.telling(Counter(), Counter()) == []
