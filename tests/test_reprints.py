"""Which pages are the same text; words are numbered so that no two texts agree by chance."""

import re
from itertools import combinations
from random import Random
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slackwater.cleaning import reprints


def words(first: int, count: int) -> str:
    return " ".join(f"w{k}" for k in range(first, first + count))


TEXTS = {
    "wire": words(0, 100),
    "copy": words(0, 100) + " " + words(5000, 40),
    "excerpt": words(10, 70) + " " + words(6000, 20),
    "quoting": words(0, 45) + " " + words(7000, 60),
    "other": words(9000, 120),
    "empty": "",
}


def test_copies_are_the_same_text_and_long_quotations_worth_a_look():
    found = {(p.first, p.second): p.verdict for p in reprints.pairs(TEXTS)}
    assert found["copy", "wire"] == "same"
    assert found["excerpt", "wire"] == "same"
    assert not any("other" in pair or "empty" in pair for pair in found)
    assert found["quoting", "wire"] == "look"


@pytest.mark.parametrize(
    ("dates", "speaker"),
    [
        ({"wire": "2019-02-01", "copy": "2019-02-03"}, "wire"),
        ({"wire": "2019-02-03", "copy": "2019-02"}, "copy"),
        ({"excerpt": "2018"}, "excerpt"),
        ({}, "copy"),
    ],
)
def test_the_earliest_dated_copy_speaks_for_all(dates, speaker):
    copies = {"wire", "copy", "excerpt"} - {speaker}
    assert reprints.duplicates(TEXTS, dates) == dict.fromkeys(copies, speaker)


def test_cjk_characters_count_as_words():
    line = "公司在上海关闭了研究所并且解雇了所有的员工"
    assert reprints.containment(reprints.shingles(line), reprints.shingles("据报道" + line)) == 1.0


def test_a_crowd_of_copies_is_one_text():
    crowd = {f"p{k:02}": words(0, 60) for k in range(80)}
    assert reprints.duplicates(crowd, {}) == {name: "p00" for name in crowd if name != "p00"}


def test_copies_are_found_however_many_pages_quote_what_they_share():
    quoted = words(0, 30), words(500, 30)
    quoting = {f"p{k:03}": quoted[k % 2] + " " + words(1000 * k, 150) for k in range(1, 140)}
    short = {name: " ".join(quoted) + " " + words(k, 40) for name, k in (("one", 900_000), ("two", 901_000))}
    assert reprints.duplicates(quoting | short, {}) == {"two": "one"}


def test_the_pairs_are_those_that_comparing_every_two_gives():
    draw = Random(1)
    runs = [words(100 * k, draw.randrange(1, 40)) for k in range(12)]
    texts = {f"{k:02}": " ".join(draw.choices(runs, k=draw.randrange(8))) for k in range(70)}
    grams = {name: reprints.shingles(text) for name, text in texts.items()}
    shares = {(a, b): reprints.containment(grams[a], grams[b]) for a, b in combinations(sorted(texts), 2)}
    found = {(pair.first, pair.second): pair.containment for pair in reprints.pairs(texts)}
    assert found == {pair: round(share, 3) for pair, share in shares.items() if share >= reprints.LOOK}


@settings(max_examples=500)
@given(st.text(st.one_of(st.sampled_from("ab É’“—_ΣσİßⅧ司が한\u0307\xa0\ud800 "), st.characters()), max_size=80))
def test_a_text_is_cut_into_words_as_the_pattern_says(text):
    found = [word.lower() for word in re.findall("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\\w+", text)]
    grams = {" ".join(found[at : at + 5]) for at in range(len(found) - 4)}
    assert reprints.shingles(text) == {crc32(gram.encode()) for gram in grams}
