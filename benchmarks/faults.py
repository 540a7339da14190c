"""`make faults`: every fault many times, as a table; exit 1 where one was not survived."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import faults


def rows() -> Iterator[faults.Row]:
    """The faults, those that need most runs last."""
    yield faults.full(16)
    yield faults.forbidden(6)
    yield faults.changing(8)
    yield faults.clock(5)
    yield faults.signalled(20, signal.SIGTERM)
    yield faults.signalled(20, signal.SIGINT)
    yield faults.signalled(20, signal.SIGHUP)
    yield faults.kernel_killed(5)
    yield faults.kernel_silent(3)
    yield faults.kernel_deaf(3)
    yield faults.memory(3)
    yield faults.talkative(3)
    yield faults.parental(5)
    yield faults.crowd(20)
    yield faults.killed(20, whole=True, every=2)
    yield faults.killed(220)


if __name__ == "__main__":
    told: list[faults.Row] = []
    for line in faults.table(row for row in rows() if not told.append(row)):
        print(line, flush=True)
    lost = sum(row.done - row.survived for row in told)
    print(f"\n{sum(row.done for row in told)} faults, {lost} not survived")
    sys.exit(lost > 0)
