"""The small run: the usual route from five pages to HTML and PDF against ours, the same notebooks, by turns.

    python -m benchmarks.small [ROUNDS]       5 by default

The usual route is what the tools' own pages tell: `papermill` once for each notebook, `jupyter nbconvert --to html`,
and WeasyPrint for the PDF. WeasyPrint is looked for on the PATH and is no dependency of Slackwater; where it is not
there its step is left out of the usual route, which is told, and makes the ratio worse for us.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import paired

ROOT = Path(__file__).parents[1]
SEEDS, NOTEBOOKS = ROOT / "seeds", ROOT / "notebooks"
STEMS = ("01-clean-texts", "02-measure-tone", "03-find-themes", "04-report")
_TOOLS = Path(sys.executable).parent


def usual(home: Path) -> None:
    """Four papermill commands, nbconvert, and WeasyPrint where it is there, into new folder *home*."""
    home.mkdir()
    for stem in STEMS:
        _run(_TOOLS / "papermill", NOTEBOOKS / f"{stem}.ipynb", home / f"{stem}.ipynb", "-p", "corpus", SEEDS,
             "-p", "work", home, "--cwd", NOTEBOOKS, "--no-progress-bar")
    _run(_TOOLS / "jupyter", "nbconvert", "--to", "html", home / "04-report.ipynb", "--output", "report.html")
    if printer := shutil.which("weasyprint"):
        _run(printer, home / "report.html", home / "report.pdf")


def ours(home: Path) -> None:
    """`slackwater report`, into new folder *home*."""
    _run(sys.executable, "-m", "slackwater", "report", SEEDS, "--out", home)


def run(*, rounds: int = 5) -> str:
    """A Markdown table: seconds on the clock of either, by turns, and the median of their ratios."""
    pairs = []
    with tempfile.TemporaryDirectory() as place:
        for number in range(rounds + 1):
            both = (usual, ours) if number % 2 else (ours, usual)
            seconds = {}
            for route in both:
                begun = time.perf_counter()
                route(Path(place, f"{route.__name__}-{number}"))
                seconds[route] = time.perf_counter() - begun
            if number:  # the first warms up
                pairs.append((seconds[usual], seconds[ours]))
    printer = "WeasyPrint" if shutil.which("weasyprint") else "no PDF: WeasyPrint is not installed"
    return paired.clock("The small run: five pages, four notebooks, HTML and PDF",
                        f"`papermill` each notebook, `jupyter nbconvert`, {printer}", "`slackwater report`",
                        pairs, unit="seconds", digits=1)


def _run(*command: object) -> None:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, env=os.environ)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stderr[-2000:]}")


if __name__ == "__main__":
    print(run(rounds=int(sys.argv[1]) if sys.argv[1:] else 5))
