"""Thirty sentences and two keys: what is drawn, what is saved, how right the rules are by it."""

import json
import shutil

import pytest

from articles import CLOSING, CORPUS, OPENING
from slackwater import cli, engine, labels, tuning
from slackwater.errors import InputError


@pytest.fixture(scope="module")
def read_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("acme")
    for name, text in (("corpus.yaml", CORPUS), ("000.txt", OPENING), ("001.txt", CLOSING)):
        (folder / name).write_text(text)
    return tuning.open_bench(engine.open_desk(folder))


@pytest.fixture
def bench(read_once):
    yield read_once
    shutil.rmtree(labels.file(read_once).parent, ignore_errors=True)


def pressing(keys):
    left = iter(keys)
    return lambda shown: next(left)


def test_the_same_sentences_are_drawn_each_time_and_both_directions_are_among_them(bench):
    chosen = labels.sample(bench, n=6)
    assert chosen == labels.sample(bench, n=6) and len(chosen) == 6
    assert {row["stratum"] for row in chosen} == {"expansion", "retreat", "neutral"}


def test_answers_are_saved_at_once_and_the_next_call_goes_on(bench):
    path = labels.file(bench)
    assert labels.ask(bench, n=5, key=pressing(["g", "x", "r", "q"])).startswith("2 of 5 sentences labelled; ")
    assert [row["direction"] for row in labels.load(path)] == ["expansion", "retreat"]
    assert labels.ask(bench, n=5, key=pressing(["", "", "G "])) == "5 of 5 sentences labelled."
    assert [row["direction"][0] for row in labels.load(path)] == ["e", "r", "n", "n", "e"]
    assert labels.ask(bench, n=5, key=pressing([])) == "5 of 5 sentences labelled."


@pytest.mark.parametrize("nobody", [EOFError, NotImplementedError])
def test_where_nobody_can_be_asked_nothing_is_written(bench, nobody):
    def key(shown):
        raise nobody

    assert labels.ask(bench, key=key).startswith("0 of ")
    assert not labels.file(bench).exists()


def test_the_labels_are_no_page_and_change_no_report(bench):
    before = [page.file for page in bench.desk.pages]
    labels.ask(bench, n=3, key=pressing(["g", "r", ""]))
    assert [page.file for page in engine.open_desk(bench.desk.corpus.folder).pages] == before


def test_who_agrees_with_every_reading_finds_the_rules_right(bench):
    read = {row.text: row.direction for row in bench.sentences.itertuples()}
    keys = {"expansion": "g", "retreat": "r", "neutral": ""}
    chosen = labels.sample(bench)
    labels.ask(bench, key=pressing([keys[read[row["sentence"]]] for row in chosen]))
    table = labels.accuracy(bench).set_index("direction")
    assert (table["precision"] == 1).all() and (table["recall"] == 1).all()
    assert (table["precision_low"] < 1).all(), "so few labels are no certainty"


def test_the_labels_are_gold_that_evaluate_reads(bench, capsys):
    labels.ask(bench, n=6, key=pressing(["g", "r", "", "g", "r", ""]))
    assert cli.main(["evaluate", "sentences", str(labels.file(bench))]) == 0
    assert "all: n=6 " in capsys.readouterr().out


def test_a_label_counts_for_the_sentences_it_stands_for(bench):
    read = bench.sentences[bench.sentences["direction"] == "neutral"]
    rows = [{"file": r.file, "sentence": r.text, "direction": d, "stratum": "neutral", "of": 90}
            for r, d in zip(read.itertuples(), ["retreat", "neutral", "neutral"], strict=False)]
    hit = bench.sentences[bench.sentences["direction"] == "retreat"].iloc[0]
    rows.append({"file": hit.file, "sentence": hit.text, "direction": "retreat", "stratum": "retreat", "of": 10})
    labels.file(bench).parent.mkdir()
    labels.file(bench).write_text("\n".join(map(json.dumps, rows)))
    row = labels.accuracy(bench).set_index("direction").loc["retreat"]
    assert row["precision"] == 1 and row["recall"] == pytest.approx(10 / (10 + 30))
    assert row["recall_low"] <= row["recall"] <= row["recall_high"]


@pytest.mark.parametrize("line", ["not json", "[1]", "1", "{}", '{"file": 1, "sentence": "x", "direction": "retreat"}',
                                  '{"file": "a", "sentence": "x", "direction": "down"}', "[" * 100_000,
                                  '{"file": "a", "sentence": "x", "direction": "retreat", "of": "many"}'])
def test_a_wrong_file_of_labels_is_one_clear_line_and_stays_as_it_is(bench, tmp_path, line):
    good = '{"file": "a", "sentence": "x", "direction": "retreat"}'
    path = tmp_path / "given"
    path.write_text(f"{good}\n\n{line}\n")
    for call in (lambda: labels.accuracy(bench, path), lambda: labels.ask(bench, path, key=pressing(["g"]))):
        with pytest.raises(InputError, match="line 3: is not a label") as error:
            call()
        assert "\n" not in str(error.value)
    assert path.read_text() == f"{good}\n\n{line}\n"


def test_labels_of_another_corpus_are_told(bench, tmp_path):
    (tmp_path / "given").write_text('{"file": "a", "sentence": "x", "direction": "retreat"}')
    with pytest.raises(InputError, match="holds no label of a sentence of"):
        labels.accuracy(bench, tmp_path / "given")


def test_no_label_yet_gives_no_number(bench):
    table = labels.accuracy(bench)
    assert table["precision"].isna().all() and (table["labelled"] == 0).all()
