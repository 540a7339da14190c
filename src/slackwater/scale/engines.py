"""Engines: the same jobs in this process, in others of this machine, or on a Dask cluster.

Each yields what is done as it is done. A fault that a job names (SlackwaterError) ends the run; a
worker that dies is another matter: its job goes to the next, a few times.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from itertools import islice
from typing import Any

from slackwater.errors import InputError, SlackwaterError
from slackwater.scale.work import Done, Job

NAMES = "none, processes, dask or tcp://HOST:PORT"
TRIES = 3
_AHEAD = 3  # jobs that wait at a worker, so that it never waits for one
_ANSWER = 15.0  # seconds within which a scheduler, and one worker, must be there

Work = Callable[[Job], Done]
Tell = Callable[[str], None]


def run(name: str, jobs: Sequence[Job], work: Work, *, workers: int | None = None,
        tell: Tell = lambda line: None) -> Iterator[Done]:
    """Do *jobs* by engine *name*, with *workers* processes (one a core). Raises SlackwaterError."""
    count = max(1, min(workers or _cores(), len(jobs)))
    if not jobs:
        return iter(())
    if name == "none":
        return map(work, jobs)
    if name == "processes":
        return _processes(jobs, work, count)
    if name == "dask" or name.startswith(("tcp://", "tls://")):
        return _dask(None if name == "dask" else name, jobs, work, count, tell)
    raise InputError(f"--engine {name}: there is no such engine. Choose {NAMES}.")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processes(jobs: Sequence[Job], work: Work, count: int) -> Iterator[Done]:
    """A pool of processes; where one dies the pool is made anew for what is left."""
    left, tries = list(jobs), 0
    while left:
        try:
            for done in _pool(left, work, count):
                left = [job for job in left if job.key != done.key]
                tries = 0
                yield done
        except BrokenProcessPool:
            tries += 1
            if tries == TRIES:
                raise SlackwaterError(f"worker processes died {TRIES} times at {left[0].key} or near it: out of "
                                      "memory? Use fewer --workers; finished parts are kept.") from None


def _pool(jobs: Sequence[Job], work: Work, count: int) -> Iterator[Done]:
    import multiprocessing

    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), initializer=_quiet)
    try:
        todo = iter(jobs)
        waiting: set[Future[Done]] = {pool.submit(work, job) for job in islice(todo, count * _AHEAD)}
        while waiting:
            finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()
                waiting |= {pool.submit(work, job) for job in islice(todo, 1)}
    finally:
        for process in list((pool._processes or {}).values()):  # what runs would be waited for
            process.terminate()
        pool.shutdown(cancel_futures=True)


def _quiet() -> None:
    """Ctrl-C is the driver's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _dask(address: str | None, jobs: Sequence[Job], work: Work, count: int, tell: Tell) -> Iterator[Done]:
    """A Dask cluster: of this machine where there is no *address*."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise InputError(f"--engine {address or 'dask'}: {error.name} is not installed. "
                         "Install it: pip install 'slackwater[scale]'.") from None
    shown = address or "the cluster of this machine"
    try:
        with ExitStack() as opened:
            opened.enter_context(dask.config.set({"distributed.comm.timeouts.connect": f"{_ANSWER}s"}))
            if address is None:
                address = opened.enter_context(LocalCluster(  # on loopback: nobody else may send it work
                    n_workers=count, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0",
                    silence_logs=50)).scheduler_address
            client = _client(opened, Client, address)
            try:
                client.wait_for_workers(1, timeout=_ANSWER)
            except TimeoutError:
                raise InputError(f"{shown}: has no workers. Start some: dask worker {address}.") from None
            tell(f"Dask at {address}, dashboard {client.dashboard_link}")
            yield from _scheduled(client, jobs, work, _AHEAD * max(count, sum(client.nthreads().values())), shown)
    except OSError as error:
        if error.errno is not None:  # a disk's
            raise
        raise _gone(shown) from None  # a closed line's, from any call to the scheduler, also the last goodbye


def _scheduled(client: Any, jobs: Sequence[Job], work: Work, ahead: int, shown: str) -> Iterator[Done]:
    from distributed import as_completed
    from distributed.scheduler import KilledWorker

    todo = iter(jobs)

    def send(number: int) -> list[Any]:
        return [client.submit(work, job, key=f"part-{job.key}", pure=False, retries=0) for job in islice(todo, number)]

    queue = as_completed(send(ahead))
    for future in queue:
        try:
            done = future.result()
        except KilledWorker:
            raise SlackwaterError(f"{future.key}: worker after worker died of it: out of memory? "
                                  "Finished parts are kept.") from None
        except SlackwaterError:
            raise
        except Exception as error:
            if future.cancelled() or future.status == "lost" or client.status != "running":
                raise _gone(shown) from None
            if isinstance(error, ImportError | AttributeError):
                raise InputError(f"{shown}: a worker cannot run Slackwater ({error}). Install on every worker "
                                 "what the driver has; requirements.lock pins it.") from None
            raise
        yield done
        for new in send(1):
            queue.add(new)


def _gone(shown: str) -> SlackwaterError:
    return SlackwaterError(f"{shown}: the scheduler went away. Finished parts are kept: start it and run again.")


def _client(opened: ExitStack, client: Any, address: str) -> Any:
    try:
        return opened.enter_context(client(address, timeout=_ANSWER))
    except (OSError, TimeoutError, ValueError) as error:
        cause = str(error).splitlines()[0].rsplit(": ", 1)[-1][:120]
        raise InputError(f"{address}: no scheduler answers ({cause}). Start one with "
                         "`dask scheduler`, or take --engine dask for this machine alone.") from None
