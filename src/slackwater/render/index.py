"""The page that lists many reports: newest word, tide as a small drawing, links to both files."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from slackwater import dates
from slackwater.render import html, model
from slackwater.render.front import Front

_WIDTH, _HEIGHT = 200.0, 44.0
_APART, _STEP = 30, 8.0  # marks that may lie as they fall; the width of one beyond


@dataclass(frozen=True)
class Entry:
    """One report in the list. `tide` is (ISO date, possibly partial; net from -1 to 1) per page."""

    title: str
    company: str = ""
    place: str = ""
    date: str = ""  # ISO, of the newest page; "" where unknown
    direction: str = ""  # retreat, unsettled, growth, neither way
    summary: str = ""  # the bottom line, a sentence
    change: str = ""  # what changed last, a line
    html: str = ""  # addresses relative to the list
    pdf: str = ""
    tide: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Entry:
        """From a mapping; null counts as not given, keys it does not know are left aside."""
        texts = {key: " ".join(model.visible(data[key]).split()) for key in cls.__annotations__
                 if key not in ("tide", "html", "pdf") and data.get(key)}
        links = {key: model.link(data[key]) for key in ("html", "pdf") if data.get(key)}
        tide = tuple((str(when), float(net)) for when, net in data.get("tide") or () if when and net is not None)
        return cls(**{"title": "Report"} | texts, **links, tide=tide)

    @property
    def date_in_words(self) -> str:
        """The edition's date as a reader says it."""
        return Front(title="", date=self.date).date_in_words

    @property
    def marks(self) -> list[tuple[float, float, str]]:
        """The tide's marks as (x, y, direction) in the drawing, oldest first; pages without a day are left out.

        Where marks would lie on one another, those of a stretch of time are one, at their mean.
        """
        days = sorted((day, max(-1.0, min(1.0, net))) for when, net in self.tide if (day := _day(when)))
        if not days:
            return []
        first, span = days[0][0], max(days[-1][0] - days[0][0], 1)
        stretches: dict[float, list[float]] = {}
        for day, net in days:
            at = 6 + (day - first) / span * (_WIDTH - 12)
            stretches.setdefault(round(at, 1) if len(days) <= _APART else _STEP * round(at / _STEP), []).append(net)
        means = [(at, math.fsum(nets) / len(nets)) for at, nets in stretches.items()]
        return [(at, round(_HEIGHT / 2 - net * (_HEIGHT / 2 - 5), 1),
                 "expansion" if net > 0 else "retreat" if net < 0 else "neutral") for at, net in means]

    @property
    def tide_in_words(self) -> str:
        """What the drawing shows, for those who cannot see it."""
        dated = [(when, net) for when, net in self.tide if _day(when)]
        if not dated:
            return "No dated page."
        years = sorted(when[:4] for when, _ in dated)
        growth, retreat = sum(net > 0 for _, net in dated), sum(net < 0 for _, net in dated)
        span = years[0] if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
        return (f"{len(dated):,} dated page{'s' if len(dated) > 1 else ''}, {span}: {growth:,} of growth, "
                f"{retreat:,} of retreat, {len(dated) - growth - retreat:,} of both alike.")


def _day(when: str) -> int | None:
    """The middle day that a partial date may mean, as a number."""
    try:
        low, high = (date.fromisoformat(day).toordinal() for day in dates.bounds(when))
    except ValueError:
        return None
    return (low + high) // 2


def write(entries: Iterable[Entry | Mapping[str, Any]], path: Path | str, *, title: str = "Reports") -> None:
    """Write the list of *entries* to *path*. Sorting needs no script: each order is in the page, one is shown."""
    listed = [entry if isinstance(entry, Entry) else Entry.of(entry) for entry in entries]
    by_name = sorted(listed, key=lambda e: (e.company.casefold(), e.place.casefold(), e.title.casefold()))
    by_date = sorted(by_name, key=lambda e: e.date, reverse=True)
    order = {"retreat": 0, "unsettled": 1, "growth": 2}
    by_direction = sorted(by_name, key=lambda e: order.get(e.direction, 3))
    template = html.environment().get_template("index.html.j2")
    text = template.render(title=title, css=html.stylesheet("report.css", title), listed=listed,
                           orders=[("company", "Company", by_name), ("date", "Newest page", by_date),
                                   ("direction", "Direction", by_direction)],
                           width=_WIDTH, height=_HEIGHT)
    Path(path).write_text(text, encoding="utf-8", newline="\n")
