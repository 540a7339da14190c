"""Which texts are worth a slow pattern: those with a chunk between blanks in which it may start.

News repeats its words, so whether a chunk matters is found out once and remembered; most texts
are then let pass at the cost of splitting them.
"""

from __future__ import annotations

import re

SIZE = 2**17  # chunks remembered (some 15 MB), then forgotten all at once: memory stays flat


class Sieve(dict[str, bool]):
    """Chunk → whether *starts* is found in it. Fills itself.

    *starts* must be found in every chunk in which a match of the slow pattern starts; where it finds
    more, nothing but time is lost.
    """

    def __init__(self, starts: re.Pattern[str]) -> None:
        super().__init__()
        self.starts = starts

    def holds(self, text: str) -> bool:
        """Whether any chunk of *text* may start a match."""
        return any(map(self.__getitem__, text.split()))

    def __missing__(self, chunk: str) -> bool:
        if len(self) >= SIZE:
            self.clear()
        self[chunk] = found = self.starts.search(chunk) is not None
        return found
