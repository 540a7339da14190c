"""Which lines are known furniture of the web: `phrases.yaml` as a fast look-up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

# bullets, arrows and punctuation that surround a label without being part of it
TRIM = " \t\xa0\u200b\ufeff-–—*•·|>»›<«‹→←↑↓▶►▼▲●■◦:…+#_=~.!?,;/\\"
_WORD = re.compile(r"[^\W\d_]{4,}|/")


class Hint(NamedTuple):
    """What a line looks like on its own: a label, and the reason in a few words."""

    label: str
    why: str

    @property
    def sure(self) -> bool:
        """Whether a line that looks so is never article text, however long it is."""
        return self.label in ("legal", "faq") or self.why in (
            "cookie or consent notice",
            "source credit line",
            "anti-spam notice",
            "note on the author",
        )


class Phrases(NamedTuple):
    """`phrases.yaml`, split by how a phrase is matched."""

    whole: dict[str, Hint]
    starts: dict[str, list[tuple[str, Hint]]]  # by the first three characters
    parts: list[tuple[str, str, Hint]]  # after the word that is searched first, as many phrases share it


def key(line: str) -> str:
    """*line* as it is looked up: lower case, straight quotes, no bullet, no closing punctuation."""
    return line.strip(TRIM).lower().replace("’", "'")


@cache
def load() -> Phrases:
    """The phrases of the package. Read once."""
    import yaml

    text = files("slackwater.cleaning").joinpath("phrases.yaml").read_text(encoding="utf-8")
    whole: dict[str, Hint] = {}
    starts: dict[str, list[tuple[str, Hint]]] = {}
    parts: list[tuple[str, Hint]] = []
    for label, reasons in yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)).items():
        for why, phrases in reasons.items():
            hint = Hint(label, why)
            for phrase in phrases:
                words = str(phrase).lower()
                if words.startswith("*") and len(words) > 1:
                    parts.append((words.strip("*"), hint))
                elif words.endswith("*") and not words.endswith(" *"):
                    start = words[:-1].strip()
                    starts.setdefault(start[:3], []).append((start, hint))
                else:
                    whole.setdefault(key(words), hint)
    common = Counter(word for part, _ in parts for word in _probes(part))
    return Phrases(
        whole,
        starts,
        [(max(_probes(part), key=lambda word: (common[word], len(word))), part, hint) for part, hint in parts],
    )


def _probes(part: str) -> list[str]:
    """The words of *part*, of which a page must hold each one to hold *part*."""
    return _WORD.findall(part) or [part]


def hints(keys: list[str]) -> list[Hint | None]:
    """For every looked-up line (`key`), the hint of the phrase it is, starts with or holds.

    Linear in the text: one dictionary look-up and a few comparisons a line, and one
    search of the whole page for each word of the phrases that may stand anywhere.
    """
    whole, starts, parts = load()
    found: list[Hint | None] = []
    for line in keys:
        hint = whole.get(line)
        if hint is None:
            for start, its_hint in starts.get(line[:3], ()):
                if line.startswith(start) and _ends_a_word(start, line):
                    hint = its_hint
                    break
        found.append(hint)
    page = "\n".join(keys)
    ends = list(accumulate(len(line) + 1 for line in keys))
    held = {word for word in {word for word, _, _ in parts} if word in page}
    for word, part, hint in parts:
        at = page.find(part) if word in held else -1
        while at >= 0:
            row = bisect_right(ends, at)
            found[row] = found[row] or hint
            at = page.find(part, ends[row])
    return found


def _ends_a_word(start: str, line: str) -> bool:
    if len(line) == len(start):
        return True
    return not (start[-1].isascii() and start[-1].isalpha() and line[len(start)].isalpha())
