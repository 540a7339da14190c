"""Table 1: raw pages → all there is to say of them, against the loops people write; at first, and in a long run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks import documents, loops, paired

NAIVE = "the loop everyone writes: two `.apply` of TextBlob, phrases by `in`"
OURS = ("**Slackwater**: cleaning, sentences, tone raw, masked and uncleaned with intervals, direction, certainty, "
        "speaker, claims")
PART = 250  # pages at a time in a long run, as `slackwater analyse` takes them
BEFORE = 1_000  # pages that a long run has behind it


class Batch(NamedTuple):
    """Pages as (name, text), and the folder they lie in: the loops are given the texts, we read the files."""

    pages: list[tuple[str, str]]
    folder: Path


def batches(sizes: list[int], home: Path, *, first: int) -> list[Batch]:
    """Batches of *sizes* pages each, from page number *first* on, in new folders in *home*."""
    made = []
    for size in sizes:
        names = [f"{number:07}.txt" for number in range(first, first + size)]
        pages = list(zip(names, documents.pages(size, first=first), strict=True))
        made.append(Batch(pages, documents.folder(size, home / names[0], first=first)))
        first += size
    return made


def slackwater(batch: Batch) -> object:
    """The engine on the folder: reading the files counts."""
    from slackwater import engine

    return engine.finished(desk(batch.folder))


def desk(corpus: Path):
    """The corpus laid out with the lexicon compiled by the first call, as a long run has it."""
    from slackwater import corpus as corpora
    from slackwater import engine, lexicon

    found = corpora.load(corpus)
    if found.lexicon not in _lexicons:
        _lexicons[found.lexicon] = lexicon.load(found.lexicon)
    return engine.Desk(found, _lexicons[found.lexicon])


_lexicons: dict[Path, object] = {}


def run(*, size: int, rounds: int) -> str:
    """Two tables as Markdown, of *rounds* rounds each.

    The first pages, *size* a round: hardly a word was met before, and all that is remembered of words is yet to be
    found out. And a long run: both have read the same thousand other pages, and go on with parts.
    """
    rivals, left_out = [], []
    for name, packages, make in (
        ("pysbd + TextBlob loop", ["pysbd"], loops.pysbd),
        (NAIVE, ["textblob"], lambda: loops.naive),
        ("spaCy's sentencizer + spacytextblob", ["spacy", "spacytextblob"], loops.spacytextblob),
        ("Punkt + VADER loop", ["vaderSentiment"], loops.vader),
    ):
        missing = loops.available(*packages)
        if missing:
            left_out.append(f"{name}: {missing}")
        else:
            rivals.append(paired.Rival(name, _of_texts(make())))
    rivals.append(paired.Rival(OURS, slackwater))
    both = [rival for rival in rivals if rival.name in (NAIVE, OURS)]
    with tempfile.TemporaryDirectory() as folder:
        few = batches([size] * (rounds + 1), Path(folder), first=0)
        many = batches([BEFORE] + [PART] * rounds, Path(folder), first=size * (rounds + 1))
        first = paired.table(f"The whole job, the first pages: {rounds} rounds of {size}", paired.rounds(rivals, few),
                             unit="pages", size=size, one=NAIVE)
        later = paired.table(f"The whole job in a long run: {rounds} rounds of {PART} pages after {BEFORE:,}",
                             paired.rounds(both, many), unit="pages", size=PART, one=NAIVE)
    return "\n".join([first, later, *left_out])


def _of_texts(loop: loops.Loop) -> Callable[[Batch], object]:
    return lambda batch: loop(batch.pages)
