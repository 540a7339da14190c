"""What a million pages and more would take: arithmetic on figures measured by `python -m benchmarks.engines`.

    python -m benchmarks.plan      the table of docs/scaling.md
"""

from __future__ import annotations

from typing import NamedTuple

SHARD = 1_000_000  # pages of one driver and one --out: what bounds it is the driver's join


class Measured(NamedTuple):
    """One core of the machine of docs/scaling.md, invented pages of 24 sentences that make four claims each."""

    page: float = 0.0069  # CPU seconds a page in a worker, tables written
    join: float = 0.0003  # CPU seconds a page in the driver, on one core
    kept: int = 240_000_000  # bytes of memory of the driver at no page
    driver: int = 600  # bytes of memory a page in the driver
    worker: int = 410_000_000  # bytes of memory of a worker, however many pages
    read: int = 1_500  # bytes a page, text compressed (real pages; the invented ones take 510)
    part: int = 1_750  # bytes a page of results in the cache
    tables: int = 1_300  # bytes a page of the joined tables
    parallel: float = 0.88  # of the cores' time that is work, with a scheduler beside them
    core_hour: float = 0.05  # price of a rented core with 4 GB, for an hour, in dollars


def row(pages: int, cores: int, had: Measured = Measured()) -> str:  # noqa: B008  a constant
    """One line of the table: what *pages* take on *cores*; shards are joined side by side, a core each."""
    shards = -(-pages // SHARD)
    in_shard = min(pages, SHARD)
    work = pages * had.page / cores / had.parallel / 3600
    join = in_shard * had.join * -(-shards // cores) / 3600
    disk = pages * (had.read + had.part + had.tables) / 1e9
    driver = (had.kept + in_shard * had.driver) / 1e9
    return (f"| {pages:,} | {cores:,} | {shards} | {_time(work)} | {_time(join)} | {driver:,.1f} GB "
            f"| {had.worker * cores / 1e9:,.0f} GB | {disk:,.0f} GB | ${(work + join) * cores * had.core_hour:,.2f} |")


def table() -> str:
    """The table as Markdown."""
    head = ["pages", "cores", "drivers", "parts", "join", "memory of a driver", "of all workers", "disk", "cost"]
    rows = [row(10**6, 16), row(10**7, 64), row(10**8, 512)]
    return "\n".join([f"| {' | '.join(head)} |", "|" + "--:|" * len(head), *rows])


def _time(hours: float) -> str:
    return f"{hours:.1f} h" if hours >= 1 else f"{60 * hours:.0f} min"


if __name__ == "__main__":
    print(table())
