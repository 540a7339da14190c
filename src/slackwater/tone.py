"""Tone of sentences and pages, by TextBlob: how warm the words are, never which way things go.

TextBlob's `.sentiment` needs no download; its `.sentences`, `.words`, `.tags` and
`.noun_phrases` do and are not used. What it measures is a second-rate witness: it
scores "artificial" -0.6 and "center" -0.1 wherever they stand, reads "It isn't good" as
+0.70 and the text "Plan: D" as an emoticon. So every page is measured three ways: raw, with
the field's own terms masked, and over the uncleaned page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from slackwater import fast_tone
from slackwater import measure as measures

if TYPE_CHECKING:
    import pandas as pd

MEASURED = ("title", "standfirst", "body")  # a caption repeats the page or comes from an archive
BY_PAGE = (
    "polarity", "polarity_low", "polarity_high", "subjectivity", "polarity_masked", "polarity_uncleaned"
)


class Tone(NamedTuple):
    """Polarity in [-1, 1] and subjectivity in [0, 1]; (0, 0) where no word is in TextBlob's list."""

    polarity: float
    subjectivity: float


def score(text: str) -> Tone:
    """TextBlob's tone of *text*, taken whole."""
    return Tone(*fast_tone.sentiment(text))


def moved_by(text: str) -> list[tuple[str, float]]:
    """The words that moved the tone of *text*, each with its polarity, in order of appearance.

    "artificial intelligence" gives [("artificial", -0.6)]: the reader sees what the number is made of.
    """
    assessed = fast_tone.assessments(text)
    return [(" ".join(words), polarity) for words, polarity, *_ in assessed if polarity]


def masked(text: str, terms: Iterable[str]) -> str:
    """*text* with each of *terms* replaced by "term", a word TextBlob has no opinion of.

    Whole words, any case, any space between them; a `*` at the end of a word stands
    for any ending ("firm*"). Replaced, not removed, so that no two words meet that were apart.
    """
    pattern = _pattern(tuple(terms))
    return pattern.sub("term", text) if pattern else text


def _pattern(terms: tuple[str, ...]) -> re.Pattern[str] | None:
    def words(term: str) -> str:
        return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in term.split())

    longest_first = sorted({term for term in terms if term.strip(" *")}, key=lambda t: (-len(t), t))
    if not longest_first:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(map(words, longest_first)) + r")(?!\w)", re.IGNORECASE)


def measure(sentences: pd.DataFrame, *, terms: Iterable[str] = ()) -> pd.DataFrame:
    """Tone of every row of table `sentences`: file, sentence, polarity, subjectivity, polarity_masked.

    *terms* are the field's words without warmth ("artificial intelligence"), from the lexicon.
    """
    terms = tuple(terms)
    raw = [score(text) for text in sentences["text"]]
    bare = [masked(text, terms) for text in sentences["text"]]
    return sentences[["file", "sentence"]].assign(
        polarity=[tone.polarity for tone in raw],
        subjectivity=[tone.subjectivity for tone in raw],
        polarity_masked=[
            tone.polarity if text == plain else score(plain).polarity
            for tone, text, plain in zip(raw, sentences["text"], bare, strict=True)
        ],
    ).astype(dict.fromkeys(("polarity", "subjectivity", "polarity_masked"), "float64"))


def by_page(
    tones: pd.DataFrame,
    sentences: pd.DataFrame,
    uncleaned: Mapping[str, str],
    *,
    min_words: int = 3,
    resamples: int = 2000,
    level: float = 0.95,
) -> pd.DataFrame:
    """Mean tone of each page in *uncleaned* (file → its whole text), one row a page, in that order.

    Columns file, polarity, polarity_low, polarity_high, subjectivity, polarity_masked,
    polarity_uncleaned. Means run over the sentences of title, standfirst and body with at least
    *min_words* words, the uncleaned one over the sentences of every line of the page, so
    that like stands beside like. The interval is a bootstrap over sentences with a fixed seed; a page
    of one sentence has none, a page of no sentence has no tone (nan).
    """
    import pandas as pd

    joined = sentences.drop(columns=["polarity", "subjectivity", "polarity_masked"], errors="ignore").merge(
        tones, on=["file", "sentence"], how="left", validate="one_to_one"
    )
    assert len(joined) == len(sentences), "a sentence has two tones"
    long_enough = joined["text"].str.split().str.len() >= min_words
    pages = dict(tuple(joined[joined["region"].isin(MEASURED) & long_enough].groupby("file")))
    rows = []
    for file, text in uncleaned.items():
        page = pages.get(file, joined.iloc[:0])
        low, high = measures.bootstrap(page["polarity"].tolist(), resamples=resamples, level=level)
        rows.append({
            "file": file,
            "polarity": measures.mean(page["polarity"]),
            "polarity_low": low,
            "polarity_high": high,
            "subjectivity": measures.mean(page["subjectivity"]),
            "polarity_masked": measures.mean(page["polarity_masked"]),
            "polarity_uncleaned": measures.mean(_uncleaned(text, min_words)),
        })
    return pd.DataFrame(rows, columns=["file", *BY_PAGE]).astype(
        {"file": "str"} | dict.fromkeys(BY_PAGE, "float64")
    )


def _uncleaned(text: str, min_words: int) -> list[float]:
    from slackwater import sentences

    split = [s for line in text.splitlines() if line.strip() for s in sentences.split(line)]
    return [score(s).polarity for s in split if len(s.split()) >= min_words]
