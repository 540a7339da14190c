"""Sentences → dated claims: what is said to have opened or closed, where, when, by whom; and whether they agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from slackwater import tables, times

if TYPE_CHECKING:
    import pandas as pd

# theme of the lexicon → the event that a claim states
EVENTS = {"opening": "opening", "closure": "closing", "exit": "exit", "market entry": "entry"}


def find(sentences: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Table `claims`: one row per sentence, captions too, that states such an event or denies it.

    `when` is partial ISO text, or an interval (2025-01/2025-02); null where the sentence gives no time or
    the page's date cannot complete it. Claims of one event at one site agree where their times can be
    the same, and conflict where they cannot; a plan does not conflict with what came of it.
    """
    import pandas as pd

    known = documents.set_index("file")
    rows: list[dict[str, Any]] = []
    for row in sentences.itertuples():
        event = EVENTS.get(row.theme) if isinstance(row.theme, str) else None
        if (
            event is None
            or (row.direction == "neutral" and row.certainty != "denied")
            or row.about == "other"
        ):
            continue
        page = (
            {
                k: v if isinstance(v := known.at[row.file, k], str) else None
                for k in ("published", "published_low", "published_high")
            }
            if row.file in known.index
            else {}
        )
        when = _when(row.text, page, row.certainty)
        rows.append(
            {
                "event": event,
                "site": row.site if isinstance(row.site, str) else None,
                "when": when.iso if when else None,
                "when_text": when.text if when else None,
                "certainty": row.certainty,
                "speaker": row.speaker,
                "file": row.file,
                "sentence": row.sentence,
            }
        )
    for number, claim in enumerate(rows):
        others = [
            c
            for n, c in enumerate(rows)
            if n != number and c["event"] == claim["event"] and c["site"] == claim["site"] is not None
        ]
        claim["agrees_with"] = _listed(c for c in others if _agree(claim, c))
        claim["conflicts_with"] = _listed(c for c in others if _conflict(claim, c))
    frame = tables.frame(rows, "claims")
    return frame.where(pd.notna(frame), None) if rows else frame


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
    found = [w for w in found if not _SEEN.search(text[max(0, w.start - 40) : w.start])]
    return next((w for w in found if w.iso), found[0] if found else None)


_SEEN = re.compile(
    r"\b(?:seen|pictured|photographed|visited|taken|said|told|reported|announced|shown)\b(?!.*,)", re.I
)


def _overlap(one: str, other: str) -> bool:
    (low, high), (first, last) = times.bounds(one), times.bounds(other)
    return low <= last and first <= high


def _agree(one: dict, other: dict) -> bool:
    if (one["certainty"] == "denied") != (other["certainty"] == "denied"):
        return False
    if one["when"] and other["when"]:
        return _overlap(one["when"], other["when"])
    return one["file"] != other["file"]


def _conflict(one: dict, other: dict) -> bool:
    if (one["certainty"] == "denied") != (other["certainty"] == "denied"):
        return True
    if "planned" in (one["certainty"], other["certainty"]) or not (one["when"] and other["when"]):
        return False
    return not _overlap(one["when"], other["when"])


def _listed(claims: Any) -> str | None:
    return "; ".join(f"{c['file']}:{c['sentence']}" for c in claims) or None
