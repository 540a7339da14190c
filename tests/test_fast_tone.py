"""The fast path gives TextBlob's own floats: facts, then fuzz.

`SLACKWATER_FUZZ=100000 pytest tests/test_fast_tone.py` (`make fuzz`) takes other strings each time.
"""

import os
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textblob import TextBlob
from textblob.en import sentiment as library

from slackwater import fast_tone

FUZZ = int(os.environ.get("SLACKWATER_FUZZ", "0"))

WORDS = re.findall(r"\S+", """
    good bad great terrible terribly artificial firm first very really hardly only extremely not no never Not NO n't
    isn't can't won't don't 'tis a of in harbour Harbour lab's they're I'd we'll it's year-old
    x-d X-D xD XD foxD O D s S P p b c 3 8 o_O o.O O_o 8-D 8-d ♥ <3 °O° 1998 (!) END-OF-SENTENCE
    a. Mr. Ltd. U.S. e.g. vs. etc. w/ No. p.m. 10.5 3,000 https://a.example/b?c=d a@b.example
    好 上海 大规模。 naïve İstanbul ſ ß ŉ … """)
GLUE = [*".,;:!?()[]{}`'\"@#$^&*+-|=~_<>/\\%°“”‘’«»…—–", "...", "....", "!!", "?!", "(!)", "''", "\\'"]
SPACES = [" ", " ", " ", " ", "  ", "\t", "\n", "\r\n", "\n\n", "\r\n\r\n", "\n \n", "\xa0", "\u2028", "\u3000",
          "\x0b", "\x1c", "\x1f", "\x85"]
ODD = ["\x00", "\x07", "\x1b", "\x7f", "\u200b", "\u200d", "\ufeff", "\u202e", "\ud800", "\U0001f600", "\u0301"]
ICONS = sorted(icon for group in fast_tone._library()[1].EMOTICONS.values() for icon in group)
GRADED = ["good", "bad", "terribly", "very", "really", "extremely", "hardly", "not", "no", "never", "isn't", "of", "a",
          "harbour"]


def texts(*parts, glue="", size=16):
    return st.lists(st.one_of(*parts), max_size=size).map(glue.join)


words, signs, spaces, odd = map(st.sampled_from, (WORDS, GLUE, SPACES, ODD))
graded, joints = st.sampled_from(GRADED), st.sampled_from([" ", " ", " ", " ", "'", "’", "! ", ", ", " ! ", "-"])
gaps = st.lists(st.sampled_from(["", "", " ", "  ", "\n\n"]), min_size=6, max_size=6)
faces = st.builds(lambda icon, gaps: "".join(map("".join, zip(icon, gaps, strict=False))),
                  st.sampled_from([*ICONS, "(!)"]), gaps)
STRINGS = st.one_of(
    texts(words, signs, spaces),
    texts(words, signs, glue=" "),
    texts(st.tuples(graded, joints).map("".join), size=8),
    texts(faces, spaces, graded, signs, size=8),
    texts(st.sampled_from("<>:=;*8_.°oOxXD3-pbcs)(]}[/\\^'!\"? "), size=12),
    texts(words, signs, spaces, odd),
    st.text(max_size=40),
)


def exact(pair):
    return tuple(float(number).hex() for number in pair)


def assert_same(text):
    assert exact(fast_tone.sentiment(text)) == exact(TextBlob(text).sentiment), repr(text)


@pytest.mark.parametrize("text", [
    "",
    " \n\t ",
    "The new lab is good.",
    "It isn't good.",
    "not good",
    "not a very good lab",
    "really not good",
    "really not a good one",
    "a hardly good lab, very very bad!",
    "Great!!! Good! ! !",
    "never never terrible",
    "Plan: D",
    "aged (8) and born in 1998)",
    "children (age 8)",
    "great news (!)",
    "great news ( ! ) and ( !)",
    "the tax D returned, tex D",
    ": - )",
    ": -) and 8- )",
    "the harbour’not good",
    "Fine :'(",
    "a smile :o) and :c)",
    "8\n\n) over a paragraph",
    "“Good,” she said. ‘Very good!’",
    "Good... or not....",
    "N.E.R. met Mr. T. at 10 a.m. in the U.S.",
    "END-OF-SENTENCE good END-OF-SENTENCE.",
    "good\x1cbad\u2028great\x85fine",
    "微软的实验室很好。Good！",
    "İ good \ud800 bad",
    "good " * 3000,
    "!" * 5000,
    "a" * 100_000,
])
def test_the_floats_are_textblobs(text):
    assert_same(text)


@pytest.mark.slow
@settings(max_examples=FUZZ or 2000, derandomize=not FUZZ, deadline=None, database=None)
@given(STRINGS)
def test_the_floats_are_textblobs_on_any_string(text):
    assert_same(text)


def test_every_emoticon_is_read_as_the_library_reads_it():
    for icon in ICONS:
        for space in ("", " ", "\n\n"):
            face = space.join(icon)
            for text in (face, f"good {face} bad", f"1{face}", f"{face}!", f"{face} ... {face}good"):
                assert_same(text)


def test_every_word_of_the_lexicon_scores_alone_modified_and_negated():
    for word in dict.keys(library):
        assert_same(f"{word} very {word}! not {word} really {word}")


def test_lexicon_and_settings_are_the_packages():
    ours, _ = fast_tone._library()
    assert library("good") == ours("good")  # the package loads its lexicon at first use
    assert dict(ours) == dict(library)
    for setting in ("negations", "modifiers", "labeler", "language"):
        assert getattr(ours, setting) == getattr(library, setting)


@pytest.mark.parametrize("text", ["a good artificial reef", "not very good!", "fine :-)"])
def test_assessments_are_the_librarys(text):
    assert fast_tone.assessments(text) == TextBlob(text).sentiment_assessments.assessments


@pytest.fixture
def fresh():
    fast_tone._reader.cache_clear()
    yield
    fast_tone._reader.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_another_textblob_is_asked_itself(monkeypatch):
    monkeypatch.setattr(fast_tone.metadata, "version", lambda name: "0.99.0")
    monkeypatch.setattr(fast_tone, "_library", lambda: pytest.fail("not proven on this version"))
    assert_same("not a very good lab :-)")
    assert fast_tone.assessments("good") == [(["good"], 0.7, 0.6000000000000001, None)]


@pytest.mark.usefixtures("fresh")
def test_the_memo_stays_bounded(monkeypatch):
    monkeypatch.setattr(fast_tone, "MEMO_SIZE", 8)
    memo = fast_tone.FastTone(*fast_tone._library())
    for number in range(100):
        memo.sentiment(f"good{number} bad {'x' * 100}")
        assert len(memo) <= 8
    assert max(map(len, memo)) <= fast_tone.LONGEST_REMEMBERED


def test_nltk_is_not_imported():
    code = ("import sys; from slackwater import tone; tone.score('good'); tone.moved_by('good');"
            "sys.exit('nltk' in sys.modules or 'textblob' in sys.modules)")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
