"""Table 1: raw pages → all there is to say of them, against the loops people write."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import documents, loops, paired

NAIVE = "the loop everyone writes: two `.apply` of TextBlob, phrases by `in`"
OURS = ("**Slackwater**: cleaning, sentences, tone raw, masked and uncleaned with intervals, direction, certainty, "
        "speaker, claims")


def slackwater(pages: Sequence[tuple[str, str]]) -> object:
    """The engine on a folder of the same pages: reading the files counts."""
    from slackwater import engine

    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder)
        (corpus / "corpus.yaml").write_text(documents.CORPUS, "utf-8")
        for name, text in pages:
            (corpus / name).write_text(text, "utf-8")
        return engine.finished(desk(corpus))


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
    """The table as Markdown, from *rounds* rounds of *size* pages."""
    rivals, left_out = [], []
    for name, packages, make in (
        ("pysbd + TextBlob loop", ["pysbd"], loops.pysbd),
        (NAIVE, ["textblob"], lambda: loops.naive),
        ("spaCy's sentencizer + spacytextblob", ["spacy", "spacytextblob"], loops.spacytextblob),
        ("Punkt + VADER loop", ["vaderSentiment"], loops.vader),
        (OURS, ["slackwater"], lambda: slackwater),
    ):
        missing = loops.available(*packages)
        if missing:
            left_out.append(f"{name}: {missing}")
        else:
            rivals.append(paired.Rival(name, make()))
    names = [f"{number:07}.txt" for number in range(size)]
    work = [list(zip(names, documents.pages(size, first=size * number), strict=True)) for number in range(rounds + 1)]
    table = paired.table(f"The whole job, {rounds} rounds of {size} pages", paired.rounds(rivals, work),
                         unit="pages", size=size, one=NAIVE)
    return "\n".join([table, *left_out])
