"""Table 2: where our own time goes, stage by stage, so that the next gain is known."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from benchmarks import documents, whole_job


def run(*, size: int) -> str:
    """The table as Markdown, from one run over *size* pages after another of a tenth as many."""
    from slackwater import claims, clean, engine, formats, sentences, themes, tone
    from slackwater.scale import copies

    stages = {
        "decoding the files": (formats, "decode"),
        "cleaning: lines, metadata, language": (clean, "page"),
        "sentences": (sentences, "of_page"),
        "tone of sentences, raw and masked": (tone, "measure"),
        "tone of pages, uncleaned too, with intervals": (tone, "by_page"),
        "direction, certainty, speaker, site": (themes, "read_page"),
        "verdicts of pages": (themes, "verdicts"),
        "copies of another page": (copies, "found"),
        "claims": (claims, "find"),
    }
    spent = dict.fromkeys(stages, 0.0)
    originals = {name: getattr(*where) for name, where in stages.items()}
    with tempfile.TemporaryDirectory() as folder:
        engine.finished(whole_job.desk(documents.folder(max(size // 10, 1), Path(folder, "warm"))))
        desk = whole_job.desk(documents.folder(size, Path(folder, "pages"), first=size))
        try:
            for name, (module, function) in stages.items():
                setattr(module, function, _timed(originals[name], name, spent))
            start = time.process_time()
            engine.finished(desk)
            total = time.process_time() - start
        finally:
            for name, (module, function) in stages.items():
                setattr(module, function, originals[name])
    spent["the rest: reading files, making and joining tables"] = total - sum(spent.values())
    lines = [f"### Where our time goes, {size} pages: {1000 * total / size:.2f} ms a page", "",
             "| stage | ms a page | share |", "|---|--:|--:|"]
    lines += [f"| {name} | {1000 * seconds / size:.2f} | {seconds / total:.0%} |" for name, seconds in spent.items()]
    return "\n".join([*lines, ""])


def _timed(function: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    @wraps(function)
    def timed(*args: Any, **kwargs: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent[name] += time.process_time() - start

    return timed
