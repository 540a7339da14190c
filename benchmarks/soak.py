"""`make soak`: 200 regenerations in a row in one process, on a corpus that grows; is anything kept that should not be?

Printed as a figure, a line for each measure; exit 1 where one of them rises.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import tempfile
import threading
from pathlib import Path
from statistics import median

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import small_report
from slackwater import cli

BARS = "▁▂▃▄▅▆▇█"
GROWTH = 1.10  # a median of memory in the last fifth may be so many times that in the second


def measures(folder: Path) -> dict[str, float]:
    """What this process holds now, and what its runs have left."""
    own = psutil.Process()
    out = folder / "out"
    return {"memory, MB": own.memory_info().rss / 1e6, "file handles": own.num_fds(),
            "threads": threading.active_count(), "child processes": len(own.children(recursive=True)),
            "temporary files": len(list((folder / "t").iterdir())),
            "files in OUT": sum(1 for path in out.rglob("*") if path.is_file())}


def line(name: str, values: list[float], width: int = 50) -> str:
    """*values* as a row of bars from 0 to their greatest, with the first, the middle and the last."""
    step = max(1, len(values) // width)
    means = [median(values[n:n + step]) for n in range(0, len(values), step)]
    top = max(*means, 1)
    bars = "".join(BARS[round(value / top * (len(BARS) - 1))] for value in means)
    return f"{name:<17}{bars}  {values[0]:,.0f} → {values[len(values) // 2]:,.0f} → {values[-1]:,.0f}"


def rises(values: list[float]) -> bool:
    """Whether the last fifth is above the second: the first warms up."""
    fifth = max(1, len(values) // 5)
    return median(values[-fifth:]) > GROWTH * median(values[fifth:2 * fifth]) + 1


def main() -> int:
    """Run the regenerations and print the figure."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    asked.add_argument("--runs", type=int, default=200)
    runs = asked.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="sw") as name:
        folder = Path(name)
        (folder / "t").mkdir()
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder / "t")
        corpus = small_report.corpus(folder)
        seen: dict[str, list[float]] = {}
        for number in range(runs):
            (corpus / f"{number + 1:03}.txt").write_text(f"Acme opens plant {number} in Ghent.\n" * 20)
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:
                code = cli.main(["report", str(corpus), "--out", str(folder / "out"), "--keep", "3",
                                 "--log", str(folder / "log")])
            if code:
                print(said.getvalue(), file=sys.stderr)
                return 1
            for measure, value in measures(folder).items():
                seen.setdefault(measure, []).append(value)
        print(f"{runs} regenerations in a row, a page more each time; first → middle → last\n")
        print("\n".join(line(measure, values) for measure, values in seen.items()))
        risen = [measure for measure, values in seen.items() if rises(values)]
        print(f"\n{'rises: ' + ', '.join(risen) if risen else 'all flat'}")
        return int(bool(risen))


if __name__ == "__main__":
    sys.exit(main())
