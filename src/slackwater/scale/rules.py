"""What a result depends on besides its pages: the corpus's words, the lexicon, the code and its versions."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from slackwater import engine, versions
from slackwater.errors import InputError

_PACKAGE = Path(__file__).parent.parent
# What shows results and does not make them.
_SHOWING = ("charts", "findings", "render", "notebooks")


@dataclass(frozen=True)
class Rules:
    """The desk that every part is read at, and what it was made with (see `here`). Goes to other processes."""

    desk: engine.Desk
    made_with: Mapping[str, str]

    @cached_property
    def hash(self) -> str:
        """SHA-256 of all but the facts of single pages."""
        corpus = self.desk.corpus
        return digest([corpus.company, corpus.place, corpus.sites, corpus.window, self.desk.lexicon.hash,
                       self.desk.max_bytes, self.made_with])

    def facts(self, files: tuple[str, ...]) -> Any:
        """What corpus.yaml states of *files*, or of any file where none are named; None where nothing."""
        stated, skipped = self.desk.corpus.facts, self.desk.corpus.skip
        names = files or sorted({*stated, *skipped})
        return {name: [stated.get(name), name in skipped] for name in names if name in stated or name in skipped}


def of(desk: engine.Desk) -> Rules:
    """The rules of *desk* in this process; its pages stay behind."""
    return Rules(replace(desk, work=None), here())


@lru_cache(maxsize=1)
def here() -> Mapping[str, str]:
    """Name → version of what shapes a result in this process; "code" is a hash of the package's own files."""
    found = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        inside = path.relative_to(_PACKAGE)
        if path.suffix in (".py", ".yaml", ".json") and inside.parts[0] not in _SHOWING:
            found.update(inside.as_posix().encode() + b"\0" + path.read_bytes())
    machine = f"{platform.system()} {platform.machine()}"
    return versions.installed() | {"code": found.hexdigest()[:12], "machine": machine}


def check(made_with: Mapping[str, str]) -> None:
    """Raises InputError where this process would read otherwise than the one that made the rules."""
    mine = here()
    other = [f"{name} {mine.get(name, 'missing')}, not {made_with.get(name, 'missing')}"
             for name in sorted({*mine, *made_with}) if mine.get(name) != made_with.get(name)]
    if other:
        raise InputError(f"worker on {platform.node()}: has {'; '.join(other)}. Install on every worker what the "
                         "driver has; requirements.lock pins it.")


def digest(said: Any) -> str:
    """SHA-256 of *said* as JSON."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode("utf-8", "surrogateescape")).hexdigest()
