"""Notebooks under version control: what tidy takes and keeps, and how two analysts' edits merge."""

import subprocess

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from slackwater import cli, tidy


def notebook():
    first = new_code_cell("x: int = 1  # a number", metadata={"tags": ["parameters"]})
    made = new_notebook(cells=[new_markdown_cell("# Title"), first, new_code_cell("x + 1"), new_markdown_cell("Next?"),
                               new_code_cell("x + 2\nx + 3")])
    for number, cell in enumerate(made.cells):
        cell["id"] = f"cell-{number}"
    return made


def executed(made):
    """*made* as JupyterLab leaves it after a run."""
    made.metadata |= {"kernelspec": {"name": "other", "display_name": "My env", "language": "python"},
                      "language_info": {"name": "python", "version": "3.12.9"}, "widgets": {"state": {}}}
    for number, cell in enumerate(made.cells):
        cell.metadata["collapsed"] = True
        if cell.cell_type == "code":
            cell.execution_count = number + 7
            cell.metadata["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
            cell.outputs = [new_output("execute_result", {"text/plain": "2"}, execution_count=number + 7)]
    return made


def test_what_a_run_leaves_goes_and_what_a_person_wrote_stays(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(tidy.text(tidy.tidied(notebook())))
    clean = path.read_bytes()
    nbformat.write(executed(notebook()), path)
    assert tidy.tidy(path) and path.read_bytes() == clean
    assert not tidy.tidy(path), "tidying twice changes nothing"
    kept = nbformat.read(path, 4)
    assert kept.cells[1].metadata == {"tags": ["parameters"]} and kept.cells[4].id == "cell-4"
    assert "3.12" not in path.read_text() and "My env" not in path.read_text()


def test_check_names_the_untidy_and_changes_nothing(tmp_path, capsys):
    nbformat.write(executed(notebook()), tmp_path / "untidy.ipynb")
    (tmp_path / "tidy.ipynb").write_text(tidy.text(tidy.tidied(notebook())))
    before = (tmp_path / "untidy.ipynb").read_bytes()
    assert cli.main(["tidy", str(tmp_path), "--check"]) == 1
    assert capsys.readouterr().out == f"{tmp_path / 'untidy.ipynb'}: untidy\n"
    assert (tmp_path / "untidy.ipynb").read_bytes() == before
    assert cli.main(["tidy", str(tmp_path)]) == 0 and cli.main(["tidy", str(tmp_path), "--check"]) == 0


@pytest.fixture
def git(tmp_path):
    def run(*arguments):
        return subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=",
                               *arguments], cwd=tmp_path, capture_output=True, text=True)

    run("init", "-q", "-b", "main")
    return run


def edited(path, cell, source):
    """The notebook at *path* after an analyst changed one cell, ran it all and tidied it."""
    made = nbformat.read(path, 4)
    made.cells[cell].source = source
    nbformat.write(executed(made), path)
    tidy.tidy(path)


@pytest.mark.parametrize(("mine", "yours"), [(2, 4), (0, 4), (1, 2), (2, 3), (3, 2)])
def test_two_analysts_who_edit_different_cells_merge_without_a_conflict(tmp_path, git, mine, yours):
    path = tmp_path / "a.ipynb"
    path.write_text(tidy.text(tidy.tidied(notebook())))
    git("add", "a.ipynb")
    git("commit", "-qm", "start")
    for branch, cell in (("mine", mine), ("yours", yours)):
        git("checkout", "-q", "-b", branch, "main")
        edited(path, cell, f"# {branch}\n1 + 1\n\n2 + 2")
        git("commit", "-qam", branch)
    merged = git("merge", "-q", "mine")
    assert merged.returncode == 0, merged.stdout
    made = nbformat.read(path, 4)
    nbformat.validate(made)
    assert not tidy.tidy(path, write=False), "what was merged is tidy, too"
    expected = [cell.source for cell in notebook().cells]
    expected[mine], expected[yours] = "# mine\n1 + 1\n\n2 + 2", "# yours\n1 + 1\n\n2 + 2"
    assert [cell.source for cell in made.cells] == expected


def test_both_in_the_same_cell_is_a_conflict_that_git_tells(tmp_path, git):
    path = tmp_path / "a.ipynb"
    path.write_text(tidy.text(tidy.tidied(notebook())))
    git("add", "a.ipynb")
    git("commit", "-qm", "start")
    for branch in ("mine", "yours"):
        git("checkout", "-q", "-b", branch, "main")
        edited(path, 2, f"# {branch}")
        git("commit", "-qam", branch)
    assert git("merge", "-q", "mine").returncode == 1
    assert cli.main(["tidy", str(path)]) == 2, "a conflict is not tidied away"
