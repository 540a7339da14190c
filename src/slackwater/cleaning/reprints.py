"""Which pages are the same text: a wire story on ten sites must not count as ten witnesses.

Containment of word 5-grams: the share of the shorter text's that the longer one holds.
From .5 the pages are the same text, from .3 they are worth a look.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from zlib import crc32

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\\w+")
N = 5
SAME, LOOK = 0.5, 0.3


class Pair(NamedTuple):
    """Two files of which the shorter is contained in the longer to *containment*; verdict "same" or "look"."""

    first: str
    second: str
    containment: float
    verdict: str


def shingles(text: str) -> frozenset[int]:
    """The word 5-grams of *text*, each as a 32-bit number; CJK characters are words."""
    words = [w.lower() for w in _WIDE.findall(text)]
    return frozenset(crc32(" ".join(words[i : i + N]).encode("utf-8", "replace")) for i in range(len(words) - N + 1))


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """Share of the smaller set that the larger holds; 0.0 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def pairs(texts: Mapping[str, str]) -> list[Pair]:
    """The pairs of files whose texts are the same or nearly so, sorted: every pair that shares a 5-gram is compared.

    Up to a few thousand pages; `scale.copies` finds the same texts among any number.
    """
    grams = {name: g for name, text in texts.items() if (g := shingles(text))}
    candidates = _sharing(grams)
    found = []
    for a, b in candidates:
        share = containment(grams[a], grams[b])
        if share >= LOOK:
            first, second = sorted((a, b))
            found.append(Pair(first, second, round(share, 3), "same" if share >= SAME else "look"))
    return sorted(set(found))


def _sharing(grams: Mapping[str, frozenset[int]]) -> set[tuple[str, str]]:
    """Pairs that share enough grams: counted over an index of grams, common ones (in over 50 pages) left out."""
    holders: dict[int, list[str]] = {}
    for name, mine in grams.items():
        for gram in mine:
            holders.setdefault(gram, []).append(name)
    shared: dict[tuple[str, str], int] = {}
    for names in holders.values():
        if 1 < len(names) <= 50:
            for i, a in enumerate(names):
                for b in names[i + 1 :]:
                    shared[a, b] = shared.get((a, b), 0) + 1
    rare = {pair for pair, n in shared.items() if n >= 0.1 * min(len(grams[pair[0]]), len(grams[pair[1]]))}
    return rare | _alike(grams, holders)


def _alike(grams: Mapping[str, frozenset[int]], holders: Mapping[int, list[str]]) -> set[tuple[str, str]]:
    """Pairs within a crowd of over 50 copies: each page against the crowd's first one."""
    crowds = {names[0]: names for names in holders.values() if len(names) > 50}
    return {(first, other) for first, names in crowds.items() for other in names[1:]}


def duplicates(texts: Mapping[str, str], dates: Mapping[str, str | None]) -> dict[str, str]:
    """File → the file that speaks for it, for every copy: the earliest dated one, else the first by name."""
    parent = {name: name for name in texts}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    def age(name: str) -> tuple[str, str]:
        return (dates.get(name) or "9999", name)

    for pair in pairs(texts):
        if pair.verdict == "same":
            old, new = sorted((root(pair.first), root(pair.second)), key=age)
            parent[new] = old
    return {name: root(name) for name in texts if root(name) != name}
