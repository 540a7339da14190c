"""What was found out of a word once is remembered: news repeats its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SIZE = 300_000  # answers remembered, then forgotten all at once: memory stays flat
LONGEST = 200  # characters of a question that is remembered: what is longer is no word, and does not come again


class Memory(dict[Any, Any]):
    """Question → what *find* answers. Fills itself; bounded."""

    def __init__(self, find: Callable[[Any], Any]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, asked: Any) -> Any:
        found = self._find(asked)
        if isinstance(asked, str) and len(asked) > LONGEST:
            return found
        if len(self) >= SIZE:
            self.clear()
        self[asked] = found
        return found
