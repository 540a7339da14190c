"""Editions: a report is published whole or not at all, and the last good one stays until then.

    OUT/.editions/NAME/DATE-HASH/    complete before it can be seen
    OUT/NAME                         relative link to the current edition, swapped in one rename
    OUT/.editions/NAME/.failed/      what the last failed run left, for whoever looks into it
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from slackwater import kernels
from slackwater.corpus import printable
from slackwater.errors import LockedError, PublishError

SCHEMA_VERSION = 1
# What a disk that is full says, whoever meets it: this process or a kernel.
FULL = {errno.ENOSPC: "The disk is full; make room.", errno.EDQUOT: "The quota is used up; make room.",
        errno.EFBIG: "A file may not grow so large (ulimit -f); raise the limit."}
_SHOWING = ".showing"  # names the edition that is being put into view
PARTS = ("report.html", "report.pdf", "run.json", "working/tables/documents.parquet")


class Shelf:
    """The editions of one report: `Shelf(out, name)`. Nothing is written until a method needs it."""

    def __init__(self, out: Path | str, name: str) -> None:
        self.out, self.name = Path(out), name
        self.link = self.out / name
        self.store = self.out / ".editions" / name

    def current(self) -> dict[str, Any] | None:
        """run.json of the edition in view; None where there is none, or it is not whole."""
        if not all((self.link / part).is_file() for part in PARTS):
            return None
        try:
            run = json.loads((self.link / "run.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return run if isinstance(run, dict) and run.get("schema_version") == SCHEMA_VERSION else None

    @contextmanager
    def locked(self, wait: float = 0) -> Iterator[None]:
        """Hold this report's lock, waiting up to *wait* seconds for it; a killed run leaves none behind.

        Raises LockedError where another run holds it.
        """
        import filelock

        with told(self.out):
            self.store.mkdir(parents=True, exist_ok=True)
            lock = filelock.FileLock(self.store / ".lock")
            try:
                lock.acquire(timeout=wait)
            except filelock.Timeout:
                raise LockedError(f"{printable(self.link)}: another run of this report is at work. "
                                  "Wait for it with --wait, or try again later.") from None
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A fresh folder beside the editions, removed at the end unless it was published.

        What a failed run left in it is kept as `.failed`, once.
        Raises PublishError where the output folder cannot be written.
        """
        with told(self.out):
            self.store.mkdir(parents=True, exist_ok=True)
            self._clear()
            folder = self.store / f".staging-{os.getpid()}"
            folder.mkdir()
        try:
            with told(self.out):
                yield folder
        except Exception:
            failed = self.store / ".failed"
            shutil.rmtree(failed, ignore_errors=True)
            with suppress(OSError):  # the fault itself is worth more than what it left
                folder.rename(failed)
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _clear(self) -> None:
        """Clear away what a killed run left: its kernels, its staging folder, an edition it had not yet shown."""
        for stale in self.store.glob(".staging-*"):
            kernels.clear(stale)
            shutil.rmtree(stale, ignore_errors=True)
        note = self.store / _SHOWING
        if note.is_file():
            hidden = self.store / Path(note.read_text("utf-8")).name
            if hidden.is_dir() and hidden.name not in ("", ".", "..") and hidden.resolve() != self.link.resolve():
                self._discard(hidden)
            note.unlink()

    def publish(self, staged: Path, key: str) -> Path:
        """Make *staged* the current edition and return its folder. Raises PublishError."""
        with told(self.out):
            edition = self._free(f"{time.strftime('%Y-%m-%d', time.gmtime())}-{key[:12]}")
            run = json.loads((staged / "run.json").read_text("utf-8"))
            write_json(staged / "run.json", {"schema_version": SCHEMA_VERSION, "edition": edition.name,
                                              "number": 1 + max(map(_number, self._editions()), default=0), **run})
            _flush(staged)
            if self.link.exists() and not self.link.is_symlink():
                raise PublishError(f"{printable(self.link)}: is in the way; it is not a link to an edition. Move it.")
            # between the two renames the edition is whole but not in view: the note tells the next run
            (self.store / _SHOWING).write_text(edition.name, "utf-8")
            staged.rename(edition)
            self._point_to(edition)
            (self.store / _SHOWING).unlink()
            _sync(self.store)
            _sync(self.out)
            shutil.rmtree(self.store / ".failed", ignore_errors=True)
        return edition

    def all(self) -> list[Path]:
        """The folders of the editions, the oldest first; by their number, for a clock may be set back."""
        return sorted(self._editions(), key=lambda path: (_number(path), path.name))

    def _editions(self) -> list[Path]:
        found = self.store.iterdir() if self.store.is_dir() else iter(())
        return [path for path in found if not path.name.startswith(".") and (path / "run.json").is_file()]

    def prune(self, keep: int) -> list[str]:
        """Delete the oldest editions beyond the *keep* newest, never the current one; their names.

        For whoever holds the lock.
        """
        current = self.link.resolve()
        with told(self.out):
            gone = [path for path in self.all()[:-keep] if path != current] if keep > 0 else []
            for path in gone:
                self._discard(path)
        return [path.name for path in gone]

    def made_with(self, file: str) -> list[Path]:
        """The folders of the editions that page *file* went into, or that are compared with one, the oldest first."""
        def holds(record: dict[str, Any]) -> bool:
            before = record.get("previous") or {}
            return file in record.get("fingerprint", {}).get("inputs", {}) or file in before.get("pages", {})

        return [path for path in self.all() if holds(json.loads((path / "run.json").read_text("utf-8")))]

    def forget(self, file: str) -> list[str]:
        """Delete every edition but the current one that was made with page *file*; their names."""
        current = self.link.resolve()
        gone = []
        with told(self.out):
            for path in self.made_with(file):
                if path != current:
                    self._discard(path)
                    gone.append(path.name)
            shutil.rmtree(self.store / ".failed", ignore_errors=True)  # it may hold the page too
        return gone

    def _discard(self, edition: Path) -> None:
        # out of view first, so that a kill half-way leaves litter and never half an edition
        doomed = self.store / f".staging-{edition.name}"
        edition.rename(doomed)
        shutil.rmtree(doomed)

    def _free(self, name: str) -> Path:
        """A folder name that no edition has: a forced run on the same day gets a number."""
        taken = {path.name for path in self.store.iterdir()}
        number = 1
        while (candidate := name if number == 1 else f"{name}-{number}") in taken:
            number += 1
        return self.store / candidate

    def _point_to(self, edition: Path) -> None:
        fresh = self.store / ".link"  # read from OUT, where it is moved to
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.path.relpath(edition, self.out), target_is_directory=True)
        fresh.replace(self.link)


