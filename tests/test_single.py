"""An analyst's own notebook, run alone and set in the house style."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from articles import CLOSING, CORPUS, OPENING
from slackwater import cli

PARAMETERS = 'corpus: str = "."  # folder of pages\nmost: int = 5  # rows shown [1..9]'
SHOWN = "from slackwater import engine\nengine.clean(engine.open_desk(corpus)).documents[['file', 'title']].head(most)"


def notebook(path: Path, *sources: str, parameters: str | None = PARAMETERS) -> Path:
    cells = [new_markdown_cell("# My own view\n\nWhat *I* think.")]
    if parameters is not None:
        cells.append(new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    nbformat.write(new_notebook(cells=[*cells, *map(new_code_cell, sources)]), path)
    return path


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "acme"
    folder.mkdir()
    for name, text in (("corpus.yaml", CORPUS), ("000.txt", OPENING), ("001.txt", CLOSING)):
        (folder / name).write_text(text)
    return folder


def report(corpus, path, *options):
    return cli.main(["report", str(corpus), "--notebook", str(path), "--out", str(corpus.parent / "out"), *options])


@pytest.mark.slow
def test_it_is_run_on_the_corpus_and_set_in_the_house_style(corpus, tmp_path, capsys):
    mine = notebook(tmp_path / "mine.ipynb", SHOWN)
    before = mine.read_bytes()
    assert report(corpus, mine, "--param", "most=1", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    html, pdf = Path(told["html"]).read_text(), Path(told["pdf"]).read_bytes()
    assert Path(told["html"]).name == "acme-mine.html" and pdf.startswith(b"%PDF-")
    assert "<title>My own view" in html and "Acme opens battery plant" in html and "Acme to close" not in html
    assert "Content-Security-Policy" in html and str(tmp_path) not in html
    assert mine.read_bytes() == before
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["acme-mine.html", "acme-mine.pdf"]
    first = html
    assert report(corpus, mine, "--param", "most=1") == 0
    assert Path(told["html"]).read_text() == first and Path(told["pdf"]).read_bytes() == pdf


@pytest.mark.slow
def test_a_cell_that_fails_is_told_in_one_line_and_leaves_the_last_good_files(corpus, tmp_path, capsys):
    mine = notebook(tmp_path / "mine.ipynb", SHOWN)
    assert report(corpus, mine) == 0
    good = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    notebook(mine, SHOWN, "from slackwater import tuning, engine\n"
             "tuning.context(tuning.open_bench(engine.open_desk(corpus)), 'open-sit')")
    capsys.readouterr()
    assert report(corpus, mine) == 3
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "mine.ipynb: cell 4: " in err and "Did you mean open-site?" in err
    failed = tmp_path / "out" / ".failed" / "mine.ipynb"
    shown = [output for cell in nbformat.read(failed, 4).cells for output in cell.get("outputs", [])]
    error = next(output for output in shown if output.output_type == "error")
    assert error.traceback == ["InputError: " + error.evalue], "the one line, no traceback"
    shutil.rmtree(failed.parent)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == good


@pytest.mark.parametrize(("parameters", "options", "words"), [
    (None, [], "has no cell tagged `parameters`"),
    ("most: int = 5  # rows", [], "its parameter cell has no `corpus`"),
    (PARAMETERS, ["--param", "mots=3"], "Did you mean most?"),
    (PARAMETERS, ["--param", "most=30"], "a whole number from 1 to 9"),
    (PARAMETERS, ["--no-quotes"], "no notebook has a parameter 'quotes'"),
])
def test_what_cannot_be_run_is_told_before_a_kernel_starts(corpus, tmp_path, capsys, parameters, options, words):
    assert report(corpus, notebook(tmp_path / "mine.ipynb", parameters=parameters), *options) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and words in err and not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [None, "", "{}", "[]", "\x00"])
def test_what_is_no_notebook_is_told(corpus, tmp_path, capsys, content):
    if content is not None:
        (tmp_path / "mine.ipynb").write_text(content)
    assert report(corpus, tmp_path / "mine.ipynb") == 2
    assert capsys.readouterr().err.count("\n") == 1
