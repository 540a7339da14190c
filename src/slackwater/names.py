"""Is a text about the subject at all? The names of the company, or of the place, found as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slackwater.corpus import Corpus


class Names:
    """Names that stand for one thing; `shown` is the first. "A / B" names two."""

    def __init__(self, names: Iterable[str]) -> None:
        kept = [name for given in names for name in given.split(" / ")]
        self.shown = kept[0]
        # no \b: a name may begin or end with a sign, and Chinese has no spaces
        self._pattern = re.compile("|".join(
            (r"(?<![^\W_])" if name[0].isascii() else "") + r"\s+".join(map(re.escape, name.split()))
            + (r"(?![^\W_])" if name[-1].isascii() else "") for name in kept), re.IGNORECASE)

    def within(self, text: str) -> bool:
        """Whether *text* names it."""
        return bool(self._pattern.search(text))


class Subject:
    """The company and the place of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.company, self.place = Names(corpus.company), Names(corpus.place)

    def missing(self, text: str) -> str | None:
        """"does not name Acme or Ghent", where *text* lacks one of them or both; else None."""
        missing = [names.shown for names in (self.company, self.place) if not names.within(text)]
        return f"does not name {' or '.join(missing)}" if missing else None
