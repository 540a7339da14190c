"""A lexicon in hand: what its rules do to a corpus of two stories, and what a rule more or less changes."""

from pathlib import Path

import pytest

from articles import CLOSING, CORPUS, OPENING
from slackwater import corpus, engine, lexicon, tuning
from slackwater.errors import InputError

RULE = """
id: road-wider
theme: works
direction: expansion
patterns: [widen~ .. road]
catches: [The town will widen the road.]
spares: [The road runs to the port.]
"""


def write(folder):
    for name, text in (("corpus.yaml", CORPUS), ("000.txt", OPENING), ("001.txt", CLOSING)):
        (folder / name).write_text(text)
    return folder


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    return tuning.open_bench(engine.open_desk(write(tmp_path_factory.mktemp("acme"))))


def test_what_fired_adds_up_to_the_evidence(bench):
    fired = tuning.fired(bench)
    assert fired[["counted", "vetoed", "set aside"]].to_numpy().sum() == len(bench.evidence)
    assert {"open-site", "close-site"} <= set(fired.loc[fired["counted"] > 0, "rule"])
    assert repr(bench).startswith("Bench: ") and len(repr(bench)) < 80


def test_context_shows_the_words_around_each_match(bench):
    lines = tuning.context(bench, "open-site", width=20)
    assert "counted" in set(lines["outcome"])
    for row in lines.itertuples():
        text = bench.sentences.query("file == @row.file and sentence == @row.sentence")["text"].item()
        assert f"{row.before}{row.matched}{row.after}" in text
        assert len(row.before) <= 20 and len(row.after) <= 20


@pytest.mark.parametrize(("name", "hint"), [("open-sit", "Did you mean open-site?"), ("zzz", "Known rules: ")])
def test_a_rule_that_is_not_there_names_the_nearest(bench, name, hint):
    for call in (tuning.context, tuning.without):
        with pytest.raises(InputError, match=hint[:20]):
            call(bench, name)


def test_words_lean_the_way_they_are_used(bench):
    words = tuning.words(bench, n=5).set_index("word")
    assert words.loc["close", "leans"] == "retreat" and words.loc["opened", "leans"] == "expansion"
    assert list(words["z"])[:2] == sorted(words["z"], reverse=True)[:2]
    assert not {"acme", "ghent"} & set(words.index), "the subject is on every page and tells no direction"


def test_a_name_is_no_word_that_tells_a_direction(bench):
    told = set(tuning.words(bench, n=99)["word"])
    assert not {"marie", "dupont", "tuesday"} & told and {"plant", "the", "we"} & told
    overlooked = ", ".join(tuning.overlooked(bench, n=99)["words"]).split(", ")
    assert not {"marie", "dupont", "ghent"} & set(overlooked)


def test_the_rule_to_begin_with_is_the_one_that_counted_most(bench):
    assert tuning.busiest(bench) == tuning.fired(bench)["rule"][0]
    off = tuning.without(bench, *[rule.id for rule in bench.desk.lexicon.rules[1:]])
    assert tuning.busiest(off) == bench.desk.lexicon.rules[0].id


def test_the_prior_draws_rare_words_to_no_difference(bench):
    def odds(prior):
        return tuning.words(bench, n=99, prior=prior).set_index("word")["log_odds"].abs()

    weak, strong = odds(10), odds(10_000)
    shared = weak.index.intersection(strong.index)
    assert len(shared) > 20 and (strong[shared] <= weak[shared]).all()


def test_overlooked_are_neutral_and_say_by_which_words(bench):
    found = tuning.overlooked(bench, n=5)
    read = bench.sentences.set_index(["file", "sentence"])["direction"]
    assert all(read[key] == "neutral" for key in zip(found["file"], found["sentence"], strict=True))
    assert list(found["leaning"].abs()) == sorted(found["leaning"].abs(), reverse=True)
    for row in found.itertuples():
        assert all(word in row.text.lower() for word in filter(None, row.words.split(", ")))


