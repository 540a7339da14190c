"""A report is published whole or not at all."""

import json

import pytest

from slackwater.editions import PARTS, Shelf
from slackwater.errors import PublishError


def fill(folder, text):
    for part in PARTS:
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_text(text)
    (folder / "run.json").write_text(json.dumps({"text": text}))


def published(shelf, text, key="0123456789abcdef"):
    with shelf.staging() as staging:
        fill(staging, text)
        return shelf.publish(staging, key)


def test_the_link_shows_the_latest_edition_and_the_earlier_ones_stay(tmp_path):
    shelf = Shelf(tmp_path / "out", "acme")
    first, second = published(shelf, "one"), published(shelf, "two")
    assert (tmp_path / "out" / "acme" / "report.html").read_text() == "two"
    assert first.is_dir() and second.name == first.name + "-2"
    assert not (tmp_path / "out" / "acme").readlink().is_absolute()
    assert shelf.current()["text"] == "two" and shelf.current()["edition"] == second.name


def test_a_failed_run_leaves_the_last_edition_and_keeps_what_it_had(tmp_path):
    shelf = Shelf(tmp_path, "acme")
    published(shelf, "good")
    with pytest.raises(RuntimeError), shelf.staging() as staging:
        (staging / "half.html").write_text("half")
        raise RuntimeError
    assert shelf.current()["text"] == "good"
    assert (shelf.store / ".failed" / "half.html").exists()
    assert not list(shelf.store.glob(".staging-*"))


def test_the_litter_of_a_killed_run_is_cleared(tmp_path):
    shelf = Shelf(tmp_path, "acme")
    (shelf.store / ".staging-999").mkdir(parents=True)
    published(shelf, "good")
    assert not list(shelf.store.glob(".staging-*"))


def test_an_edition_with_a_part_missing_is_not_current(tmp_path):
    shelf = Shelf(tmp_path, "acme")
    published(shelf, "good")
    (shelf.link / "report.pdf").unlink()
    assert shelf.current() is None


def test_a_folder_in_the_way_is_not_deleted(tmp_path):
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "mine.txt").write_text("precious")
    with pytest.raises(PublishError, match="in the way"):
        published(Shelf(tmp_path, "acme"), "good")
    assert (tmp_path / "acme" / "mine.txt").exists()


def test_an_output_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PublishError, match="cannot be written"):
        published(Shelf(tmp_path / "file", "acme"), "good")


def test_prune_keeps_the_newest_and_the_current(tmp_path):
    shelf = Shelf(tmp_path, "acme")
    names = [published(shelf, text, key=text * 12).name for text in ("a", "b", "c")]
    assert shelf.prune(2) == names[:1]
    assert [path.name for path in shelf.all()] == names[1:]
    assert shelf.prune(1) == names[1:2] and shelf.current()["text"] == "c"
    assert shelf.prune(0) == []


def test_forget_takes_a_page_out_of_the_editions_that_had_it(tmp_path):
    shelf = Shelf(tmp_path, "acme")
    for text, files in (("a", {"1.txt": "x"}), ("b", {"1.txt": "x", "2.txt": "y"}), ("c", {"1.txt": "x"})):
        with shelf.staging() as staging:
            fill(staging, text)
            (staging / "run.json").write_text(json.dumps({"text": text, "fingerprint": {"inputs": files}}))
            shelf.publish(staging, text * 12)
    assert [name[-12:] for name in shelf.forget("2.txt")] == ["b" * 12]
    assert [path.name[-12:] for path in shelf.all()] == ["a" * 12, "c" * 12]
