"""Speed of cleaning, and that no shape of page makes it slow: time of twice the text over time of the text.

python -m benchmarks.pages [PAGES.jsonl.gz]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from slackwater import clean, sentences

PROSE = (
    "The company said on Tuesday that it would move 240 jobs to a new site near the harbour by the end of the year. "
)
BROKEN = "said on Tuesday that it would move its jobs to a new site near the harbour,\n"
SHAPES = {
    "prose, a paragraph a line": lambda n: (PROSE * 3 + "\n") * (n // (3 * len(PROSE) + 1)),
    "one endless line of sentences": lambda n: PROSE * (n // len(PROSE)),
    "one endless word": lambda n: "a" * n,
    "one-word lines": lambda n: "word\n" * (n // 5),
    "the same furniture line": lambda n: "Read more\n" * (n // 10),
    "lines of bullets": lambda n: "-\n" * (n // 2),
    "capital words, no end": lambda n: "By Aa Bb " * (n // 9),
    "open quotes": lambda n: "“Oh “ah " * (n // 8),
    "glued stops": lambda n: "deal.The firm " * (n // 14),
    "dates": lambda n: "14 March 2023\n" * (n // 14),
    "dates in one line": lambda n: "20 March 2020 " * (n // 14),
    "signed by short names": lambda n: "".join(f"by q{k:x}x\n" for k in range(n // 9)),
    "names glued to places": lambda n: "Ann Leein Ghent\n" * (n // 16),
    "photo credits": lambda n: "Photo: Photo: Photo: Photo by\n" * (n // 30),
    "names in a row": lambda n: "Anna Lee, Bo Chan and Cy Dee\n" * (n // 29),
    "full stops": lambda n: ". " * (n // 2),
    "Chinese, one line": lambda n: "公司周二表示，将把职位迁往新址。" * (n // 48),
    "no-break spaces": lambda n: "\xa0" * (n // 2),
    "lines broken at a margin": lambda n: BROKEN * (n // len(BROKEN)),
    "a quoted mail": lambda n: "> The company said on Tuesday\n" * (n // 30),
    "numbers of links": lambda n: "".join(f"[{k}]News\n" for k in range(1, n // 11)),
    "crowded brackets": lambda n: "(((([[[[" * (n // 8),
}


def seconds(text: str, work) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started


def both(text: str) -> None:
    sentences.of_page(clean.page(text).lines)


def run(size: int = 500_000) -> str:
    """The table of SHAPES at *size* characters and twice that, cleaned and cut to sentences."""
    clean.page(PROSE * 20)
    lines = [f"{'cleaning, shape':<32}{'MB/s':>8}{'twice':>8}   (time of twice the text; 2 is linear)"]
    for name, shape in SHAPES.items():
        texts = shape(size), shape(2 * size)
        once, twice = (min(seconds(text, both) for _ in range(3)) for text in texts)
        lines.append(f"{name:<32}{len(texts[0].encode()) / 1e6 / once:>8.1f}{twice / once:>8.1f}")
    return "\n".join(lines) + "\n"


def main(paths: list[str]) -> None:
    print(run())
    for path in paths:
        from slackwater.evaluate import pages as evaluate_pages

        rows = list(evaluate_pages.read(Path(path)))
        best = min(sum(seconds(row["dump"], clean.page) for row in rows) for _ in range(3))
        print(
            f"{path}: {sum(len(r['dump'].encode()) for r in rows) / 1e6 / best:.1f} MB/s, {len(rows) / best:.0f} /s"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
