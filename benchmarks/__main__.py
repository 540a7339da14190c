"""`python -m benchmarks [TABLE …]`: print the tables, all by default."""

from __future__ import annotations

import argparse
import sys

TABLES = ("whole_job", "stages", "tone_alone", "start", "cells", "small", "sentences", "shapes", "reprints")


def main() -> None:
    """Run the tables asked for and print each as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("tables", nargs="*", choices=[[], *TABLES], metavar="TABLE", help=", ".join(TABLES))
    parser.add_argument("--size", type=int, default=100, help="pages a round (100)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count (5)")
    asked = parser.parse_args()
    print(f"Python {sys.version.split()[0]}; ratios of CPU time, medians of paired rounds; above 1 is faster.\n")
    for name in asked.tables or TABLES:
        if name == "whole_job":
            from benchmarks import whole_job

            print(whole_job.run(size=asked.size, rounds=asked.rounds), flush=True)
        elif name == "stages":
            from benchmarks import stages

            print(stages.run(size=asked.size * asked.rounds), flush=True)
        elif name == "start":
            from benchmarks import start

            print(start.run(rounds=asked.rounds), flush=True)
        elif name == "cells":
            from benchmarks import cells

            print(cells.run(rounds=asked.rounds), flush=True)
        elif name == "small":
            from benchmarks import small

            print(small.run(rounds=asked.rounds), flush=True)
        elif name == "sentences":
            from benchmarks import sentences

            print(sentences.run(size=asked.size, rounds=asked.rounds), flush=True)
        elif name == "shapes":
            from benchmarks import pages

            print(pages.run(), flush=True)
        elif name == "reprints":
            from benchmarks import reprints

            print(reprints.run(size=200 * asked.size) + "\n", flush=True)
        else:
            from benchmarks import tone_alone

            print(tone_alone.run(size=asked.size, rounds=asked.rounds), flush=True)


main()
