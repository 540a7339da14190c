"""Notebooks made fit for version control: what a person wrote stays, what a run left goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from slackwater import quick
from slackwater.errors import InputError

if TYPE_CHECKING:
    from nbformat import NotebookNode

_KEPT_OF_CELL = {"tags", "name"}
_KEPT_OF_NOTEBOOK = {"kernelspec", "language_info", "title"}


def tidied(notebook: NotebookNode) -> NotebookNode:
    """A copy without outputs, counts, timings, widget state and versions; sources, ids and tags stay."""
    import copy

    clean = copy.deepcopy(notebook)
    clean.nbformat, clean.nbformat_minor = 4, 5
    clean.metadata = {key: value for key, value in clean.metadata.items() if key in _KEPT_OF_NOTEBOOK}
    clean.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    clean.metadata["language_info"] = {"name": "python"}
    for number, cell in enumerate(clean.cells):
        cell.metadata = {key: value for key, value in cell.metadata.items() if key in _KEPT_OF_CELL}
        cell["id"] = cell.get("id") or f"cell-{number + 1}"
        if cell.cell_type == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return clean


def text(notebook: NotebookNode) -> str:
    """*notebook* as the bytes that belong into version control."""
    return quick.nbformat().writes(notebook, indent=1, ensure_ascii=False, sort_keys=True).rstrip("\n") + "\n"


def files(paths: list[Path]) -> list[Path]:
    """Every notebook in *paths*, folders searched. Raises InputError for a path that is not there."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder. Name a notebook or a folder of them.")
        inside = sorted(path.rglob("*.ipynb")) if path.is_dir() else [path]
        found += [file for file in inside if ".ipynb_checkpoints" not in file.parts]
    return found


def tidy(path: Path, *, write: bool = True) -> bool:
    """Tidy the notebook *path* in place (or, with write=False, only look); whether it was untidy.

    Raises InputError where it is not a notebook.
    """
    nbformat = quick.nbformat()
    try:
        before = path.read_text("utf-8")
        after = text(tidied(nbformat.reads(before, as_version=4)))
    except (OSError, ValueError, AttributeError, nbformat.ValidationError):
        raise InputError(f"{path}: is not a notebook that can be read. Save it again from JupyterLab.") from None
    if write and after != before:
        path.write_text(after, "utf-8")
    return after != before
