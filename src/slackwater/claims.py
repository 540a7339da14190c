"""Sentences → dated claims: what is said to have opened or closed, where, when, by whom; and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from slackwater import tables
from slackwater.reading import times

if TYPE_CHECKING:
    import pandas as pd

# theme of the lexicon → the event that a claim states
EVENTS = {"opening": "opening", "closure": "closing", "exit": "exit", "market entry": "entry"}
LISTED = 100  # claims named beside one: a story that thousands of pages repeat must not list them thousands of times
_PUBLISHED = ("published", "published_low", "published_high")


def find(sentences: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Table `claims`: one row per sentence, captions too, that states such an event or denies it.

    `when` is partial ISO text, or an interval (2025-01/2025-02); null where the sentence gives no time or
    the page's date cannot complete it. Claims of one event at one site agree where both give a time and
    these can be the same, and conflict where they cannot; a plan does not conflict with what came of it.
    Claims whose site is null are compared with none: they need not be of one place.
    """
    return table(rows(sentences, documents))


def table(found: list[dict[str, Any]]) -> pd.DataFrame:
    """Table `claims` of *found*, all or some of `rows`."""
    import pandas as pd

    frame = tables.frame([{k: v for k, v in row.items() if k != "days"} for row in found], "claims")
    return frame.where(pd.notna(frame), None) if found else frame


def rows(sentences: pd.DataFrame, documents: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of `find`: claims of one story share the lists that each has for itself in a table."""
    known = {
        file: dict(zip(_PUBLISHED, days, strict=True))
        for file, *days in tables.rows(documents, "file", *_PUBLISHED)
    }
    found: list[dict[str, Any]] = []
    for theme, direction, certainty, about, site, speaker, file, sentence, text in tables.rows(
        sentences, "theme", "direction", "certainty", "about", "site", "speaker", "file", "sentence", "text"
    ):
        event = EVENTS.get(theme)
        if event is None or (direction == "neutral" and certainty != "denied") or about == "other":
            continue
        when = _when(text, known.get(file, {}), certainty)
        found.append(
            {
                "event": event,
                "site": site,
                "when": when.iso if when else None,
                "when_text": when.text if when else None,
                "certainty": certainty,
                "speaker": speaker,
                "file": file,
                "sentence": sentence,
                "days": _days(when.iso, certainty, known.get(file, {})) if when and when.iso else None,
            }
        )
    stories: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for claim in found:
        if claim["site"] is not None:
            stories.setdefault((claim["event"], claim["site"]), []).append(claim)
    for story in stories.values():
        _compare(story)
    return found


def spans(claims: pd.DataFrame, documents: pd.DataFrame) -> list[tuple[str, str] | None]:
    """First and last day that each claim's event may have been, in the order of table *claims*; None where no time.

    What a page tells as done was done by the last day on which it can have been published: "closed in
    2025" of a page of 2 April 2025 or before is 2025-01-01 to 2025-04-02.
    """
    published = {file: {"published_high": day} for file, day in tables.rows(documents, "file", "published_high")}
    return [
        _days(when, certainty, published.get(file, {})) if when else None
        for when, certainty, file in tables.rows(claims, "when", "certainty", "file")
    ]


def _days(when: str, certainty: str, page: Mapping[str, str | None]) -> tuple[str, str]:
    first, last = times.bounds(when)
    published = page.get("published_high")
    if certainty == "planned" or not published or published < first:  # what lies ahead in any case is a plan
        return first, last
    return first, min(last, published)


def _compare(story: list[dict[str, Any]]) -> None:
    """Write into each claim of one event at one site which others agree and conflict with it.

    Claims of the same time and standing are compared once, however many pages repeat them.
    """
    import numpy as np

    kinds: dict[tuple, list[tuple[int, dict]]] = {}
    for number, claim in enumerate(story):
        kinds.setdefault((claim["days"], claim["certainty"]), []).append((number, claim))
    ones = [same[0][1] for same in kinds.values()]
    places = {kind: place for place, kind in enumerate(kinds)}
    kind_of = np.array([places[claim["days"], claim["certainty"]] for claim in story])
    for one, same in zip(ones, kinds.values(), strict=True):
        # a claim is left out of its own lists, so that one more than is listed suffices
        agreeing, conflicting = (
            [(n, story[n]) for n in np.flatnonzero(np.array([alike(one, c) for c in ones])[kind_of])[: LISTED + 1]]
            for alike in (_agree, _conflict)
        )
        shared = [_listed(c for _, c in others) for others in (agreeing, conflicting)]
        first = {n for others in (agreeing, conflicting) for n, _ in others}
        for number, claim in same:
            claim["agrees_with"], claim["conflicts_with"] = shared if number not in first else [
                _listed(c for n, c in others if n != number) for others in (agreeing, conflicting)
            ]


def _when(text: str, page: dict[str, str | None], certainty: str) -> times.When | None:
    """The time nearest to being the event's: the first one with a year, else the first."""
    found = times.find(
        text,
        published=page.get("published"),
        low=page.get("published_low"),
        high=page.get("published_high"),
        future=certainty == "planned",
    )
    # "the now-closed lab seen on March 31": the day of the photograph, not of the event
    found = [w for w in found if not _SEEN.search(text[max(0, w.start - 30) : w.start])]
    return next((w for w in found if w.iso), found[0] if found else None)


_SEEN = re.compile(r"\b(?:seen|pictured|photographed|taken|shown)\b(?!.*,)", re.I)


def _overlap(one: dict, other: dict) -> bool:
    (low, high), (first, last) = one["days"], other["days"]
    return low <= last and first <= high


def _agree(one: dict, other: dict) -> bool:
    """Whether both give a time and the times can be the same; two that give none confirm nothing."""
    if (one["certainty"] == "denied") != (other["certainty"] == "denied"):
        return False
    return bool(one["days"] and other["days"]) and _overlap(one, other)


def _conflict(one: dict, other: dict) -> bool:
    if (one["certainty"] == "denied") != (other["certainty"] == "denied"):
        return True
    if "planned" in (one["certainty"], other["certainty"]) or not (one["days"] and other["days"]):
        return False
    return not _overlap(one, other)


def _listed(claims: Iterable[dict]) -> str | None:
    return "; ".join(f"{c['file']}:{c['sentence']}" for c in islice(claims, LISTED)) or None
