"""The tide of a great many pages: bars a period, growth upwards and retreat downwards, and each period's balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slackwater import crowd
from slackwater.charts import chart, events, marks
from slackwater.charts.chart import COLOURS, INK, MUTED, WIDTH
from slackwater.findings import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BARS, BALANCE = 120.0, 80.0  # points


def draw(found: crowd.Tide, told: list, span: tuple[float, float]) -> Figure:
    """Bars of pages, the balance of each period with its clustered interval, then the strip of events."""
    left = 58.0
    width = WIDTH - left - 12
    entries = marks.of_events(told)
    strip = events.height_of(told, width, span)
    total = 24 + BARS + 40 + BALANCE + 24 + strip + chart.legend_height(entries) + 6
    figure = chart.paper(total)
    chart.note(figure, 4, 10, f"Pages published each {found.step}", color=INK, fontweight="bold")
    axes = chart.panel(figure, left, 24, width, BARS)
    chart.time_axis(axes, *span)
    low, high = axes.get_xlim()
    most = max([1, *(n for e, r, _ in found.counts.values() for n in (e, r))])
    axes.set_ylim(-most * 1.08, most * 1.08)
    axes.set_yticks([])
    axes.axhline(0, color=MUTED, linewidth=0.9)
    for when, (e, r, _) in found.counts.items():
        start, end = (chart.ordinal(day) for day in (when, crowd.following(when, found.step)))
        wide = (end - start) * 0.86
        if e:
            axes.bar(start, e, wide, align="edge", color=COLOURS["expansion"])
        if r:  # pale inside: in grey print growth and retreat are equally dark
            axes.bar(start, -r, wide, align="edge", facecolor="none", edgecolor=COLOURS["retreat"], linewidth=1.1)
    chart.note(figure, left - 6, 34, "growth", ha="right", color=COLOURS["expansion"])
    chart.note(figure, left - 6, 46, f"up to {most:,}", ha="right")
    chart.note(figure, left - 6, 24 + BARS - 8, "retreat", ha="right", color=COLOURS["retreat"])

    top = 24 + BARS + 40
    chart.note(figure, 4, top - 12, f"Balance of each {found.step}’s pages", color=INK, fontweight="bold")
    balance = chart.panel(figure, left, top, width, BALANCE)
    balance.set_ylim(-1.08, 1.08)
    chart.time_axis(balance, *span)
    balance.set_xlim(low, high)
    balance.set_yticks([])
    balance.grid(axis="x")
    balance.axhline(0, color=MUTED, linewidth=0.9)
    for when, b in found.balances.items():
        start, end = (chart.ordinal(day) for day in (when, crowd.following(when, found.step)))
        at = (start + end) / 2
        way = "expansion" if b.net > 0 else "retreat" if b.net < 0 else "mixed"
        balance.plot([at, at], [b.low, b.high], color=COLOURS[way], linewidth=1.5, solid_capstyle="butt")
        balance.plot(at, b.net, markersize=4, **chart.mark(way))
    chart.note(figure, left - 6, top + 8, "growth", ha="right", color=COLOURS["expansion"])
    chart.note(figure, left - 6, top + BALANCE - 8, "retreat", ha="right", color=COLOURS["retreat"])
    if told:
        events.draw(figure, told, left, top + BALANCE + 24, width, span)
    chart.legend(figure, total - chart.legend_height(entries) + 4, entries)
    return figure


def span_of(found: crowd.Tide) -> list[float]:
    """First and last day of the periods, as numbers."""
    if not found.counts:
        return []
    starts = list(found.counts)
    return [chart.ordinal(starts[0]), chart.ordinal(crowd.following(starts[-1], found.step))]


def alt(found: crowd.Tide) -> str:
    """The chart in words."""
    if not found.counts:
        return "An empty time line: no page is dated well enough."
    totals = [sum(row[n] for row in found.counts.values()) for n in range(3)]
    starts = list(found.counts)
    said = (f"Bars of pages by {found.step} from {words.day(starts[0][:7])} to {words.day(starts[-1][:7])}: "
            f"{totals[0]:,} of growth, {totals[1]:,} of retreat, {totals[2]:,} of neither or both.")
    clear = [(when, b) for when, b in found.balances.items() if b.low > 0 or b.high < 0]
    sides = [sum(b.net > 0 for _, b in clear), sum(b.net < 0 for _, b in clear)]
    return (f"{said} The balance lies surely on the side of growth in {words.count(sides[0], found.step)}, "
            f"of retreat in {words.number(sides[1])}.")
