"""When an event happened, as partial as the text: "in April" of a page of January 2019 is 2019-04.

A date that only the page's own date can complete stays without a year where that is unknown.
Two months ("January or February") give an interval, ISO 8601 style: 2025-01/2025-02.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from slackwater import dates

_MONTHS = "|".join(m.title() for m in dates.MONTHS)
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_NUMBER = {**dates.MONTHS, **{m[:3]: n for m, n in dates.MONTHS.items()}, "sept": 9}
_EITHER = re.compile(
    rf"\b(?P<a>{_MONTHS}) (?:or|and|to|and/or|through) (?P<b>{_MONTHS})(?:,? (?P<year>(?:19|20)\d\d))?\b"
)
_YEAR = re.compile(
    r"\b(?P<lead>(?:back )?(?:in|since|during|by|until|from|of|for|end-|mid-|early|late|before|after|around)) "
    r"(?:the )?(?:(?:early|late|mid|the end of|spring|summer|autumn|fall|winter|end)[ -](?:of )?)?"
    r"(?P<year>(?:19|20)\d\d)\b"
)
_MONTH = re.compile(
    rf"\b(?P<lead>in|since|by|until|from|of|last|next|this|early|late|mid|on|for|before|after)[ -]"
    rf"(?:early |late |mid-)?"
    rf"(?P<month>(?:{_MONTHS})|(?:{_SHORT})\.?)(?: (?P<day>[0-3]?\d)(?:st|nd|rd|th)?)?\b(?!,? (?:19|20)\d\d)"
)
_RELATIVE = re.compile(
    r"\b(?:(?P<shift>last|this|next|the previous|the same) (?P<unit>year|month)"
    r"|(?P<part>earlier|later) this (?P<of>year|month)|(?P<word>today|yesterday|tomorrow)"
    r"|(?P<n>two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) years ago)\b",
    re.I,
)
# without one of these a text states no such time, and most texts are asked no more than that
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_ANY_MONTH = re.compile(_SHORT + "|May")
_ANY_RELATIVE = ("year", "month", "today", "yesterday", "tomorrow")
_COUNT = dict(zip("two three four five six seven eight nine ten".split(), range(2, 11), strict=True))


class When(NamedTuple):
    """A time that a sentence states: partial ISO text (None where no year is known), its words, its place."""

    iso: str | None
    text: str
    start: int
    end: int


def find(
    text: str,
    *,
    published: str | None = None,
    low: str | None = None,
    high: str | None = None,
    future: bool = False,
) -> list[When]:
    """The times *text* states, in order, completed by the page's date.

    *published* is partial ISO text, *low* and *high* its first and last possible day. *future*: the
    sentence tells of a plan, so "in April" is the next April, not the last.
    """
    if published and not (low and high):
        low, high = dates.bounds(published)
    year_named, month_named, lowered = _ANY_YEAR.search(text), _ANY_MONTH.search(text), text.lower()
    relative = any(word in lowered for word in _ANY_RELATIVE)
    if not (year_named or month_named or relative):
        return []
    taken = bytearray(len(text))  # 1 where a time was found

    def add(iso: str | None, match: re.Match, at: int) -> None:
        if not taken[at]:
            found.append(When(iso, match.group(), *match.span()))
            taken[match.start() : match.end()] = b"\1" * len(match.group())

    found: list[When] = []
    for match in _EITHER.finditer(text) if month_named else ():
        year = match["year"] or _year_of(_NUMBER[match["b"].lower()], low, high, future)
        iso = (
            f"{year}-{_NUMBER[match['a'].lower()]:02d}/{year}-{_NUMBER[match['b'].lower()]:02d}"
            if year
            else None
        )
        add(iso, match, match.start())
    for date in dates.find(text) if year_named else ():
        if 1 not in taken[date.start : date.end]:
            found.append(When(date.iso, text[date.start : date.end], date.start, date.end))
            taken[date.start : date.end] = b"\1" * (date.end - date.start)
    for match in _YEAR.finditer(text) if year_named else ():
        add(match["year"], match, match.start("year"))
    for match in _MONTH.finditer(text) if month_named else ():
        month = _NUMBER[match["month"].lower().rstrip(".")]
        ahead = (future and match["lead"] not in ("last", "since")) or match["lead"] == "next"
        year = _year_of(month, low, high, ahead)
        day = int(match["day"]) if match["day"] else None
        add(dates.compose(int(year), month, day) if year else None, match, match.start("month"))
    for match in _RELATIVE.finditer(text) if relative else ():
        add(_relative(match, low, high), match, match.start())
    return sorted(found, key=lambda f: f.start)


def _year_of(month: int, low: str | None, high: str | None, future: bool) -> str | None:
    """The year of the last (or next) such month as the page was published; None where that is open."""
    years = set()
    for day in (low, high):
        if day is None:
            return None
        year, own = int(day[:4]), int(day[5:7])
        years.add(year + (month < own) if future else year - (month > own))
    return str(years.pop()) if len(years) == 1 else None


def _relative(match: re.Match, low: str | None, high: str | None) -> str | None:
    if not low or not high or low[:4] != high[:4]:
        return None
    year, month = int(low[:4]), int(low[5:7])
    if match["n"]:
        return str(year - (_COUNT.get(match["n"].lower()) or int(match["n"])))
    if match["word"]:
        return low if match["word"].lower() == "today" and low == high else None
    unit = (match["unit"] or match["of"]).lower()
    step = {"last": -1, "the previous": -1, "next": 1}.get((match["shift"] or "").lower(), 0)
    if unit == "year":
        return str(year + step)
    if low[:7] != high[:7]:
        return None
    month += step
    return dates.compose(year + (month - 1) // 12, (month - 1) % 12 + 1)


@functools.lru_cache(maxsize=4096)
def bounds(iso: str) -> tuple[str, str]:
    """First and last day of *iso*, which may be an interval: "2025-01/2025-02"."""
    first, _, last = iso.partition("/")
    return dates.bounds(first)[0], dates.bounds(last or first)[1]


_RECALLS = re.compile(
    r"\b(?:at that time|at the time|back then|initially|originally|once (?!a |an |the |it |they |again)"
    r"|formerly|first opened|was founded|founded in|years ago|a decade ago"
    r"|has (?:long )?(?:operated|been operating)|since (?:19|20)\d\d|last year|previously|earlier had)\b",
    re.I,
)


_ANY_RECALLS = (
    "at that time", "at the time", "back then", "initially", "originally", "once ", "formerly", "first opened",
    "founded", "years ago", "decade ago", "operat", "since ", "last year", "previously", "earlier had",
)  # fmt: skip


def recalled(text: str, *, published: str | None = None, low: str | None = None) -> bool:
    """Whether *text* tells of a time well before its page: an earlier year, "initially", "years ago"."""
    lowered = text.lower()
    if any(words in lowered for words in _ANY_RECALLS) and _RECALLS.search(text):
        return True
    day = low or (bounds(published)[0] if published else None)
    if day is None:
        return False
    if published is None and all(int(year) >= int(day[:4]) for year in _ANY_YEAR.findall(text)):
        return False  # "in April" is of no year where nothing says when the page was published
    stated = [w.iso for w in find(text, published=published, low=low) if w.iso]
    return bool(stated) and all(bounds(iso)[1] < f"{int(day[:4]) - 1}{day[4:]}" for iso in stated)
