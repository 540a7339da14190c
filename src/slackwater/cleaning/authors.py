"""Who wrote a page: the persons its bylines name, in the forms that pages give them.

A line that says "by" is believed. A name that only stands where authors stand, beside the date or over a role, must
also look like a person's on this page: no word of it is written small anywhere, and the article does not tell of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from slackwater import dates
from slackwater.cleaning import looks
from slackwater.cleaning.naming import Names, ends_sentence

_UPPER = "A-ZÀ-ÖØ-ÞČĆĐŁŘŚŞŠŽİ"
NAME = looks.NAME.replace("A-Z", _UPPER)
_NAMES = re.compile(NAME)
_UNDATED = re.compile(rf"\b(?:updated|published|posted)\b.*|\b{looks.MONTH} ?\d.*|\b\d\d? {looks.MONTH}\b.*", re.I)
_LIST = rf"{NAME}(?:(?: ?, | and | & |, and ){NAME}){{0,5}}"
_WROTE = r"(?:written|posted|text|words|story|recipe|authored|contributed|reported|published|report)"
_SIGNED = re.compile(rf"(?:^|[|•·] ?|\d ?|\b(?i:{_WROTE}) )[Bb]y:? ?(?P<names>{_LIST})")
# firms report, contribute and publish: below the article, and far from it, only lines that begin so are believed
_BELOW = re.compile(
    r"(?:(?i:(?:.*\b(?:written|posted)\b.{0,40}?\b|published )))?(?:[Bb]y|BY)(?![a-z])"
    r"|(?:\w+ )?(?i:(?:author|contributor)s?)\b"
)
_FAR = re.compile(r"(?:(?i:.*\b(?:written|posted)\b.{0,40}?\b))?[Bb]y(?![a-z])")
_HANDLE = re.compile(
    r"(?:(?:[Bb]y|BY):? |By(?=[A-Z]))(?P<who>\w[\w.’'-]{2,24})(?: in [A-Z].{0,40}| on .{0,40}| ?[|•·].{0,60})?$"
)
_WORD = re.compile(r"[^\W_]+")
_STAFF = re.compile(rf"(?i:(?:{_WROTE} )?by):? (?P<who>(?:[A-Z][\w.&'’]* ){{1,3}}(?i:staff|team|editors))\b")
_BY = re.compile(rf"(?i)(?:(?:article|story|post|page) )?(?:{_WROTE} )?by\W*$|(?:authors?|contributors?)\W*$")
_AUTHOR = re.compile(
    rf"(?:\w+ )?(?i:(?:author|contributor)s?(?: ?: ?| )|(?:words|text|story) ?: ?)(?P<names>{_LIST})$"
)
_LEAD = re.compile(rf"^\W*(?i:(?:{_WROTE} by|by|author)\b)[:\s]*")
_IN_PLACE = re.compile(r" in (?P<place>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2})$")
# what stands behind a name in "By Ann Lee, The Ghent Post"
OUTLET = re.compile(
    r"(?:, |[Ss]pecial (?:to|for) )(?P<name>The [A-Z][\w&'’-]*(?: [A-Z][\w&'’-]*){0,4}|(?:[A-Z][\w&'’-]* ){0,4}"
    r"(?:Post|Times|News|Journal|Herald|Tribune|Press|Daily|Gazette|Chronicle|Courier|Guardian|Telegraph|Magazine|Review"
    r"|Observer|Star|Globe|Mercury|Register|Standard|Reuters|Bloomberg|AFP|AP|UPI|CNN|BBC|NPR)(?: News| Service)?)$"
)
_NO_PERSON = re.compile(
    r"\d|^On |\b(?i:officer|editors?|engineer|director|manager|consultant|staff|chief|builders|news|reporter|writer"
    r"|correspondent|team|university|college|institute|center|company|department|association|press|media|magazine"
    r"|group|inc|llc|ltd|editorial|office|agency|directory|services?|resources?|council|committee|ministry|school|bank"
    r"|club|foundation|society|union|updated|published|posted|written|by|photo|image|video|getty|mail|email|see|read"
    r"|reading|time|more|share|home|search|the|about|our|my|meet|next|up|login|log|sign|join|menu|navigation|subscribe"
    r"|follow|skip|watch|listen|print|advertisement|comments?|reply|table|contents?)\b"
)
# surnames among these, behind a plain "By" and one given name: "By Herbert Read", but not "By Associated Press"
_SURNAMED = re.compile(
    r"(?!(?i:associated|canadian|daily|free|market|national|united)\b)(?P<given>[\w.'’-]+(?: [A-Z]\.)?)"
    r" (?i:home|more|next|press|print|read|reading|see|share|table|time|watch)"
)
_NOBODY = frozenset(("admin", "administrator", "editor", "editors", "guest", "staff", "team", "the", "our", "you"))
# what is said of a person alone, before and behind the name
_OWNER = re.compile(r"(?:©|\(c\)|[Cc]opyright) (?:\d{4} )?$")
_TELLS = re.compile(
    r" says:?$|[’']s avatar| (?:writes|covers|reports)\b"
    r"|,? (?:is|was|has)\b.*\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|writer|author|editor|reporter|journalist|blogger|coach)\b"
)
_AGE = re.compile(r"\b\d+ (?:minute|hour|day|week)s?(?: ago)?\b")
_APART = re.compile(
    rf"(?:, (?:[A-Z][\w&]* ){{0,3}}| )(?i:{looks.ROLE})\b.*"
    r"|\b[Bb]y:? | ?[|•·/] ?| [-–—] |(?<=[\w.])[•·]|, |@\w+|\b(?i:published|posted|updated)\b.*| {2,}"
)
_ROLE = re.compile(rf"(?i)(?:[\w&-]+ ){{0,3}}{looks.ROLE}(?:,? [\w&-]+){{0,3}}$")
_ALONE = re.compile(rf"(?!(?:About|Our|The|See|Meet|My) ){NAME}$")
_OTHERS = re.compile(r"(?i)\W*(?:edit|review|fact|photo|image|illustrat|translat|medical|video|credit|source)")
_MYSELF = re.compile(r"(?:Hi\b|Hello\b|Hey\b|I['’]?m\b|I am\b)")


def find(names: Names, first: int, last: int) -> tuple[list[str], str | None]:
    """The authors, none where nobody is named, and the place of a byline ("Ann Lee in Ghent").

    *first*, *last*: rows of the article's ends. The lines under the title come first, then those above it, then
    those below the article. Bylines and notes on authors that are found get their label.
    """
    n = len(names.texts)
    top = min(first, names.title if names.title is not None else first)
    under = [*range(top, min(top + 10, last + 1)), *range(max(top + 10, first - 8), min(first + 6, last + 1))]
    head = [row for row in [*under, *range(top - 1, max(-1, top - 9), -1)] if row != names.title]
    tail = list(range(last + 1, min(last + 12, n)))
    persons = _Persons(names)
    below = [(row, who) for row in tail if _BELOW.match(names.texts[row]) and (who := _signed(persons, row))]
    found = next(((row, who) for row in head if (who := _signed(persons, row))), None)
    found = found or next(((row, who) for row in head if row >= top - 3 and (who := persons.beside(row, top))), None)
    if found is None and below and all(who == below[0][1] for _, who in below):
        found = below[0]
    if found is None and (who := _introduced(names, persons, last)):
        return who, None
    row, who = found or _agreed(persons) or _alone(names, [*head, *tail]) or (None, [])
    if row is None:
        return [], None
    if names.label[row] != "byline":
        names.put(row, "byline", "says who wrote the text")
    _bios(names, who)
    place = _IN_PLACE.search(names.texts[row])
    return who, place["place"] if place else None


def _signed(persons: _Persons, row: int) -> list[str]:
    """The persons of a line that says it is a byline, or of the line under a lone "By"."""
    names = persons.names
    text = names.texts[row]
    kept = names.kept(row) and (ends_sentence(text) or names.label[row] != "standfirst")
    if kept or len(text) > 140 or _OTHERS.match(text):
        return []
    if found := _STAFF.match(text):
        return [found["who"]]
    if _BY.match(text) and row + 1 < len(names.texts):
        return _people(names.texts[row + 1]) if len(names.texts[row + 1]) < 60 else []
    hint = names.page.hints[row]
    if hint is not None and hint.why == "author line" and (
        who := _people(_LEAD.sub("", _IN_PLACE.sub("", text)), by=True)
    ):
        return who
    found = (_SIGNED.search(text) if "by" in text or "By" in text else None) or _AUTHOR.match(text)
    if found and (who := _people(found["names"], by=text[:2] in ("By", "by"))):
        return who
    found = _HANDLE.match(text)
    return [found["who"]] if found and persons.is_handle(found["who"]) else []


def _people(text: str, *, by: bool = False) -> list[str]:
    """The persons a byline names: what stands behind a bar or a dash, roles and an outlet's name are none.

    *by*: *text* stands behind a plain "By", so a surname may be a word that pages use: Read, More, Press.
    """
    said = re.split(r"[|•·(–—]| - |,? (?i:staff|special to)\b", _UNDATED.sub("", text))[0]
    outlet = OUTLET.search(said)
    if outlet:
        said = said[: outlet.start()]
    named = _NAMES.findall(said)
    firsts = [found["given"] if by and (found := _SURNAMED.fullmatch(name)) else name for name in named]
    return [name for name, first in zip(named, firsts, strict=True) if not _NO_PERSON.search(first)]


class _Persons:
    """Whether names that stand where authors do are persons': the page's other words tell."""

    def __init__(self, names: Names):
        self.names = names
        self.page = ""

    @cached_property
    def _times(self) -> Counter[str]:
        """How often each word stands on the page."""
        return Counter(_WORD.findall("\n".join(self.names.texts)))

    def is_handle(self, who: str) -> bool:
        """Whether *who* behind a "by" is somebody's short name: "Sarah", "dyer77"; not "2030", and not "noon"."""
        if who[0].isdigit() or who.lower() in _NOBODY or (_NO_PERSON.search(who) and who.isalpha()):
            return False
        return who[0].isupper() or any(self._times[word] == 1 for word in _WORD.findall(who))

    def beside(self, row: int, top: int) -> list[str]:
        """The persons named in a line that gives the date, too, or alone on a line beside one or over a role."""
        names = self.names
        text = names.texts[row]
        if len(text) > 100 or _OTHERS.match(text) or (names.kept(row) and names.label[row] != "standfirst"):
            return []
        said = _AGE.sub(" | ", text)
        for date in reversed(dates.find(said)):
            said = f"{said[: date.start]} | {said[date.end :]}"
        hint = names.page.hints[row]
        if said == text and not (hint and hint.label == "byline") and not self._stands_by(row, top):
            return []
        said = _UNDATED.sub("", _LEAD.sub("", _IN_PLACE.sub("", said)))
        parts = [part.strip(" ,.;:*") for part in _APART.split(said)]
        return [part for part in parts if re.fullmatch(NAME, part) and self.is_person(part)][:3]

    def _stands_by(self, row: int, top: int) -> bool:
        """Whether the line above or one of two below gives a date, or the next one an author's role."""
        names = self.names
        for near in (row - 1, row + 1, row + 2):
            if 0 <= near < len(names.texts) and len(names.texts[near]) <= 60:
                hint, text = names.page.hints[near], names.texts[near]
                if (hint is not None and hint.label == "dateline") or (near == row + 1 > top and _ROLE.match(text)):
                    return True
                if dates.find(text) and not ends_sentence(text):
                    return True
        return False

    def is_person(self, name: str) -> bool:
        """Whether none of the words of *name* is written small on the page, and the article does not tell of it."""
        words = [word for word in name.split() if len(word) > 2 and word[0].isupper()]
        if len(words) > 3 or _NO_PERSON.search(name):
            return False
        names = self.names
        self.page = self.page or "\n".join(names.texts)
        if any(_stands_in(word.strip(".'’").lower(), self.page) for word in words):
            return False
        return not any(
            name in text and not text.startswith(name) and names.kept(row) and names.label[row] != "standfirst"
            for row, text in enumerate(names.texts)
        )


