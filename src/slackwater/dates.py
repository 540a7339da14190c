"""Dates that stay as partial as the text: 2019, 2019-01 or 2019-01-17, never a guessed day.

General parsers fill what is missing with today ("in 2019" becomes a day of this
month) and read the verb "may" as a month; a report about when something happened
cannot use them.
"""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

MONTHS = {name: n for n, name in enumerate(
    "january february march april may june july august september october november december".split(), 1)}
_NUMBER = {**MONTHS, **{name[:3]: n for name, n in MONTHS.items()}, "sept": 9}
# capitalised or all in capitals: "may" and "march" are verbs until proven otherwise
_MONTH = r"(?P<month>" + "|".join(
    form for name in sorted(_NUMBER, key=len, reverse=True) for form in (name.title(), name.upper())) + r")\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_END = r"(?!\d)|(?=\d?\d:\d\d)"  # pages glue what stands behind a date to it: "May 3, 2021June 1, 2021", "20214:29 AM"
# each with the characters of which a text must hold one
_FORMS = [(needed, re.compile(form)) for needed, form in (
    ("-.", rf"\b{_YEAR}(?P<sign>[-.])(?P<month_number>\d\d)(?P=sign)(?P<day>\d\d)(?!\d)"),
    ("/", rf"\b{_YEAR}/(?P<month_number>\d\d?)/(?P<day>\d\d?)(?!\d)"),
    ("年", rf"(?<!\d){_YEAR}年(?P<month_number>\d\d?)月(?:(?P<day>\d\d?)日)?"),
    (" ,", rf"(?<![^\W\d_]){_MONTH} ?{_DAY}(?: ?, ?| ){_YEAR}(?:{_END})"),
    (" ", rf"\b{_DAY}(?: of)? {_MONTH}(?: ?, ?| ){_YEAR}(?:{_END})"),
    ("-", rf"\b{_DAY}-{_MONTH}-{_YEAR}(?:{_END})"),
    (" ", rf"(?<![^\W\d_]){_MONTH},? (?:of )?{_YEAR}(?:{_END})"),
    ("/.-", rf"(?<![\d./-])(?P<one>\d\d?)(?P<sign>[/.-])(?P<two>\d\d?)(?P=sign){_YEAR}(?![./-]?\d)"),
)]

class Found(NamedTuple):
    """A date stated in full enough to name its year: partial ISO text and where it stood."""

    iso: str
    start: int
    end: int


def find(text: str) -> list[Found]:
    """The dates with a year that *text* states, in order: "May 2019" gives 2019-05.

    A bare year is not a date here; an impossible one (31 February) is not found, nor is one in numbers
    that may be read either way: 3/4/2021, but not 3/3/2021, 13.4.2021 or 4/13/2021.
    """
    found: list[Found] = []
    if "19" not in text and "20" not in text:
        return found
    taken = bytearray(len(text))  # 1 where a date was found
    for needed, form in _FORMS:
        if not any(map(text.__contains__, needed)):
            continue
        for match in form.finditer(text):
            start, end = match.span()
            if 1 in taken[start:end]:
                continue
            parts = match.groupdict()
            if "one" in parts:
                month, day = sorted((int(parts["one"]), int(parts["two"])))
                if month != day <= 12:
                    continue
            else:
                month = int(parts.get("month_number") or 0) or _NUMBER[parts["month"].lower()]
                day = int(parts.get("day") or 0)
            iso = compose(int(parts["year"]), month, day or None)
            if iso:
                found.append(Found(iso, start, end))
                taken[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda f: f.start)


def compose(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Partial ISO text of the parts given; None where there is no such day."""
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def bounds(iso: str) -> tuple[str, str]:
    """First and last day that partial date *iso* may mean: "2019-02" gives 2019-02-01, 2019-02-28.

    Raises ValueError for text that is no date of the form YYYY, YYYY-MM or YYYY-MM-DD.
    """
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", iso):
        raise ValueError(f"{iso!r} is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    parts = [int(part) for part in iso.split("-")]
    if compose(*parts) is None:
        raise ValueError(f"{iso!r}: there is no such day")
    year, month, day = [*parts, 0, 0][:3]
    low = f"{year:04d}-{month or 1:02d}-{day or 1:02d}"
    last = day or calendar.monthrange(year, month or 12)[1]
    return low, f"{year:04d}-{month or 12:02d}-{last:02d}"


def in_words(iso: str) -> str:
    """*iso* as a reader says it: "17 January 2019", "January 2019" or "2019"."""
    parts = iso.split("-")
    names = list(MONTHS)
    month = [names[int(parts[1]) - 1].title()] if len(parts) > 1 else []
    return " ".join([*([str(int(parts[2]))] if len(parts) > 2 else []), *month, parts[0]])
