"""Tone of sentences and pages, by TextBlob: how warm the words are, never which way things go.

TextBlob's `.sentiment` needs no download; its `.sentences`, `.words`, `.tags` and
`.noun_phrases` do and are not used. What it measures is a second-rate witness: it
scores "artificial" -0.6 and "center" -0.1 wherever they stand, reads "It isn't good" as
+0.70 and the text "Plan: D" as an emoticon. So every page is measured three ways: raw, with
the field's own terms masked, and over the uncleaned page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from slackwater import fast_tone, tables
from slackwater import measure as measures
from slackwater.reading.memory import Memory

if TYPE_CHECKING:
    import pandas as pd

MEASURED = ("title", "standfirst", "body")  # a caption repeats the page or comes from an archive
BY_PAGE = (
    "polarity", "polarity_low", "polarity_high", "subjectivity", "polarity_masked", "polarity_uncleaned"
)
_OF_SENTENCE = ("polarity", "subjectivity", "polarity_masked")


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
    return _mask(tuple(terms)).hide(text)


class _Mask:
    """*terms*, compiled. What a chunk between blanks becomes is remembered; "" where a longer term may begin in it."""

    def __init__(self, terms: tuple[str, ...]) -> None:
        longest_first = sorted({term for term in terms if term.strip(" *")}, key=lambda t: (-len(t), t))
        self._whole = _any_of(map(_as_pattern, longest_first))
        firsts = [(_as_pattern(first), rest) for first, *rest in map(str.split, longest_first)]
        self._starts, self._longer = _any_of(p for p, _ in firsts), _any_of(p for p, rest in firsts if rest)
        self._bare: dict[str, str] = Memory(self._of_chunk)

    def hide(self, text: str) -> str:
        """*text* with the terms replaced."""
        chunks = text.split()
        bare = list(map(self._bare.__getitem__, chunks))
        if bare == chunks:
            return text
        if "" in bare or " ".join(chunks) != text:
            return self._whole.sub("term", text)
        return " ".join(bare)

    def _of_chunk(self, chunk: str) -> str:
        if not self._starts.search(chunk):
            return chunk
        return "" if self._longer.search(chunk) else self._whole.sub("term", chunk)


_mask = lru_cache(maxsize=8)(_Mask)


def _as_pattern(term: str) -> str:
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in term.split())


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Any of *patterns* as whole words; of none, a pattern that matches nowhere."""
    return re.compile(r"(?<!\w)(?:" + ("|".join(patterns) or r"(?!)") + r")(?!\w)", re.IGNORECASE)


def measure(sentences: pd.DataFrame, *, terms: Iterable[str] = ()) -> pd.DataFrame:
    """Tone of every row of table `sentences`: file, sentence, polarity, subjectivity, polarity_masked.

    *terms* are the field's words without warmth ("artificial intelligence"), from the lexicon.
    """
    hide = _mask(tuple(terms)).hide
    found: dict[str, list[float]] = {name: [] for name in _OF_SENTENCE}
    for text in sentences["text"].tolist():
        polarity, subjectivity = fast_tone.sentiment(text)
        plain = hide(text)
        found["polarity"].append(polarity)
        found["subjectivity"].append(subjectivity)
        found["polarity_masked"].append(polarity if plain is text else fast_tone.sentiment(plain)[0])
    return sentences[["file", "sentence"]].assign(**found).astype(dict.fromkeys(_OF_SENTENCE, "float64"))


def by_page(
    tones: pd.DataFrame,
    sentences: pd.DataFrame,
    lines: pd.DataFrame,
    *,
    min_words: int = 3,
    resamples: int = 2000,
    level: float = 0.95,
) -> pd.DataFrame:
    """Mean tone of each page in table `lines`, one row a page, in that order.

    Columns file, polarity, polarity_low, polarity_high, subjectivity, polarity_masked,
    polarity_uncleaned. Means run over the sentences of title, standfirst and body with at least
    *min_words* words, the uncleaned one over those of every line of the page, kept or dropped, so
    that like stands beside like. The interval is a bootstrap over sentences with a fixed seed; a page
    of one sentence has none, a page of no sentence has no tone (nan). Each mean is exact
    (`math.fsum`), so that no engine and no order of rows gives another last digit.
    """
    import pandas as pd

    assert len(tones) == len(sentences), "a sentence without a tone, or with two"
    assert all(tones[c].tolist() == sentences[c].tolist() for c in ("file", "sentence")), "the tone of another sentence"
    measured = [tones[name].tolist() for name in _OF_SENTENCE]
    cleaned: dict[str, list[int]] = defaultdict(list)  # rows
    split: dict[str, dict[int, list[float]]] = defaultdict(dict)  # polarities of a line that was split into sentences
    told = tables.rows(sentences, "file", "line", "region", "text")
    for row, (polarity, (file, line, region, text)) in enumerate(zip(measured[0], told, strict=True)):
        of_line = split[file].setdefault(line, [])
        if not _says(text, min_words):
            continue
        of_line.append(polarity)
        if region in MEASURED:
            cleaned[file].append(row)
    uncleaned: dict[str, list[float]] = {}
    for file, line, text in tables.rows(lines, "file", "line", "text"):
        found = split[file].get(line)
        uncleaned.setdefault(file, []).extend(_of_line(text, min_words) if found is None else found)
    columns = {file: [[values[row] for row in cleaned[file]] for values in measured] for file in uncleaned}
    intervals = measures.bootstraps([of_page[0] for of_page in columns.values()], resamples=resamples, level=level)
    made = [
        (file, measures.mean(polarity), *interval, measures.mean(subjectivity), measures.mean(bare),
         measures.mean(uncleaned[file]))
        for (file, (polarity, subjectivity, bare)), interval in zip(columns.items(), intervals, strict=True)
    ]
    return pd.DataFrame(made, columns=["file", *BY_PAGE]).astype({"file": "str"} | dict.fromkeys(BY_PAGE, "float64"))


def _says(text: str, words: int) -> bool:
    """Whether *text* has so many words."""
    return len(text.split(maxsplit=words)) >= words


@lru_cache(maxsize=4096)  # a site's furniture is the same on all its pages
def _of_line(text: str, min_words: int) -> tuple[float, ...]:
    from slackwater import sentences

    return tuple(fast_tone.sentiment(s)[0] for s in sentences.split(text) if _says(s, min_words))


def second_opinion(texts: Iterable[str]) -> list[float]:
    """VADER's compound score of each text, in [-1, 1]: a second scorer beside TextBlob, no better a compass.

    Source: Hutto & Gilbert 2014; rules and word list come with the package, nothing is downloaded.
    """
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    return [analyser.polarity_scores(text)["compound"] for text in texts]
