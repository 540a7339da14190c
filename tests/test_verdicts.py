import pandas as pd
import pytest

from slackwater import themes


def verdict(*rows, documents=None):
    """Verdict of a page whose sentences are (region, direction[, text])."""
    frame = pd.DataFrame(
        [
            {
                "file": "a",
                "sentence": n,
                "region": r[0],
                "direction": r[1],
                "certainty": "asserted",
                "text": r[2] if len(r) > 2 else "The firm did one thing or another there.",
            }
            for n, r in enumerate(rows, 1)
        ]
    )
    return themes.verdicts(frame, documents=documents).iloc[0]


@pytest.mark.parametrize(
    ("rows", "direction"),
    [
        ([("title", "retreat"), ("body", "neutral")], "retreat"),
        ([("title", "neutral"), ("body", "neutral"), ("body", "retreat")], "neutral"),
        ([("title", "retreat"), *[("body", "expansion")] * 2], "mixed"),
        ([("body", "expansion")] * 3, "expansion"),
        ([*[("body", "neutral")] * 30, ("body", "expansion")], "neutral"),
        ([("caption", "expansion"), ("body", "neutral")], "neutral"),
        ([("title", "both"), ("body", "neutral")], "mixed"),
    ],
)
def test_the_opening_counts_most(rows, direction):
    assert verdict(*rows)["direction"] == direction


@pytest.mark.parametrize(("n", "told"), [(1, "too few to say"), (5, "clear")])
def test_few_sentences_are_too_few_to_say(n, told):
    assert verdict(*[("body", "retreat")] * n)["verdict"] == told


def test_what_is_recalled_does_not_count():
    documents = pd.DataFrame([{"file": "a", "published": "2025-04-01", "published_low": "2025-04-01"}])
    rows = [("body", "expansion", "It opened the lab in 2011 with forty people."), *[("body", "retreat")] * 2]
    found = verdict(*rows, documents=documents)
    assert (found["direction"], found["n_expansion"], found["n_retreat"]) == ("retreat", 0, 2)


def test_balance_and_its_interval():
    found = verdict(*[("body", "retreat")] * 4)
    assert found["net"] == -1 and found["net_low"] == -1 and -0.5 < found["net_high"] < 0


def test_a_verdict_that_rests_on_one_rule_is_told():
    frame = pd.DataFrame(
        [
            {"file": "a", "sentence": n, "region": "body", "direction": "retreat", "certainty": "asserted",
             "text": "The firm did one thing or another there."}
            for n in (1, 2, 3)
        ]
    )  # fmt: skip
    evidence = pd.DataFrame(
        [
            {"file": "a", "sentence": 1, "rule": "one", "outcome": "counted"},
            {"file": "a", "sentence": 2, "rule": "one", "outcome": "counted"},
            {"file": "a", "sentence": 3, "rule": "two", "outcome": "counted"},
            {"file": "a", "sentence": 2, "rule": "two", "outcome": "counted, planned by “will”"},
        ]
    )
    first = themes.without_one_rule(frame, evidence).iloc[0]
    assert (first["net_least"], first["net_most"], first["rests_on"]) == (-1, -1, None)
    only = themes.without_one_rule(frame, evidence.head(2)).iloc[0]
    assert only["rests_on"] == "one"
