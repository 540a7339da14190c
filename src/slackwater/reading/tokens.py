"""Sentence → tokens: words with their place in the text, and the stops between clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

_SHORTENED = frozenset(
    "Inc Corp Co Cos Ltd Mr Mrs Ms Dr No St vs Gov Sen Rep Pres Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
    " est".split()
)
# A hyphen parts two words ("lay-offs" reads as "lay offs"), a spaced one two clauses. No token holds a blank,
# so a text's tokens are those of its chunks between blanks. What is left of an entity ("#39;") is passed over.
_TOKEN = re.compile(
    r"<[A-Z.=]{1,9}>|#\d{2,4};|\bamp;"
    r"|\d+(?:[.,]\d+)*"
    rf"|\b(?:{'|'.join(sorted(_SHORTENED))})\."
    r"|(?:[^\W\d_]\.){2,}|[^\W\d_]\.[^\W\d_]\b"
    r"|(?:[^\W_](?:&(?=[^\W_]))?)+(?:['’](?:[^\W\d_]{1,2})\b)?"
    r"|['’](?:s|re|ll|ve|d)\b"
    r"|``|''|(?<!\S)--?(?!\S)|[$€£¥%,;:.?!()\"“”—–…]"
)
_CHUNK = re.compile(r"\S+")
STOPS = frozenset(";:.?!—–…()") | {"-", "--"}
QUOTES = frozenset('"“”') | {"``", "''"}
_PUNCTUATION = STOPS | QUOTES | {","}


class Token(NamedTuple):
    """A word or mark of a sentence: its text as written, offsets in characters, end exclusive."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words and marks of *text*, in order. "It isn't" gives It, isn't; "shut-down" gives shut, down.

    A short remark in brackets, "(FIA.MI)" or "(AI)", is passed over.
    """
    found = []
    for chunk in _CHUNK.finditer(text):
        at = chunk.start()
        found += [Token(word, at + start, at + end) for word, start, end in of_chunk(chunk.group())]
    return without_remarks(found, [token.text for token in found]) if "(" in text else found


def of_chunk(chunk: str) -> tuple[tuple[str, int, int], ...]:
    """The words and marks of a *chunk* without blanks: text, start, end."""
    return tuple([
        (_plain(found), m.start(), m.end()) for m in _TOKEN.finditer(chunk) if _is_told(found := m.group())
    ])


def without_remarks(items: list, told: Sequence, opens: Any = "(", closes: Any = ")") -> list:
    """*items* without those that stand in brackets, at most a dozen between them, as *told* of each."""
    out: list = []
    at = 0
    while True:
        try:
            start = told.index(opens, at)
        except ValueError:
            return out + items[at:]
        try:
            end = told.index(closes, start + 1, start + 14)
        except ValueError:
            end = start
            out += items[at : start + 1]
        else:
            out += items[at:start]
        at = end + 1


def of_one(chunk: str) -> Sequence[str]:
    """`words` of a chunk without blanks, sooner: most are one word, or one and a mark."""
    if chunk.isalpha():
        return (chunk,)
    word, mark = chunk[:-1], chunk[-1]
    if mark in ",.:?!”)" and word.isalpha() and (mark != "." or word not in _SHORTENED):
        return word, mark
    return words(chunk)


def words(text: str) -> list[str]:
    """The tokens of *text* without their places, as written; remarks in brackets are kept."""
    found = _TOKEN.findall(text)
    if ";" in text or ">" in text:
        found = list(filter(_is_told, found))
    return list(map(_plain, found)) if "." in text or "’" in text else found


def _is_told(found: str) -> bool:
    """Whether *found* is a token, not an entity's rest or a tag."""
    return found[-1] not in ";>" or found == ";"


def _plain(word: str) -> str:
    word = word.replace("’", "'") if "’" in word else word
    return word.rstrip(".") if len(word) > 1 and word[-1] == "." else word


def is_word(token: str) -> bool:
    """Whether *token* is a word or number, not a mark of punctuation."""
    return token not in _PUNCTUATION
