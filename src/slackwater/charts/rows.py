"""One row a page: tone beside direction, and what was kept of each page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from slackwater import crowd, measure
from slackwater.charts import chart
from slackwater.charts.chart import COLOURS, INK, MUTED, RULE, WIDTH, Chart
from slackwater.findings import words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROWS = 40


def named(row: Any) -> str:
    """Label of a page's row: its date, and its publisher or file."""
    who = words.who(row)
    return f"{words.text(row.published, 'undated')[:7]} {who}"


# Tone beside direction.


def tone(documents: pd.DataFrame) -> Chart:
    """Tone of each page with its interval, grouped by direction, so that one sees how little they share."""
    rows = [row for row in documents[documents["fault"].isna()].itertuples() if not math.isnan(row.polarity)]
    groups = {d: sorted((r for r in rows if r.direction == d), key=lambda r: (r.polarity, r.file)) for d in chart.NAMES}
    groups = {d: found for d, found in groups.items() if found}
    with chart.house():
        figure = _tone_rows(groups) if len(rows) <= ROWS else _tone_dots(groups)
    told = []
    for direction, found in groups.items():
        values = [r.polarity for r in found]
        told.append(
            f"{words.count(len(found), 'page')} of {chart.NAMES[direction]}: mean {words.signed(measure.mean(values))}"
            + (f", from {words.signed(min(values))} to {words.signed(max(values))}" if len(found) > 1 else "")
        )
    alt = "Tone of each page, by direction. " + "; ".join(told) + "." if told else "An empty chart: no page has a tone."
    caption = "TextBlob’s tone of each page, grouped by the direction its sentences tell. " + (
        "Filled: as it stands, with a 95 % interval; outline: with the field’s terms masked; cross: over the "
        "uncleaned page."
        if len(rows) <= ROWS
        else f"{_unit(len(rows))}; the line is the mean of the group."
    )
    return Chart(figure, "fig-tone", alt, caption)


def _unit(pages: int) -> str:
    return "One dot a page" if pages <= crowd.MANY else "Bars as high as the number of pages"


def _tone_limits(rows: Sequence[Any]) -> tuple[float, float]:
    values = [
        v
        for r in rows
        for v in (r.polarity, r.polarity_low, r.polarity_high, r.polarity_masked, r.polarity_uncleaned)
        if not math.isnan(v)
    ]
    reach = max([abs(v) for v in values], default=0.1) * 1.12 + 0.02
    return -reach, reach


def _tone_axis(axes: Axes, limits: tuple[float, float]) -> None:
    axes.set_xlim(*limits)
    axes.set_yticks([])
    axes.axvline(0, color=MUTED, linewidth=0.9, zorder=0)
    reach = limits[1]
    tick = next(t for t in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1) if reach / t <= 3.3)
    far = int(reach * 0.9 / tick)
    ticks = [t * tick for t in range(-far, far + 1)]
    axes.set_xticks(ticks, [words.signed(t) if t else "0" for t in ticks])
    axes.grid(axis="x")
    axes.set_xlabel("tone: colder ← 0 → warmer")


def _tone_rows(groups: dict[str, list[Any]]) -> Figure:
    step, head, left = 17.0, 20.0, 150.0
    if not groups:
        return chart.blank("No page has a tone.")
    height = sum(head + step * len(found) for found in groups.values())
    entries = [
        ({"marker": "s", "markerfacecolor": INK, "markeredgecolor": INK, "markersize": 6}, "as it stands"),
        ({"marker": "s", "markerfacecolor": "white", "markeredgecolor": INK, "markersize": 6}, "terms masked"),
        ({"marker": "x", "markeredgecolor": MUTED, "markersize": 6}, "uncleaned"),
    ]
    figure = chart.paper(8 + height + 44 + chart.legend_height(entries))
    axes = chart.panel(figure, left, 8, WIDTH - left - 12, height)
    axes.set_ylim(height, 0)
    _tone_axis(axes, _tone_limits([r for found in groups.values() for r in found]))
    y = 0.0
    for direction, found in groups.items():
        chart.note(
            figure, 4, 8 + y + 12, f"Pages of {chart.NAMES[direction]}", color=COLOURS[direction], fontweight="bold"
        )
        y += head
        for row in found:
            at = y + step / 2
            chart.note(figure, 4, 8 + at, chart.fitted(named(row), left - 12), color=INK)
            axes.plot([row.polarity_low, row.polarity_high], [at - 2, at - 2], color=COLOURS[direction], linewidth=1.6)
            axes.plot(
                row.polarity_uncleaned, at + 4, marker="x", color=MUTED, markersize=5.5, markeredgewidth=1.2, zorder=2
            )
            axes.plot(row.polarity_masked, at + 4, markersize=5.5, zorder=3, **chart.mark(direction, filled=False))
            axes.plot(row.polarity, at - 2, markersize=6.5, zorder=4, **chart.mark(direction))
            y += step
    chart.legend(figure, 8 + height + 44 + 4, entries)
    return figure