def write_json(path: Path, content: Any) -> None:
    """*content* as indented JSON, keys in the order given."""
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _number(edition: Path) -> int:
    """How many editions were made up to this one; 0 where nothing can be read."""
    try:
        found = json.loads((edition / "run.json").read_text("utf-8")).get("number", 0)
    except (OSError, ValueError, AttributeError):
        return 0
    return found if isinstance(found, int) else 0


def _flush(folder: Path) -> None:
    """Everything below *folder* on disk before the rename makes it visible."""
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def _sync(path: Path) -> None:
    if os.name != "posix" and path.is_dir():  # only there can a folder be opened
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def told(out: Path) -> Iterator[None]:
    """Faults of the output folder in words: full, read-only, not permitted."""
    try:
        yield
    except OSError as error:
        fix = {errno.ENOSPC: FULL[errno.ENOSPC], errno.EDQUOT: FULL[errno.EDQUOT], errno.EFBIG: FULL[errno.EFBIG],
               errno.EROFS: "The file system is read-only; choose another --out.",
               errno.EACCES: "Allow writing there, or choose another --out.",
               errno.EPERM: "Allow writing there, or choose another --out.",
               }.get(error.errno or 0, "Choose another --out.")
        raise PublishError(f"{printable(error.filename or out)}: cannot be written ({error.strerror}). {fix}") from None
