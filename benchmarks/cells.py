"""Table 5: how long an analyst waits for a cell that was edited and run, notebook by notebook, on the sample."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def run(*, rounds: int) -> str:
    """The table as Markdown: of each notebook the median cell and the slowest, each the median of *rounds* runs."""
    rows = []
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        seconds = _seconds(path, rounds)
        worst = max(seconds, key=lambda name: seconds[name])
        rows.append(f"| {path.stem} | {len(seconds)} | {median(seconds.values()):.3f} s | {seconds[worst]:.3f} s "
                    f"| `{worst}` |")
    return "\n".join(["A cell edited and run again", "", "| notebook | cells | median | slowest | which |",
                      "|---|---:|---:|---:|---|", *rows, ""])


def _seconds(path: Path, rounds: int) -> dict[str, float]:
    """Cell's id → median seconds from sending it to its result, in a kernel where all cells above have run."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}})
    found: dict[str, float] = {}
    with client.setup_kernel():
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            client.execute_cell(cell, number)  # imports, and what the cells above leave
            taken = []
            for edit in range(rounds):
                cell.source += f"\n# edited {edit}"
                begun = time.perf_counter()
                client.execute_cell(cell, number)
                taken.append(time.perf_counter() - begun)
            found[cell["id"]] = median(taken)
    return found
