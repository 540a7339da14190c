"""The strip of event times: when things are said to have happened, on the same axis as the pages, site by site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from slackwater.charts import chart
from slackwater.charts.chart import COLOURS, INK, MUTED, RULE
from slackwater.findings import words
from slackwater.findings.judgement import EARLIEST, LATEST

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

UNNAMED = "site not named"
FIRMNESS = list(words.CERTAINTIES)
LANE, SITE, TOP = 12.0, 17.0, 20.0  # points: a lane of marks, the line that names a site, the heading


def dated(claims: pd.DataFrame, documents: pd.DataFrame) -> list[Any]:
    """The claims with a time, not denied, as rows with `low` and `high` (days as ISO text) and `place`.

    A site that is not named stands for its page: what two pages leave unnamed need not be one place.
    """
    from slackwater import claims as told

    people = {row.file: words.who(row, 40) for row in documents.itertuples()}
    spans = [days or ("", "") for days in told.spans(claims, documents)]
    places = [
        words.text(site, f"{UNNAMED} ({people.get(file, file)})")
        for site, file in zip(claims["site"], claims["file"], strict=True)
    ]
    table = claims.assign(low=[low for low, _ in spans], high=[high for _, high in spans], place=places)
    table = table[table["when"].notna() & (table["certainty"] != "denied")]
    return [row for row in table.itertuples() if row.low != EARLIEST and row.high != LATEST]


def join(event: dict, row: Any) -> None:
    """Another claim of the same event, place and time: its certainty is told as well, its days may be more."""
    own = words.text(row.certainty, "none")
    event["told"] = [how for how in FIRMNESS if how in {*event["told"], own}]
    event["certainty"] = event["told"][0]
    event["high"] = max(event["high"], chart.ordinal(row.high))


def rows_of(claims: pd.DataFrame, documents: pd.DataFrame, *, sites: int = 6) -> list[tuple[str, list[dict]]]:
    """Dated events by site, busiest first, each told-of time once: [(site, [{event, low, high, certainty, n}])]."""
    rows: dict[str, dict[tuple, dict]] = {}
    for row in dated(claims, documents):
        site = rows.setdefault(row.place, {})
        event = site.setdefault(
            (row.event, row.when),
            {
                "event": row.event,
                "when": row.when,
                "low": chart.ordinal(row.low),
                "high": chart.ordinal(row.high),
                "told": [],
                "n": 0,
            },
        )
        join(event, row)
        event["n"] += 1
    named = sorted(rows.items(), key=lambda item: (item[0].startswith(UNNAMED), -len(item[1]), item[0]))
    return [
        (site, sorted(found.values(), key=lambda e: (e["low"], e["high"], e["event"]))) for site, found in named[:sites]
    ]


def kind(event: str) -> str:
    return {"opening": "opening", "entry": "opening", "closing": "closing", "exit": "closing"}.get(event, "other")


def mark(event: dict) -> dict[str, Any]:
    colour = {"opening": COLOURS["expansion"], "closing": COLOURS["retreat"], "other": MUTED}[kind(event["event"])]
    shape = {"opening": "^", "closing": "v", "other": "s"}[kind(event["event"])]
    filled = event["certainty"] == "asserted"
    return {
        "marker": shape,
        "markerfacecolor": colour if filled else "white",
        "markeredgecolor": colour,
        "color": colour,
    }


def lanes(events: Sequence[dict], width: float, span: tuple[float, float], *, most: int = 5) -> list[list[dict]]:
    """Events packed into lanes so that none touches another; beyond *most* lanes the later ones are left out."""
    per_day = width / max(1.0, (span[1] - span[0]) * 1.08)
    packed: list[list[dict]] = []
    for event in events:
        for lane in packed:
            if (event["low"] + event["high"] - lane[-1]["low"] - lane[-1]["high"]) / 2 * per_day > 11 and (
                event["low"] - lane[-1]["high"]
            ) * per_day > 3:
                lane.append(event)
                break
        else:
            if len(packed) < most:
                packed.append([event])
    return packed


def height_of(events: list, width: float, span: tuple[float, float]) -> float:
    if not events:
        return 0.0
    return TOP + sum(SITE + LANE * len(lanes(found, width, span)) for _, found in events) + 30.0


def draw(figure: Figure, events: list, left: float, top: float, width: float, span: tuple[float, float]) -> None:
    """Event times by site, on the same time axis, under a heading of their own."""
    chart.note(figure, 4, top + 10, "When events are said to have happened", color=INK, fontweight="bold")
    height = height_of(events, width, span) - TOP - 30
    axes = chart.panel(figure, left, top + TOP, width, height)
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    ticks = chart.time_axis(axes, *span)
    y = 0.0
    for site, found in events:
        packed = lanes(found, width, span)
        left_out = len(found) - sum(map(len, packed))
        more = f" (and {left_out} more)" if left_out else ""
        beside = left > 100  # narrow charts write the site where the other labels stand
        place = (4, y + SITE + LANE / 2, left - 12) if beside else (left, y + 9, width - 90)
        chart.note(figure, place[0], top + TOP + place[1], chart.fitted(site, place[2]) + more, color=INK)
        axes.vlines(
            ticks,
            [y + SITE - 2] * len(ticks),
            [y + SITE + LANE * len(packed)] * len(ticks),
            color=RULE,
            linewidth=0.8,
            zorder=0,
        )
        for n, lane in enumerate(packed):
            at = y + SITE + LANE * (n + 0.5)
            for event in lane:
                style = mark(event)
                if event["high"] - event["low"] > 20:
                    axes.plot(
                        [event["low"], event["high"]],
                        [at, at],
                        color=style["color"],
                        linewidth=2.0,
                        linestyle="-" if event["certainty"] == "asserted" else (0, (2, 1.2)),
                    )
                axes.plot(
                    (event["low"] + event["high"]) / 2, at, markersize=6.5, markeredgewidth=1.2, zorder=3, **style
                )
        y += SITE + LANE * len(packed)
