"""What every verb prints alike: JSON for programs, a line of progress, a fault in one line."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from slackwater.errors import SlackwaterError


def list_faults(pages: Iterable[tuple[str, str | None]]) -> None:
    """One line for each page that was not read, the first twenty."""
    faults = [(file, fault) for file, fault in pages if fault]
    for file, fault in faults[:20]:
        print(f"slackwater: {file}: {fault}", file=sys.stderr)
    if len(faults) > 20:
        print(f"slackwater: {len(faults) - 20} further pages were not read; see the table documents.", file=sys.stderr)


def put_json(told: object) -> None:
    """*told* as one line of JSON on standard output."""
    import json

    print(json.dumps(told, ensure_ascii=False))


def complain(error: SlackwaterError) -> int:
    """Print *error* as one line and return its exit code."""
    print(f"slackwater: {' '.join(str(error).split())}", file=sys.stderr)
    return error.code


def tell(line: str) -> None:
    """One line of progress on standard error."""
    print(f"  {line}", file=sys.stderr, flush=True)
