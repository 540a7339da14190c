"""How many sentences a second are read for direction, on one core: `python -m benchmarks.sentences [FILE]`.

FILE holds one sentence a line; by default invented ones stand in for news. What costs is how many sentences hold
the words of a rule, and so get past the reader's first screen, and how many of their words are new, for what
is found out of a word is remembered. On the text of 241 web pages (26,013 different sentences of 14 words), 6 % get
past the screen, 0.4 % speak of coming or going, and after 20,000 sentences 1.2 words of each are still new; on its 91
pages of news it is 8 %, 0.7 % and, these being fewer, 3.0 new words after 3,500. The invented ones are made to be
like it: 8 %, 1 %, 1.3 new words. Pages about one firm in one place are denser (48 % and 23 %) and slower to read.

The naive loop asks every rule of every sentence; the reader first asks which rules can match at all.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import documents

OWN = Path(__file__).parent.parent / "tests" / "fixtures" / "readings.txt"
# of a hundred sentences: our own with a direction, our own without (which hold a rule's words more often than
# news does), and the rest of the templates
MOVING, STILL = 1, 24
BY = "{town}-based {rival}’s {month} {d}"


def invented(n: int) -> list[str]:
    """*n* sentences, hardly one twice, as dense in direction and in new words as news."""
    rows = [line.split(" | ", 1) for line in OWN.read_text("utf-8").splitlines() if " | " in line]
    moving = [text for label, text in rows if not label.startswith("neutral")]
    still = [text for label, text in rows if label == "neutral none"]
    draw = random.Random(7)
    out = []
    for i in range(n):
        kind = i % 100
        own = moving if kind < MOVING else still if kind < MOVING + STILL else ()
        template = f"{BY}: {draw.choice(own)}" if own else draw.choice(documents.STAYING)
        out.append(documents.filled(template if own or i % 3 else f"{BY}: {template}", draw))
    return out


def run(*, size: int = 100, rounds: int = 5, sentences: list[str] | None = None) -> str:
    """Sentences a second, the median of *rounds* readers that had read nothing, and the ratio to the naive loop.

    The last fifth of the sentences is what a long run comes to: new sentences, of words partly met before.
    """
    from slackwater import lexicon, themes

    texts = sentences or invented(size * 200)
    fifth = -(-len(texts) // 5)
    parts = [texts[at : at + fifth] for at in range(0, len(texts), fifth)]
    spent: list[list[float]] = []
    for _ in range(rounds):
        reader = themes.Reader(lexicon.load())
        spent.append([_seconds(part, read := partial(themes.read, reader=reader)) for part in parts])
    again, matcher = _seconds(texts, read), reader.matcher
    past = sum(bool(matcher.scan(text).rules) for text in texts)
    told = sum(read(text).direction != "neutral" for text in texts)
    few = texts[:: max(1, len(texts) // 500)]
    naive = _seconds(few, lambda text: matcher.matches(matcher.sentence(text))) / len(few)
    last = median(times[-1] for times in spent) / len(parts[-1])
    first, whole = (median(part(times) for times in spent) for part in (lambda times: times[0], sum))
    return (
        f"direction of {len(texts):,} new sentences: {1 / last:,.0f} a second in a long run (the last fifth), "
        f"{len(parts[0]) / first:,.0f} in the first fifth, {len(texts) / whole:,.0f} over all; "
        f"{len(texts) / again:,.0f} when read again. {past / len(texts):.1%} get past the screen, "
        f"{told / len(texts):.1%} speak of coming or going. {naive / last:.0f} times the loop over all rules\n"
    )


def _seconds(texts: list[str], read: Callable[[str], object]) -> float:
    begun = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - begun


if __name__ == "__main__":
    given = Path(sys.argv[1]).read_text("utf-8").splitlines() if len(sys.argv) > 1 else None
    print(run(sentences=given))
