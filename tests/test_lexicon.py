import time
from pathlib import Path

import pytest

from slackwater import lexicon, themes
from slackwater.errors import InputError

RULE = "rules:\n  - id: shut\n    direction: retreat\n    patterns: ['close~ .. lab']\n"


@pytest.fixture(scope="module")
def own():
    return lexicon.load()


def written(tmp_path, text) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_example_of_the_own_lexicon_holds(own):
    assert lexicon.lint(own) == []


def test_the_own_lexicon_names_no_seed(own):
    told = lexicon.FOLDER.joinpath("expansion_retreat.yaml").read_text("utf-8").lower()
    assert not [word for word in ("microsoft", "zhangjiang", "xuhui", "insider lab", "inesa") if word in told]


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("rules: [", "2", "not YAML"),
        ("", "", "empty"),
        ("- a", "1", "mapping"),
        ("rules:\n  - id: a\n    direction: retreat\n", "2", "no `patterns`"),
        ("rules:\n  - direction: retreat\n    patterns: x\n", "2", "without `id`"),
        ("rules:\n  - id: a\n    direction: down\n    patterns: x\n", "3", "direction"),
        ("rules:\n  - id: a\n    direction: retreat\n    pattern: x\n", "4", "did you mean `patterns`"),
        (RULE + RULE[7:], "5", "same id"),
        (
            "rules:\n  - id: a\n    direction: retreat\n    patterns: ['close~ <plant>']\n",
            "2",
            "rule a: slot <plant>",
        ),
        ("rules:\n  - id: a\n    direction: retreat\n    patterns: ['[lab]']\n", "2", "empty sentence"),
        ("words: &w\n  a: [b]\nrules: *w\n", "1", "anchors"),
        ("words:\n  a: [b]\n  a: [c]\n", "3", "twice"),
        (RULE + "    priority: high\n", "5", "whole number"),
        ("rools: []\n", "1", "did you mean `rules`"),
    ],
)
def test_a_fault_names_file_line_and_rule(tmp_path, text, line, fault):
    with pytest.raises(InputError) as told:
        lexicon.load(written(tmp_path, text))
    assert "own.yaml" in str(told.value) and fault in str(told.value) and f":{line}" in str(told.value)
    assert "\n" not in str(told.value)


def test_a_missing_lexicon_is_told(tmp_path):
    with pytest.raises(InputError, match="no such lexicon"):
        lexicon.load(tmp_path / "none.yaml")


def test_another_topic_is_another_small_file(tmp_path):
    found = lexicon.load(
        written(
            tmp_path,
            "words:\n  boat: [ferry, ferries]\nrules:\n  - id: sinks\n    theme: loss\n"
            "    direction: retreat\n    patterns: ['<boat> .. (sank|sinks)']\n",
        )
    )
    reading = themes.read("The old ferry sank.", themes.Reader(found))
    assert (reading.direction, reading.theme) == ("retreat", "loss")


def test_words_that_yaml_takes_for_truth_values_stay_words(tmp_path):
    found = lexicon.load(
        written(tmp_path, "words:\n  answer: [no, on, off, yes]\n" + RULE.replace("lab", "<answer>"))
    )
    assert found.words["answer"] == ["no", "on", "off", "yes"]


def test_lint_tells_what_is_doubtful(tmp_path):
    found = lexicon.load(
        written(
            tmp_path,
            "words:\n  idle: [x]\n" + RULE + "    catches: [It opened a lab.]\n"
            "    spares: [It closed a lab.]\n",
        )
    )
    told = " / ".join(lexicon.lint(found))
    assert "does not catch" in told and "must not catch" in told and "idle is used by no rule" in told


def test_precision_of_each_rule(own):
    from slackwater.reading import lint

    rows = {
        r["rule"]: r
        for r in lint.precision(own, [{"sentence": "Acme closed its lab.", "direction": "retreat"}])
    }
    assert rows["close-site"]["hits"] == rows["close-site"]["agree"] == 1
    assert rows["acquire"]["hits"] == 0


def test_the_hash_changes_with_the_file(tmp_path):
    first = lexicon.load(written(tmp_path, RULE)).hash
    assert lexicon.load(written(tmp_path, RULE + "# a remark\n")).hash != first


@pytest.mark.slow
def test_ten_thousand_rules_are_loaded_and_answered(tmp_path):
    rules = "".join(
        f"  - id: r{n}\n    direction: retreat\n    patterns: ['close~ .. word{n}']\n" for n in range(10_000)
    )
    begun = time.perf_counter()
    reader = themes.Reader(lexicon.load(written(tmp_path, "rules:\n" + rules)))
    assert themes.read("They closed the word9999.", reader).direction == "retreat"
    assert time.perf_counter() - begun < 60
