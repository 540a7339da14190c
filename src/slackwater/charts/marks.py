"""A page as a mark on the time line: its span of days, how it is dated, which way it points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slackwater.charts import chart, events
from slackwater.charts.chart import INK, MUTED
from slackwater.findings import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


@dataclass(frozen=True)
class Mark:
    """A page on the tide chart; days as numbers, None for an open end."""

    label: str
    short: str
    direction: str
    low: float | None
    high: float | None
    dated: str  # text, analyst or unknown
    saved: float | None
    net: float
    net_low: float
    net_high: float
    n: int

    @property
    def middle(self) -> float | None:
        """Middle of the span, its only bound where it has one, None where it has none."""
        known = [day for day in (self.low, self.high) if day is not None]
        return sum(known) / len(known) if known else None


def of_documents(documents: pd.DataFrame) -> list[Mark]:
    rows = documents[documents["fault"].isna()]
    found = []
    for row in rows.itertuples():
        low, high = words.text(row.published_low), words.text(row.published_high)
        by = (
            "unknown"
            if not words.known(row.published)
            else "analyst"
            if row.published_from in words.OUTSIDE
            else "text"
        )
        when = words.day(row.published) if words.known(row.published) else "undated"
        who = words.who(row, 80)
        saved = words.bounds(str(row.saved).split()[0])[0] if _is_date(row.saved) else ""
        found.append(
            Mark(
                f"{when} · {who}",
                f"{words.text(row.published, 'undated')[:7]} {who}",
                row.direction,
                chart.ordinal(low) if low else None,
                chart.ordinal(high) if high else None,
                by,
                chart.ordinal(saved) if saved else None,
                float(row.net),
                float(row.net_low),
                float(row.net_high),
                int(row.n_expansion) + int(row.n_retreat),
            )
        )
    end = max((m.high or m.low or 0 for m in found), default=0.0)
    return sorted(found, key=lambda m: (m.high if m.high is not None else end, m.low or 0, m.label))


def _is_date(saved: Any) -> bool:
    try:
        return bool(words.known(saved) and words.bounds(str(saved).split()[0])[0])
    except ValueError:
        return False


def legend(marks: Sequence[Mark], told: list) -> list[tuple[dict, str]]:
    present = {m.direction for m in marks}
    entries = [
        (chart.mark(d), f"page of {chart.NAMES[d]}" if d != "neutral" else "page of neither")
        for d in chart.NAMES
        if d in present
    ]
    if any(m.dated == "analyst" and m.direction != "neutral" for m in marks):
        entries.append(
            (
                {"marker": "o", "markersize": 3.5, "markeredgecolor": INK, "markerfacecolor": "white"},
                "pale centre: not dated by its own text",
            )
        )
    if any(m.dated == "unknown" for m in marks):
        entries.append(
            (
                {"linestyle": (0, (2, 2)), "color": MUTED, "linewidth": 1.4, "marker": ""},
                "undated: somewhere along the line",
            )
        )
    if any(m.saved is not None for m in marks):
        entries.append(({"marker": "x", "color": MUTED, "markersize": 6}, "day the copy was saved"))
    return entries + of_events(told)


def of_events(told: list) -> list[tuple[dict, str]]:
    """The legend of the strip of events."""
    entries: list[tuple[dict, str]] = []
    for row in ("opening", "closing", "other"):
        if any(events.kind(e["event"]) == row for _, found in told for e in found):
            entries.append(
                (
                    events.mark({"event": row, "certainty": "asserted"}),
                    {"opening": "opening told of", "closing": "closing told of", "other": "other event"}[row],
                )
            )
    if any(e["certainty"] != "asserted" for _, found in told for e in found):
        entries.append(
            (events.mark({"event": "other", "certainty": "planned"}) | {"marker": "s"}, "outline: planned or hearsay")
        )
    return entries
