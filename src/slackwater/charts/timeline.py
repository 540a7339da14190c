"""One row a claim: when events are said to have happened, and when that was published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from slackwater.charts import chart, events
from slackwater.charts.chart import INK, RULE, WIDTH, Chart
from slackwater.findings import words
from slackwater.findings.blocks import one_line

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

CLAIMS = 24


def claims(claims: pd.DataFrame, documents: pd.DataFrame) -> Chart:
    """Each dated claim: when the event is said to have been, and when that was published."""
    published = {
        row.file: (words.text(row.published_low), words.text(row.published_high)) for row in documents.itertuples()
    }
    grouped = _grouped(claims, documents, published)
    best = sorted(grouped, key=lambda c: (-len(c["said"]), c["low"], c["label"]))[:CLAIMS]
    shown = sorted(best, key=lambda c: (c["low"], c["high"], c["label"]))
    with chart.house():
        figure = _claim_rows(shown)
    told = [
        f"{c['label']}, {words.at(c['when'])}, {words.listing(words.CERTAINTIES[how] for how in c['told'])}"
        for c in shown
    ]
    alt = (
        "Time line of events: "
        + "; ".join(told[:8])
        + (f"; and {words.number(len(told) - 8)} more" if len(told) > 8 else "")
        + "."
        if told
        else "An empty time line: no page gives an event a date."
    )
    more = f" Shown are the {len(shown)} most often told of {len(grouped)}." if len(grouped) > len(shown) else ""
    caption = (
        "When each event is said to have happened (mark, with a bar where only a month or year is told), and below it "
        f"when the pages that say so were published (ticks).{more}"
    )
    return Chart(figure, "fig-claims", alt, caption)


def _grouped(
    claims: pd.DataFrame, documents: pd.DataFrame, published: dict[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    found: dict[tuple, dict[str, Any]] = {}
    for row in events.dated(claims, documents):
        low, high = row.low, row.high
        site = one_line(row.place, 60)
        group = found.setdefault(
            (row.event, site, row.when),
            {
                "event": row.event,
                "label": f"{row.event}, {site}" if site else row.event,
                "when": row.when,
                "certainty": row.certainty,
                "told": [],
                "low": chart.ordinal(low),
                "high": chart.ordinal(high),
                "said": [],
            },
        )
        events.join(group, row)
        first, last = published.get(row.file, ("", ""))
        if first and last:
            group["said"].append((chart.ordinal(first) + chart.ordinal(last)) / 2)
    return list(found.values())


def _claim_rows(shown: Sequence[dict[str, Any]]) -> Figure:
    step, top, left = 33.0, 4.0, 8.0
    if not shown:
        return chart.blank("No page gives an event a date.")
    entries = [
        (events.mark({"event": kind, "certainty": "asserted"}), kind if kind != "other" else "other event")
        for kind in ("opening", "closing", "other")
        if any(events.kind(c["event"]) == kind for c in shown)
    ]
    entries += [
        ({"marker": "|", "markeredgecolor": INK, "markersize": 7}, "published"),
        (events.mark({"event": "other", "certainty": "planned"}), "outline: planned or hearsay"),
    ]
    height = step * len(shown)
    figure = chart.paper(top + height + 30 + chart.legend_height(entries) + 4)
    axes = chart.panel(figure, left, top, WIDTH - left - 10, height)
    axes.set_ylim(len(shown), 0)
    axes.set_yticks([])
    days = [d for c in shown for d in (c["low"], c["high"], *c["said"])]
    ticks = chart.time_axis(axes, min(days), max(days))
    for n, c in enumerate(shown):
        how = ", ".join(words.BRIEFLY[how] for how in c["told"])
        label = f"{words.sentence(c['label'])}: {words.day(c['when'])} ({how})"
        chart.note(figure, left, top + step * n + 9, chart.fitted(label, WIDTH - left - 8), color=INK)
        y, below = n + 0.62, n + 0.88
        axes.vlines(ticks, [n + 0.5] * len(ticks), [n + 1] * len(ticks), color=RULE, linewidth=0.8, zorder=0)
        style = events.mark(c)
        middle = (c["low"] + c["high"]) / 2
        if c["said"]:
            axes.plot(
                sorted(set(c["said"])),
                [below] * len(set(c["said"])),
                linestyle="none",
                marker="|",
                color=INK,
                markersize=6,
                markeredgewidth=1.3,
                zorder=3,
            )
        if c["high"] - c["low"] > 20:
            axes.plot(
                [c["low"], c["high"]],
                [y, y],
                color=style["color"],
                linewidth=2.4,
                zorder=2,
                linestyle="-" if c["certainty"] == "asserted" else (0, (2, 1.2)),
            )
        axes.plot(middle, y, markersize=8, markeredgewidth=1.3, zorder=4, **style)
    chart.legend(figure, top + height + 34, entries)
    return figure
