"""What a schedule reads: the structured log, and the command run on a change.

Neither is seen by the report: the clock and the host's doings stay out of the editions.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from slackwater.errors import InputError

HOOK_SECONDS = 300


class Journal:
    """A log of one JSON object a line, appended to *path*; with no path nothing is written."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path

    def write(self, event: str, **fields: Any) -> None:
        """Append {"time", "event", **fields}. Raises InputError where the file cannot be written."""
        if self.path is None:
            return
        line = json.dumps({"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "event": event, **fields},
                          ensure_ascii=True)
        try:
            with self.path.open("a", encoding="ascii") as stream:
                stream.write(line + "\n")
        except OSError as error:
            raise InputError(f"--log {self.path}: cannot be written ({error.strerror}). Name another file.") from None


def days(text: str) -> int:
    """"14d" or "2w" as days. Raises InputError."""
    match = re.fullmatch(r"(\d{1,4})([dw])", text)
    if not match:
        raise InputError(f"--stale {text}: is not a number of days. Write for example 14d or 2w.")
    return int(match[1]) * (7 if match[2] == "w" else 1)


def age(newest: str | None, today: date | None = None) -> int | None:
    """Days since *newest* (ISO day) as of *today* (the clock's day, UTC); None where no page is dated."""
    if not newest:
        return None
    today = today or date.fromisoformat(time.strftime("%Y-%m-%d", time.gmtime()))
    return (today - date.fromisoformat(newest)).days


def tell(command: str, variables: Mapping[str, str]) -> str | None:
    """Run *command* (split as a shell splits words, but never by a shell) with SLACKWATER_* *variables*.

    The texts reach it only through its environment, so that nothing in an article can become
    part of a command. Returns what went wrong in one line, or None.
    """
    import shlex
    import subprocess

    try:
        words = shlex.split(command)
        if not words:
            raise InputError("--on-change: is empty. Name a command.")
    except ValueError as error:
        raise InputError(f"--on-change {command!r}: {error}. Close the quotation.") from None
    environment = os.environ | {f"SLACKWATER_{key.upper()}": " ".join(value.replace("\0", " ").split())
                                for key, value in variables.items()}
    try:
        done = subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, timeout=HOOK_SECONDS, check=False)
    except OSError as error:
        return f"--on-change {words[0]}: cannot be run ({error.strerror})."
    except subprocess.TimeoutExpired:
        return f"--on-change {words[0]}: ran longer than {HOOK_SECONDS} s and was stopped."
    return f"--on-change {words[0]}: ended with {done.returncode}." if done.returncode else None
