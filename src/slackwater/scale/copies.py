"""Which pages tell the text of another, among any number of pages, in memory that a page has little part in.

Up to `EXACT` pages every pair is compared, by `reprints`. Beyond, each page leaves a sketch
(MinHash) of its word 5-grams; pages that share a band of it are compared by their sketches
and the likely ones by their texts, so that no page is called a copy falsely.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from slackwater import tables
from slackwater.cleaning import reprints

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

EXACT = 3000
_BANDS, _ROWS = 32, 3  # finds 69 % of pairs of Jaccard .33 (half of a text of the same length), 98 % of .5
_LIKELY = 0.4  # estimated containment from which the texts themselves are compared
NUMBERS = _BANDS * _ROWS + 1  # of a sketch, the last the size of the text
_AT_ONCE = 500  # pairs whose texts are in memory together


def texts_of(sentences: pd.DataFrame) -> dict[str, str]:
    """File → its body as one text; titles and captions do not make a copy."""
    found: dict[str, list[str]] = {}
    for file, region, text in tables.rows(sentences, "file", "region", "text"):
        if region == "body":
            found.setdefault(file, []).append(text)
    return {file: " ".join(body) for file, body in found.items()}


def sketches(texts: Mapping[str, str]) -> dict[str, bytes]:
    """File → the sketch of its text, 388 bytes, its size last; a text of fewer than five words has none."""
    import numpy as np
    from datasketch import MinHash

    blank = MinHash(num_perm=_BANDS * _ROWS, seed=1, hashfunc=int)  # the grams are hashes already
    out = {}
    for file, text in texts.items():
        grams = reprints.shingles(text)
        if grams:
            sketch = blank.copy()
            sketch.update_batch(grams)
            out[file] = np.append(sketch.hashvalues, len(grams)).astype("<u4").tobytes()
    return out


class Sketched(NamedTuple):
    """The sketches of many pages: `rows[n]`, of 97 numbers, is that of `files[n]`."""

    files: list[str]
    rows: np.ndarray

    @classmethod
    def of(cls, sketches: Mapping[str, bytes]) -> Sketched:
        """From file → sketch."""
        import numpy as np

        return cls(list(sketches), np.frombuffer(b"".join(sketches.values()), "<u4").reshape(-1, NUMBERS))


def found(documents: pd.DataFrame, sentences: pd.DataFrame) -> dict[str, str]:
    """File → the file that speaks for it, for every copy among *documents*."""
    texts = texts_of(sentences)
    days = dict(tables.rows(documents, "file", "published_low"))
    sketched = Sketched.of({} if len(days) <= EXACT else sketches(texts))
    return among(days, sketched, lambda files: {file: texts[file] for file in files if file in texts})


def among(days: Mapping[str, str | None], sketched: Sketched,
          texts: Callable[[Collection[str]], Mapping[str, str]]) -> dict[str, str]:
    """File → the file that speaks for it: the earliest of *days*, else the first by name.

    *days*: every file → its first possible day. *texts* gives the texts of the files asked for;
    *sketched* is asked only where there are more than `EXACT` files.
    """
    if len(days) <= EXACT:
        return reprints.duplicates(texts(days.keys()), days)
    speaker: dict[str, str] = {}

    def root(file: str) -> str:
        while file in speaker:
            file = speaker[file]
        return file

    for pairs in _batches(_likely(sketched)):
        read = texts({file for pair in pairs for file in pair})
        shingles = lru_cache(maxsize=16)(lambda file, of=read: reprints.shingles(of[file]))  # pairs come sorted
        for one, other in pairs:
            first, second = sorted((root(one), root(other)), key=lambda file: (days[file] or "9999", file))
            if first != second and reprints.containment(shingles(one), shingles(other)) >= reprints.SAME:
                speaker[second] = first
        del read, shingles  # before the next are read
    return {file: root(file) for file in sorted(speaker)}


def marked(documents: pd.DataFrame, copies: Mapping[str, str]) -> pd.DataFrame:
    """Table `documents` with `duplicate_of` as *copies* says."""
    return documents.assign(duplicate_of=documents["file"].map(copies).astype("str"))


def _likely(sketched: Sketched) -> list[tuple[str, str]]:
    """Pairs whose sketches are alike, sorted: of each band's equals, the first with every other."""
    import numpy as np

    if not sketched.files:
        return []
    by_name = np.array(sorted(range(len(sketched.files)), key=sketched.files.__getitem__))
    pairs: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        part = sketched.rows[by_name, band * _ROWS:(band + 1) * _ROWS]
        order = np.lexsort(part.T)  # stable: equals stay in the order of their names
        same = np.r_[False, (part[order[1:]] == part[order[:-1]]).all(axis=1)]
        first = order[np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))]
        likely = _alike(sketched.rows, by_name[first[same]], by_name[order[same]])
        pairs.update(zip(first[same][likely].tolist(), order[same][likely].tolist(), strict=True))
    files = [sketched.files[at] for at in by_name]
    return [(files[one], files[other]) for one, other in sorted(pairs)]


def _alike(rows: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether one of each pair may hold half of the other: |A ∩ B| = J (|A| + |B|) / (1 + J)."""
    import numpy as np

    steps = range(0, max(len(one), 1), _AT_ONCE)
    jaccard = np.concatenate([(rows[one[at:at + _AT_ONCE], :-1] == rows[other[at:at + _AT_ONCE], :-1]).mean(axis=1)
                              for at in steps])
    size, other_size = rows[one, -1].astype(float), rows[other, -1].astype(float)
    return jaccard / (1 + jaccard) * (size + other_size) >= _LIKELY * np.minimum(size, other_size)


def _batches(pairs: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    for start in range(0, len(pairs), _AT_ONCE):
        yield pairs[start:start + _AT_ONCE]
