"""What a schedule pays where nothing has changed: `slackwater report` on a published corpus, against Python itself."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

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
    ratios = sorted(report / bare for bare, report in pairs)
    return "\n".join([
        "### Nothing has changed", "", "| | ms |", "|---|--:|",
        f"| `python -c \"import json, hashlib, argparse\"` | {1000 * median(bare for bare, _ in pairs):.0f} |",
        f"| `slackwater report seeds`, current | {1000 * median(report for _, report in pairs):.0f} |",
        f"| ratio, median of {rounds} pairs | **{median(ratios):.2f}** |",
        f"| ratio, from – to | {ratios[0]:.2f} – {ratios[-1]:.2f} |", ""])


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(run())
