"""The folder that a run's kernels live in, and the end of everything that was started from it."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_RECORD = ".kernels"
_PATIENCE = 20  # looks for processes that are being started while the others are ended


@contextmanager
def folder(staging: Path) -> Iterator[Path]:
    """A folder for settings and sockets that only this user can enter; it and all that runs from it end with it.

    It lies in the system's temporary folder, since the path of a socket has at most 107 bytes. *staging*
    notes where, before it is made, so that the run after a killed one can clear it.
    """
    import tempfile  # late, as all that an unchanged corpus does not need

    private = Path(tempfile.gettempdir()) / f"slackwater-{os.urandom(8).hex()}"
    (staging / _RECORD).write_text(str(private), "utf-8")
    private.mkdir(mode=0o700)
    try:
        yield private
    finally:
        end(private)
        shutil.rmtree(private, ignore_errors=True)
        (staging / _RECORD).unlink(missing_ok=True)


def clear(staging: Path) -> None:
    """End what a killed run left running, and delete its folder of kernels."""
    with suppress(OSError, ValueError):
        private = Path((staging / _RECORD).read_text("utf-8"))
        # the note lies in a folder that others may write to; nothing but such a folder of ours is deleted
        if re.fullmatch(r"slackwater-[0-9a-f]{16}", private.name) and not private.is_symlink():
            end(private)
            shutil.rmtree(private, ignore_errors=True)


def end(private: Path) -> None:
    """Kill every process whose settings lie in folder *private*: kernels, their children, and theirs.

    They are known by the environment that a child inherits, so that one which left the kernel's process
    group is found too. Linux alone shows it; elsewhere the kernel's group is all that is ended.
    """
    mark = f"IPYTHONDIR={private}".encode()
    for _ in range(_PATIENCE):
        found = [int(entry.name) for entry in os.scandir("/proc") if entry.name.isdecimal() and _holds(entry, mark)] \
            if Path("/proc/self/environ").exists() else []
        if not found:
            return
        for process in found:
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)


def _holds(entry: os.DirEntry[str], mark: bytes) -> bool:
    with suppress(OSError), open(f"{entry.path}/environ", "rb") as stream:  # noqa: PTH123 (many, often)
        return any(value == mark or value.startswith(mark + b"/") for value in stream.read().split(b"\0"))
    return False
