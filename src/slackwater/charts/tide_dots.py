"""The tide of many pages: dots piled by time, growth upwards and retreat downwards, one a page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from slackwater import measure
from slackwater.charts import chart, events
from slackwater.charts.chart import COLOURS, INK, MUTED, WIDTH
from slackwater.charts.marks import Mark, legend
from slackwater.findings import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SPAN = 5.0  # points a page takes that has only a span of days


def draw(marks: Sequence[Mark], told: list, span: tuple[float, float]) -> Figure:
    """Piles of dots, then the pages without a day, then each year's balance, then the strip of events."""
    left, right = 58.0, 12.0
    width = WIDTH - left - right
    placed = [m for m in marks if m.low is not None and m.high is not None and m.high - m.low <= 92]
    loose = [m for m in marks if m not in placed]
    size, stacks = _stacks(placed, width, span)
    heights = {d: max((len(s) for s in stacks[d].values()), default=0) * size + 4 for d in stacks}
    shown = loose[:40]
    loose_height = SPAN * len(shown) + (22 if shown else 0) + (12 if len(loose) > len(shown) else 0)
    middle = 8.0 + max(0.0, 26 - heights["expansion"])
    top = 24.0
    pile = heights["expansion"] + heights["retreat"] + 6
    neither = heights["neutral"] + heights["mixed"]
    entries = legend(marks, told)
    strip = events.height_of(told, width, span)
    total = top + middle + pile + 6 + neither + 22 + loose_height + 112 + strip + chart.legend_height(entries) + 6
    figure = chart.paper(total)
    chart.note(figure, 4, 10, "When each page was published (one mark a page)", color=INK, fontweight="bold")

    axes = chart.panel(figure, left, top + middle, width, pile)
    zero = heights["expansion"] + 3
    axes.set_ylim(pile, 0)
    _plain_time(axes, span)
    axes.axhline(zero, color=MUTED, linewidth=0.9)
    _pile(axes, stacks["expansion"], zero - size * 0.6, -size, size, "expansion")
    _pile(axes, stacks["retreat"], zero + size * 0.6, size, size, "retreat")
    chart.note(figure, left - 6, top + middle + zero - 9, "growth", ha="right", color=COLOURS["expansion"])
    chart.note(figure, left - 6, top + middle + zero + 9, "retreat", ha="right", color=COLOURS["retreat"])

    at = top + middle + pile + 6
    both = chart.panel(figure, left, at, width, neither + 12)
    both.set_ylim(neither + 12, 0)
    _plain_time(both, span)
    _pile(both, stacks["mixed"], size * 0.6, size, size, "mixed")
    _pile(both, stacks["neutral"], heights["mixed"] + 8 + size * 0.6, size, size, "neutral")
    chart.note(figure, left - 6, at + 5, "both", ha="right", color=COLOURS["mixed"])
    chart.note(figure, left - 6, at + heights["mixed"] + 15, "neither", ha="right", color=COLOURS["neutral"])
    at += neither + 22

    if shown:
        chart.note(figure, 4, at + 8, f"Without a date to the quarter: {words.count(len(loose), 'page')}", color=INK)
        spans = chart.panel(figure, left, at + 18, width, SPAN * len(shown))
        spans.set_ylim(len(shown), 0)
        _plain_time(spans, span)
        for n, m in enumerate(shown):
            _thin(spans, m, n + 0.5)
        at += 18 + SPAN * len(shown) + 4
        if len(loose) > len(shown):
            chart.note(figure, left, at + 6, f"and {len(loose) - len(shown)} more")
            at += 12
    chart.note(figure, 4, at + 12, "Balance of each year’s pages", color=INK, fontweight="bold")
    yearly = chart.panel(figure, left, at + 26, width, 62)
    _years(yearly, placed, span)
    chart.note(figure, left - 6, at + 33, "growth", ha="right", color=COLOURS["expansion"])
    chart.note(figure, left - 6, at + 82, "retreat", ha="right", color=COLOURS["retreat"])
    if told:
        events.draw(figure, told, left, at + 26 + 62 + 24, width, span)
    chart.legend(figure, total - chart.legend_height(entries) + 4, entries)
    return figure


def _plain_time(axes: Axes, span: tuple[float, float]) -> None:
    chart.time_axis(axes, *span)
    axes.grid(axis="x")
    axes.set_yticks([])
    axes.tick_params(labelbottom=False, length=0)
    axes.spines["bottom"].set_visible(False)


def _stacks(marks: Sequence[Mark], width: float, span: tuple[float, float]) -> tuple[float, dict]:
    """Size of a dot in points and, by direction, column → marks, such that the tallest pile stays below 200 points."""
    low, high = span
    for size in (6.0, 5.0, 4.2, 3.4, 2.6, 2.0, 1.5):
        columns = max(1, int(width / size))
        stacks: dict[str, dict[float, list[Mark]]] = {d: {} for d in chart.NAMES}
        for m in marks:
            column = min(columns - 1, int(((m.middle or low) - low) / max(1.0, high - low) * columns))
            at = low + (column + 0.5) / columns * (high - low)
            stacks[m.direction].setdefault(at, []).append(m)
        tallest = max((len(s) for by in stacks.values() for s in by.values()), default=0)
        if tallest * size <= 200:
            break
    return size, stacks


def _pile(axes: Axes, stack: dict[float, list[Mark]], start: float, step: float, size: float, direction: str) -> None:
    points = [(at, start + step * n) for at, found in stack.items() for n in range(len(found))]
    if points:
        axes.plot(
            *zip(*points, strict=True),
            linestyle="none",
            markersize=size * 0.82,
            markeredgewidth=min(1.0, size / 7),
            **chart.mark(direction),
        )


def _thin(axes: Axes, m: Mark, y: float) -> None:
    first, last = axes.get_xlim()
    low, high = m.low if m.low is not None else first, m.high if m.high is not None else last
    axes.plot(
        [low, high],
        [y, y],
        color=COLOURS[m.direction],
        linewidth=0.9,
        linestyle="-" if m.dated != "unknown" else (0, (2, 2)),
    )
    for at, way, open_end in ((low, "<", m.low is None), (high, ">", m.high is None)):
        if open_end:
            axes.plot(at, y, marker=way, color=COLOURS[m.direction], markersize=2.6, clip_on=False)
    axes.plot(
        (low + high) / 2, y, markersize=3.6, markeredgewidth=0.8, **chart.mark(m.direction, filled=m.dated != "unknown")
    )


def _years(axes: Axes, marks: Sequence[Mark], span: tuple[float, float]) -> None:
    from datetime import date

    axes.set_ylim(-1.15, 1.15)
    axes.set_yticks([])
    chart.time_axis(axes, *span)
    axes.grid(axis="x")
    axes.axhline(0, color=MUTED, linewidth=0.9)
    years: dict[int, list[str]] = {}
    for m in marks:
        years.setdefault(date.fromordinal(int(m.middle or 1)).year, []).append(m.direction)
    for year, found in sorted(years.items()):
        net, low, high = measure.net(found.count("expansion"), found.count("retreat"))
        if math.isnan(net):
            continue
        at = chart.ordinal(f"{year:04d}-07-01")
        direction = "expansion" if net > 0 else "retreat" if net < 0 else "mixed"
        axes.plot([at, at], [low, high], color=COLOURS[direction], linewidth=1.8, solid_capstyle="butt", clip_on=False)
        axes.plot(at, net, markersize=5, clip_on=False, **chart.mark(direction))
