"""Has this text been told before? What `reprints` measures among all pages, estimated for one that comes in.

Of all 5-grams those are kept whose checksum is divisible by 4: the same ones in every
text, so that shares between two samples are shares between two texts. An article of 500
words leaves some 120 of them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

_ONE_IN = 4
_FEW = 8  # below this many shared a share says nothing


class Like(NamedTuple):
    """The file that a text is most like, and the share (0 to 1) of the shorter one's 5-grams that they share."""

    file: str
    share: float


def sample(text: str) -> list[int]:
    """The sampled 5-grams of *text* as checksums, ascending."""
    from slackwater.cleaning import reprints

    return sorted(number for number in reprints.shingles(text) if number % _ONE_IN == 0)


class Shelf:
    """Samples of many texts, each found by the 5-grams it shares; finding takes time with the hits, not the texts."""

    def __init__(self) -> None:
        self._sizes: dict[str, int] = {}
        self._where: dict[int, list[str]] = {}

    def put(self, file: str, numbers: Iterable[int]) -> None:
        """Remember the sample *numbers* of *file*."""
        kept = list(numbers)
        self._sizes[file] = len(kept)
        for number in kept:
            self._where.setdefault(number, []).append(file)

    def likest(self, numbers: list[int]) -> Like | None:
        """The file most like a text with the sample *numbers*; None where none shares enough to tell."""
        shared = Counter(file for number in numbers for file in self._where.get(number, ()))
        found = [Like(file, n / min(len(numbers), self._sizes[file])) for file, n in shared.items() if n >= _FEW]
        return max(found, key=lambda like: (like.share, like.file), default=None)


class Cache:
    """Samples by the SHA-256 of the file they were taken from, kept in PATH; a lost cache is made again."""

    def __init__(self, path: Path) -> None:
        self._path, self._changed = path, False
        try:
            self._known: dict[str, list[int]] = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            self._known = {}
        if not isinstance(self._known, dict):
            self._known = {}

    def get(self, sha256: str) -> list[int] | None:
        """The sample of the file with that hash, if it was ever taken."""
        return self._known.get(sha256)

    def put(self, sha256: str, numbers: list[int]) -> None:
        """Remember a sample until `save`."""
        self._known[sha256], self._changed = numbers, True

    def save(self) -> None:
        """Write the cache where something is new; a folder that cannot be written costs time, nothing else."""
        if self._changed:
            fresh = self._path.with_name(f"{self._path.name}.new")
            try:
                fresh.write_text(json.dumps(self._known, separators=(",", ":")), "utf-8")
                fresh.replace(self._path)
            except OSError:
                fresh.unlink(missing_ok=True)
