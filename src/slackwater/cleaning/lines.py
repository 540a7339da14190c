"""The lines of a page, as they are read: numbered, stripped, with what was glued together come apart."""

from __future__ import annotations

import re
from functools import cache
from itertools import compress, product, repeat
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
_TIME = re.compile(r":(?<=[a-z]{2}:)(?=\d{1,3} ?(?:min|hour|sec))")  # Reading Time:2 minutes
SYMBOLS = re.compile(r"[\W_]+$")


class Raw(NamedTuple):
    """One non-blank line: its number in the file (1-based) and its text after stripping and unglueing."""

    number: int
    text: str


def split(text: str) -> list[Raw]:
    """The non-blank lines of *text*. Only white space and invisible characters are ever changed.

    A line ends at LF, CR LF, CR, U+0085, U+2028 and U+2029; vertical tabs and form feeds are spaces.
    """
    lines = [*map(str.strip, unglue(text).replace("\v", " ").replace("\f", " ").splitlines())]
    # a named tuple's own constructor takes three times as long
    return [*map(tuple.__new__, repeat(Raw), compress(enumerate(lines, 1), lines))]


_WIDEST = 120  # characters of a line that an editor or a mail program broke


def unwrap(raw: list[Raw]) -> tuple[list[Raw], dict[int, int]]:
    """*raw* with hard-wrapped paragraphs joined, and for each line joined to another: its number → that one's.

    Only where the page as a whole is wrapped: most of its lines stand in blocks of neighbours that are
    about equally long (40 to 120 characters), and many go on in lower case.
    """
    if any(len(line.text) > _WIDEST for line in raw):  # as on most pages
        return raw, {}
    blocks: list[list[Raw]] = []
    for line in raw:
        if blocks and line.number == blocks[-1][-1].number + 1:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    full = [line for block in blocks for line in block[:-1]]
    after = [line for block in blocks for line in block[1:]]
    if len(full) < 3 or len(full) < len(raw) / 3:
        return raw, {}
    width = sorted(len(line.text) for line in full)[int(len(full) * 0.9)]
    even = sum(0.75 * width <= len(line.text) <= width + 12 for line in full)
    small = sum(line.text[0].islower() for line in after)
    # few lines, or lines as long as short paragraphs, must go on in lower case as a rule
    goes_on = 0.3 if len(full) >= 5 and width <= 100 else 0.5
    if not 40 <= width <= _WIDEST or even < 0.7 * len(full) or small < goes_on * len(after):
        return raw, {}
    out, joined = [], {}
    for block in blocks:
        start = 0
        for k, line in enumerate(block):
            if k + 1 == len(block) or len(line.text) < 0.6 * width:  # a short line ends its paragraph
                part = block[start : k + 1]
                text = part[0].text
                for more in part[1:]:
                    text += more.text if text.endswith("-") and more.text[0].islower() else " " + more.text
                    joined[more.number] = part[0].number
                out.append(Raw(part[0].number, text))
                start = k + 1
    return out, joined


def without_symbols(raw: list[Raw]) -> tuple[list[int], list[bool]]:
    """The places in *raw* of the lines that hold a letter or digit, and whether a line of symbols stood above each.

    Some browsers save a list's bullets on lines of their own; they would come between a line and its neighbours.
    """
    rows, bullets, before = [], [], False
    for row, line in enumerate(raw):
        if not line.text[0].isalnum() and len(line.text) < 40 and SYMBOLS.match(line.text):
            before = True
        else:
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
