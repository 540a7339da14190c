"""Reprints among many pages: time, peak memory, and how many of the copies that were planted are found.

python -m benchmarks.reprints [PAGES]
"""

from __future__ import annotations

import random
import resource
import sys
import time

import pandas as pd

from slackwater.scale import copies

COPIES = 0.02  # of the pages are reprints of an earlier one, cut and with some words changed
WORDS = 400


def texts(number: int, *, seed: int = 0) -> tuple[dict[str, str], int]:
    """Invented *number* pages of WORDS words, and how many of them are copies."""
    draw = random.Random(seed)
    ends = ("n", "rd", "st", "lm", "x", "ss", "ck")
    vocabulary = [f"{a}{b}{c}" for a in "bdfgklmnprstv" for b in "aeiou" for c in ends]
    pages: dict[str, str] = {}
    copied = 0
    for at in range(number):
        if at > 100 and draw.random() < COPIES:
            words = pages[f"{draw.randrange(at):07}"].split()
            words = words[: round(len(words) * draw.uniform(0.8, 1))]
            words[draw.randrange(len(words))] = "changed"
            copied += 1
        else:
            words = draw.choices(vocabulary, k=WORDS)
        pages[f"{at:07}"] = " ".join(words)
    return pages, copied


def run(*, size: int = 100_000) -> str:
    """The table of one round over *size* pages."""
    pages, copied = texts(size)
    documents = pd.DataFrame({"file": list(pages), "published_low": None})
    sentences = pd.DataFrame({"file": list(pages), "region": "body", "text": list(pages.values())})
    del pages
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    found = copies.found(documents, sentences)
    took = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (
        f"reprints among {size:,} pages of {WORDS} words: {took:.0f} s, {1000 * took / size:.2f} ms a page, "
        f"peak {peak / 1024:,.0f} MB ({before / 1024:,.0f} MB before); {len(found):,} found of {copied:,} planted"
    )


if __name__ == "__main__":
    print(run(size=int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
