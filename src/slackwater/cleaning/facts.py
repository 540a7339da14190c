"""What a line says on its own: its words, its hint, and numbers about its shape.

Tokens of all lines are counted in one sweep each: most of a page's time was spent here.
"""

from __future__ import annotations

import re
from itertools import compress, count, repeat
from typing import NamedTuple

import numpy as np

from slackwater.cleaning import letters, looks, phrases
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
_INNER = re.compile(r"[.!?…。！？](?:(?<=[。！？])|[\"”’)]* +[\"“‘(]?[A-ZÀ-Þ0-9])")  # begins with one set: found faster
_ASIDE = re.compile(r"(?<=[.!?…”\"’])(?:\s*[(\[][^()\[\]]{1,200}[)\]]){1,3}\Z")
_HEAD = 80  # words of a line that are looked at one by one
_OPENING = 40  # characters of a line in which digits are counted
_LAST = frozenset(end[-1] for end in _ENDS)
_PUNCTUATION = ".,;:!?\"'()“”’‘"


class Facts(NamedTuple):
    """Of each of *lines*: key, hint and, in a row for each of NUMBERS, that number.

    `subjects`, `holders`: pairs of a subject word (five letters or more, as a number) and a line that holds it.
    """

    lines: list[str]
    keys: list[str]
    hints: list[Hint | None]
    numbers: np.ndarray
    subjects: np.ndarray
    holders: np.ndarray


def of_lines(lines: list[str]) -> Facts:
    """The facts of *lines*, which are distinct, stripped and not blank; each is measured without the others."""
    n = len(lines)
    numbers = np.zeros((len(NUMBERS), n))
    if not lines:
        return Facts(lines, [], [], numbers, np.zeros(0, np.int64), np.zeros(0, np.int64))
    keys = phrases.keys(lines)
    page = letters.of_lines(lines)
    space = (page.kinds & letters.SPACE) > 0
    changes = np.flatnonzero(space[1:] != space[:-1]) + 1
    begins, ends = np.concatenate([[0], changes, [len(space)]]).reshape(-1, 2).T  # of each run between spaces
    lengths = ends - begins
    tokens = page.text.split()
    spaced = page.per_line(begins)
    held = page.held()
    words = _words(page, space, spaced) if (held & letters.WIDE).any() else spaced
    heads = np.minimum(spaced, _HEAD)
    if heads.sum() < len(tokens):
        seen = np.arange(len(begins)) - np.repeat(np.cumsum(spaced) - spaced, spaced) < _HEAD
        begins, lengths, tokens = begins[seen], lengths[seen], list(compress(tokens, seen.tolist()))
    counts = words.tolist()
    numbered = ((held & letters.DIGIT) > 0).tolist()
    hints = [
        looks.hint(line, count, signs, digit) if hint is None or (count > 40 and not hint.sure) else hint
        for line, count, digit, hint, signs in zip(lines, counts, numbered, *phrases.hints(keys), strict=True)
    ]
    digits = np.flatnonzero((page.kinds & letters.DIGIT) > 0)
    opened = np.minimum(page.starts + _OPENING, page.edges[1:] - 1)
    numbers[0] = words
    numbers[1] = [count >= 4 and _ends(line) for line, count in zip(lines, counts, strict=True)]
    numbers[2] = numbers[1] * (words >= 8)
    numbers[3] = [
        count >= 12 and _INNER.search(line, 0, 2000) is not None for line, count in zip(lines, counts, strict=True)
    ]
    numbers[4:7] = _shares(page.kinds[begins], tokens, heads, words, words > spaced)
    numbers[7] = (np.searchsorted(digits, opened) - np.searchsorted(digits, page.starts)) / (opened - page.starts)
    numbers[9] = [line[0] in "-*•·|>»◦▪■●" for line in lines]
    numbers[10] = (held & letters.QUOTE) > 0
    numbers[11] = words <= 2
    numbers[12] = (page.kinds[page.starts] & letters.DIGIT) > 0
    numbers[13] = [count >= 4 and line.endswith(_CUT) for line, count in zip(lines, counts, strict=True)]
    numbers[14] = (held & (letters.SMALL | letters.CAPITAL | letters.TITLE) == letters.CAPITAL) & (words >= 3)
    return Facts(lines, keys, hints, numbers, *_subjects(tokens, lengths > 4, heads, words))


def _ends(line: str) -> bool:
    """Whether *line* ends as a sentence does, an aside after it left out: "… last year. (Editing by Ann Lee)"."""
    if line[-1] in ")]":
        line = _ASIDE.sub("", line)
    return line[-1] in _LAST and line.endswith(_ENDS)


def _words(page: letters.Letters, space: np.ndarray, spaced: np.ndarray) -> np.ndarray:
    """Words of each line: runs between spaces (*spaced*), and every Chinese, Japanese or Korean character."""
    wide = (page.kinds & letters.WIDE) > 0
    apart = space | wide
    runs = np.flatnonzero(~apart & np.concatenate([[True], apart[:-1]]))
    return page.per_line(runs) + page.per_line(np.flatnonzero(wide))


def _shares(
    firsts: np.ndarray, tokens: list[str], heads: np.ndarray, words: np.ndarray, unspaced: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shares of small first letters, of function words and of capital ones among the tokens of each line's head."""
    functional = np.fromiter(map(FUNCTION_WORDS.__contains__, tokens), bool, len(tokens))
    begins = np.cumsum(heads) - heads
    small, function, capital = (
        np.add.reduceat(of, begins, dtype=np.int64)
        for of in ((firsts & letters.SMALL) > 0, functional, (firsts & letters.CAPITAL) > 0)
    )
    shown = np.where(unspaced, 0, heads)  # a script without spaces has no capitals to count
    safe = np.maximum(shown, 1)
    return (
        np.where(shown >= 3, small / safe, np.where(words > shown, 0.5, 0.0)),
        np.where(shown >= 3, function / safe, np.where(words > shown, 0.25, 0.0)),
        np.where(shown >= 2, capital / safe, 0.0),
    )


def _subjects(
    tokens: list[str], long: np.ndarray, heads: np.ndarray, words: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The distinct pairs (subject word, line), of the *long* tokens of lines of four words or more."""
    line = np.repeat(np.arange(len(heads)), heads)
    long = long & np.repeat(words >= 4, heads)
    chosen = [*map(str.lower, map(str.strip, compress(tokens, long.tolist()), repeat(_PUNCTUATION)))]
    number_of = dict(zip(chosen, count()))
    size = max(len(chosen), 1)
    pairs = np.sort(line[long] * size + np.fromiter(map(number_of.__getitem__, chosen), np.int64, len(chosen)))
    pairs = pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])[: len(pairs)]]
    return pairs % size, pairs // size
