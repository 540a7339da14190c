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
    ("a  firm,\tone firmware ", ["firm"], "a  term,\tone firmware "),
    ("cloud firm\ncomputing", ["cloud computing", "firm"], "cloud term\ncomputing"),
    ("a firm in (cloud\n computing)", ["cloud\tcomputing", "firm"], "a term in (term)"),
    ("nothing here", [], "nothing here"),
    ("nothing here", ["", "*"], "nothing here"),
])
def test_terms_are_masked_as_whole_words(text, terms, expected):
    assert tone.masked(text, terms) == expected
    assert tone.masked(text, terms) == expected, "what is remembered of its words says the same"


def sentences(*rows):
    return tables.frame(
        [{"file": f, "sentence": n, "line": n, "region": r, "text": t} for f, n, r, t in rows], "sentences"
    )


def lines(*rows):
    return tables.frame([{"file": f, "line": n, "label": "body", "kept": True, "text": t} for f, n, t in rows], "lines")


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
    pages = tone.by_page(tone.measure(table), table, lines(
        *(("a.txt", n, "split above") for n in (1, 2, 3, 4)), ("a.txt", 9, "Bad terrible ugly cookies"),
        ("b.txt", 1, "split above"), ("c.txt", 1, "Menu"),
    ))
    assert list(pages["file"]) == ["a.txt", "b.txt", "c.txt"]
    scores = [tone.score("A good day today").polarity, tone.score("A quiet old harbour.").polarity]
    assert pages["polarity"][0] == pytest.approx(sum(scores) / 2)
    assert pages["polarity_low"][0] <= pages["polarity"][0] <= pages["polarity_high"][0]
    scores += [tone.score(t).polarity for t in ("A terrible picture of it.", "Bad terrible ugly cookies")]
    assert pages["polarity_uncleaned"][0] == pytest.approx(sum(scores) / 4), "every line of the page counts here"
    assert math.isnan(pages["polarity_low"][1]), "one sentence has no interval"
    assert math.isnan(pages["polarity"][2]), "an empty page has no tone"


def test_a_page_whose_lines_were_not_split_is_split_for_the_uncleaned_tone():
    empty = tables.empty("sentences")
    pages = tone.by_page(tone.measure(empty), empty, lines(("a.txt", 1, "A good day today. A bad day too.")))
    assert pages["polarity_uncleaned"][0] == pytest.approx(0.0, abs=1e-12)


def test_the_order_of_the_rows_changes_no_digit():
    texts = ["A good day today", "A quiet old harbour.", "Hardly a bad thing at all.", "Very late, poor work."] * 9
    table = sentences(*(("a.txt", n, "body", text) for n, text in enumerate(texts, 1)))
    table_lines = lines(*(("a.txt", n, text) for n, text in enumerate(texts, 1)))
    mixed = table.sample(frac=1, random_state=1).reset_index(drop=True)
    means = ["polarity", "subjectivity", "polarity_masked", "polarity_uncleaned"]
    here, there = (tone.by_page(tone.measure(t), t, table_lines)[means].iloc[0].tolist() for t in (table, mixed))
    assert here == there


def test_by_page_of_no_pages_has_its_columns():
    empty = tables.empty("sentences")
    assert list(tone.by_page(tone.measure(empty), empty, lines()).columns) == ["file", *tone.BY_PAGE]
