"""The lines of a page, as they are read: numbered, stripped, with what was glued together come apart."""

from __future__ import annotations

import re
from typing import NamedTuple

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff\xad]")
# each begins with a character that is rare, and only then looks at what stood before it
_GLUED = [
    (re.compile(pattern), put)
    for pattern, put in (
        (r"([.!?](?<=[a-z]{2}.)[”\"]?)(?=[A-Z][a-z]+[ ,])", r"\1 "),  # the deal.The firm
        (r":(?<=[a-z]{2}:)(?=\d{1,3} ?(?:min|hour|sec))", ": "),  # Reading Time:2 minutes
        (
            r"([SCREUP](?<=[a-z].)(?:(?<=S)(?:taff(?: Writer)?|enior)|(?<=C)(?:ontributor|orrespondent)|(?<=R)eporter"
            r"|(?<=E)ditor|(?<=U)pdated|(?<=P)ublished))\b",
            r" \1",
        ),
    )
]
QUOTED = ">"
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
    lines = unglue(_UNSEEN.sub("", text)).replace("\v", " ").replace("\f", " ").splitlines()
    return [Raw(number, text, len(line.rstrip())) for number, line in enumerate(lines, 1) if (text := line.strip())]


def without_symbols(raw: list[Raw]) -> tuple[list[int], list[bool]]:
    """The places in *raw* of the lines that hold words, and whether a line of symbols stood above each.

    Some browsers save a list's bullets on lines of their own; they would come between a line and its neighbours.
    Web addresses alone on their lines, as text browsers list them below a page, are no words either.
    """
    rows, bullets, before = [], [], False
    for row, line in enumerate(raw):
        if not line.text[0].isalnum() and len(line.text) < 40 and SYMBOLS.match(line.text):
            before = line.text != QUOTED  # a blank line of a mail
        elif "://" not in line.text or not _ADDRESS.match(line.text):
            rows.append(row)
            bullets.append(before)
            before = False
    return rows, bullets


def unglue(text: str) -> str:
    """*text* with a space put where two pieces were glued: "Reading Time:2 minutes", "deal.The firm"."""
    for pattern, put in _GLUED:
        text = pattern.sub(put, text)
    return text
