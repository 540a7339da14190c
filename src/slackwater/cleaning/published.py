"""The day a page was published, and the line that says so.

Only what a line states: a year is never guessed, a copyright year is no date, and a date of another
story, of a comment or of the last change is not the article's.
"""

from __future__ import annotations

import re

from slackwater import dates
from slackwater.cleaning import looks
from slackwater.cleaning.naming import Names, ends_sentence

_FIRST = re.compile(r"(?i)\b(?:published|posted|original(?:ly)?|created|publié)\b")
_CHANGED = re.compile(
    r"(?i)\b(?:updated?|modified|edited|revised|reviewed|changed|verified|checked|consulted|accessed|retrieved)\b"
)
_RANGE = re.compile(r"\s*(?:[-–—]|to|until|through)\s*$")
# what may stand beside the date in a line that is there to state it
_BESIDE = re.compile(
    rf"(?i){looks.CLOCK}|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b[A-Z]{{1,2}}[SD]?T\b|\bUTC\b"
    r"|\b(?:first|last|published|posted|updated|on|at|by|in|date|min|minutes?|read|comments?)\b|\W+|\d+"
)
# labels of lines that may state a date without being there for it
_PROSE = ("body", "heading", "quote", "standfirst", "related")


def find(names: Names, first: int, last: int) -> tuple[str | None, str | None]:
    """Partial ISO date and its line ("line 5"): the dateline's, else that of a line near the title or the article.

    *first*, *last*: the rows of the article's ends. Elsewhere only a date that is called that of publication counts,
    and only where it is the one such date of the page. A line found under another label gets its own.
    """
    if names.dateline is not None and names.dateline_row is not None and names.dateline.date:
        return names.dateline.date, f"line {names.raw[names.dateline_row].number}"
    n = len(names.texts)
    top = min(first, names.title if names.title is not None else first)
    near = {*range(max(0, top - 12), min(top + 12, n)), *range(max(top, first - 12), min(first + 8, n))}
    best: tuple[float, str, int] | None = None
    for row in sorted(near | {*range(last + 1, min(last + 6, n))}):
        label, text = names.label[row], names.raw[row].text
        iso, called = _stated(names, row)
        if iso is None or (row > last and not called):
            continue
        below = top <= row < first  # between title and text
        if label == "related" and not top <= row <= min(top + 6, first - 1):
            continue
        if label in _PROSE and not _stamp(text):
            continue
        # far above the text the title leads its own lines; dates before the text are other stories'
        away = abs(row - top) if first - top > 25 else min(abs(row - top), abs(row - first))
        score = (
            2.0 * (label in ("dateline", "byline") or (below and label in _PROSE))
            + called
            + 0.3 * below
            - 4 * (row > last)  # the dates below are comments' and other stories' where there is one above
            - 0.05 * away
        )
        if best is None or score > best[0]:
            best = (score, iso, row)
    if best is not None:
        _, iso, row = best
        if names.label[row] in _PROSE:
            names.put(row, "dateline", "a line that is there to state the date")
        return iso, f"line {names.raw[row].number}"
    rows = [row for row in range(n) if not names.kept(row) and len(names.raw[row].text) <= 80]
    found = {iso: row for row in reversed(rows) for iso, called in [_stated(names, row)] if iso and called}
    if len(found) != 1:
        return None, None
    [(iso, row)] = found.items()
    return iso, f"line {names.raw[row].number}"


def _stated(names: Names, row: int) -> tuple[str | None, bool]:
    """The date that *row* states as that of publication, and whether it calls it so."""
    text = names.raw[row].text
    if len(text) > 140 or names.label[row] in ("title", "legal", "caption"):
        return None, False
    found = dates.find(text)
    if not found:
        return None, False
    isos: list[tuple[str, bool]] = []
    before = names.raw[row - 1].text if row and len(names.raw[row - 1].text) < 20 else ""
    start = 0
    for date in found:
        said = text[start : date.start] if start else f"{before} {text[: date.start]}"
        if start and _RANGE.match(said):
            return None, False
        start = date.end
        if _CHANGED.search(said) and not _FIRST.search(said):
            continue  # when a page was last changed says nothing of when it was published
        isos.append((date.iso, _FIRST.search(said) is not None))
    if not isos:
        return None, False
    called = [iso for iso, labelled in isos if labelled]
    # of several dates in one line the first was that of publication, whichever stands first
    return min(called or [iso for iso, _ in isos]), bool(called)


def _stamp(text: str) -> bool:
    """Whether *text* is there to state a date: little else stands in it."""
    if ends_sentence(text):
        return False
    rest = text
    for date in reversed(dates.find(text)):
        rest = rest[: date.start] + " " + rest[date.end :]
    return len(_BESIDE.sub(" ", rest).split()) <= 5 or _FIRST.match(text) is not None
