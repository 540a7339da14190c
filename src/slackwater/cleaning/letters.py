"""A page's characters as numbers, so that all its lines are counted in a few sweeps instead of one by one."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

SPACE, SMALL, CAPITAL, DIGIT, WIDE, QUOTE, KNOWN = (1 << bit for bit in range(7))
WIDE_CHARACTER = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")  # written without spaces
_KINDS = np.zeros(0x110000, np.uint8)  # kinds of each character, filled in as characters are met


class Letters(NamedTuple):
    """The kinds of every character of the lines joined by line ends, the line each is in, and where lines begin."""

    kinds: np.ndarray
    line: np.ndarray
    starts: np.ndarray

    def per_line(self, where: np.ndarray) -> np.ndarray:
        """How many of the characters at the positions *where* stand in each line."""
        return np.bincount(self.line[where], minlength=len(self.starts))


def of_lines(lines: list[str]) -> Letters:
    """The characters of *lines*, of which there is at least one."""
    codes = np.frombuffer("\n".join(lines).encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _KINDS[codes]
    if not kinds.all():
        for code in np.unique(codes[kinds == 0]).tolist():
            _KINDS[code] = _kinds(chr(code))
        kinds = _KINDS[codes]
    lengths = np.fromiter(map(len, lines), np.int64, len(lines)) + 1
    lengths[-1] -= 1
    return Letters(kinds, np.repeat(np.arange(len(lines)), lengths), np.cumsum(lengths) - lengths)


def _kinds(character: str) -> int:
    return (
        KNOWN
        | SPACE * character.isspace()
        | SMALL * character.islower()
        | CAPITAL * character.isupper()
        | DIGIT * character.isdigit()
        | WIDE * (WIDE_CHARACTER.match(character) is not None)
        | QUOTE * (character in "“\"「")
    )
