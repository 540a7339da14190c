"""Engines side by side: one worker against two, the memory of many pages against few, one changed page against all.

    python -m benchmarks.engines [PAGES]       20,000 by default; needs the extra `scale` for Dask

Everything is timed by the clock, since other processes do the work: run it on a machine with nothing else
to do. The whole command line counts: starting, hashing the parts, joining the tables.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks import documents

PART = 250
_DRIVER = """\
import json, resource, sys, time
from slackwater import cli
if __name__ == "__main__":
    start = time.perf_counter()
    code = cli.main(sys.argv[1:])
    seconds = time.perf_counter() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps([seconds, *(u.ru_utime + u.ru_stime for u in used), *(u.ru_maxrss / 1024 for u in used)]))
    sys.exit(code)
"""


class Run(NamedTuple):
    """Seconds by the clock; CPU seconds and peak MB of the driver, and of its workers; the tables' hash."""

    seconds: float
    cpu: float
    workers_cpu: float
    memory: float
    worker_memory: float
    hash: str


def parts(number: int, folder: Path) -> list[Path]:
    """*number* pages in Parquet parts in new *folder*, with their corpus.yaml."""
    folder.mkdir()
    (folder / "corpus.yaml").write_text(documents.CORPUS, "utf-8")
    return [part(folder / f"part-{start // PART:05}.parquet", documents.pages(PART, first=start), start)
            for start in range(0, number, PART)]


def part(path: Path, texts: list[str], first: int) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"file": [f"{at:08}.txt" for at in range(first, first + len(texts))], "text": texts})
    pq.write_table(table, path, compression="zstd")
    return path


def analysed(given: list[Path], out: Path, *options: str) -> Run:
    """`slackwater analyse` in a process of its own."""
    script = out.parent / "driver.py"
    script.write_text(_DRIVER, "utf-8")
    command = [sys.executable, script, "analyse", *given, "--corpus", given[0].parent, "--out", out, *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    return Run(*figures, json.loads((out / "analysis.json").read_text("utf-8"))["hash"])


def main(number: int = 20_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        given = parts(number, home / "parts")
        few = given[:max(len(given) // 10, 1)]
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
        print(f"{number:,} pages in {len(given)} parts of {PART}; load of the machine before: {load:.1f}\n", flush=True)
        print("| run | seconds | pages/s | CPU s, driver | workers | MB, driver | a worker | tables |")
        print("|---|--:|--:|--:|--:|--:|--:|---|")

        def shown(name: str, of: list[Path], out: str, *options: str) -> Run:
            run = analysed(of, home / out, *options)
            pages = len(of) * PART
            print(f"| {name} | {run.seconds:.1f} | {pages / run.seconds:,.0f} | {run.cpu:.1f} | {run.workers_cpu:.1f} "
                  f"| {run.memory:,.0f} | {run.worker_memory:,.0f} | {run.hash[:12]} |", flush=True)
            return run

        def changed(of: list[Path], at: int) -> list[Path]:
            texts = documents.pages(PART, first=at * PART)
            texts[7] = texts[7].replace("said", "told us", 1)
            part(of[at], texts, at * PART)
            return of

        processes = ("--engine", "processes", "--workers", "2")
        alone = shown("none, a tenth of the pages", few, "alone", "--engine", "none", "--no-cache")
        small = shown("processes, a tenth", few, "small", *processes)
        one = shown("dask, 1 worker", given, "one", "--engine", "dask", "--workers", "1", "--no-cache")
        two = shown("dask, 2 workers", given, "two", "--engine", "dask", "--workers", "2", "--no-cache")
        full = shown("processes, 2 workers", given, "full", *processes)
        again = shown("one page changed", changed(given, len(given) // 2), "full", "--engine", "none")
        patched = shown("one page of the tenth changed", changed(few, 0), "small", "--engine", "none")
        fresh = shown("that tenth afresh", few, "fresh", *processes, "--no-cache")
        assert one.hash == two.hash == full.hash != again.hash and alone.hash == small.hash
        assert patched.hash == fresh.hash != small.hash
        whole = full.cpu + full.workers_cpu
        print(f"\ntwo workers are {one.seconds / two.seconds:.2f} × one; one changed page costs "
              f"{again.cpu / whole:.1%} of the CPU time of a full run, of the tenth shown to be the same bytes; peak "
              f"memory of the driver {full.memory / small.memory:.2f} × that of a tenth of the pages")


if __name__ == "__main__":
    started = time.perf_counter()
    main(*(int(word.replace(",", "")) for word in sys.argv[1:2]))
    print(f"{time.perf_counter() - started:.0f} s in all")
