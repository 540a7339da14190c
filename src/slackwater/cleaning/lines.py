"""The lines of a page, as they are read: numbered, stripped, with what was glued together come apart."""

from __future__ import annotations

import re
from functools import cache
from itertools import compress, count, product, repeat
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from slackwater.cleaning import phrases

_UNSEEN = "".join(map(chr, [*range(0x09), *range(0x0E, 0x20), 0x7F, 0xAD, 0x200B, 0x2060, 0xFEFF]))
_CHANGES = [
    (re.compile(pattern), put)
    for pattern, put in (
        (f"[{_UNSEEN}]", ""),
        (r"([.!?](?<=[a-z]{2}.)[”\"]?)(?=[A-Z][a-z]+[ ,])", r"\1 "),  # the deal.The firm
        (
            r"([SCREUP](?<=[a-z].)(?:(?<=S)(?:taff(?: Writer)?|enior)|(?<=C)(?:ontributor|orrespondent)|(?<=R)eporter"
            r"|(?<=E)ditor|(?<=U)pdated|(?<=P)ublished))\b",
            r" \1",
        ),
    )
]
QUOTED = ">"
_TIME = re.compile(r":(?<=[a-z]{2}:)(?=\d{1,3} ?(?:min|hour|sec))")  # Reading Time:2 minutes
SYMBOLS = re.compile(r"[\W_]+$")
_ADDRESS = re.compile(r"(?:\d+\. |\W{1,3})?[a-z]+://\S+$")


class Raw(NamedTuple):
    """One non-blank line: its number in the file (1-based), its text stripped and unglued, the column where it ends."""

    number: int
    text: str
    edge: int = 0


def split(text: str) -> list[Raw]:
    """The non-blank lines of *text*. Only white space and invisible characters are ever changed.

    A line ends at LF, CR LF, CR, U+0085, U+2028 and U+2029; vertical tabs and form feeds are spaces.
    """
    given = unglue(text).replace("\v", " ").replace("\f", " ").splitlines()
    lines = [*map(str.strip, given)]
    edges = map(len, map(str.rstrip, given))
    # a named tuple's own constructor takes three times as long
    return [*map(tuple.__new__, repeat(Raw), compress(zip(count(1), lines, edges), lines))]  # type: ignore[arg-type]


def without_symbols(raw: list[Raw]) -> tuple[list[int], list[bool]]:
    """The places in *raw* of the lines that hold words, and whether a line of symbols stood above each.

    Some browsers save a list's bullets on lines of their own; they would come between a line and its neighbours.
    Web addresses alone on their lines, as text browsers list them below a page, are no words either.
    """
    rows, bullets, before = [], [], False
    for row, line in enumerate(raw):
        if not line.text[0].isalnum() and SYMBOLS.match(line.text):
            before = line.text != QUOTED and len(line.text) < 40  # a blank line of a mail, a rule across the page
        elif "://" not in line.text or not _ADDRESS.match(line.text):
            rows.append(row)
            bullets.append(before)
            before = False
    return rows, bullets


def unglue(text: str) -> str:
    """*text* without unseen characters, a space put where two pieces were glued: "Reading Time:2", "deal.The firm"."""
    if phrases.matches(_changed(), text):
        for pattern, put in _CHANGES:
            text = pattern.sub(put, text)
    return _TIME.sub(": ", text)


@cache
def _changed() -> AhoCorasick:
    """Finds what must stand in a text that one of _CHANGES changes: most hold none of it, and one sweep is enough."""
    parts = [
        *_UNSEEN,
        *product(ascii_lowercase, ".!?", ascii_uppercase),
        *product(".!?", "”\"", ascii_uppercase),
        *product(ascii_lowercase, "Staff Senior Contributor Correspondent Reporter Editor Updated Published".split()),
    ]
    return AhoCorasick(map("".join, parts), implementation=Implementation.DFA, store_patterns=False)