def test_a_rule_switched_off_moves_sentences_and_pages(bench):
    off = tuning.without(bench, *[rule.id for rule in bench.desk.lexicon.rules if rule.direction == "retreat"])
    moved = tuning.moved(bench, off)
    assert set(moved["before"]) >= {"retreat"} and "retreat" not in set(moved["after"])
    assert list(tuning.moved_pages(bench, off)["file"]) == ["001.txt"]
    assert tuning.moved(bench, bench).empty and tuning.moved_pages(off, off).empty


def test_a_rule_added_moves_the_corpus_and_writes_nothing(bench):
    folder = bench.desk.corpus.folder
    before = sorted(p.name for p in folder.iterdir())
    trial = tuning.with_rule(bench, RULE)
    moved = tuning.moved(bench, trial)
    assert [(row.before, row.after) for row in moved.itertuples()] in ([("neutral", "expansion")], [])
    assert "road-wider" in set(tuning.fired(trial)["rule"])
    assert sorted(p.name for p in folder.iterdir()) == before
    twice = tuning.with_rule(trial, RULE.replace("road-wider", "road-longer"))
    assert {"road-wider", "road-longer"} <= {rule.id for rule in twice.desk.lexicon.rules}


@pytest.mark.parametrize(("rule", "words"), [
    (RULE.replace("The town will widen the road.", "The town sleeps."), "does not catch 'The town sleeps.'"),
    (RULE.replace("The road runs to the port.", "They widen the road."), "must not catch 'They widen the road.'"),
    (RULE.replace("road-wider", "open-site"), "has the same id; rename one"),
    (RULE.replace("expansion", "up"), "`direction` must be one of"),
    (RULE.replace("widen~ .. road", "<rode>"), "slot <rode>"),
    ("id: [", "with your rule"),
])
def test_a_rule_that_is_wrong_is_refused_in_one_line(bench, rule, words):
    with pytest.raises(InputError) as error:
        tuning.with_rule(bench, rule)
    assert words in str(error.value) and "\n" not in str(error.value) and "/tmp" not in str(error.value)


@pytest.mark.slow
def test_keep_writes_the_lexicon_and_names_it_in_corpus_yaml(tmp_path):
    folder = write(tmp_path)
    bench = tuning.open_bench(engine.open_desk(folder))
    package = Path(bench.desk.lexicon.path)
    original = package.read_text()
    own = tuning.keep(tuning.with_rule(bench, RULE))
    assert own == folder / "lexicon.yaml" and package.read_text() == original
    kept = lexicon.load(own)
    assert kept.rules[-1].id == "road-wider" and not [c for c in lexicon.lint(kept) if "road-wider" in c]
    assert corpus.load(folder).lexicon == own
    assert (folder / "corpus.yaml").read_text().startswith(CORPUS.strip())
    again = tuning.open_bench(engine.open_desk(folder))
    tuning.keep(tuning.with_rule(again, RULE.replace("road-wider", "road-longer")))
    assert [rule.id for rule in lexicon.load(own).rules[-2:]] == ["road-wider", "road-longer"]


def test_a_rule_in_place_of_another_is_tried_but_what_is_off_is_not_written(tmp_path):
    folder = write(tmp_path)
    bench = tuning.open_bench(engine.open_desk(folder))
    other = tuning.with_rule(tuning.without(bench, "close-site"), RULE)
    assert {"close-site", "road-wider"} & set(tuning.fired(other)["rule"]) == {"road-wider"}
    assert [rule.id for rule in other.desk.lexicon.rules if rule.id in ("close-site", "road-wider")] == ["road-wider"]
    with pytest.raises(InputError, match="close-site: switched off here"):
        tuning.keep(other)
    assert not (folder / "lexicon.yaml").exists()


@pytest.mark.slow
def test_keep_touches_no_file_it_does_not_know(tmp_path):
    folder = write(tmp_path)
    bench = tuning.open_bench(engine.open_desk(folder))
    (folder / "lexicon.yaml").write_text("mine")
    with pytest.raises(InputError, match="was not touched"):
        tuning.keep(tuning.with_rule(bench, RULE))
    assert (folder / "lexicon.yaml").read_text() == "mine"
