"""The tide of few pages: a row each, with its balance beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from slackwater.charts import chart, events
from slackwater.charts.chart import COLOURS, INK, MUTED, RULE, WIDTH
from slackwater.charts.marks import Mark, legend

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROOMY = 12  # pages that get a line of words as well


def draw(marks: Sequence[Mark], told: list, span: tuple[float, float]) -> Figure:
    """Marks in rows by time, with the strip of events below on the same axis."""
    roomy = len(marks) <= ROOMY
    step, left = (32.0, 8.0) if roomy else (13.0, 146.0)
    balance = 84.0 if roomy else 66.0
    time_width = WIDTH - left - balance - 26
    entries = legend(marks, told)
    top, height = 36.0, step * max(1, len(marks))
    strip = events.height_of(told, time_width, span)
    axis_room = 24.0
    total = top + height + axis_room + strip + chart.legend_height(entries) + 6
    figure = chart.paper(total)
    time = chart.panel(figure, left, top, time_width, height)
    net = chart.panel(figure, left + time_width + 18, top, balance, height)
    for axes in (time, net):
        axes.set_ylim(max(1, len(marks)), 0)
        axes.set_yticks([])
    ticks = chart.time_axis(time, *span)
    _balance_axis(figure, net, left + time_width + 18, balance)
    chart.note(figure, 4, 10, "When each page was published", color=INK, fontweight="bold")
    shade = 0.5 if roomy else 0.0  # a line of words stays free of grid lines
    for tick in ticks:
        time.vlines(
            [tick] * len(marks),
            [n + shade for n in range(len(marks))],
            [n + 1 for n in range(len(marks))],
            color=RULE,
            linewidth=0.8,
            zorder=0,
        )
    for n, m in enumerate(marks):
        y = n + (0.74 if roomy else 0.5)
        if roomy:
            chart.note(figure, left, top + step * n + 9, chart.fitted(m.label, WIDTH - left - 4), color=INK)
        else:
            chart.note(figure, 4, top + step * (n + 0.5), chart.fitted(m.short, left - 12), color=INK)
        _page(time, m, y)
        _balance(net, m, y)
    if told:
        events.draw(figure, told, left, top + height + axis_room, time_width, span)
    chart.legend(figure, total - chart.legend_height(entries) + 4, entries)
    return figure


def _page(axes: Axes, m: Mark, y: float) -> None:
    first, last = axes.get_xlim()
    low, high = m.low if m.low is not None else first, m.high if m.high is not None else last
    colour = COLOURS[m.direction]
    if m.dated == "unknown":
        axes.plot([low, high], [y, y], color=colour, linestyle=(0, (2, 2)), linewidth=1.4, solid_capstyle="butt")
        for open_end, at, way in ((m.low is None, low, "<"), (m.high is None, high, ">")):
            if open_end:
                axes.plot(at, y, marker=way, color=colour, markersize=4.5, clip_on=False)
    elif high - low > 20:
        axes.plot([low, high], [y, y], color=colour, linewidth=2.2)
    if m.saved is not None:
        axes.plot(m.saved, y, marker="x", color=MUTED, markersize=5.5, markeredgewidth=1.3)
    size = 5.5 + 4.5 * math.sqrt(min(m.n, 12) / 12)
    middle = (low + high) / 2
    axes.plot(
        middle,
        y,
        markersize=size,
        markeredgewidth=1.3,
        clip_on=False,
        zorder=3,
        **chart.mark(m.direction, filled=m.dated != "unknown"),
    )
    if m.dated == "analyst" and m.direction != "neutral":
        axes.plot(
            middle, y, marker="o", color="white", markersize=size / 3.6, markeredgewidth=0, zorder=4, clip_on=False
        )


def _balance_axis(figure: Figure, axes: Axes, left: float, width: float) -> None:
    axes.set_xlim(-1.12, 1.12)
    axes.set_xticks([-1, 0, 1], ["−1", "0", "+1"])
    axes.axvline(0, color=RULE, linewidth=1.2, zorder=0)
    chart.note(figure, left + width / 2, 10, "Balance", color=INK, fontweight="bold", ha="center")
    chart.note(figure, left - 4, 25, "retreat", color=COLOURS["retreat"])
    chart.note(figure, left + width + 6, 25, "growth", color=COLOURS["expansion"], ha="right")


def _balance(axes: Axes, m: Mark, y: float) -> None:
    if math.isnan(m.net):
        axes.plot(0, y, marker="_", color=COLOURS["neutral"], markersize=7)
        return
    axes.plot([m.net_low, m.net_high], [y, y], color=COLOURS[m.direction], linewidth=1.8, solid_capstyle="butt")
    axes.plot(m.net, y, markersize=6.5, zorder=3, clip_on=False, markeredgewidth=1.2, **chart.mark(m.direction))
