"""A page's lines as numbers: what the weights are multiplied with.

Every column is a plain fact of a line or of its neighbours, scaled to about 0-1, so
that a weight can be read: positive speaks for the article, negative against it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from slackwater.cleaning import looks, phrases
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

FUNCTION_WORDS = frozenset(
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which"
    " one you were her all she there would their we him been has when who will more no if out so said what up its about"
    " into than them can only other some could these two may then do first any my now such like our over me even most"
    " after also did many before must through back where much your way well down should because each just those"
    " how".split()
)
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_ENDS = (
    ".",
    "!",
    "?",
    "…",
    '."',
    ".”",
    '!"',
    '?"',
    "!”",
    "?”",
    ".'",
    ".’",
    "?’",
    "!’",
    ".)",
    "!)",
    "?)",
    "。",
    "！",
    "？",
    "。”",
    "！”",
    "？”",
    "。」",
    "؟",
    "।",
    ":",
    "：",
)
_CUT = ("…", "...", "[…]", "[...]", "…]", "… more", "Read more", "Read More", "(more)", "»", ">>")
_INNER = re.compile(r"[.!?…][\"”’)]* +[\"“‘(]?[A-ZÀ-Þ0-9]|[。！？]")
_HEAD = 80  # words of a line that are looked at one by one


class Features(NamedTuple):
    """One row per line: EMISSION, START, END and GAP columns, the words of each line, its hint, its key."""

    emission: np.ndarray
    start: np.ndarray
    end: np.ndarray
    gap: np.ndarray
    words: np.ndarray
    hints: list[Hint | None]
    keys: list[str]


def count_words(line: str) -> int:
    """Words of *line*: runs between spaces, and every Chinese, Japanese or Korean character."""
    if line.isascii():
        return len(line.split())
    return len(_WIDE.sub(" ", line).split()) + len(_WIDE.findall(line))


def of_lines(lines: list[str], bullets: list[bool] | None = None) -> Features:
    """The features of a page's non-blank, stripped *lines*; *bullets*: whether a lone bullet stood above each."""
    n = len(lines)
    keys = [phrases.key(line) for line in lines]
    hints = phrases.hints(keys)
    seen: dict[str, int] = {}
    for k in keys:
        seen[k] = seen.get(k, 0) + 1

    base = np.zeros((n, 15))
    heads: list[set[str]] = []
    frequency: dict[str, int] = {}
    rows = []
    for i, line in enumerate(lines):
        tokens = line.split()
        head = tokens[:_HEAD]
        count = len(tokens) if line.isascii() else count_words(line)
        if count > 40 and hints[i] is not None and not hints[i].sure:
            hints[i] = None
        if hints[i] is None:
            hints[i] = looks.hint(line, count)
        shown = len(head)
        if count > shown and not line.isascii():  # a script without spaces has no capitals to count
            lower = caps = functional = 0.0
            shown = 0
        else:
            first = [t[0] for t in head]
            lower = sum(map(str.islower, first))
            caps = sum(map(str.isupper, first))
            functional = sum(map(FUNCTION_WORDS.__contains__, head))
        ends = line.endswith(_ENDS)
        prose = ends and count >= 8
        content: set[str] = set()
        if count >= 4:
            content = {t.strip(".,;:!?\"'()“”’‘").lower() for t in head if len(t) > 4}
            if prose and count >= 15:
                for t in content:
                    frequency[t] = frequency.get(t, 0) + 1
        heads.append(content if count >= 4 else set())
        rows.append(
            (
                count,
                ends and count >= 4,
                prose,
                count >= 12 and _INNER.search(line, 0, 2000) is not None,
                lower / shown if shown >= 3 else (0.5 if count > shown else 0.0),
                functional / shown if shown >= 3 else (0.25 if count > shown else 0.0),
                caps / shown if shown >= 2 else 0.0,
                sum(map(str.isdigit, line[:40])) / min(len(line), 40),
                seen[keys[i]] > 1 and bool(keys[i]),
                line[0] in "-*•·|>»◦▪■●" or (bullets is not None and bullets[i]),
                "“" in line or '"' in line or "「" in line,
                count <= 2,
                line[0].isdigit(),
                count >= 4 and line.endswith(_CUT),
                count >= 3 and line.isupper(),
            )
        )
    if n:
        base = np.asarray(rows, dtype=float)
    words = base[:, 0].copy()
    logs = np.minimum(np.log1p(words) / np.log(61), 1.2)

    shared = np.zeros(n)
    for i, content in enumerate(heads):
        if content:
            own = 1 if base[i, 2] and words[i] >= 15 else 0
            shared[i] = sum(1 for t in content if frequency.get(t, 0) > own) / len(content)

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
    level = 0.0
    for i, (is_heading, words) in enumerate(zip(heading.tolist(), prose.tolist(), strict=True)):
        out[i] = level
        level = 1.0 if is_heading else level * keep * (1 - 0.4 * min(words, 1.0))
    return out
