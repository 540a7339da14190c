"""A page's lines as numbers: what the weights are multiplied with.

Every column is a plain fact of a line or of its neighbours, scaled to about 0-1, so
that a weight can be read: positive speaks for the article, negative against it.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import NamedTuple

import numpy as np

from slackwater.cleaning import facts
from slackwater.cleaning.phrases import Hint

HINTS = ("byline", "dateline", "caption", "bio", "related", "legal", "widget", "form", "faq", "boilerplate")
EMISSION = (
    "line",
    "words",
    "sentence end",
    "long sentence",
    "several sentences",
    "lower case words",
    "function words",
    "capitals",
    "digits",
    "repeated",
    "bullet",
    "quotation",
    "shared words",
    "very short",
    "prose before",
    "prose after",
    "prose near before",
    "prose near after",
    "prose far before",
    "prose far after",
    "furniture before",
    "furniture after",
    "after related heading",
    "numbered",
    "cut off",
    "dates around",
    "comments begun",
    "end matter begun",
    "part of the prose passed",
    "title above",
    "head seen",
    "short after head",
    "numbers after head",
    "headline off the subject",
    "long and repeated",
    "all capitals",
    "plain between paragraphs",
    "plain among paragraphs",
    *(f"looks like {name}" for name in HINTS),
)
START = ("start", "head of an article before", "prose from here", "heading here", "title above")
END = (
    "end",
    "related or form here",
    "bio or legal here",
    "prose from here",
    "byline here",
    "comment form here",
    "share or widget here",
    "date here",
    "head not seen",
)
GAP = ("gap line", "gap words", "gap looks like furniture", "gap looks like caption", "gap repeated")

class Features(NamedTuple):
    """One row per line: EMISSION, START, END and GAP columns, the words of each line, its hint, its key."""

    emission: np.ndarray
    start: np.ndarray
    end: np.ndarray
    gap: np.ndarray
    words: np.ndarray
    hints: list[Hint | None]
    keys: list[str]


def of_lines(lines: list[str], bullets: list[bool] | None = None) -> Features:
    """The features of a page's non-blank, stripped *lines*; *bullets*: whether a lone bullet stood above each."""
    n = len(lines)
    own = facts.of_lines(list(dict.fromkeys(lines)))  # furniture repeats: each text is measured once
    row_of = {line: row for row, line in enumerate(own.lines)}
    rows = [row_of[line] for line in lines]
    keys = [own.keys[row] for row in rows]
    hints = [own.hints[row] for row in rows]
    base = own.numbers[rows]
    seen = Counter(keys)
    base[:, 8] = [seen[key] > 1 and key != "" for key in keys]
    if bullets is not None:
        base[:, 9] = np.maximum(base[:, 9], bullets)
    words = base[:, 0].copy()
    logs = np.minimum(np.log1p(words) / np.log(61), 1.2)
    shared = _shared([own.content[row] for row in rows], (base[:, 2] > 0) & (words >= 15))

    hinted = np.zeros((n, len(HINTS)))
    column = {name: k for k, name in enumerate(HINTS)}
    for i, h in enumerate(hints):
        if h is not None:
            hinted[i, column[h.label]] = 1.0
    prose = base[:, 2] * logs * (1 - 0.7 * hinted[:, [column[c] for c in ("legal", "form", "boilerplate")]].max(axis=1))
    furniture = (
        (words <= 4)
        | (hinted[:, [column[c] for c in ("related", "legal", "widget", "form", "boilerplate")]].max(axis=1) > 0)
    ).astype(float)
    passed = np.cumsum(prose) - prose
    comments = np.array([h is not None and h.why == "comment form" for h in hints], dtype=bool)
    pointer = np.array([":" in line[:-1] for line in lines], dtype=bool)  # "Also read: ..." stands within articles
    ending = (hinted[:, [column[c] for c in ("related", "bio", "form")]].max(axis=1) > 0) & (words <= 8) & ~pointer
    enough = passed >= 4
    title_line = (
        shared * (base[:, 1] == 0) * np.minimum(words / 6, 1) * (words <= 25) * (hinted.max(axis=1) == 0) * (words >= 3)
    )
    title_like = _highest_before(title_line, 10)
    dated = np.maximum(hinted[:, column["byline"]], hinted[:, column["dateline"]])
    heads_here = title_line * (0.5 + 0.5 * np.minimum(_after(dated, 6) * 6 + _before(dated, 3) * 3, 1))
    seen_head = np.concatenate([[0.0], np.maximum.accumulate(heads_here)[:-1]]) if n else np.zeros(0)
    plain = (hinted.max(axis=1) == 0) & (base[:, 1] == 0)
    emission = np.column_stack(
        [
            np.ones(n),
            logs,
            base[:, 1],
            base[:, 2] * logs,
            base[:, 3],
            base[:, 4],
            np.minimum(base[:, 5] * 2, 1),
            base[:, 6],
            base[:, 7],
            base[:, 8],
            base[:, 9],
            base[:, 10],
            shared,
            base[:, 11],
            _before(prose, 1),
            _after(prose, 1),
            _before(prose, 4),
            _after(prose, 4),
            _before(prose, 15),
            _after(prose, 15),
            _before(furniture, 6),
            _after(furniture, 6),
            _fading(hinted[:, column["related"]] * (words <= 8) * ~pointer, base[:, 2] * logs),
            base[:, 12],
            base[:, 13],
            _after(hinted[:, column["dateline"]], 8) + _before(hinted[:, column["dateline"]], 8),
            _begun(comments & enough),
            _begun(ending & enough) * 0.5 + _begun(ending & (passed >= 8)) * 0.5,
            passed / max(passed[-1] if n else 0.0, 1.0),
            title_like,
            seen_head,
            seen_head * plain * (words <= 12),
            seen_head * base[:, 7],
            (words >= 5) & (words <= 25) & (base[:, 1] == 0) & (shared < 0.35),
            base[:, 8] * (words >= 7),
            base[:, 14],
            plain * (words <= 14) * _both(prose, 12),
            plain * (words <= 14) * _both(prose, 30),
            hinted,
        ]
    )
    article_head = np.maximum(hinted[:, column["byline"]], hinted[:, column["dateline"]])
    nearby = np.minimum(_before(article_head, 4) * 4, 1)
    ones = np.ones(n)
    from_here = _after(prose, 5, here=True)
    start = np.column_stack([ones, nearby, from_here, (words >= 4) & (base[:, 1] == 0), title_like])
    end = np.column_stack(
        [
            ones,
            hinted[:, [column["related"], column["form"]]].max(axis=1) * ~pointer,
            hinted[:, [column["bio"], column["legal"]]].max(axis=1),
            from_here,
            hinted[:, column["byline"]],
            comments,
            hinted[:, column["widget"]] * (1 - comments),
            hinted[:, column["dateline"]],
            1 - np.minimum(seen_head * 2, 1),
        ]
    )
    gap = np.column_stack(
        [
            ones,
            logs,
            hinted[:, [column[c] for c in ("related", "widget", "form", "boilerplate", "legal")]].max(axis=1),
            hinted[:, column["caption"]],
            base[:, 8],
        ]
    )
    return Features(emission, start, end, gap, words, hints, keys)


