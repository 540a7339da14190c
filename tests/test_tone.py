import math

import pandas as pd
import pytest

from slackwater import tables, tone


@pytest.mark.parametrize(("text", "polarity"), [
    ("The results are good.", 0.7),
    ("The artificial turf centre", -0.6),
    ("", 0.0),
    ("Harbour crane twelve", 0.0),
])
def test_polarity_is_textblobs(text, polarity):
    assert tone.score(text).polarity == pytest.approx(polarity)


def test_the_words_that_moved_a_sentence_are_named():
    assert tone.moved_by("A good artificial reef") == [("good", 0.7), ("artificial", -0.6)]


@pytest.mark.parametrize(("text", "terms", "expected"), [
    ("Artificial  intelligence lab", ["artificial intelligence"], "term lab"),
    ("the firm confirmed", ["firm"], "the term confirmed"),
    ("centers and centre", ["center*"], "term and centre"),
    ("cloud computing, cloud", ["cloud", "cloud computing"], "term, term"),
    ("C++ (beta)", ["C++", "(beta)"], "term term"),
    ("nothing here", [], "nothing here"),
    ("nothing here", ["", "*"], "nothing here"),
])
def test_terms_are_masked_as_whole_words(text, terms, expected):
    assert tone.masked(text, terms) == expected


def sentences(*rows):
    return tables.frame(
        [{"file": f, "sentence": n, "line": n, "region": r, "text": t} for f, n, r, t in rows], "sentences"
    )


def test_every_sentence_gets_its_tone_and_the_table_stays_as_it_was():
    table = sentences(("a.txt", 1, "body", "A good artificial reef."), ("a.txt", 2, "body", "A quiet harbour."))
    before = table.copy()
    tones = tone.measure(table, terms=["artificial reef"])
    pd.testing.assert_frame_equal(table, before)
    assert list(tones.columns) == ["file", "sentence", "polarity", "subjectivity", "polarity_masked"]
    assert tones["polarity"][0] == pytest.approx(0.05)
    assert tones["polarity_masked"][0] == pytest.approx(0.7)


def test_the_page_is_the_mean_of_its_longer_sentences_without_captions():
    table = sentences(
        ("a.txt", 1, "title", "A good day today"),
        ("a.txt", 2, "body", "A quiet old harbour."),
        ("a.txt", 3, "body", "Bad."),
        ("a.txt", 4, "caption", "A terrible picture of it."),
        ("b.txt", 1, "body", "Cranes stood at noon."),
    )
    uncleaned = {"a.txt": "A good day today\n\nBad terrible ugly cookies", "b.txt": "Cranes.", "c.txt": ""}
    pages = tone.by_page(tone.measure(table), table, uncleaned)
    assert list(pages["file"]) == ["a.txt", "b.txt", "c.txt"]
    scores = [tone.score("A good day today").polarity, tone.score("A quiet old harbour.").polarity]
    assert pages["polarity"][0] == pytest.approx(sum(scores) / 2)
    assert pages["polarity_low"][0] <= pages["polarity"][0] <= pages["polarity_high"][0]
    assert pages["polarity_uncleaned"][0] < pages["polarity"][0]
    assert math.isnan(pages["polarity_low"][1]), "one sentence has no interval"
    assert math.isnan(pages["polarity"][2]), "an empty page has no tone"


def test_by_page_of_no_pages_has_its_columns():
    empty = tables.empty("sentences")
    assert list(tone.by_page(tone.measure(empty), empty, {}).columns) == ["file", *tone.BY_PAGE]
