"""A page's lines as numbers: what the weights are multiplied with.

Every column is a plain fact of a line or of its neighbours, scaled to about 0-1, so
that a weight can be read: positive speaks for the article, negative against it.
"""

from __future__ import annotations

from collections import Counter
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
START = ("start", "head of an article before", "prose from here", "heading here", "title above", "prose to come")
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
    "prose to come",
)
_COLUMN = {name: column for column, name in enumerate(HINTS)}
_WIDEST = 30  # lines
_LOG_61 = np.log(61)
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
    rows = np.fromiter(map(row_of.__getitem__, lines), np.int64, n)
    keys = [own.keys[row] for row in rows.tolist()]
    hints = [own.hints[row] for row in rows.tolist()]
    seen = Counter(keys)
    base = own.numbers.take(rows, axis=1)
    base[8] = [seen[key] > 1 and key != "" for key in keys]
    if bullets is not None:
        base[9] = np.maximum(base[9], bullets)
    words, end, prose_like, digits, repeated = base[0].copy(), base[1], base[2], base[7], base[8]
    logs = np.minimum(np.log1p(words) / _LOG_61, 1.2)
    shared = _shared(own, np.bincount(rows, minlength=len(own.lines)))[rows]

    hinted = np.zeros((len(HINTS), n))
    comments, pointer = np.zeros((2, n), bool)
    for i, h in enumerate(hints):
        if h is not None:
            hinted[_COLUMN[h.label], i] = 1.0
            comments[i] = h.why == "comment form"
            pointer[i] = ":" in lines[i][:-1]  # "Also read: ..." stands within articles
    byline, dateline, caption, bio, related, legal, widget, form, _, boilerplate = hinted
    furnished = _any(legal, form, boilerplate)
    marked = _any(furnished, related, widget)
    unhinted = hinted.max(axis=0, initial=0.0) == 0
    sentence = prose_like * logs
    prose = sentence * (1 - 0.7 * furnished)
    around = _Means(prose)
    furniture = _Means(((words <= 4) | (marked > 0)).astype(float))
    passed = np.cumsum(prose) - prose
    ending = (_any(related, bio, form) > 0) & (words <= 8) & ~pointer
    enough = passed >= 4
    title_line = shared * (end == 0) * np.minimum(words / 6, 1) * (words <= 25) * unhinted * (words >= 3)
    title_like = _highest_before(title_line, 10)
    article_head = np.maximum(byline, dateline)
    dated = _Means(article_head)
    heads_here = title_line * (0.5 + 0.5 * np.minimum(dated.after(6) * 6 + dated.before(3) * 3, 1))
    seen_head = _earlier(heads_here)
    plain = unhinted & (end == 0)
    short = plain * (words <= 14)
    dates = _Means(dateline)
    part_passed = passed / max(passed[-1] if n else 0.0, 1.0)
    ones = np.ones(n)
    emission = _rows(
        ones,
        logs,
        end,
        sentence,
        base[3],
        base[4],
        np.minimum(base[5] * 2, 1),
        base[6],
        digits,
        repeated,
        base[9],
        base[10],
        shared,
        base[11],
        around.before(1),
        around.after(1),
        around.before(4),
        around.after(4),
        around.before(15),
        around.after(15),
        furniture.before(6),
        furniture.after(6),
        _fading(related * (words <= 8) * ~pointer, sentence),
        base[12],
        base[13],
        dates.after(8) + dates.before(8),
        _earlier(comments & enough),
        _earlier(ending & enough) * 0.5 + _earlier(ending & (passed >= 8)) * 0.5,
        part_passed,
        title_like,
        seen_head,
        seen_head * plain * (words <= 12),
        seen_head * digits,
        (words >= 5) & (words <= 25) & (end == 0) & (shared < 0.35),
        repeated * (words >= 7),
        base[14],
        short * around.both(12),
        short * around.both(30),
        *hinted,
    )
    from_here = around.after(5, here=True)
    to_come = 1 - part_passed
    heading = (words >= 4) & (end == 0)
    start = _rows(ones, np.minimum(dated.before(4) * 4, 1), from_here, heading, title_like, to_come)
    ends = _rows(
        ones,
        _any(related, form) * ~pointer,
        _any(bio, legal),
        from_here,
        byline,
        comments,
        widget * (1 - comments),
        dateline,
        1 - np.minimum(seen_head * 2, 1),
        to_come,
    )
    gap = _rows(ones, logs, marked, caption, repeated)
    return Features(emission, start, ends, gap, words, hints, keys)


