"""F1 on pages as text browsers and other programs dump them, which the weights never saw.

    python -m benchmarks.pages_dumped PAGES.jsonl.gz PAGES_HTML.jsonl.gz "w3m -dump -T text/html -cols 80" …

PAGES and PAGES_HTML as for benchmarks/pages_emptied.py. Each command is given a page's HTML on standard input and
writes what a person would have saved. Prints F1 of all that was written, and of the article read from it.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
from pathlib import Path

from slackwater import clean, formats
from slackwater.evaluate import pages as evaluate_pages

SECONDS = 60  # for one page


def dumped(command: str, html: str) -> str:
    """What *command* writes of a page."""
    done = subprocess.run(shlex.split(command), input=html.encode("utf-8", "replace"), capture_output=True,
                          timeout=SECONDS, check=True)
    return done.stdout.decode("utf-8", "replace")


def article(text: str) -> str | None:
    """The article in a .txt of *text*; None where none is found."""
    loaded = formats.read("page.txt", text.encode())
    page = clean.page(loaded.text, html=loaded.html)
    return None if loaded.fault or page.fault else page.text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("html", type=Path)
    parser.add_argument("command", nargs="+")
    a = parser.parse_args()
    html = {row["id"]: row["html"] for row in evaluate_pages.read(a.html)}
    rows = [row for row in evaluate_pages.read(a.pages) if row["id"] in html]
    for command in a.command:
        texts = [dumped(command, html[row["id"]]) for row in rows]
        found = [article(text) for text in texts]
        print(command)
        for source in sorted({row["source"] for row in rows}):
            all_of_it, ours = (
                evaluate_pages.summarise([
                    evaluate_pages.score(row["truth"], answer or "")
                    for row, answer in zip(rows, answers, strict=True) if row["source"] == source
                ])
                for answers in (texts, found)
            )
            refused = sum(f is None for f, row in zip(found, rows, strict=True) if row["source"] == source)
            print(f"    {source}: all of it {all_of_it.f1:.3f}, the article {ours.f1:.3f} ({ours.low:.3f} to "
                  f"{ours.high:.3f}), under .5 {ours.bad:.3f}, refused {refused} of {ours.n}", flush=True)


if __name__ == "__main__":
    main()
