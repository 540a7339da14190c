"""Notebooks run by papermill: one fresh kernel each, in a settled environment, with the volatile parts taken out."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater.errors import NotebookError

if TYPE_CHECKING:
    from jupyter_client import KernelManager
    from nbformat import NotebookNode

# The kernel sees the same world on every machine: what could leak into a byte is set.
_SETTLED = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0",
            "MPLBACKEND": "agg", "PYDEVD_DISABLE_FILE_VALIDATION": "1", "PYTHONNOUSERSITE": "1", "NO_COLOR": "1"}
_VOLATILE = {"papermill", "execution", "slideshow", "collapsed", "scrolled", "widgets"}


def start_kernel(cwd: Path, private: Path) -> KernelManager:
    """A kernel of this interpreter, starting up; its settings and sockets live in folder *private*."""
    from jupyter_client import KernelManager

    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith(("IPYTHON", "JUPYTER", "PYTHON", "MATPLOTLIB"))}
    environment |= _SETTLED | {"IPYTHONDIR": str(private), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    kernel = KernelManager(kernel_name="python3")
    kernel.kernel_spec.argv[0] = sys.executable
    if os.name == "posix":
        # sockets in the file system: no port to collide with, nobody else on the machine can reach them
        kernel.transport, kernel.ip = "ipc", str(private / "k")
    kernel.connection_file = str(private / "kernel.json")
    kernel.start_kernel(env=environment, cwd=str(cwd), extra_arguments=["--HistoryManager.enabled=False"])
    return kernel


def run(notebook: Path, output: Path, parameters: Mapping[str, Any], *, kernel: KernelManager,
        cell_timeout: int = 600) -> NotebookNode:
    """Run *notebook* with *parameters* in *kernel*, write it executed to *output*, end the kernel.

    Raises NotebookError naming notebook, cell, error and file; *output* then holds
    the notebook up to the failing cell, with the error marked.
    """
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    logging.getLogger("papermill").setLevel(logging.ERROR)
    try:
        return papermill.execute_notebook(
            str(notebook), str(output), dict(parameters), kernel_name="python3", progress_bar=False,
            km=kernel, execution_timeout=cell_timeout, request_save_on_cell_execute=False)
    except PapermillExecutionError as error:
        value = " ".join(error.evalue.split())[:300]
        raise NotebookError(f"{notebook.name}: cell {error.exec_count}: {error.ename}: {value} "
                            f"(executed as far as {output.name} in the failed run).") from None
    except (CellTimeoutError, TimeoutError):
        raise NotebookError(f"{notebook.name}: a cell ran longer than {cell_timeout} s and was stopped. "
                            "Shorten it, or raise --cell-timeout.") from None
    except (DeadKernelError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise NotebookError(f"{notebook.name}: its kernel died ({reason}). It may have run out of memory.") from None
    finally:
        kernel.shutdown_kernel(now=True)
        kernel.cleanup_resources()


def settled(notebook: NotebookNode, names: Mapping[str, str]) -> NotebookNode:
    """A copy of executed *notebook* with the same bytes whenever and wherever it was run.

    Timings, papermill's record and random cell ids go; each text of *names* (a path of
    this machine) is replaced by its name in sources and outputs.
    """
    import copy

    clean = copy.deepcopy(notebook)
    clean.metadata = {key: value for key, value in clean.metadata.items() if key not in _VOLATILE}
    clean.metadata.get("language_info", {}).pop("version", None)
    for number, cell in enumerate(clean.cells):
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"
        cell.metadata = {key: value for key, value in cell.metadata.items() if key not in _VOLATILE}
        cell["source"] = _renamed(cell["source"], names)
        for output in cell.get("outputs", []):
            output.get("metadata", {}).pop("execution", None)
            for holder in (output, output.get("data", {})):
                for key, value in holder.items():
                    if isinstance(value, str):
                        holder[key] = _renamed(value, names)
        cell.setdefault("id", f"cell-{number}")
    return clean


def _renamed(text: str, names: Mapping[str, str]) -> str:
    if not names:
        return text
    return re.sub("|".join(re.escape(path) for path in sorted(names, key=len, reverse=True)),
                  lambda match: names[match[0]], text)
