"""papermill's notebook client with a bound: a cell that prints without end fills neither memory nor disk.

Cut at a character, not at a message, so that the same notebook gives the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

PRINTED = 1_000_000  # characters of each stream of a cell
SHOWN = 64_000_000  # characters of all that a notebook shows: tables, figures
TRACEBACK = 20_000  # characters of an error
_CUT = "\n[… what came after {:,} characters was left out]\n"


def client(*args: Any, **settings: Any) -> Any:
    """A PapermillNotebookClient, made of *args* and *settings*, that keeps what the bounds of this module allow."""
    from papermill.clientwrap import PapermillNotebookClient

    class Client(PapermillNotebookClient):
        def __init__(self, *args: Any, **settings: Any) -> None:
            super().__init__(*args, **settings)
            self.printed: Counter[tuple[int, str]] = Counter()
            self.shown = 0

        def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
            kind, content = msg["msg_type"], msg["content"]
            if kind == "stream":
                key = (cell_index, content["name"])
                room, text = PRINTED - self.printed[key], content["text"]
                self.printed[key] += len(text)
                if room < 0:
                    return None
                if len(text) > room:
                    content = {**content, "text": text[:room] + _CUT.format(PRINTED)}
            elif kind in ("display_data", "execute_result", "update_display_data"):
                self.shown += len(json.dumps(content.get("data", {}), default=str))
                if self.shown > SHOWN:
                    content = {**content, "metadata": {}, "data": {"text/plain": _CUT.format(SHOWN).strip()}}
            elif kind == "error":
                content = {**content, "evalue": content["evalue"][:TRACEBACK],
                           "traceback": ["\n".join(content["traceback"])[:TRACEBACK]]}
            return super().process_message({**msg, "content": content}, cell, cell_index)

    return Client(*args, **settings)