def _stands_in(word: str, text: str) -> bool:
    """Whether *word* stands in *text* as it is, not as a part of another."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return True
        at = text.find(word, end)
    return False


def _introduced(names: Names, persons: _Persons, last: int) -> list[str]:
    """The person whom a note at the end of the article or below it tells of."""
    texts = names.texts
    for row in range(last + 1, len(texts)):
        if names.label[row] == "bio" and (found := looks._BIO.match(texts[row])):
            author = str(found["name"])
            for above in range(max(last + 1, row - 3), row):
                if texts[above].strip() == author:
                    names.put(above, "byline", "the name of the author introduced below")
            return [author]
    for row in range(max(0, last - 8), min(last + 10, len(texts) - 1)):
        name, note = texts[row], texts[row + 1]
        told = note.startswith((name, name.split()[0] + " ")) or _MYSELF.match(note)
        if told and re.fullmatch(NAME, name) and looks._BIO_SIGNS.search(note) and persons.is_person(name):
            return [name]
    return []


def _agreed(persons: _Persons) -> tuple[int, list[str]] | None:
    """A signed line anywhere and its authors, only where all signed lines agree: other stories are signed, too."""
    signed: dict[tuple[str, ...], int] = {}
    for row, text in enumerate(persons.names.texts):
        if ("by" in text or "By" in text) and (who := _signed(persons, row)) and _FAR.match(text):
            signed.setdefault(tuple(who), row)
    return next(((row, list(who)) for who, row in signed.items()), None) if len(signed) == 1 else None


def _alone(names: Names, rows: Iterable[int]) -> tuple[int, list[str]] | None:
    """A name alone on a line beside the text of which the page says elsewhere what is said of a person."""
    for row in rows:
        text = names.texts[row]
        if names.kept(row) or len(text) >= 40 or not _ALONE.match(text) or _NO_PERSON.search(text):
            continue
        if any(_is_told_of(text, line) for line in names.texts if text in line):
            return row, [text]
    return None


def _is_told_of(name: str, line: str) -> bool:
    """Whether *line* says of *name* what is only said of a person: that he signed, owns, writes or is a writer."""
    before, _, behind = line.partition(name)
    if _TELLS.match(behind):
        return True
    if _OWNER.search(before):
        return not re.match(r" \w", behind)
    return not behind and before.endswith(("By ", "by "))


def _bios(names: Names, authors: list[str]) -> None:
    """A paragraph that opens with an author's name and tells of his or her work is a note on the author."""
    firsts = tuple({part for who in authors for part in (who, who.split()[0], who.split()[-1])})
    for row, text in enumerate(names.texts):
        if text.startswith(firsts) and names.label[row] not in ("byline", "title") and names.words[row] >= 6:
            head = text.split(None, 2)[:2]
            whole = " ".join(head) in firsts
            if (whole or head[0] in firsts) and len(looks._BIO_SIGNS.findall(text)) + whole >= 2:
                names.put(row, "bio", "tells of the author")
