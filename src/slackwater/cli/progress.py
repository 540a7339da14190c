"""What a person sees while a report is made: a bar for each notebook that runs, with the cell it is at.

Only a terminal gets bars; a file, a pipe or a scheduler's mail gets nothing but what stays to be read.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from typing import TextIO

_WIDTH = 20  # characters of a bar
_UP, _REST = "\x1b[{}A", "\r\x1b[J"  # ANSI: so many lines up; clear from here to the end of the screen


class Bars:
    """Bars on *stream* (standard error) for as long as the block runs; call it as `run.Watch` says.

    No colour where NO_COLOR is set, no bars on a terminal that calls itself dumb. Any thread may call.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty() and os.environ.get("TERM", "dumb") != "dumb"
        self._colour = not os.environ.get("NO_COLOR")
        self._lock = threading.Lock()
        self._running: dict[str, str] = {}  # notebook → its bar
        self._begun: dict[str, float] = {}
        self._drawn = 0  # lines on the screen

    def __enter__(self) -> Bars:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._running.clear()
            self._draw()

    def __call__(self, notebook: str, cell: str, done: int, cells: int) -> None:
        """*notebook* is about to run *cell*, after *done* of *cells*; with all done it is finished."""
        if not self._live:
            return
        with self._lock:
            begun = self._begun.setdefault(notebook, time.monotonic())
            if done < cells:
                self._running[notebook] = self._bar(notebook, cell, done, cells)
                self._draw()
            else:
                self._running.pop(notebook, None)
                self._draw(f"  {notebook} ({cell or f'{time.monotonic() - begun:.1f} s'})")

    def tell(self, line: str) -> None:
        """Print *line*, which stays, above the bars; on any stream."""
        with self._lock:
            self._draw(f"  {line}")

    def _bar(self, notebook: str, cell: str, done: int, cells: int) -> str:
        full = _WIDTH * done // cells
        bar = "#" * full + "-" * (_WIDTH - full)
        line = f"  {bar} {notebook}: {cell} ({done + 1} of {cells})"[:max(20, shutil.get_terminal_size().columns - 1)]
        return line.replace(bar, f"\x1b[36m{bar}\x1b[0m", 1) if self._colour else line

    def _draw(self, *lasting: str) -> None:
        """The bars anew, below the lines *lasting*."""
        up = (_UP.format(self._drawn) if self._drawn else "") + _REST if self._live else ""
        lines = [*lasting, *(self._running.values() if self._live else ())]
        self._drawn = len(self._running) if self._live else 0
        if text := up + "".join(f"{line}\n" for line in lines):
            self._stream.write(text)
            self._stream.flush()
