"""What a schedule pays where nothing has changed: `slackwater report` on a published corpus, against Python itself."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import paired

SEEDS = Path(__file__).parents[1] / "seeds"
BARE = [sys.executable, "-c", "import json, hashlib, argparse"]


def run(*, rounds: int = 40) -> str:
    """A Markdown table: seconds on the clock of both, by turns, and the median of their ratios."""
    with tempfile.TemporaryDirectory() as out:
        report = [sys.executable, "-m", "slackwater", "report", str(SEEDS), "--out", out]
        subprocess.run(report, check=True, capture_output=True)
        pairs = []
        for number in range(rounds + 1):
            turn = (BARE, report) if number % 2 else (report, BARE)
            seconds = {id(command): _seconds(command) for command in turn}
            if number:  # the first warms up
                pairs.append((seconds[id(BARE)], seconds[id(report)]))
        said = subprocess.run(report, check=True, capture_output=True, text=True).stdout
    assert "is current" in said, said
    return paired.clock("Nothing has changed", '`python -c "import json, hashlib, argparse"`',
                        "`slackwater report seeds`, current", [(1000 * bare, 1000 * mine) for bare, mine in pairs],
                        unit="ms", digits=0)


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(run())
