"""A page's characters as numbers, so that all its lines are counted in a few sweeps instead of one by one."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

SPACE, SMALL, CAPITAL, TITLE, DIGIT, WIDE, QUOTE, KNOWN = (1 << bit for bit in range(8))
WIDE_CHARACTER = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")  # written without spaces
_KINDS = np.zeros(0x110000, np.uint8)  # kinds of each character, filled in as characters are met


class Letters(NamedTuple):
    """The lines joined by line ends, the kinds of every character, and where each line begins and the last one ends."""

    text: str
    kinds: np.ndarray
    edges: np.ndarray

    @property
    def starts(self) -> np.ndarray:
        """Where each line begins."""
        return self.edges[:-1]

    def per_line(self, where: np.ndarray) -> np.ndarray:
        """How many of the characters at the positions *where*, which ascend, stand in each line."""
        return np.diff(np.searchsorted(where, self.edges))

    def held(self) -> np.ndarray:
        """The kinds of all characters of each line."""
        return np.bitwise_or.reduceat(self.kinds, self.starts)


def of_lines(lines: list[str]) -> Letters:
    """The characters of *lines*, of which there is at least one, and none is empty."""
    text = "\n".join(lines)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _KINDS[codes]
    if not kinds.all():
        for code in np.unique(codes[kinds == 0]).tolist():
            _KINDS[code] = _kinds(chr(code))
        kinds = _KINDS[codes]
    edges = np.zeros(len(lines) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, lines), np.int64, len(lines)) + 1, out=edges[1:])
    return Letters(text, kinds, edges)


def _kinds(character: str) -> int:
    return (
        KNOWN
        | SPACE * character.isspace()
        | SMALL * character.islower()
        | CAPITAL * character.isupper()
        | TITLE * (character.istitle() and not character.isupper())
        | DIGIT * character.isdigit()
        | WIDE * (WIDE_CHARACTER.match(character) is not None)
        | QUOTE * (character in "“\"「")
    )
