"""How well title, author, publisher and date are read, on pages with `meta` (title, author, publish_date, publisher).

A field counts as right, wrong, rightly unknown (neither the truth nor we name it), wrongly unknown (only the truth
does) or unasked (only we do: the truth may have missed it). Titles and names are compared without case, accents and
punctuation; a title may carry the site's name behind it, and of several authors one must be named.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slackwater.clean import CleanPage

FIELDS = ("title", "author", "publisher", "date")
_KEYS = {"title": "title", "author": "author", "publisher": "publisher", "date": "publish_date"}
OUTCOMES = ("right", "wrong", "unknown, rightly", "unknown, wrongly", "unasked")


def judge(field: str, truth: str | None, answer: str | None) -> str:
    """Which of OUTCOMES *answer* is; None or blank text says nothing."""
    if not truth:
        return "unasked" if answer else "unknown, rightly"
    if not answer:
        return "unknown, wrongly"
    if field == "date":
        return "right" if truth[:10].startswith(answer[:10]) else "wrong"
    a, b = plain(truth), plain(answer)
    if field == "title":
        same = a == b or (len(b) > 15 and a.startswith(b)) or (len(a) > 15 and b.startswith(a))
    elif field == "author":
        same = any(x in y or y in x for x in _persons(truth) for y in _persons(answer))
    else:
        same = bool(a and b) and (a in b or b in a)
    return "right" if same else "wrong"


def _persons(names: str) -> list[str]:
    """The persons that a line of names lists, each as `plain` has it."""
    return [name for part in re.split(r"[,;&|]|\band\b", names) if (name := plain(part))]


def plain(text: str) -> str:
    """*text* in lower case, without accents, and with single spaces for what is no letter or digit."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"\W+", " ", bare).strip().lower()


def count(pages: Iterable[tuple[Mapping[str, Any], CleanPage]]) -> dict[str, Counter[str]]:
    """Field → outcomes with their numbers, of pairs of a page's `meta` and the page as cleaned."""
    out: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    for meta, page in pages:
        said = {"title": page.title, "author": ", ".join(page.authors), "publisher": page.publisher}
        for field in FIELDS:
            if _KEYS[field] in meta:
                answer = page.published if field == "date" else said[field]
                out[field][judge(field, meta[_KEYS[field]], answer)] += 1
    return {field: outcomes for field, outcomes in out.items() if outcomes}


def table(counted: Mapping[str, Counter[str]]) -> Iterable[str]:
    """The lines that show *counted*."""
    yield f"{'said by the page':<18}{'n':>4}" + "".join(f"{name:>18}" for name in OUTCOMES)
    for field, outcomes in counted.items():
        yield f"{field:<18}{outcomes.total():>4}" + "".join(f"{outcomes[name]:>18}" for name in OUTCOMES)
