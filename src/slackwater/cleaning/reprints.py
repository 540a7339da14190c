"""Which pages are the same text: a wire story on ten sites must not count as ten witnesses.

Containment of word 5-grams: the share of the shorter text's that the longer one holds.
From .5 the pages are the same text, from .3 they are worth a look.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\\w+")
_ODD = re.compile("[^\x00-\x7f]")
_LETTER_BY_LETTER = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7afΣ]")  # Σ: small as its place in the word is
_WORDS = bytes(b if b > 127 or chr(b).isalnum() or b == ord("_") else ord(" ") for b in range(256)).lower()
N = 5
SAME, LOOK = 0.5, 0.3
_ROWS = 256  # texts compared with all others at a time: memory stays flat


class Pair(NamedTuple):
    """Two files of which the shorter is contained in the longer to *containment*; verdict "same" or "look"."""

    first: str
    second: str
    containment: float
    verdict: str


def shingles(text: str) -> frozenset[int]:
    """The word 5-grams of *text*, each as a 32-bit number; CJK characters are words."""
    words = _words(text)
    return frozenset(map(crc32, map(b" ".join, zip(*(words[at:] for at in range(N)), strict=False))))


def _words(text: str) -> list[bytes]:
    """What `_WIDE` finds, in small letters; as a rule without it, which takes a third of the time."""
    odd = set(_ODD.findall(text))
    if _LETTER_BY_LETTER.search("".join(odd)):
        return [word.lower().encode() for word in _WIDE.findall(text)]
    for mark in odd:
        if not mark.isalnum():
            text = text.replace(mark, " ")
    return (text.lower() if odd else text).encode().translate(_WORDS).split()


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """Share of the smaller set that the larger holds; 0.0 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def pairs(texts: Mapping[str, str]) -> list[Pair]:
    """The pairs of files whose texts are the same or nearly so, sorted: every pair that shares a 5-gram is compared.

    Up to a few thousand pages; `scale.copies` finds the same texts among any number.
    """
    names = sorted(texts)
    return sorted(
        Pair(names[a], names[b], round(share, 3), "same" if share >= SAME else "look")
        for some in _alike([texts[name] for name in names])
        for a, b, share in zip(*(column.tolist() for column in some), strict=True)
    )


def duplicates(texts: Mapping[str, str], dates: Mapping[str, str | None]) -> dict[str, str]:
    """File → the file that speaks for it, for every copy: the earliest dated one, else the first by name."""
    import numpy as np

    names = sorted(texts, key=lambda name: (dates.get(name) or "9999", name))
    same = np.zeros((len(names), len(names)), bool)
    for one, other, share in _alike([texts[name] for name in names]):
        same[one[share >= SAME], other[share >= SAME]] = True
    same |= same.T
    alone = np.ones(len(names), bool)
    speaker: dict[str, str] = {}
    for first in np.flatnonzero(same.any(axis=1)).tolist():
        reached = [first] if alone[first] else []  # else an earlier one speaks for it
        for page in reached:
            alone[page] = False
            new = np.flatnonzero(same[page] & alone)
            alone[new] = False
            reached += new.tolist()
        speaker |= {names[page]: names[first] for page in reached[1:]}
    return speaker


def _grams(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The 5-grams of all *texts*, once a text, and the number of the text of each; by gram, then by text.

    As `shingles`, but made by numpy for all at once: words are numbered as they come, and a 5-gram is a sum
    of multiples of theirs, in 52 bits where there are 3,000 texts.
    """
    import numpy as np

    numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
    words = [np.array([*map(numbers.__getitem__, _words(text))], np.uint64) for text in texts]
    of_text = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(of_one) for of_one in words])
    number = np.concatenate([*words, np.empty(0, np.uint64)])
    last = max(len(number) - N + 1, 0)
    factors = np.random.Generator(np.random.PCG64(1)).integers(2**64, size=N, dtype=np.uint64)
    grams = sum(number[at : at + last] * factor for at, factor in enumerate(factors))
    bits = np.uint64(len(texts).bit_length())
    held = (grams >> bits << bits | of_text[:last])[of_text[:last] == of_text[N - 1 :]]
    held.sort()
    held = held[np.append(True, held[1:] != held[:-1])[: len(held)]]
    return held >> bits, (held & (np.uint64(1) << bits) - np.uint64(1)).astype(np.int64)


def _alike(texts: Sequence[str]) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Of every two of *texts* from containment `LOOK`: the numbers of both, the smaller first, and the containment.

    What they share is a product of matrices, a few rows of it at a time. What many quote is quoted by the sentence:
    5-grams of the very same holders are counted together, so that a crowd costs little.
    """
    import numpy as np
    from scipy import sparse

    gram, text = _grams(texts)
    sizes = np.bincount(text, minlength=len(texts))
    starts = np.flatnonzero(np.append(True, gram[1:] != gram[:-1])[: len(gram)])
    counts = np.diff(np.append(starts, len(gram)))
    marks = np.random.Generator(np.random.PCG64(2)).integers(2**64, size=len(texts), dtype=np.uint64)
    holders = np.add.reduceat(marks[text], starts)[counts > 1]  # the same sum, the same texts
    _, first, weights = np.unique(holders, return_index=True, return_counts=True)
    starts, counts = starts[counts > 1][first], counts[counts > 1][first]
    ends = np.cumsum(counts)
    text = text[np.arange(counts.sum()) + np.repeat(starts - ends + counts, counts)]
    sets = sparse.csr_array((np.ones(len(text), int), text, np.append(0, ends)), (len(counts), len(texts)))
    weighted = (sets * weights[:, None]).T.tocsr()
    for row in range(0, len(texts), _ROWS):
        shared = (weighted[row : row + _ROWS] @ sets).tocoo()
        one, other = shared.coords[0] + row, shared.coords[1]
        share = shared.data / np.minimum(sizes[one], sizes[other])
        alike = (one < other) & (share >= LOOK)
        yield one[alike], other[alike], share[alike]