def _tone_dots(groups: dict[str, list[Any]]) -> Figure:
    left, width, size = 76.0, WIDTH - 76 - 12, 5.0
    limits = _tone_limits([r for found in groups.values() for r in found])
    columns = int(width / size)
    piles: dict[str, dict[int, int]] = {}
    for direction, found in groups.items():
        pile = piles.setdefault(direction, {})
        for row in found:
            column = int((row.polarity - limits[0]) / (limits[1] - limits[0]) * columns)
            pile[column] = pile.get(column, 0) + 1
    tallest = max((n for pile in piles.values() for n in pile.values()), default=1)
    rise = min(size, 90 / tallest)
    heights = {d: max(pile.values()) * rise + 26 for d, pile in piles.items()}
    height = sum(heights.values())
    figure = chart.paper(6 + height + 44)
    axes = chart.panel(figure, left, 6, width, height)
    axes.set_ylim(height, 0)
    _tone_axis(axes, limits)
    y = 0.0
    for direction, found in groups.items():
        base = y + heights[direction] - 6
        chart.note(figure, 4, 6 + base - 14, chart.NAMES[direction], color=COLOURS[direction], fontweight="bold")
        chart.note(figure, 4, 6 + base - 2, words.count(len(found), "page"))
        unit = (limits[1] - limits[0]) / columns
        columned = sorted(piles[direction].items())
        if sum(map(len, groups.values())) > crowd.MANY:
            places = [limits[0] + (c + 0.5) * unit for c, _ in columned]
            axes.bar(places, [-rise * n for _, n in columned], unit * 0.86, base, color=COLOURS[direction])
        else:
            points = [
                (limits[0] + (c + 0.5) * unit, base - rise * (n + 0.6)) for c, count in columned
                for n in range(count)
            ]
            axes.plot(
                *zip(*points, strict=True),
                linestyle="none",
                markersize=min(size, rise) * 0.84,
                markeredgewidth=0.8,
                **chart.mark(direction),
            )
        middle = measure.mean(r.polarity for r in found)
        axes.vlines(middle, y + 6, base, color=INK, linewidth=1.6, zorder=4)
        axes.axhline(base, color=RULE, linewidth=0.8)
        y += heights[direction]
    return figure


# What was kept.


def kept(documents: pd.DataFrame) -> Chart:
    """How many lines of each page were taken for the article, and how many were dropped."""
    rows = [row for row in documents.itertuples() if words.known(row.n_lines) and row.n_lines > 0]
    with chart.house():
        figure = _kept_rows(rows) if len(rows) <= ROWS else _kept_dots(rows)
    lines, n_kept = sum(int(r.n_lines) for r in rows), sum(int(r.n_kept) for r in rows)
    shares = sorted(r.n_kept / r.n_lines for r in rows)
    alt = "An empty chart: no page had a line."
    if rows:
        alt = f"Lines kept of each page: {n_kept:,} of {lines:,} in all"
        spread = f"; by page from {words.percent(shares[0])} to {words.percent(shares[-1])}"
        alt += (spread if len(rows) > 1 else "") + "."
    caption = (
        "Lines of each page: filled, kept as the article; hatched, dropped as furniture."
        if len(rows) <= ROWS
        else f"Share of each page’s lines that was kept as the article. {_unit(len(rows))}."
    )
    return Chart(figure, "fig-kept", alt, caption)


def _kept_rows(rows: Sequence[Any]) -> Figure:
    step, top, left = 18.0, 4.0, 150.0
    if not rows:
        return chart.blank("No page had a line.")
    figure = chart.paper(top + step * len(rows) + 8)
    width = WIDTH - left - 8
    axes = chart.panel(figure, left, top, width, step * len(rows))
    chart.bare(axes)
    axes.set_ylim(len(rows), 0)
    most = max(int(r.n_lines) for r in rows)
    axes.set_xlim(0, most * 1.45)
    for n, row in enumerate(rows):
        total, n_kept = int(row.n_lines), int(row.n_kept)
        chart.note(figure, 4, top + step * (n + 0.5), chart.fitted(named(row), left - 12), color=INK)
        axes.barh(n + 0.5, n_kept, height=0.6, color=COLOURS["expansion"])
        axes.barh(
            n + 0.5,
            total - n_kept,
            left=n_kept,
            height=0.6,
            facecolor="none",
            edgecolor=COLOURS["neutral"],
            hatch="////",
            linewidth=0.9,
        )
        axes.text(
            total + most * 0.02,
            n + 0.5,
            f"{n_kept:,} of {total:,}",
            va="center_baseline",
            color=INK,
            fontsize=chart.SMALL,
        )
    return figure


def _kept_dots(rows: Sequence[Any]) -> Figure:
    left, width, size = 24.0, WIDTH - 48, 5.0
    columns = int(width / size)
    pile: dict[int, int] = {}
    for row in rows:
        column = min(columns - 1, int(row.n_kept / row.n_lines * columns))
        pile[column] = pile.get(column, 0) + 1
    rise = min(size, 150 / max(pile.values()))
    height = max(pile.values()) * rise + 10
    figure = chart.paper(height + 46)
    axes = chart.panel(figure, left, 4, width, height)
    axes.set_ylim(0, height)
    axes.set_xlim(0, 1)
    axes.set_yticks([])
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    axes.set_xlabel("share of the page’s lines that was kept")
    if len(rows) > crowd.MANY:
        axes.bar([(c + 0.5) / columns for c in pile], [rise * n for n in pile.values()], 0.86 / columns,
                 color=COLOURS["expansion"])
        return figure
    points = [((c + 0.5) / columns, rise * (n + 0.7)) for c, count in sorted(pile.items()) for n in range(count)]
    axes.plot(
        *zip(*points, strict=True),
        linestyle="none",
        marker="o",
        color=COLOURS["expansion"],
        markersize=min(size, rise) * 0.84,
        clip_on=False,
    )
    return figure
