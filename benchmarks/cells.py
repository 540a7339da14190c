"""Table 5: how long an analyst waits for a cell that was edited and run, notebook by notebook, on the sample."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def run(*, rounds: int) -> str:
    """The table as Markdown: of each notebook the median cell and the slowest, each the median of *rounds* runs.

    The kernel's own CPU time stands beside the clock's: on a machine with nothing else to do they agree.
    """
    rows = []
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        seconds = _seconds(path, rounds)
        worst = max(seconds, key=lambda name: seconds[name])
        clock, cpu = seconds[worst]
        rows.append(f"| {path.stem} | {len(seconds)} | {median(of for of, _ in seconds.values()):.3f} s "
                    f"| {clock:.3f} s | {cpu:.2f} s | `{worst}` |")
    return "\n".join(["A cell edited and run again", "", "| notebook | cells | median | slowest | CPU of it | which |",
                      "|---|---:|---:|---:|---:|---|", *rows, ""])


def _seconds(path: Path, rounds: int) -> dict[str, tuple[float, float]]:
    """Cell's id → median seconds from sending it to its result, and CPU seconds; all cells above have run."""
    import nbformat
    import psutil
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}})
    found: dict[str, tuple[float, float]] = {}
    with client.setup_kernel():
        kernel = psutil.Process(client.km.provisioner.process.pid)
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            client.execute_cell(cell, number)  # imports, and what the cells above leave
            taken = []
            for edit in range(rounds):
                cell.source += f"\n# edited {edit}"
                begun, worked = time.perf_counter(), sum(kernel.cpu_times()[:2])
                client.execute_cell(cell, number)
                taken.append((time.perf_counter() - begun, sum(kernel.cpu_times()[:2]) - worked))
            clock, cpu = zip(*taken, strict=True)
            found[cell["id"]] = median(clock), median(cpu)
    return found
