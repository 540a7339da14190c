"""What a line says on its own: its words, its hint, and numbers about its shape.

Tokens of all lines are counted in one sweep each: most of a page's time was spent here.
"""

from __future__ import annotations

import re
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from slackwater.cleaning import looks, phrases
from slackwater.cleaning.phrases import Hint

NUMBERS = (
    "words",
    "sentence end",
    "long sentence",
    "several sentences",
    "lower case words",
    "function words",
    "capitals",
    "digits",
    "repeated",  # left to the page
    "bullet",
    "quotation",
    "very short",
    "numbered",
    "cut off",
    "all capitals",
)
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
_LAST = frozenset(end[-1] for end in _ENDS)
_PUNCTUATION = ".,;:!?\"'()“”’‘"
_DIGIT = re.compile("[0-9]")


class Facts(NamedTuple):
    """Of each of *lines*: key, hint, a row of NUMBERS, and the words of its subject (five letters or more)."""

    lines: list[str]
    keys: list[str]
    hints: list[Hint | None]
    numbers: np.ndarray
    content: list[frozenset[str]]


class _Stems(dict):
    """Token → the token in lower case without punctuation, worked out once for each."""

    def __missing__(self, token: str) -> str:
        self[token] = stem = token.strip(_PUNCTUATION).lower()
        return stem


def count_words(line: str) -> int:
    """Words of *line*: runs between spaces, and every Chinese, Japanese or Korean character."""
    if line.isascii():
        return len(line.split())
    return len(_WIDE.sub(" ", line).split()) + len(_WIDE.findall(line))


def of_lines(lines: list[str]) -> Facts:
    """The facts of *lines*, which are stripped and not blank; each is measured without a look at the others."""
    keys = [phrases.key(line) for line in lines]
    tokens = [line.split() for line in lines]
    ascii_ = list(map(str.isascii, lines))
    count = [
        len(found) if plain or not _WIDE.search(line) else count_words(line)
        for line, found, plain in zip(lines, tokens, ascii_, strict=True)
    ]
    hints = [
        looks.hint(line, n) if hint is None or (n > 40 and not hint.sure) else hint
        for line, n, hint in zip(lines, count, phrases.hints(keys), strict=True)
    ]
    heads = [found if len(found) <= _HEAD else found[:_HEAD] for found in tokens]
    stems = _Stems()
    content = [
        frozenset([stems[t] for t in head if len(t) > 4]) if n >= 4 else frozenset()
        for head, n in zip(heads, count, strict=True)
    ]
    ends = [line[-1] in _LAST and line.endswith(_ENDS) for line in lines]
    numbers = np.zeros((len(lines), len(NUMBERS)))
    if not lines:
        return Facts(lines, keys, hints, numbers, content)
    numbers[:, 0] = count
    numbers[:, 1] = [end and n >= 4 for end, n in zip(ends, count, strict=True)]
    numbers[:, 2] = [end and n >= 8 for end, n in zip(ends, count, strict=True)]
    numbers[:, 3] = [n >= 12 and _INNER.search(line, 0, 2000) is not None for line, n in zip(lines, count, strict=True)]
    numbers[:, 4:7] = _shares(heads, numbers[:, 0], np.array(ascii_))
    numbers[:, 7] = [
        (len(_DIGIT.findall(line, 0, 40)) if plain else sum(map(str.isdigit, line[:40]))) / min(len(line), 40)
        for line, plain in zip(lines, ascii_, strict=True)
    ]
    numbers[:, 9] = [line[0] in "-*•·|>»◦▪■●" for line in lines]
    numbers[:, 10] = ["“" in line or '"' in line or "「" in line for line in lines]
    numbers[:, 11] = numbers[:, 0] <= 2
    numbers[:, 12] = [line[0].isdigit() for line in lines]
    numbers[:, 13] = [n >= 4 and line.endswith(_CUT) for line, n in zip(lines, count, strict=True)]
    numbers[:, 14] = [n >= 3 and line.isupper() for line, n in zip(lines, count, strict=True)]
    return Facts(lines, keys, hints, numbers, content)


def _shares(heads: list[list[str]], count: np.ndarray, ascii_: np.ndarray) -> np.ndarray:
    """Shares of small first letters, of function words and of capital ones among the tokens of each line's head."""
    flat = list(chain.from_iterable(heads))
    firsts = list(map(itemgetter(0), flat))
    lengths = np.fromiter(map(len, heads), int, len(heads))
    starts = np.cumsum(lengths) - lengths
    small, functional, capital = (
        np.add.reduceat(np.fromiter(map(test, values), float, len(flat)), starts)
        for test, values in ((str.islower, firsts), (FUNCTION_WORDS.__contains__, flat), (str.isupper, firsts))
    )
    wide = (count > lengths) & ~ascii_  # a script without spaces has no capitals to count
    shown = np.where(wide, 0, lengths)
    safe = np.maximum(shown, 1)
    return np.column_stack(
        [
            np.where(shown >= 3, small / safe, np.where(count > shown, 0.5, 0.0)),
            np.where(shown >= 3, functional / safe, np.where(count > shown, 0.25, 0.0)),
            np.where(shown >= 2, capital / safe, 0.0),
        ]
    )
