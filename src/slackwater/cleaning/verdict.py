"""Whether the best stretch of a page is an article, or only the best of its furniture.

A page whose article is missing still holds prose: notices on cookies, notes on authors,
teasers of other stories, comments. Four signs of the whole stretch tell most of them
apart; their weights stand in `weights.yaml` under "article", fitted by benchmarks/pages_fit.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from slackwater.cleaning import path
from slackwater.cleaning.features import EMISSION, Features

SIGNS = ("least", "lead", "speaks of the site", "prose left outside", "prose among the lines")
LEAST_PROSE = 8  # words: one sentence
SHORT = 12  # lines; nothing of a page stands around a text so short
_SEVERAL = EMISSION.index("several sentences")
_WORD = re.compile(r"[a-z][a-z']*")
_SITE = frozenset(
    "cookie cookies privacy account email website site browser newsletter subscribe subscription subscribers comment"
    " comments consent advertising content policy login sign click copyright blog posts twitter facebook"
    " javascript captcha enable".split()
)


def _prose(page: Features) -> np.ndarray:
    """Words of each line that is a sentence, or holds several though its end was cut off; else 0."""
    several = (page.emission[:, _SEVERAL] > 0) & (page.words >= 30)
    return np.where(several, page.words, path.prose_words(page))


def signs(texts: Sequence[str], page: Features, states: list[int], lead: float) -> np.ndarray:
    """SIGNS of the stretch that *states* takes for the article; *lead*: what it beats "no article" by (log odds).

    least: 1, so that its weight is what the others must outweigh; lead: its logarithm; speaks of the site: words
    such as cookies, account, newsletter, a twentieth counting 1 and 2 the most; the other two are shares of words.
    All 0 where the stretch holds no sentence.
    """
    inside = np.flatnonzero(np.array(states) == path.IN)
    long = _prose(page)
    prose = float(long[inside].sum())
    if prose < LEAST_PROSE:
        return np.zeros(len(SIGNS))
    words = _WORD.findall(" ".join(texts[row][:1000] for row in inside[long[inside] > 0][:60]).lower())
    site = sum(map(_SITE.__contains__, words)) / max(len(words), 20)
    return np.array(
        [
            1.0,
            math.log1p(max(lead, 0.0)),
            min(20 * site, 2.0),
            1 - prose / float(long.sum()),
            prose / float(page.words[inside].sum()),
        ]
    )


def is_article(texts: Sequence[str], page: Features, states: list[int], lead: float) -> bool:
    """Whether the best reading found an article: its weighted signs are above 0.

    A text of a few lines that are mostly sentences, saved without its page, is one too.
    """
    said = path.data()["article"]
    found = signs(texts, page, states, lead)
    short = len(states) <= SHORT and found[0] and found[2] < 1
    if short and float(_prose(page).sum()) >= 0.5 * float(page.words.sum()):
        return True
    return float(found @ [said[name] for name in SIGNS]) > 0
