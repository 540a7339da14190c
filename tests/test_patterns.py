import time

import pytest

from slackwater.reading import automata, patterns, tokens, verbs, vocabulary
from slackwater.reading.vocabulary import EDGE

CLASSES = {"site": ["lab", "labs", "data center*"], "shut": ["close~", "shut~ down"]}


def spans(pattern, text):
    known = vocabulary.Vocabulary({**CLASSES, "number": [], "name": []})
    machine = automata.Automaton([patterns.parse(pattern, {*CLASSES, *patterns.BUILT_IN})], known)
    found = tokens.tokens(text)
    classes = [EDGE, *[known.of(t.text) for t in found], EDGE]
    last = len(found)
    return [
        text[found[max(a - 1, 0)].start : found[min(b - 1, last) - 1].end] for a, b in machine.spans(classes)
    ]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("lab", "A lab, two Labs", ["lab"]),
        ("lab*", "labs and laboratories", ["labs", "laboratories"]),
        ("*lab", "the fablab", ["fablab"]),
        ("open~", "opens, opened, opening, openly", ["opens", "opened", "opening"]),
        ("<site>", "data centers and labs", ["data centers", "labs"]),
        ("<shut> .. <site>", "It closed its old lab.", ["closed its old lab"]),
        ("<shut> .. <site>", "It shut down the lab.", ["shut down the lab"]),
        ("close~ ..2 lab", "closed its very own old lab", []),
        ("close~ .. lab", "It closed, and the lab", []),
        ("close~ ... lab", "It closed, and the lab", ["closed, and the lab"]),
        ("close~ ... lab", "It closed. The lab", []),
        ("close~ [the] lab", "close lab; close the lab", ["close lab", "close the lab"]),
        ("(open|shut) (lab|data center)", "shut data center", ["shut data center"]),
        ("^ lab", "lab of the lab", ["lab"]),
        ("lab $", "lab of the lab", ["lab"]),
        ("<number> labs", "cuts 1,200 labs and two labs", ["1,200 labs", "two labs"]),
        ("<name> lab", "the Acme lab, a lab", ["Acme lab"]),
        ("lay-off*", "lay-offs and layoffs", ["lay-offs"]),
        ("lab , ... closed", "the lab, built in 2019, closed", ["lab, built in 2019, closed"]),
    ],
)
def test_what_a_pattern_matches(pattern, text, expected):
    assert spans(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("..", "empty sentence"),
        ("[lab]", "empty sentence"),
        ("(lab|)", "empty sentence"),
        ("<plant>", "not defined"),
        ("(lab", "never closed"),
        ("lab)", "closes nothing"),
        ("*", "bare \\*"),
        ("lab ..99 lab", "at most 40"),
        ("(" * 50 + "lab" + ")" * 50, "nests"),
        ("~", "follows a verb"),
    ],
)
def test_a_faulty_pattern_is_told(pattern, fault):
    with pytest.raises(patterns.PatternError, match=fault):
        patterns.parse(pattern, CLASSES)


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("shut", ("shut", "shuts", "shutting")),
        ("carry", ("carry", "carries", "carried", "carrying")),
        ("close", ("close", "closes", "closed", "closing")),
        ("sell", ("sell", "sells", "sold", "selling")),
        ("scrap", ("scrap", "scraps", "scrapped", "scrapping")),
        ("cancel", ("cancel", "cancels", "canceled", "canceling", "cancelled", "cancelling")),
        ("have", ("have", "had", "has", "having")),
    ],
)
def test_forms_of_a_verb(verb, expected):
    assert verbs.forms(verb) == expected


def test_no_pattern_makes_a_long_sentence_slow():
    nasty = "(a|a a|a ..9 a) ..40 (a ..40 a|[a] ..40 a) ..40 b"
    begun = time.perf_counter()
    assert spans(nasty, "a " * 20_000) == []
    assert time.perf_counter() - begun < 10


def test_a_pattern_too_large_is_refused():
    with pytest.raises(patterns.PatternError, match="states"):
        spans(" ".join(["(a|b c) ..40"] * 60 + ["z"]), "a")
