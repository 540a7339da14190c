"""A Dask cluster on loopback: a scheduler and its workers, each a process of its own that a test may kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class Cluster(NamedTuple):
    address: str
    scheduler: subprocess.Popen
    workers: list[subprocess.Popen]


@contextmanager
def cluster(folder: Path, *, workers: int = 2, path: Path | None = None) -> Iterator[Cluster]:
    """*workers* of one thread each; *path* stands first among the places they import from."""
    folder.mkdir()
    note, env = folder / "scheduler.json", {**os.environ, "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "critical"}
    if path:
        env["PYTHONPATH"] = str(path)
    started: list[subprocess.Popen] = []

    def start(program: str, *options: str) -> subprocess.Popen:
        command = [sys.executable, "-m", f"distributed.cli.dask_{program}", "--scheduler-file", str(note), *options]
        with (folder / f"{program}-{len(started)}.log").open("wb") as log:
            started.append(subprocess.Popen(command, env=env, cwd=folder, stdout=log, stderr=log))
        return started[-1]

    try:
        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        deadline = time.monotonic() + 60
        while not note.exists() or not note.read_text().strip():
            assert scheduler.poll() is None and time.monotonic() < deadline, (folder / "scheduler-0.log").read_text()
            time.sleep(0.05)
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1",
                   "--local-directory", str(folder))
        address = json.loads(note.read_text())["address"]
        yield Cluster(address, scheduler, [start("worker", *options) for _ in range(workers)])
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()
