"""A report run: check everything, run the notebooks, render, publish."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from slackwater import changes, editions, fingerprint, listing, parameters
from slackwater.assembly import STAGES, STEMS, Line, Settings, Watch
from slackwater.corpus import printable
from slackwater.errors import InputError

__all__ = ["NOTEBOOKS", "STAGES", "STEMS", "Done", "Settings", "Watch", "in_folder", "prepare", "report"]

_INSTALLED = Path(__file__).parent / "notebooks"  # put there when a wheel is built
NOTEBOOKS = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[2] / "notebooks"
# What must be the same after a run as before it; new code or packages are the next run's affair.
_READ = ("inputs", "lexicon", "notebooks")


class Done(NamedTuple):
    """How a run ended: the edition's name, where it is seen, and whether it was there already."""

    edition: str
    folder: Path
    current: bool
    name: str
    change: str  # what changed since the edition before, in one line; "" where this one was there already
    faults: tuple[tuple[str, str | None], ...]  # (file, why it was not read or null) of each page
    newest: str | None  # last day on which the newest page may have been published


def report(folder: Path | str, settings: Settings, *, tell: Callable[[str], None] = lambda line: None) -> Done:
    """Make the report of the corpus in *folder* under OUT/NAME, unless that edition is there already.

    *tell* is called with one line of progress at a time.
    Raises InputError (2) before a kernel starts, NotebookError (3), PublishError (4), LockedError (5).
    """
    folder = Path(folder)
    if folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK):
        raise InputError(f"{printable(folder)}: may not be read. Check the folder's permissions.")
    if not settings.force and (done := _current(folder, settings)):
        return done

    line = prepare(folder, settings, tell)
    shelf = editions.Shelf(settings.out, line.corpus.name)
    with shelf.locked(settings.wait):
        # what was found before the lock may have been published since
        if not settings.force and (done := _current(folder, settings)):
            return done
        done = _published(line, shelf)
    listing.write(settings.out)
    return done


def _published(line: Line, shelf: editions.Shelf) -> Done:
    """Run *line* and publish what it made, if it was made from what is there still; else run once more."""
    for last in (False, True):
        with shelf.staging() as staging:
            found = shelf.current()
            before = found and changes.without(found["state"], line.corpus.withdrawn)
            line.run(staging, before, None if line.settings.force else found, shelf.link)
            after = _laid_out(line.corpus.folder, line.settings, line.tell)
            if after.corpus == line.corpus and all(after.mark[part] == line.mark[part] for part in _READ):
                edition = shelf.publish(staging, line.mark["key"])
                return _done(edition.name, shelf, line.state, current=False, change=line.changes["line"])
        if last or after.corpus.name != shelf.name:
            break
        line.tell("the inputs changed while they were read; once more")
        line = after
    raise InputError(f"{printable(line.corpus.folder)}: changed while the report was made from it. "
                     "Run it again when nobody writes there.")


def prepare(folder: Path, settings: Settings, tell: Callable[[str], None]) -> Line:
    """Everything that can be checked before a kernel starts, checked. Raises InputError."""
    from slackwater import lexicon

    line = _laid_out(folder, settings, tell)
    lexicon.load(line.corpus.lexicon)
    return line


def _laid_out(folder: Path, settings: Settings, tell: Callable[[str], None]) -> Line:
    from slackwater import corpus as corpora

    corpus = corpora.load(folder)
    notebooks = in_folder(corpus.notebooks or NOTEBOOKS)
    chosen = chosen_parameters(settings, notebooks)
    return Line(notebooks[0].parent, chosen, corpus, _mark(folder, corpus.lexicon, notebooks, chosen, settings),
                settings, tell)


def in_folder(folder: Path) -> list[Path]:
    """The four notebooks of a report in *folder*. Raises InputError where one is missing."""
    notebooks = [folder / f"{stem}.ipynb" for stem in STEMS]
    for notebook in notebooks:
        if not notebook.is_file():
            raise InputError(f"{notebook}: there is no such file. A report needs {', '.join(STEMS)} in that folder.")
    return notebooks


def chosen_parameters(settings: Settings, notebooks: list[Path]) -> dict[str, dict[str, Any]]:
    """The parameters that *settings* give, by notebook, checked. Raises InputError."""
    return parameters.checked([*settings.param, *([] if settings.quotes else ["quotes=false"])], notebooks)


def _mark(folder: Path, lexicon: Path, notebooks: list[Path], chosen: Mapping[str, Mapping[str, Any]],
          settings: Settings) -> dict[str, Any]:
    return fingerprint.of_run(folder, lexicon, notebooks, {"max_bytes": settings.max_bytes}, chosen)


def _done(edition: str, shelf: editions.Shelf, state: Mapping[str, Any], *, current: bool, change: str = "") -> Done:
    faults = tuple((file, page["fault"]) for file, page in state["pages"].items())
    return Done(edition, shelf.link, current, shelf.name, change, faults, state.get("date"))


def _current(folder: Path, settings: Settings) -> Done | None:
    """The published edition of this folder if nothing has changed, found by hashing alone.

    corpus.yaml is not parsed for this: an edition made from the same bytes of it knows what it names.
    """
    said = folder / "corpus.yaml"
    if not said.is_file():
        return None
    digest = hashlib.sha256(said.read_bytes()).hexdigest()
    for record in sorted(settings.out.glob("*/run.json")):
        shelf = editions.Shelf(settings.out, record.parent.name)
        found = shelf.current()
        if found and found["fingerprint"]["inputs"].get(said.name) == digest:
            own = fingerprint.PACKAGE / "lexicons" / found["lexicon"]
            notebooks = in_folder(folder / found["notebooks"] if found["notebooks"] else NOTEBOOKS)
            mark = _mark(folder, own if own.is_file() else folder / found["lexicon"], notebooks,
                         chosen_parameters(settings, notebooks), settings)
            if found["fingerprint"]["key"] == mark["key"]:
                return _done(found["edition"], shelf, found["state"], current=True)
    return None
