"""Imports that cost a second for nothing, without that."""

from __future__ import annotations

import sys
from typing import Any

_GRAMMAR = "rfc3987_syntax"


def nbformat() -> Any:
    """The package nbformat.

    It imports jsonschema, and that a grammar of international addresses, compiled anew each time: nine tenths of
    what the import takes, for a format (`iri`) that no notebook has. jsonschema does without where it is missing,
    so it is, while this import lasts.
    """
    hidden = "jsonschema" not in sys.modules and _GRAMMAR not in sys.modules
    if hidden:
        sys.modules[_GRAMMAR] = None  # type: ignore[assignment]
    try:
        import nbformat
    finally:
        if hidden:
            del sys.modules[_GRAMMAR]
    return nbformat