def _rows(*columns: np.ndarray) -> np.ndarray:
    """The *columns* side by side, a row for each line."""
    out = np.empty((len(columns), len(columns[0])))
    for row, values in zip(out, columns, strict=True):
        row[:] = values
    return out.T


def _any(*signs: np.ndarray) -> np.ndarray:
    """1.0 where one of the *signs*, which are 0 or 1, is."""
    out = signs[0]
    for more in signs[1:]:
        out = np.maximum(out, more)
    return out


def _shared(own: facts.Facts, copies: np.ndarray) -> np.ndarray:
    """Which share of each distinct line's words stands in long sentences elsewhere on the page; *copies* of each."""
    n = len(own.lines)
    long = (own.numbers[2] > 0) & (own.numbers[0] >= 15)
    frequency = np.bincount(own.subjects, weights=(long * copies)[own.holders])
    known = frequency[own.subjects] > long[own.holders]
    return np.bincount(own.holders[known], minlength=n) / np.maximum(np.bincount(own.holders, minlength=n), 1)


class _Means:
    """Means of a row of values over the places before or after each, up to _WIDEST; what lies outside counts as 0."""

    def __init__(self, values: np.ndarray):
        self.n = len(values)
        self.total = np.zeros(self.n + 2 * _WIDEST + 1)  # with what lies outside
        np.cumsum(values, out=self.total[_WIDEST + 1 : _WIDEST + 1 + self.n])
        self.total[_WIDEST + 1 + self.n :] = self.total[_WIDEST + self.n]

    def _mean(self, first: int, width: int) -> np.ndarray:
        start = _WIDEST + first
        return (self.total[start + width : start + width + self.n] - self.total[start : start + self.n]) / width

    def before(self, width: int) -> np.ndarray:
        """Of the *width* values before each place."""
        return self._mean(-width, width)

    def after(self, width: int, *, here: bool = False) -> np.ndarray:
        """Of the *width* values after each place, or from it on (*here*)."""
        return self._mean(0 if here else 1, width)

    def both(self, width: int) -> np.ndarray:
        """Whether some of the *width* values before a place and some after it are positive."""
        return (self.before(width) > 1e-9) & (self.after(width) > 1e-9)


def _earlier(signs: np.ndarray) -> np.ndarray:
    """The highest of the signs before each line; 0 on the first."""
    out = np.zeros(len(signs))
    np.maximum.accumulate(signs[:-1], out=out[1:])
    return out


def _highest_before(values: np.ndarray, width: int) -> np.ndarray:
    """Highest of the *width* values, which are not negative, before each place; 0 where none stands before."""
    out, reach = np.concatenate([[0.0], values[:-1]]), 1
    while reach < width:  # the highest of twice as many, until they are enough
        step = min(reach, width - reach)
        out[step:] = np.maximum(out[step:], out[:-step])
        reach += step
    return out


def _fading(heading: np.ndarray, prose: np.ndarray, *, keep: float = 0.9) -> np.ndarray:
    """How strongly each line still stands under a heading: 1 after it, fading with lines and prose."""
    out = np.zeros(len(heading))
    first = int(np.argmax(heading > 0)) if heading.any() else len(heading)
    left = 1 - 0.4 * np.minimum(prose[first:], 1.0)
    levels, level = [], 0.0
    for is_heading, share in zip(heading[first:].tolist(), left.tolist(), strict=True):
        levels.append(level)
        level = 1.0 if is_heading else level * keep * share
    out[first:] = levels
    return out
