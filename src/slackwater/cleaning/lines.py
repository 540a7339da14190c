"""The lines of a page, as they are read: numbered, stripped, with what was glued together come apart."""

from __future__ import annotations

import re
from typing import NamedTuple

# line ends are \n, \r\n, \r and the separators U+2028, U+2029; U+0085 is one too, \v and \f are spaces
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff\xad]")
_GLUED_COLON = re.compile(r"(?<=[a-z]{2}:)(?=\d{1,3} ?(?:min|hour|sec))")
_GLUED_STOP = re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]+[ ,])|(?<=[a-z]{2}[.!?][”\"])(?=[A-Z][a-z]+[ ,])")
_GLUED_ROLE = re.compile(r"(?<=[a-z])(?=(?:Staff Writer|Staff|Senior|Contributor|Correspondent|Reporter|Editor|Updated|Published)\b)")


SYMBOLS = re.compile(r"[\W_]+$")


class Raw(NamedTuple):
    """One non-blank line: its number in the file (1-based) and its text after stripping and unglueing."""

    number: int
    text: str


def split(text: str) -> list[Raw]:
    """The non-blank lines of *text*. Only white space and invisible characters are ever changed."""
    if not text.isascii() or "\x00" in text:
        text = _UNSEEN.sub("", text)
    elif _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
    found = []
    for number, line in enumerate(_BREAK.split(text), 1):
        line = line.strip()
        if line:
            found.append(Raw(number, unglue(line)))
    return found


def without_symbols(raw: list[Raw]) -> tuple[list[int], list[bool]]:
    """The places in *raw* of the lines that hold a letter or digit, and whether a line of symbols stood above each.

    Some browsers save a list's bullets on lines of their own; they would come between a line and its neighbours.
    """
    rows, bullets, before = [], [], False
    for row, line in enumerate(raw):
        if len(line.text) < 40 and SYMBOLS.match(line.text):
            before = True
        else:
            rows.append(row)
            bullets.append(before)
            before = False
    return rows, bullets


def unglue(line: str) -> str:
    """*line* with a space put where two pieces were glued: "Reading Time:2 minutes", "deal.The firm"."""
    line = _GLUED_STOP.sub(" ", line)
    if len(line) < 120:
        line = _GLUED_ROLE.sub(" ", _GLUED_COLON.sub(" ", line))
    return line
