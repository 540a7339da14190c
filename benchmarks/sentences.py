"""How many sentences a second are read for direction, on one core: `python -m benchmarks.sentences [FILE]`.

FILE holds one sentence a line; by default our own labelled sentences stand in for news, one that speaks
of coming or going to seven that do not, with numbers that make each one new. The naive loop
asks every rule of every sentence; the reader first asks which rules can match at all.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

OWN = Path(__file__).parent.parent / "tests" / "fixtures" / "readings.txt"


def invented(n: int) -> list[str]:
    """*n* sentences of our own, seven of eight without direction, as in a day's news."""
    rows = [line.split(" | ", 1) for line in OWN.read_text("utf-8").splitlines() if " | " in line]
    moving = [text for label, text in rows if not label.startswith("neutral")]
    still = [text for label, text in rows if label == "neutral none"]
    return [
        f"{(moving if i % 8 == 0 else still)[i % (len(moving) if i % 8 == 0 else len(still))]} ({i})"
        for i in range(n)
    ]


def run(*, size: int = 100, rounds: int = 5, sentences: list[str] | None = None) -> str:
    """Sentences a second: the first round, its last fifth, the best of *rounds*; and the ratio to the naive loop.

    The reader remembers words, not sentences: the last fifth of the first round is what a long run comes to.
    """
    from slackwater import lexicon, themes

    rules = lexicon.load()
    texts = sentences or invented(size * 200)
    reader = themes.Reader(rules)
    fifth = -(-len(texts) // 5)
    parts = [texts[at : at + fifth] for at in range(0, len(texts), fifth)]
    first = [_seconds(lambda part=part: [themes.read(t, reader) for t in part]) for part in parts]
    times = [sum(first)] + [_seconds(lambda: [themes.read(t, reader) for t in texts]) for _ in range(rounds - 1)]
    few = texts[:: max(1, len(texts) // 500)]
    matcher = reader.matcher
    naive = _seconds(lambda: [matcher.matches(matcher.sentence(t)) for t in few]) / len(few)
    best = min(times) / len(texts)
    return (
        f"direction of {len(texts):,} sentences: {len(texts) / times[0]:,.0f} a second at first "
        f"({len(parts[-1]) / first[-1]:,.0f} in the last fifth), {1 / best:,.0f} at best; "
        f"{naive / best:.0f} times the loop over all rules\n"
    )


def _seconds(work) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    given = Path(sys.argv[1]).read_text("utf-8").splitlines() if len(sys.argv) > 1 else None
    print(run(sentences=given))
