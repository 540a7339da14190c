"""One task: a part of pages becomes a result in the cache. Runs in this process or in a worker's."""

from __future__ import annotations

import pickle
import time
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from slackwater.corpus import printable
from slackwater.errors import InputError
from slackwater.scale.parts import Source
from slackwater.scale.rules import Rules, check


class Job(NamedTuple):
    """What a worker needs: the part, the name of its result, the folder of results, the rules pickled.

    `made_with` stands beside them, so that a worker of another version says so before it opens them.
    """

    source: Source
    key: str
    folder: Path
    rules: bytes
    made_with: tuple[tuple[str, str], ...]


class Done(NamedTuple):
    """A result that is there: its name, the number of its pages, the seconds they took."""

    key: str
    pages: int
    seconds: float


def run(job: Job) -> Done:
    """Make the result. Raises InputError and PublishError; then nothing of it is there."""
    from slackwater import engine
    from slackwater.editions import told
    from slackwater.scale import cache, parts

    started = time.perf_counter()
    rules = _rules(job.rules, job.made_with)
    if not job.folder.is_dir():
        raise InputError(f"{printable(job.folder)}: cannot be seen by a worker. Give an --out that all of them share.")
    with told(job.folder / job.key):
        made = (engine.part(rules.desk, pages) for pages in parts.pages(job.source, rules))
        count = cache.write(job.folder, job.key, made)
    return Done(job.key, count, time.perf_counter() - started)


@lru_cache(maxsize=2)
def _rules(pickled: bytes, made_with: tuple[tuple[str, str], ...]) -> Rules:
    check(dict(made_with))
    return pickle.loads(pickled)
