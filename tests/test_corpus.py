"""corpus.yaml and the pages: what is read, and the one line that each fault gets."""

import os

import pytest

from slackwater import corpus
from slackwater.errors import InputError

GOOD = "title: Acme in Ghent\ncompany: Acme\nplace: Ghent\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "corpus.yaml").write_text(GOOD)
    (tmp_path / "000.txt").write_text("Acme opens a plant in Ghent.\n")
    return tmp_path


def test_the_sample_corpus_is_in_order():
    seeds = corpus.load("seeds")
    assert (seeds.name, seeds.company[0], seeds.place[0]) == ("microsoft-shanghai", "Microsoft", "Shanghai")
    assert [page.fault for page in corpus.pages(seeds)] == [None] * 5
    assert all("because" in facts for facts in seeds.facts.values())


def test_the_name_is_by_default_the_folders(folder):
    assert corpus.load(folder).name == folder.name.replace(" ", "-")


@pytest.mark.parametrize(("yaml", "words"), [
    ("title: A\ncompany: B\n", ["'place' is missing"]),
    ("titel: A\ncompany: B\nplace: C\n", ["unknown key 'titel'", "Did you mean 'title'?"]),
    (GOOD + "pages:\n  000.txt: {published: 2021-13-45, because: x}\n", ["line 5", "2021-13-45 is no day"]),
    (GOOD + "titel: C\n", ["unknown key 'titel'", "Did you mean 'title'?"]),
    (GOOD + "pages:\n  001.txt: {kind: news, because: x}\n",
     ["001.txt: there is no such file", "Did you mean '000.txt'?"]),
    (GOOD + "pages:\n  000.txt: {kind: news}\n", ["'because' is missing"]),
    (GOOD + "pages:\n  000.txt: {kind: rumour, because: x}\n", ["one of news", '"rumour"']),
    (GOOD + "pages:\n  000.txt: {article: no, because: x}\n", ["article: expected true", "got false"]),
    (GOOD + "pages:\n  000.txt: {published: 2019-13, because: x}\n", ["published", "no such day"]),
    (GOOD + "pages:\n  000.txt: {published: soon, because: x}\n", ["YYYY-MM-DD", '"soon"']),
    (GOOD + "pages:\n  000.txt: {not_before: 2020, not_after: 2019, because: x}\n", ["not_before (2020) is after"]),
    (GOOD + "pages:\n  000.txt: {kind: news, because: {knd: x}}\n", ["reason for 'knd'", "Did you mean 'kind'?"]),
    (GOOD + "skip:\n  009.txt: old\n", ["skip: 009.txt: there is no such file"]),
    (GOOD + "lexicon: nowhere.yaml\n", ["no file 'nowhere.yaml'", "expansion_retreat"]),
    (GOOD + "lexicon: ../../etc/passwd\n", ["no file '../../etc/passwd'"]),
    (GOOD + "name: ../up\n", ["letters, digits, dot, dash, underscore"]),
    (GOOD + "window: {first: 2021, last: 2020}\n", ["first (2021-01-01) is after last"]),
    ("- a\n- b\n", ["expected keys such as title"]),
    ("title: [\n", ["line 2", "Mend the YAML"]),
    ("a: &x [1]\nb: *x\n", ["line 2", "aliases"]),
    ("title: A\ntitle: B\n", ["line 2", "given twice"]),
    ("title: !!python/object/apply:os.system [id]\n", ["line 1", "could not determine a constructor"]),
    ("", ["expected keys such as title"]),
    (GOOD + "aliases: {company: MSFT}\n", ["aliases: company: expected a list of text", '"MSFT"']),
])
def test_a_fault_of_corpus_yaml_is_one_line_with_file_fault_and_fix(folder, yaml, words):
    (folder / "corpus.yaml").write_text(yaml)
    with pytest.raises(InputError) as caught:
        corpus.load(folder)
    line = str(caught.value)
    assert line.startswith(str(folder)) and "\n" not in line and line.endswith((".", "?"))
    for word in words:
        assert word in line


def test_a_folder_that_is_not_there_and_one_without_pages(tmp_path):
    with pytest.raises(InputError, match="there is no such folder"):
        corpus.load(tmp_path / "none")
    with pytest.raises(InputError, match=r"corpus\.yaml: there is no such file"):
        corpus.load(tmp_path)
    (tmp_path / "corpus.yaml").write_text(GOOD)
    with pytest.raises(InputError, match="holds no pages"):
        corpus.load(tmp_path)


def test_a_fault_of_a_page_stays_with_the_page(folder, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("not part of the corpus")
    (folder / "001 empty.txt").write_text(" \n\n")
    (folder / "002.txt").symlink_to(secret)
    (folder / "003.txt").symlink_to(folder / "000.txt")
    os.mkfifo(folder / "004.txt")
    (folder / "005.txt").symlink_to(folder / "gone.txt")
    (folder / "006.txt").write_bytes(b"x" * 2001)
    (folder / "bad\nname\x1b[31m.txt").write_text("Acme stays.")
    faults = {page.file: page.fault for page in corpus.pages(corpus.load(folder), max_bytes=2000)}
    assert faults["000.txt"] is None
    assert faults["001 empty.txt"].startswith("is empty")
    assert faults["002.txt"].startswith("is a link that leaves the corpus")
    assert faults["003.txt"] is None
    assert faults["004.txt"].startswith("is not a regular file")
    assert faults["005.txt"].startswith("cannot be read (No such file")
    assert "2,001 bytes, more than the limit of 2,000" in faults["006.txt"]
    assert faults["bad\\nname\\x1b[31m.txt"] is None


def test_a_skipped_page_is_left_out(folder):
    (folder / "001.txt").write_text("Acme again.")
    (folder / "corpus.yaml").write_text(GOOD + "skip:\n  001.txt: a copy\n")
    assert [page.file for page in corpus.pages(corpus.load(folder))] == ["000.txt"]
