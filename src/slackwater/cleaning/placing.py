"""On which line of a page's HTML a text stands that was taken out of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape

_MARK = re.compile(r"<!--|-->|<(/?)(script|style)\b[^<>]*>|<[^<>]*>", re.I)
_PROBE = 24  # characters that are searched, white space left out: a text may have other spaces than its HTML
_LEAST = 7


class Places:
    """The words that a page's HTML shows, and the lines they stand on."""

    def __init__(self, html: str):
        self._html, self._at, self._line = html, 0, 1
        self._begins: list[int] = []
        self._lines: list[int] = []
        said: list[str] = []
        length = 0
        for number, line in enumerate(_shown(html).split("\n"), 1):
            if words := "".join(unescape(line).split()):
                self._begins.append(length)
                self._lines.append(number)
                said.append(words)
                length += len(words)
        self._said = "".join(said)

    def of(self, text: str) -> int:
        """1-based line on which *text* begins, searched below the one asked for before; else that one's.

        So a page's paragraphs, asked for in their order, are found in one reading of it.
        """
        own = text.lstrip("-| ").replace("|", "")  # without trafilatura's signs of lists and tables
        probe = "".join(own.split())[:_PROBE]
        at = self._said.find(probe, self._at) if len(probe) >= _LEAST else -1
        if at >= 0:
            self._at, self._line = at, self._lines[bisect_right(self._begins, at) - 1]
        return self._line

    def of_markup(self, text: str) -> int | None:
        """1-based line of the first place where *text* stands, tags and their attributes included; None if nowhere."""
        if (at := self._html.find(text)) >= 0:
            return self._html.count("\n", 0, at) + 1
        at = self._said.find("".join(text.split()))
        return self._lines[bisect_right(self._begins, at) - 1] if at >= 0 and self._lines else None


def _shown(html: str) -> str:
    """*html* without tags, comments, scripts and styles; all line breaks stay."""
    out: list[str] = []
    within, at = "", 0
    for mark in _MARK.finditer(html):
        out.append("\n" * html.count("\n", at, mark.start()) if within else html[at : mark.start()])
        out.append("\n" * mark[0].count("\n"))
        at = mark.end()
        name = (mark[2] or "").lower()
        if not within:
            within = "-->" if mark[0] == "<!--" else "" if mark[1] else name
        elif mark[0].endswith(within) or (mark[1] and within == name):  # <![endif]--> ends a comment too
            within = ""
    return "".join(out) + ("" if within else html[at:])
