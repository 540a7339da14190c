"""The notebooks as they lie in the tree: tidy, short of cell, free of programming; and they run."""

import ast
from pathlib import Path

import nbformat
import pytest

from slackwater import parameters, tidy

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
NAMES = ["01-clean-texts", "02-measure-tone", "03-find-themes", "04-report", "05-tune-lexicon"]
CODE = [pytest.param(path, cell, id=f"{path.stem}: {cell.id}") for path in NOTEBOOKS
        for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def tags(cell) -> set[str]:
    return set(cell.metadata.get("tags", []))


def test_there_are_five():
    assert [path.stem for path in NOTEBOOKS] == NAMES


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_each_is_valid_and_tidy(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert not tidy.tidy(path, write=False), f"{path.name} is untidy: run `slackwater tidy notebooks`"
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert not [i for i in ids if not i.replace("-", "").isalpha()], "a cell is named for what it shows"


@pytest.mark.parametrize(("path", "cell"), CODE)
def test_a_cell_is_short_and_defines_nothing(path, cell):
    lines = [line for line in cell.source.splitlines() if line.strip()]
    assert 1 <= len(lines) <= 7
    assert max(map(len, lines)) <= 120
    tree = ast.parse(cell.source)
    banned = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.ListComp, ast.DictComp, ast.Try)
    assert not [node for node in ast.walk(tree) if isinstance(node, banned)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_the_parameter_cell_explains_itself(path):
    declared = parameters.declared(path)
    assert {"corpus", "work"} <= set(declared)
    for parameter in declared.values():
        assert parameter.comment, f"{parameter.name} has no comment"
        if parameter.kind in ("int", "float"):
            assert parameter.low is not None, f"{parameter.name} states no range"
            assert parameter.low <= parameter.default <= parameter.high


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_markdown_asks_before_code_answers(path):
    cells = nbformat.read(path, as_version=4).cells
    shown = [c for c in cells if c.cell_type == "markdown" or not tags(c) & {"parameters", "hide"}]
    assert shown[0].cell_type == "markdown"
    runs, longest = 0, 0
    for cell in shown:
        runs = runs + 1 if cell.cell_type == "code" else 0
        longest = max(longest, runs)
    assert longest <= 4, "an answer needs its question"


@pytest.mark.slow
@pytest.mark.parametrize("stem", NAMES)
def test_each_runs_by_hand_from_its_folder(stem):
    from nbclient import NotebookClient

    notebook = nbformat.read(FOLDER / f"{stem}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(FOLDER)}}).execute()
    answers = [c for c in notebook.cells if c.cell_type == "code" and not tags(c) & {"parameters", "hide"}]
    silent = [cell.id for cell in answers if not cell.outputs]
    assert not silent, "every question is answered visibly"
    assert not [o for cell in notebook.cells for o in cell.get("outputs", []) if o.get("name") == "stderr"]


SMALL = {
    "no sentence": "Menu\nHome\nSubscribe\n",
    "one sentence": "Acme opened a plant in Ghent.\n",
    "four sentences": "Acme opens a plant in Ghent\n\nGHENT, 3 May 2019. Acme opened a plant in Ghent on Monday, the "
                      "company said in a statement to the press.\n\nThe mayor of Ghent welcomed it in a short speech. "
                      "Two hundred people will work there from June onwards.\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL)
def test_a_corpus_of_next_to_nothing_runs_through_all(name, tmp_path):
    from nbclient import NotebookClient

    (tmp_path / "corpus.yaml").write_text("title: Acme in Ghent\ncompany: Acme\nplace: Ghent\n", encoding="utf-8")
    (tmp_path / "000.txt").write_text(SMALL[name], encoding="utf-8")
    for stem in NAMES[:4]:
        notebook = nbformat.read(FOLDER / f"{stem}.ipynb", as_version=4)
        for cell in notebook.cells:
            if "parameters" in tags(cell):
                cell.source = cell.source.replace('"../seeds"', repr(str(tmp_path)))
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(FOLDER)}}).execute()
