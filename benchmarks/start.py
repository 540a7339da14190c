"""Table 4: how long the command line takes to answer, against an interpreter that does nothing."""

from __future__ import annotations

import subprocess
import sys
import time

COMMANDS = {
    "`python -c pass`": ["-c", "pass"],
    "`slackwater --help`": ["-m", "slackwater", "--help"],
    "`slackwater report --help`": ["-m", "slackwater", "report", "--help"],
    "`slackwater check seeds`": ["-m", "slackwater", "check", "seeds"],
}


def run(*, rounds: int) -> str:
    """The table as Markdown: best of 5 × *rounds* interleaved starts of a process, and the ratio to the first."""
    best = dict.fromkeys(COMMANDS, float("inf"))
    for _ in range(5 * rounds):
        for name, command in COMMANDS.items():
            begun = time.perf_counter()
            subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL, check=True)
            best[name] = min(best[name], time.perf_counter() - begun)
    one = next(iter(best.values()))
    rows = [f"| {name} | {seconds * 1000:.0f} ms | {seconds / one:.1f} |" for name, seconds in best.items()]
    return "\n".join(["Start of the command line", "", "| command | best | ratio |", "|---|---:|---:|", *rows, ""])
