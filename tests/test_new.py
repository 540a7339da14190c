"""A new corpus: one that loads, explains itself, and never overwrites anything."""

import json
import re
from pathlib import Path

import pytest
import yaml

from slackwater import corpus, parameters, run
from slackwater.errors import InputError
from slackwater.intake import new


def made(folder, **knobs):
    return new.create(folder, **{"company": "Acme", "place": "Ghent", **knobs})


def test_a_new_corpus_loads(tmp_path):
    said = made(tmp_path / "corpora" / "acme-ghent")
    assert said == tmp_path / "corpora" / "acme-ghent" / "corpus.yaml"
    loaded = corpus.load(said.parent, empty=True)
    assert (loaded.name, loaded.title) == ("acme-ghent", "Acme in Ghent")
    assert (loaded.company, loaded.place) == (("Acme",), ("Ghent",))
    assert [path.name for path in said.parent.iterdir()] == ["corpus.yaml"]


def test_without_pages_the_next_step_is_named(tmp_path):
    with pytest.raises(InputError, match=r"holds no pages.*slackwater add"):
        corpus.load(made(tmp_path / "a").parent)


def test_with_a_page_it_is_ready_for_a_report(tmp_path):
    (tmp_path / "000.txt").write_text("Acme opens a plant in Ghent.")
    assert [page.file for page in corpus.pages(corpus.load(made(tmp_path).parent))] == ["000.txt"]


@pytest.mark.parametrize("text", [
    "No", "2019", "null", "Müller & Söhne: GmbH", "#1 Brands", "it's", '"Quoted"', "- dash", "{braces}", "微软", "a\\b",
    "%x", "*star", "~", "1.5", "2019-01-17", "x" * 500 + " y" * 400])
def test_any_name_comes_back_as_typed(tmp_path, text):
    loaded = corpus.load(made(tmp_path / "a", company=text, place=text, title=text).parent, empty=True)
    assert (loaded.company[0], loaded.place[0], loaded.title) == (text, text, text)


@pytest.mark.parametrize("text", ["", "  ", "two\nlines", "bell\x07", "x" * 2001])
@pytest.mark.parametrize("key", ["company", "place", "title"])
def test_what_is_no_name_is_refused_before_anything_is_made(tmp_path, key, text):
    if (key, text) == ("title", ""):
        return
    with pytest.raises(InputError, match=f"--{key}.*is not a name"):
        made(tmp_path / "a", **{key: text})
    assert list(tmp_path.iterdir()) == []


def test_an_existing_corpus_is_not_touched(tmp_path):
    (tmp_path / "corpus.yaml").write_text("mine")
    with pytest.raises(InputError, match=r"corpus\.yaml: is there already and was not touched\. Edit it"):
        made(tmp_path, notebooks=True)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("corpus.yaml", "mine")]


def test_a_file_in_the_way(tmp_path):
    (tmp_path / "a").write_text("mine")
    with pytest.raises(InputError, match=r"a: is a file\. Name a folder"):
        made(tmp_path / "a")
    with pytest.raises(InputError, match="cannot be written"):
        made(tmp_path / "a" / "b" / "c")
    assert (tmp_path / "a").read_text() == "mine"


def test_the_notebooks_for_editing_work_on_the_corpus_they_lie_in(tmp_path, monkeypatch):
    said = made(tmp_path / "a", notebooks=True)
    loaded = corpus.load(said.parent, empty=True)
    assert loaded.notebooks == said.parent / "notebooks"
    originals = sorted(run.NOTEBOOKS.glob("*.ipynb"))
    assert len(run.in_folder(loaded.notebooks)) < len(originals), "the workbench for the lexicon is copied, too"
    monkeypatch.chdir(loaded.notebooks)
    for original in originals:
        copy = Path(original.name)
        assert Path(parameters.declared(copy)["corpus"].default).resolve() == said.parent.resolve()
        assert json.loads(copy.read_text().replace('\\"..\\"', '\\"../seeds\\"')) == json.loads(original.read_text())


def test_notebooks_of_the_analyst_are_not_touched(tmp_path):
    (tmp_path / "notebooks").mkdir()
    with pytest.raises(InputError, match="notebooks: is there already and was not touched"):
        made(tmp_path, notebooks=True)
    assert not (tmp_path / "corpus.yaml").exists()
    made(tmp_path)


@pytest.mark.parametrize("there", [True, False])
def test_a_full_disk_leaves_what_was_there_and_nothing_else(tmp_path, monkeypatch, there):
    folder = tmp_path / "x" / "acme"
    if there:
        folder.mkdir(parents=True)
        (folder / "000.txt").write_text("mine")
    before = sorted(tmp_path.rglob("*"))

    def full(*_):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(InputError, match="No space left on device"):
        made(folder, notebooks=True)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_whose_name_cannot_name_a_report(tmp_path):
    assert corpus.load(made(tmp_path / "特斯拉").parent, empty=True).name == "acme-ghent"
    assert corpus.load(made(tmp_path / "柏林", company="特斯拉", place="柏林").parent, empty=True).name == "report"


def test_every_example_works_once_it_is_uncommented(tmp_path):
    said = made(tmp_path)
    text = re.sub(r"(?m)^#(?=\w|  )", "", said.read_text())
    schema = json.loads((corpus.LEXICONS.parent / "corpus.schema.json").read_text())
    assert set(yaml.safe_load(text)) == set(schema["properties"])
    said.write_text(text)
    for name in ("000_example.txt", "001_example.txt"):
        (tmp_path / name).write_text("Acme opens a plant in Ghent.")
    (tmp_path / "notebooks").mkdir()
    loaded = corpus.load(tmp_path)
    assert loaded.company == ("Acme", "the carmaker", "ACME")
    assert loaded.feeds == ("https://news.example/rss.xml",)
    assert loaded.facts["000_example.txt"]["published"] == "2019-01-17"
