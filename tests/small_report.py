"""A corpus with notebooks of its own that do little, so that a whole run takes a second or two."""

from __future__ import annotations

from pathlib import Path

import nbformat

from slackwater import run

STAGE = """import pathlib
folder = pathlib.Path(work) / "stages" / "{}"
folder.mkdir(parents=True)
(folder / "seen.txt").write_text(str(knob) + str("planted" in globals()))
planted = True"""
REPORT = """import json, pathlib
from IPython.display import Markdown
here = pathlib.Path(work)
(here / "tables").mkdir()
(here / "tables" / "documents.parquet").write_text("x")
seen = sorted(p.read_text() for p in here.glob("stages/*/seen.txt"))
state = {"headline": "Acme is there.", "date": "2024-05-02", "judgement": {}, "pages": {}, "claims": [], "method": {}}
(here / "state.json").write_text(json.dumps(state))
Markdown("Acme is there: " + " ".join(seen))"""


def write(folder: Path, stem: str, *sources: str) -> None:
    """Notebook *stem* in *folder* with a parameter cell and the code cells *sources*."""
    declared = 'corpus: str = ""\nwork: str = ""\nknob: int = 1  # [0..9]\nword: str = "here"  # any'
    cells = [nbformat.v4.new_code_cell(declared, metadata={"tags": ["parameters"]}, id="parameters")]
    cells += [nbformat.v4.new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}), folder / f"{stem}.ipynb")


def corpus(folder: Path) -> Path:
    """A corpus called acme in *folder*, of one page, with four notebooks."""
    made = folder / "acme"
    (made / "nb").mkdir(parents=True)
    (made / "corpus.yaml").write_text("title: Acme in Ghent\ncompany: Acme\nplace: Ghent\nnotebooks: nb\n")
    (made / "000.txt").write_text("Acme opens a plant in Ghent.\n")
    for stem in run.STEMS:
        write(made / "nb", stem, STAGE.format(run.STAGES[stem]) if stem in run.STAGES else REPORT)
    return made
