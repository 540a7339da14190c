"""What changed since the previous edition: news told apart from changes of the method.

An edition leaves a `state` in its run.json: just what the next one needs to compare
itself with, so that pruning old editions breaks nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from slackwater import tables

if TYPE_CHECKING:
    from slackwater.engine import Desk, Tables

_OF_PAGE = ("title", "publisher", "published", "direction", "verdict", "n_expansion", "n_retreat", "fault")
_OF_CLAIM = ("event", "site", "when", "when_text", "certainty", "speaker", "file", "sentence")
_METHOD = {"slackwater": "Slackwater", "lexicon": "the lexicon", "textblob": "TextBlob"}


def state(desk: Desk, made: Tables, *, headline: str, judgement: dict[str, Any], quotes: bool = True) -> dict[str, Any]:
    """The state of an edition as plain JSON: date, judgement, pages with one telling sentence each, claims, method.

    *headline* is the bottom line in one plain sentence, *judgement* its parts ("course", "direction",
    "word"). "date" is the last day on which the newest page may have been published, "newest" the same as
    precisely as it is known ("2025"), "oldest" that of the oldest page; all null where no page is dated.
    """
    many = len(made.documents) > tables.SPREADSHEET
    telling = _telling(made) if quotes and not many else {}
    pages = {}
    for row in _records(made.documents, ["file", "sha256", *_OF_PAGE]):
        file = row.pop("file")
        pages[file] = row | {"sentence": telling.get(file)}
    known = made.documents.dropna(subset=["published_high"]).sort_values("published_high", kind="stable")
    newest = _records(known.tail(1), ["published", "published_high"])
    oldest = _records(known[known["published"].notna()].head(1), ["published"])
    versions = desk.facts["versions"]
    return {
        "date": newest[0]["published_high"] if newest else None,
        "oldest": oldest[0]["published"] if oldest else None,
        "newest": (newest[0]["published"] or newest[0]["published_high"]) if newest else None,
        "headline": headline,
        "judgement": judgement,
        "pages": pages,
        # of very many pages one claim an event, site, time and standing: what others repeat is no news
        "claims": _records(made.claims.drop_duplicates(["event", "site", "when", "certainty"]) if many else made.claims,
                           list(_OF_CLAIM)),
        "method": {"slackwater": versions["slackwater"], "lexicon": desk.facts["lexicon_hash"],
                   "textblob": versions.get("textblob")},
    }


def without(state: dict[str, Any], files: Collection[str]) -> dict[str, Any]:
    """*state* with no word of the pages *files*, which were withdrawn; "withdrawn" is how many of them it held."""
    there = [file for file in state["pages"] if file in files]
    if not there:
        return state
    pages = {file: page for file, page in state["pages"].items() if file not in files}
    claims = [claim for claim in state["claims"] if claim["file"] not in files]
    return {**state, "pages": pages, "claims": claims, "withdrawn": len(there)}


def compare(before: dict[str, Any] | None, after: dict[str, Any]) -> dict[str, Any]:
    """The difference of two states as plain JSON, and under "line" in one line fit for a mail's subject.

    Keys: first (no edition before), judgement ({"from", "to"} or null), pages_added, pages_dropped,
    pages_edited (file, title, direction, sentence), verdicts (file, title, from, to, sentence), claims_added,
    claims_dropped, withdrawn (how many pages), method (names of what changed), what (the change alone, in
    words), line.
    """
    if not before:
        return {"first": True, "judgement": None, "pages_added": [], "pages_dropped": [], "pages_edited": [],
                "verdicts": [], "claims_added": [], "claims_dropped": [], "withdrawn": 0, "method": [],
                "what": "First edition", "line": f"First edition: {after['headline']}"}
    old, new = before["pages"], after["pages"]
    both = [file for file in new if file in old]
    moved = [{"file": file, "title": new[file]["title"], "from": old[file]["direction"],
              "to": new[file]["direction"], "sentence": new[file]["sentence"]}
             for file in both if old[file]["direction"] != new[file]["direction"]]
    claims_old, claims_new = ({_key(claim): claim for claim in side["claims"]} for side in (before, after))
    turned = before["judgement"] != after["judgement"]
    found = {
        "first": False,
        "judgement": {"from": before["headline"], "to": after["headline"]} if turned else None,
        "pages_added": [_shown(file, new[file]) for file in new if file not in old],
        "pages_dropped": [_shown(file, old[file]) for file in old if file not in new],
        "pages_edited": [_shown(file, new[file]) for file in both if old[file]["sha256"] != new[file]["sha256"]],
        "verdicts": moved,
        "claims_added": [claim for key, claim in claims_new.items() if key not in claims_old],
        "claims_dropped": [claim for key, claim in claims_old.items() if key not in claims_new],
        "withdrawn": before.get("withdrawn", 0),
        "method": [words for key, words in _METHOD.items() if before["method"].get(key) != after["method"].get(key)],
    }
    what = _what(found)
    return found | {"what": what, "line": f"{what}: {after['headline']}"}


def _what(found: dict[str, Any]) -> str:
    parts = [words for key, one, many in (
        ("pages_added", "1 new page", "{} new pages"), ("pages_dropped", "1 page dropped", "{} pages dropped"),
        ("pages_edited", "1 page edited", "{} pages edited"), ("verdicts", "1 verdict moved", "{} verdicts moved"),
        ("claims_added", "1 new dated claim", "{} new dated claims"),
        ("claims_dropped", "1 dated claim gone", "{} dated claims gone"),
    ) if (words := _count(len(found[key]), one, many))]
    if words := _count(found["withdrawn"], "1 page withdrawn", "{} pages withdrawn"):
        parts.insert(0, words)
    if found["method"]:
        parts.append("method changed (" + ", ".join(found["method"]) + ")")
    if found["judgement"]:
        parts.insert(0, "the judgement changed")
    words = "; ".join(parts) or "nothing changed"
    return words[0].upper() + words[1:]


def _count(n: int, one: str, many: str) -> str:
    return "" if n == 0 else one if n == 1 else many.format(n)


def _shown(file: str, page: dict[str, Any]) -> dict[str, Any]:
    return {"file": file, **{key: page[key] for key in ("title", "publisher", "published", "direction", "sentence")}}


def _key(claim: dict[str, Any]) -> tuple:
    return tuple(claim[key] for key in ("event", "site", "when", "certainty", "file"))


def _telling(made: Tables) -> dict[str, str]:
    """File → the first sentence, title before body, that points the way its page does."""
    ways = dict(zip(made.documents["file"], made.documents["direction"], strict=True))
    found: dict[str, str] = {}
    told = made.sentences[(made.sentences["region"] != "caption") & (made.sentences["direction"] != "neutral")]
    for file, direction, text in tables.rows(told, "file", "direction", "text"):
        if direction in {ways[file], "both"}:
            found.setdefault(file, text)
    return found


def _records(frame: Any, columns: list[str]) -> list[dict[str, Any]]:
    """Rows as plain Python values, nulls as None."""
    import pandas as pd

    return [{key: None if pd.isna(value) else value.item() if hasattr(value, "item") else value
             for key, value in row.items()} for row in frame[columns].to_dict("records")]
