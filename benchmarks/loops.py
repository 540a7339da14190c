"""The loops people write over raw pages: sentences, tone, phrases. Each takes a list of (name, text)."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable, Sequence

EXPANSION, RETREAT = ([phrase.strip() for phrase in phrases.split(",")] for phrases in ("""
opens, opened, opening, will open, to open, launched, launches, invests, invested, investment, expands, expanded,
expansion, hires, hiring, to hire, new lab, new office, new plant, breaks ground, acquires, acquired, joint venture,
sets up, enters, growth, building a, established, commits to, doubling
""", """
closes, closed, closing, closure, shuts, shut down, shutters, shuttered, lays off, laid off, layoffs, job cuts, exits,
exit from, pulls out, pullback, withdraws, retreat, wind down, winding down, sells its, divests, scraps, cancels,
delays, moved out, leaving, relocates, cut jobs, vacated
"""))

Loop = Callable[[Sequence[tuple[str, str]]], object]


def naive(pages: Sequence[tuple[str, str]]) -> object:
    """The loop everyone writes: a regex for sentences, two `.apply` of TextBlob, phrases by `in`."""
    import pandas as pd
    from textblob import TextBlob

    rows = [(name, sentence) for name, text in pages for sentence in re.split(r"(?<=[.!?])\s+|\n+", text) if sentence]
    frame = pd.DataFrame(rows, columns=["file", "text"])
    frame["polarity"] = frame["text"].apply(lambda text: TextBlob(text).sentiment.polarity)
    frame["subjectivity"] = frame["text"].apply(lambda text: TextBlob(text).sentiment.subjectivity)
    frame["direction"] = frame["text"].apply(_direction)
    return frame.groupby("file").agg({"polarity": "mean", "subjectivity": "mean", "direction": "sum"})


def pysbd() -> Loop:
    """pysbd's sentences, TextBlob's sentiment once a sentence, phrases by `in`."""
    import pysbd
    from textblob import TextBlob

    segmenter = pysbd.Segmenter(language="en", clean=False)

    def run(pages: Sequence[tuple[str, str]]) -> object:
        return [(name, *TextBlob(sentence).sentiment, _direction(sentence))
                for name, text in pages for line in text.splitlines() if line for sentence in segmenter.segment(line)]

    return run


def vader() -> Loop:
    """NLTK's Punkt (untrained: it needs no download), VADER once a sentence, phrases by `in`."""
    from nltk.tokenize.punkt import PunktSentenceTokenizer
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    punkt, analyzer = PunktSentenceTokenizer(), SentimentIntensityAnalyzer()

    def run(pages: Sequence[tuple[str, str]]) -> object:
        return [(name, analyzer.polarity_scores(sentence)["compound"], _direction(sentence))
                for name, text in pages for line in text.splitlines() if line for sentence in punkt.tokenize(line)]

    return run


def spacytextblob() -> Loop:
    """A blank spaCy pipeline with its sentencizer and spacytextblob, phrases by `in`."""
    import spacy
    from spacytextblob.spacytextblob import SpacyTextBlob  # noqa: F401  registers the component

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("spacytextblob")

    def run(pages: Sequence[tuple[str, str]]) -> object:
        return [(name, sentence._.blob.polarity, _direction(sentence.text))
                for name, text in pages for sentence in nlp(text).sents]

    return run


def available(*packages: str) -> str | None:
    """None where all *packages* can be imported, else one line: how to install what is missing."""
    missing = [package for package in packages if importlib.util.find_spec(package) is None]
    return f"left out; to have it: pip install {' '.join(packages)}" if missing else None


def _direction(sentence: str) -> int:
    low = sentence.lower()
    return sum(phrase in low for phrase in EXPANSION) - sum(phrase in low for phrase in RETREAT)
