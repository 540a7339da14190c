"""Rivals on the same work, by turns: ratios of a core's time, round by round, and their median."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any, NamedTuple


class Rival(NamedTuple):
    """A way to do the work: its name, and a function of one round's work."""

    name: str
    run: Callable[[Any], object]


def rounds(rivals: Sequence[Rival], work: Sequence[Any]) -> dict[str, list[float]]:
    """CPU seconds of each rival on each round of *work*; who begins changes from round to round.

    CPU time of the process and not the clock's, so that another job on the machine does not count.
    Every round brings documents not seen before; the first only warms up and is not counted.
    """
    seconds: dict[str, list[float]] = {rival.name: [] for rival in rivals}
    for number, batch in enumerate(work):
        turn = number % len(rivals)
        for rival in [*rivals[turn:], *rivals[:turn]]:
            start = time.process_time()
            rival.run(batch)
            if number:
                seconds[rival.name].append(time.process_time() - start)
    return seconds


def table(title: str, seconds: dict[str, list[float]], *, unit: str, size: int, one: str) -> str:
    """A Markdown table of *seconds* for rounds of *size* units; ratio 1 is the rival named *one*."""
    lines = [f"### {title}", "", f"| | {unit}/s a core | × | from – to |", "|---|--:|--:|--:|"]
    for name, own in seconds.items():
        ratios = sorted(base / mine for base, mine in zip(seconds[one], own, strict=True))
        lines.append(f"| {name} | {size / median(own):,.0f} | **{median(ratios):.2f}** "
                     f"| {ratios[0]:.2f} – {ratios[-1]:.2f} |")
    return "\n".join([*lines, ""])


def clock(title: str, theirs: str, ours: str, pairs: Sequence[tuple[float, float]], *, unit: str, digits: int) -> str:
    """A Markdown table of *pairs* by the clock (theirs, ours, in *unit*) under their names, and of ours to theirs."""
    ratios = sorted(mine / other for other, mine in pairs)
    return "\n".join([
        f"### {title}", "", f"| | {unit} |", "|---|--:|",
        f"| {theirs} | {median(other for other, _ in pairs):.{digits}f} |",
        f"| {ours} | {median(mine for _, mine in pairs):.{digits}f} |",
        f"| ratio, median of {len(pairs)} pairs | **{median(ratios):.2f}** |",
        f"| ratio, from – to | {ratios[0]:.2f} – {ratios[-1]:.2f} |", ""])
