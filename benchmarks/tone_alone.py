"""Table 3: TextBlob's sentiment against our fast path to the same floats."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks import documents, paired

LIBRARY = "`TextBlob(text).sentiment`"


def run(*, size: int, rounds: int) -> str:
    """The table as Markdown, from the sentences of *rounds* × *size* pages. AssertionError on one other digit."""
    from textblob import TextBlob

    from slackwater import fast_tone, sentences

    def library(texts: Sequence[str]) -> list[tuple[float, float]]:
        return [tuple(TextBlob(text).sentiment) for text in texts]

    def warm(texts: Sequence[str]) -> list[tuple[float, float]]:
        return [fast_tone.sentiment(text) for text in texts]

    def cold(texts: Sequence[str]) -> list[tuple[float, float]]:
        made = fast_tone.FastTone(lexicon, module)
        return [made.sentiment(text) for text in texts]

    lexicon, module = fast_tone._library()
    count = 24 * size
    pages = documents.pages(size * (rounds + 1))
    texts = [sentence for page in pages for line in page.splitlines() for sentence in sentences.split(line)]
    work = [texts[count * number : count * (number + 1)] for number in range(rounds + 1)]
    for batch in work:
        assert library(batch) == warm(batch), "a fast path that is not TextBlob's is no path"
    rivals = [paired.Rival(LIBRARY, library), paired.Rival("fast_tone, empty memo at each round", cold),
              paired.Rival("fast_tone", warm)]
    return paired.table(f"Tone alone, {rounds} rounds of {count:,} sentences, every float equal",
                        paired.rounds(rivals, work), unit="sentences", size=count, one=LIBRARY)
