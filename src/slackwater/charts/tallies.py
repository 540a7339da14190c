"""Counts of sentences, growth to the right and retreat to the left: by theme, by certainty, by speaker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from slackwater.charts import chart
from slackwater.charts.chart import COLOURS, INK, MUTED, WIDTH, Chart
from slackwater.findings import words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

IDS = {"theme": "fig-themes", "certainty": "fig-certainty", "speaker": "fig-speakers"}
MOST = 16  # rows; what is rarer is summed up in the last


def themes(sentences: pd.DataFrame) -> Chart:
    """Directional sentences by theme."""
    return _tally(sentences, "theme", "What the sentences of growth and of retreat speak of. Each counts once.")


def certainty(sentences: pd.DataFrame) -> Chart:
    """Directional sentences by certainty, the firmest first."""
    return _tally(sentences, "certainty", "How firmly growth and retreat are stated.", words.CERTAINTIES)


def speakers(sentences: pd.DataFrame) -> Chart:
    """Directional sentences by who says so."""
    sentences = sentences.assign(speaker=words.tellers(sentences.itertuples()))
    return _tally(sentences, "speaker", "Who tells of growth and who of retreat.", words.SPEAKERS)


def _tally(sentences: pd.DataFrame, column: str, caption: str, names: dict[str, str] | None = None) -> Chart:
    """Bars by the values of *column*, under *names* and in their order where these are given."""
    counts = tallied(sentences, column)
    if names:
        order = list(names)
        counts = sorted(counts, key=lambda row: order.index(row[0]) if row[0] in order else len(order))
    rows = [((names or {}).get(key, key.replace("_", " ")), e, r) for key, e, r in counts]
    with chart.house():
        figure = _butterfly(rows)
    told = [
        f"{label}, " + words.listing(f"{words.number(n)} of {what}" for n, what in ((e, "growth"), (r, "retreat")) if n)
        for label, e, r in rows
    ]
    alt = (
        f"Bars of sentences by {column}. " + "; ".join(told) + "."
        if rows
        else f"An empty chart: no sentence tells of growth or retreat, so there is nothing to show by {column}."
    )
    return Chart(figure, IDS[column], alt, caption)


def tallied(sentences: pd.DataFrame, column: str) -> list[tuple[str, int, int]]:
    """(value, sentences of growth, sentences of retreat), most frequent first; "both" counts on either side.

    *sentences* are those that count (`Story.telling`); captions and other firms' acts never do.
    """
    counted = sentences[(sentences["region"] != "caption") & (sentences["about"].fillna("company") != "other")]
    found: dict[str, list[int]] = {}
    for key, direction in zip(counted[column].fillna("none"), counted["direction"], strict=True):
        if direction in ("expansion", "retreat", "both"):
            row = found.setdefault(key, [0, 0])
            row[0] += direction != "retreat"
            row[1] += direction != "expansion"
    rows = sorted(((key, e, r) for key, (e, r) in found.items()), key=lambda row: (-row[1] - row[2], row[0]))
    if len(rows) > MOST:
        rest = rows[MOST - 1 :]
        rows = [
            *rows[: MOST - 1],
            (f"{words.number(len(rest))} others", sum(r[1] for r in rest), sum(r[2] for r in rest)),
        ]
    return rows


def _butterfly(rows: Sequence[tuple[str, int, int]]) -> Figure:
    if not rows:
        return chart.blank("No sentence tells of growth or of retreat.")
    step, top, left, middle = 21.0, 26.0, 124.0, 0.0
    figure = chart.paper(top + step * len(rows) + 8)
    reach = max(max(e, r) for _, e, r in rows)
    width = WIDTH - left - 8
    axes = chart.panel(figure, left, top, width, step * len(rows))
    chart.bare(axes)
    axes.set_ylim(len(rows), 0)
    room = reach * 1.28 + 0.2  # the numbers stand beyond the bars
    axes.set_xlim(-room, room)
    axes.axvline(middle, color=MUTED, linewidth=0.9)
    for n, (label, e, r) in enumerate(rows):
        chart.note(figure, 4, top + step * (n + 0.5), chart.fitted(label, left - 10), color=INK)
        if r:
            # hatched: in grey print growth and retreat are equally dark
            axes.barh(
                n + 0.5, -r, height=0.62, facecolor="none", edgecolor=COLOURS["retreat"], hatch="////", linewidth=1.2
            )
            axes.text(
                -r - room * 0.025, n + 0.5, f"{r:,}", ha="right", va="center_baseline", color=INK, fontsize=chart.SMALL
            )
        if e:
            axes.barh(n + 0.5, e, height=0.62, color=COLOURS["expansion"])
            axes.text(
                e + room * 0.025, n + 0.5, f"{e:,}", ha="left", va="center_baseline", color=INK, fontsize=chart.SMALL
            )
    centre = left + width / 2
    chart.note(figure, centre - 8, 11, "sentences of retreat", ha="right", color=COLOURS["retreat"])
    chart.note(figure, centre + 8, 11, "of growth", color=COLOURS["expansion"])
    return figure
