import json

import pytest

from slackwater import lexicon
from slackwater.errors import InputError
from slackwater.evaluate import reading as evaluate_reading

GOLD = [
    ("a", "Acme closed its lab.", "retreat", "asserted"),
    ("b", "Acme opens a lab in Lyon.", "expansion", "asserted"),
    ("c", "Acme has no plans to close its lab.", "neutral", "denied"),
    ("d", "Shares closed higher.", "neutral", "asserted"),
]


PAGE = [
    "Acme to close Lyon plant",
    "By Ann Lee, staff writer, 4 May 2021",
    "Acme said on Monday it would close its pump plant in Lyon in May, with the loss of 300 jobs.",
    "Workers at the gate said they had been told at the start of the early shift, in the canteen.",
    "“It is a hard day for all of us here,” said one of them, who has made pumps for twenty years.",
    "The town's mayor said she had written to the firm and hoped to meet its chief executive this week.",
    "Acme makes pumps for ships and mills, and reported sales of 900 million euros for the past year.",
]


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(
        "".join(
            json.dumps(dict(zip(("id", "sentence", "direction", "certainty"), g, strict=True))) + "\n"
            for g in GOLD
        ),
        "utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("expansion", "expansion"), ("retreat", "retreat")], 1.0),
        ([("expansion", "retreat"), ("retreat", "expansion")], 0.0),
        ([("neutral", "neutral"), ("neutral", "expansion")], pytest.approx((2 / 3 + 0) / 2)),
        ([], 0.0),
    ],
)
def test_macro_f1(pairs, expected):
    assert evaluate_reading.macro(pairs) == expected


def test_sentences_are_scored_whole_and_by_halves(gold):
    figures = evaluate_reading.sentences(gold, lexicon.load())
    assert figures["macro_f1"] == 1.0 and figures["n"] == 4 and figures["denials"] == [1, 1]
    assert figures["dev"]["n"] + figures["untouched"]["n"] == 4
    assert any("macro-F1=1.000" in line for line in evaluate_reading.lines(figures))


def test_a_record_carries_the_lexicon_and_the_date(gold, tmp_path):
    rules = lexicon.load()
    figures = evaluate_reading.sentences(gold, rules)
    evaluate_reading.record([figures], rules, date="2025-01-02", path=tmp_path / "accuracy.json")
    written = evaluate_reading.recorded(tmp_path / "accuracy.json")
    assert written["date"] == "2025-01-02" and written["lexicon_hash"] == rules.hash
    assert {"what", "value", "low", "high", "n"} == set(written["figures"][0])


def test_corpora_are_told_company_and_place_only(tmp_path):
    folder = tmp_path / "corpora" / "acme_lyon"
    folder.mkdir(parents=True)
    (folder / "1.txt").write_text("\n\n".join(PAGE), "utf-8")
    labels = tmp_path / "labels.jsonl"
    labels.write_text(
        json.dumps(
            {
                "corpus": "acme_lyon",
                "file": "1.txt",
                "company": "Acme / Brown",
                "place": "Lyon, France",
                "direction": "retreat",
            }
        )
        + "\n",
        "utf-8",
    )
    figures = evaluate_reading.corpora(labels, tmp_path / "corpora", lexicon.load())
    assert figures["confusion"]["retreat"]["retreat"] == 1
    seen = evaluate_reading.corpora(labels, tmp_path / "corpora", lexicon.load(), seen=["acme_lyon"])
    assert (seen["dev"]["n"], seen["untouched"]["n"]) == (1, 0)
    with pytest.raises(InputError, match="no label names the corpus acme"):
        evaluate_reading.corpora(labels, tmp_path / "corpora", lexicon.load(), seen=["acme"])


def test_faulty_gold_is_told(tmp_path):
    (tmp_path / "x.jsonl").write_text("{}\nno json\n", "utf-8")
    with pytest.raises(InputError, match=r"x\.jsonl:2"):
        evaluate_reading.gold(tmp_path / "x.jsonl")
    with pytest.raises(InputError, match=r"x\.jsonl:1: id missing"):
        evaluate_reading.gold(tmp_path / "x.jsonl", ("id",))
    with pytest.raises(InputError, match="cannot be read"):
        evaluate_reading.gold(tmp_path / "none.jsonl")
