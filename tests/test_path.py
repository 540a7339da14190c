"""The readings of a page: what is said of lines agrees with all readings, written out one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from slackwater.cleaning import features, path
from slackwater.cleaning.path import AFTER, BEFORE, GAP, IN

FOLLOWS = {BEFORE: (BEFORE, IN), IN: (IN, GAP, AFTER), GAP: (GAP, IN), AFTER: (AFTER,)}


def readings(n):
    """Every reading of *n* lines that has an article and does not end in a gap."""
    for states in product(range(4), repeat=n):
        allowed = all(now in FOLLOWS[was] for was, now in zip((BEFORE, *states), states, strict=False))
        if allowed and IN in states and states[-1] != GAP:
            yield states


def earned(states, line, start, end, gap, into, out):
    total = 0.0
    for row, (was, now) in enumerate(zip((BEFORE, *states), states, strict=False)):
        total += line[row] if now == IN else gap[row] if now == GAP else 0
        total += {(BEFORE, IN): start[row], (IN, AFTER): end[row], (IN, GAP): into, (GAP, IN): out}.get((was, now), 0)
    return total


@pytest.mark.parametrize("n", [1, 2, 3, 7])
def test_odds_of_a_line_are_those_over_all_readings(n):
    numbers = np.random.default_rng(n).normal(0, 3, (4, n))
    sums = {states: np.exp(earned(states, *numbers, -1.5, -1.0)) for states in readings(n)}
    whole = sum(sums.values())
    wanted = [sum(s for states, s in sums.items() if states[row] == IN) / whole for row in range(n)]
    assert path.marginals(*numbers, -1.5, -1.0) == pytest.approx(wanted, abs=1e-7)


def test_sums_that_outgrow_a_float_are_no_trouble():
    numbers = np.full((4, 6), 2000.0)
    assert np.isfinite(path.marginals(*numbers, -1.5, -1.0)).all()
    assert np.isfinite(path.marginals(*-numbers, -1.5, -1.0)).all()


PAGES = (["Menu"], ["Menu", "{0}", "Share"], ["Menu", "{0}", "{0}", "{0}", "Next", "{0}"])
SENTENCES = "The firm said on Monday that it would move its plant to the north. Nobody knows how long that may take. "


@pytest.mark.parametrize("lines", PAGES)
def test_a_reading_is_one_that_may_be(lines):
    states = path.reading(features.of_lines([line.format(SENTENCES.strip()) for line in lines]), path.load())
    assert tuple(states) in set(readings(len(lines)))


def test_the_lead_is_not_about_the_prose_to_come():
    page = features.of_lines(["Menu", *[SENTENCES * 2] * 4, "Share", "Print"])
    states, lead = path.best(page, path.load())
    more = path.load()._replace(start=path.load().start.copy())
    more.start[features.START.index("prose to come")] += 5
    again, same = path.best(page, more)
    assert again == states
    assert same == pytest.approx(lead)
