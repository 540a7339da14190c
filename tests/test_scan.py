"""What is passed over unread must be what no rule, speaker or site could have been found in."""

from pathlib import Path

import pytest

from slackwater import lexicon, themes
from slackwater.reading import memory

OWN = [
    line.split(" | ", 1)[1]
    for line in (Path(__file__).parent / "fixtures" / "readings.txt").read_text("utf-8").splitlines()
    if " | " in line
]


@pytest.fixture(scope="module", params=[(), ("Acme",)], ids=["any firm", "one firm"])
def matcher(request):
    place = ("Lyon", "France") if request.param else ()
    return themes.Reader(lexicon.load(), company=request.param, place=place).matcher


def test_no_rule_that_matches_is_passed_over(matcher):
    for text in OWN:
        found = matcher.scan(text)
        every = matcher.matches(matcher.sentence(text))
        assert {match.rule for match in every} <= found.rules, text
        assert matcher.matches(matcher.sentence(text, found.chunks), found.rules) == every


@pytest.mark.parametrize("text", [
    "The cat fell out of a tree and on to the market.",
    "Most people work at home, and the project goes on as before.",
    "Shares of Brown fell 3 percent in the last quarter of the year.",
    "Pull the rope and the boat comes out of the water.",
])
def test_where_no_rule_has_all_its_words_none_is_asked(matcher, text):
    assert not matcher.scan(text).rules


@pytest.mark.parametrize(("text", "marks"), [
    ("Nothing of the kind", set()),
    ("workers said", {"workers", "says"}),
    ("“Said,” the Lyon-based union wrote", {"says", "workers", "located", "here"}),
    ("rumoured at the Park", {"own", "area"}),
])
def test_marks_of_a_text(text, marks):
    matcher = themes.Reader(lexicon.load(), company=("Acme",), place=("Lyon",)).matcher
    assert {name for name, bit in matcher.marks.items() if matcher.scan(text).marks & bit} == marks


@pytest.mark.parametrize(("text", "words", "quote"), [
    ("Acme  closed\tits (old) lab.", (1, 4), "closed\tits (old) lab"),
    ("lay-offs at AT&T’s lab", (0, 2), "lay-offs"),
    ("the the the lab", (2, 4), "the lab"),
])
def test_words_lead_back_to_the_text(matcher, text, words, quote):
    assert matcher.sentence(text).quote(*words) == quote


def test_the_memory_of_chunks_stays_bounded(monkeypatch):
    monkeypatch.setattr(memory, "SIZE", 10)
    known = memory.Memory(str.upper)
    assert [known[f"chunk{n}"] for n in range(100)] == [f"CHUNK{n}" for n in range(100)]
    assert len(known) <= 10


def test_the_memory_keeps_no_long_chunk():
    known = memory.Memory(len)
    assert [known["x" * n] for n in (200, 201)] == [200, 201]
    assert list(known) == ["x" * 200]
