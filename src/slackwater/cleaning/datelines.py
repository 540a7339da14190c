"""What opens a wire story: place, date and agency before its first words.

    GHENT, May 2, 2024 (Reuters) - Acme has opened …      → Ghent, 2024-05-02, Reuters
    GHENT, Belgium, May 2, 2024 /PRNewswire/ -- Acme …    → Ghent, 2024-05-02, wire PRNewswire
    London, 2 May 2024 – Acme …                           → London, 2024-05-02

A day without a year stays unread: a year is never guessed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from slackwater import dates
from slackwater.cleaning import looks

_WORD = r"[A-Z][\w.'’-]+"
_CAPITALS = r"[A-Z]{2}[A-Z.'’]*(?:[ -][A-Z][A-Z.'’]*){0,3}(?:/[A-Z][A-Z .-]+)?"
_REGION = rf"(?:{_WORD}(?:[ -]{_WORD}){{0,3}}|[A-Z]{{2}})"
_DATE = (
    rf"(?:{looks.MONTH} ?\d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {looks.MONTH}(?:,? \d{{4}})?"
    r"|\d{4}-\d\d-\d\d)"
)
_DASH = r"[-–—]{1,2}"
_NO_PLACE = r"(?!(?:On|In|By|From|Since|Until|Before|After|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?\b)"
_KNOWN = re.compile(
    r"(?:Reuters|AP|AFP|Bloomberg|UPI|Xinhua|PRNewswire|CNN|CBS|ANI|IANS|PTI|ANSA|EFE|TASS|Kyodo|Yonhap)\b"
    r"|[A-Z]{2,12}(?: [A-Z]+)?$|BUSINESS WIRE|GLOBE NEWSWIRE"
)
_OPENING = re.compile(
    rf"(?:(?P<before>{_DATE})(?:, | ?(?=[(/])| ?(?={_DASH} )))?"
    rf"(?:{_NO_PLACE}(?:(?P<capitals>{_CAPITALS})|(?P<place>{_WORD}(?:[ -]{_WORD}){{0,3}}))(?![\w'’])"
    rf"(?P<region>(?:, {_REGION}){{0,2}}?)"
    rf"(?:(?P<apart>[,.]? ?{_DASH} ?|[,.] ?(?:on )?| )(?P<after>{_DATE}),?)?)?"
    rf" ?(?:{_DASH} ?(?=[(/]))?(?:\((?P<agency>[A-Z][\w./&-]*(?: [\w./&-]+){{0,3}})\)|/(?P<wire>[A-Z][\w ]{{2,20}})/)?"
    rf" ?(?P<dash>{_DASH}) ?(?=\S)"
)


class Dateline(NamedTuple):
    """The place (None where there is none), its date as partial ISO (None without a year), who sent it, how long it is.

    *agency* stands in parentheses and publishes the story; *wire* stands between slashes and only carries a release.
    """

    place: str | None
    date: str | None
    agency: str | None
    wire: str | None
    end: int


def find(text: str) -> Dateline | None:
    """The dateline that *text* opens with, or None. The text goes on at `end`."""
    m = _OPENING.match(text)
    if m is None:
        return None
    day, agency, place = m["before"] or m["after"], m["agency"], m["place"]
    if place and m["after"] and m["apart"] == " " and not m["agency"]:
        return None  # "Summer May 2 - " is no place with its date
    if not (day or m["capitals"] or (agency and _KNOWN.match(agency))):
        return None  # "Apple (the maker) - " is none; a capital place, a day or a known agency is needed
    if not (place or m["capitals"]) and not (agency or m["wire"] or dates.find(day or "")):
        return None  # "May 2 - " alone is a list's date
    if m["capitals"] and not (day or agency or m["wire"]):
        following = text[m.end() :].lstrip("“\"‘'(")[:1]
        if not following.isupper() or (m["dash"] in "-–" and text[m.start("dash") - 1] != " "):
            return None  # "COVID-19 cases", "IBM - which ..."
    place = place or m["capitals"]
    if place and place.isupper() and len(place) > 3:
        place = place.title()
    stated = dates.find(day) if day else []
    return Dateline(place, stated[0].iso if stated else None, agency, m["wire"], m.end())
