"""Whether the best stretch of a page is an article, or only the best of its furniture.

A page whose article is missing still holds prose: notices on cookies, notes on authors,
teasers of other stories, comments. A few signs of the whole stretch tell most of them
apart; their weights stand in `weights.yaml` under "article", fitted by benchmarks/pages_fit.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from slackwater.cleaning import naming, path
from slackwater.cleaning.features import EMISSION, Features

SIGNS = (
    "least",
    "lead",
    "length of the run",
    "under its head",
    "speaks of the site",
    "refers back",
)
SITE, HEAD = SIGNS.index("speaks of the site"), SIGNS.index("under its head")
LEAST_PROSE = 8  # words: one sentence
BETWEEN = 3  # lines: headings, pictures, short quotations
# a text saved with little of its page around it: up to so many lines, sentences hold this share of their words
SHORT = {12: 0.5, 24: 0.7}
_SEVERAL = EMISSION.index("several sentences")
_WORDED = bytes(c if chr(c) in "abcdefghijklmnopqrstuvwxyz'" else 32 for c in range(256))
_QUOTED = re.compile(b" '+")
_BACK = re.compile(
    r"(?:But|And|So|However|Still|Yet|Then|Also|Now|Although|Though|While|When|If|Because|Since|After|Before|Meanwhile"
    r"|Instead|He|She|It|They|His|Her|Its|Their|This|That|These|Those|There|Such)\b"
)
_SITE = frozenset(
    b"cookie cookies privacy account email website site browser newsletter subscribe subscription subscribers"
    b" comments consent advertising content policy login sign click copyright blog posts twitter facebook"
    b" javascript captcha enable".split()
)


def told(page: Features) -> np.ndarray:
    """Words of each line that is a sentence, or holds several though its end was cut off; else 0."""
    several = (page.emission[:, _SEVERAL] > 0) & (page.words >= 30)
    return np.where(several, page.words, path.prose_words(page))


def signs(texts: Sequence[str], page: Features, states: list[int], lead: float) -> np.ndarray:
    """SIGNS of the stretch that *states* takes for the article; *lead*: what it beats "no article" by (log odds).

    least: 1, so that its weight is what the others must outweigh; lead: its logarithm; length of the run: the
    logarithm of the words of its longest row of paragraphs with few lines between; under its head: which share of
    a title's words it speaks of that stands right above it, signed or dated, and three times that where it is both;
    speaks of the site: words such as cookies, account, newsletter, a twentieth counting 1 and 2 the most; refers
    back: paragraphs that open with But, When, He, This and the like, three in ten counting 1 and the most, as
    teasers, captions and notes on authors begin anew.
    All 0 where the stretch holds no sentence.
    """
    inside = np.flatnonzero(np.array(states) == path.IN)
    long = told(page)
    prose = float(long[inside].sum())
    if prose < LEAST_PROSE:
        return np.zeros(len(SIGNS))
    paragraphs = inside[long[inside] > 0]
    words = _words(" ".join([texts[row][:1000].lower() for row in paragraphs[:30].tolist()]))
    site = sum(map(_SITE.__contains__, words)) / max(len(words), 20)
    return np.array(
        [
            1.0,
            math.log1p(max(lead, 0.0)),
            math.log1p(_longest_run(long[inside])),
            _under_its_head(texts, page, paragraphs),
            min(20 * site, 2.0),
            min(sum(_BACK.match(texts[row]) is not None for row in paragraphs.tolist()) / len(paragraphs) / 0.3, 1.0),
        ]
    )


def _words(text: str) -> list[bytes]:
    """The runs of a-z in *text*, which is in lower case, with apostrophes within and behind them."""
    letters = b" " + text.encode("ascii", "replace").translate(_WORDED)
    return (_QUOTED.sub(b" ", letters) if b" '" in letters else letters).split()


def _longest_run(prose: np.ndarray) -> float:
    """The most words of *prose* in a row of paragraphs that no more than BETWEEN other lines keep apart."""
    at = np.flatnonzero(prose)
    begins = np.flatnonzero(at[1:] - at[:-1] > BETWEEN + 1) + 1
    return float(np.add.reduceat(prose[at], np.concatenate([[0], begins])).max())


def _under_its_head(texts: Sequence[str], page: Features, prose: np.ndarray) -> float:
    """How much of a title right above it the stretch speaks of: the share of its words in the first paragraphs.

    Only a title that is signed or dated below counts; one that is both counts three times, for hardly anything but an
    article stands there. *prose*: the rows of the paragraphs, at least one. So a report of two sentences is known on
    a long page.
    """
    first = int(prose[0])
    hinted = [hint.label if hint else None for hint in page.hints[max(0, first - 8) : first]]
    marks = {label: at for at, label in enumerate(hinted) if label in ("byline", "dateline")}
    signed = max(marks.values(), default=0)
    if not signed:
        return 0.0
    subject = set().union(*(naming.content_words(texts[row]) for row in prose[:3].tolist()))
    held = 0.0
    for row, label in enumerate(hinted[:signed], max(0, first - 8)):
        if label is None and 4 <= page.words[row] <= 30 and not naming.ends_sentence(texts[row]):
            words = naming.content_words(texts[row])
            if len(words & subject) >= max(2, 0.4 * len(words)):
                held = max(held, len(words & subject) / len(words))
    return held * (3 if len(marks) == 2 else 1)


def is_article(texts: Sequence[str], page: Features, states: list[int], lead: float) -> bool:
    """Whether the best reading found an article: its weighted signs are above 0.

    A text of a few lines that are mostly sentences, saved without its page, is one too.
    """
    found = signs(texts, page, states, lead)
    enough = next((share for lines, share in SHORT.items() if len(states) <= lines), None)
    if enough and found[0] and found[SITE] < 1 and float(told(page).sum()) >= enough * float(page.words.sum()):
        return True
    return score(found) > 0


def score(found: np.ndarray) -> float:
    """The weighted sum of the signs *found*, as log odds; below all others where there is no sentence."""
    said = path.data()["article"]
    return float(found @ [said[name] for name in SIGNS]) if found[0] else -np.inf