def _shared(content: list[frozenset[str]], long: np.ndarray) -> np.ndarray:
    """Which share of each line's words stands in *long* sentences elsewhere on the page."""
    prose = [words for words, is_long in zip(content, long.tolist(), strict=True) if is_long]
    frequency = Counter(chain.from_iterable(prose))
    anywhere = frozenset(frequency)
    twice = frozenset(word for word, n in frequency.items() if n > 1)
    return np.array(
        [
            len(words & (twice if is_long else anywhere)) / len(words) if words else 0.0
            for words, is_long in zip(content, long.tolist(), strict=True)
        ]
    )


def _before(values: np.ndarray, width: int) -> np.ndarray:
    """Mean of the *width* values before each place; what lies outside counts as 0."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    return (total[at] - total[np.maximum(at - width, 0)]) / width


def _after(values: np.ndarray, width: int, *, here: bool = False) -> np.ndarray:
    """Mean of the *width* values after each place, or from it on (*here*)."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values)) + (0 if here else 1)
    return (total[np.minimum(at + width, len(values))] - total[np.minimum(at, len(values))]) / width


def _both(values: np.ndarray, width: int) -> np.ndarray:
    """1.0 where some of the *width* values before a place and some after it are positive."""
    return ((_before(values, width) > 1e-9) & (_after(values, width) > 1e-9)).astype(float)


def _begun(signs: np.ndarray) -> np.ndarray:
    """1.0 on every line after the first sign."""
    return np.concatenate([[0.0], np.maximum.accumulate(signs.astype(float))[:-1]]) if len(signs) else np.zeros(0)


def _highest_before(values: np.ndarray, width: int) -> np.ndarray:
    """Highest of the *width* values before each place."""
    padded = np.concatenate([np.zeros(width), values])
    return np.lib.stride_tricks.sliding_window_view(padded, width)[: len(values)].max(axis=1)


def _fading(heading: np.ndarray, prose: np.ndarray, *, keep: float = 0.9) -> np.ndarray:
    """How strongly each line still stands under a heading: 1 after it, fading with lines and prose."""
    out = np.zeros(len(heading))
    first = int(np.argmax(heading > 0)) if heading.any() else len(heading)
    level = 0.0
    for i, (is_heading, words) in enumerate(zip(heading[first:].tolist(), prose[first:].tolist(), strict=True), first):
        out[i] = level
        level = 1.0 if is_heading else level * keep * (1 - 0.4 * min(words, 1.0))
    return out
