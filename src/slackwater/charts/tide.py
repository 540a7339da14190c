"""The tide: which way each page points, over time. Two times, never mixed: when a page spoke, and of when.

Up to sixty pages stand in rows of their own; more are piled as dots, one a page, so
that nothing lies on anything else; above `crowd.MANY` they are summed up by period.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from slackwater import crowd
from slackwater.charts import chart, events, marks, tide_bars, tide_dots, tide_rows
from slackwater.charts.chart import Chart
from slackwater.charts.marks import Mark
from slackwater.findings import words
from slackwater.findings.blocks import one_line

if TYPE_CHECKING:
    import pandas as pd

NOTHING = "No page could be read, so there is no time line."
ROWS = 60  # pages that get a row each


def tide(documents: pd.DataFrame, claims: pd.DataFrame) -> Chart:
    """Every page that was read by its time of publication, with its balance; below, the times of the events told."""
    told = events.rows_of(claims, documents)
    if int(documents["fault"].isna().sum()) > crowd.MANY:
        return _summed(documents, [(site, found) for site, found in told if not site.startswith(events.UNNAMED)])
    pages = marks.of_documents(documents)
    days = [d for m in pages for d in (m.low, m.high, m.saved) if d is not None]
    days += [d for _, row in told for e in row for d in (e["low"], e["high"])]
    span = (min(days), max(days)) if days else chart.TIMELESS
    many = len(pages) > ROWS
    with chart.house():
        figure = (tide_dots if many else tide_rows).draw(pages, told, span) if pages else chart.blank(NOTHING)
    balance = (
        "Below, the balance of each year’s pages with its 95 % interval."
        if many
        else "On the right its balance of growth and retreat, with a 95 % interval."
    )
    strip = (
        "The last strip shows when the events themselves are said to have happened."
        if told
        else "No page gives an event a date."
    )
    if not pages:
        return Chart(figure, "fig-tide", _alt(pages, told), NOTHING)
    caption = f"Each mark is a page: its time of publication, and which way its sentences point. {balance} {strip}"
    return Chart(figure, "fig-tide", _alt(pages, told), caption)


def _summed(documents: pd.DataFrame, told: list) -> Chart:
    """More pages than can be told apart: bars a period."""
    found = crowd.of_documents(documents)
    days = [*tide_bars.span_of(found), *(d for _, row in told for e in row for d in (e["low"], e["high"]))]
    with chart.house():
        figure = tide_bars.draw(found, told, (min(days), max(days)) if days else chart.TIMELESS)
    unplaced = f" {words.sentence(words.count(found.unplaced, 'page'))} without a date to the {found.step} left out." \
        if found.unplaced else ""
    caption = (
        f"Pages by the {found.step} of their publication, growth upwards, retreat downwards; reprints not counted. "
        f"Below, each {found.step}’s balance with its 95 % interval, clustered by outlet; then when the events "
        f"themselves are said to have happened.{unplaced}"
    )
    return Chart(figure, "fig-tide", tide_bars.alt(found) + _events_alt(told), caption)


def _alt(pages: Sequence[Mark], told: list) -> str:
    if not pages:
        return "An empty time line: no page could be read."
    said = [f"Time line of {words.count(len(pages), 'page')}."]
    for direction, name in chart.NAMES.items():
        found = [m for m in pages if m.direction == direction]
        dated = sorted(
            (m.low, m.high) for m in found if m.dated != "unknown" and m.low is not None and m.high is not None
        )
        if not found:
            continue
        verb = "tells" if len(found) == 1 else "tell"
        when = _years_of([d for pair in dated for d in pair])
        undated = len(found) - len(dated)
        tail = f", published {when}" if when else ""
        tail += f" ({words.number(undated)} undated)" if undated and when else ", undated" if undated else ""
        said.append(f"{words.sentence(words.number(len(found)))} {verb} of {name}{tail}.")
    return " ".join(said) + _events_alt(told)


def _events_alt(told: list) -> str:
    if not told:
        return ""
    kinds = [(site, e) for site, found in told for e in found]
    places = ["" if site.startswith(events.UNNAMED) else f" at {one_line(site, 40)}" for site, _ in kinds]
    shown = [f"{e['event']}{at} {words.at(e['when'])}" for at, (_, e) in zip(places, kinds, strict=True)]
    return f" Events told of: {words.listing(shown, limit=5)}."


def _years_of(days: Sequence[float]) -> str:
    from datetime import date

    if not days:
        return ""
    first, last = date.fromordinal(int(min(days))).year, date.fromordinal(int(max(days))).year
    return f"in {first}" if first == last else f"from {first} to {last}"
