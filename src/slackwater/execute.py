"""Notebooks run by papermill: one fresh kernel each, in a settled environment, with the volatile parts taken out."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater import editions, forking, kernels, quick
from slackwater.errors import NotebookError, PublishError

if TYPE_CHECKING:
    from jupyter_client import AsyncKernelManager
    from nbformat import NotebookNode

    from slackwater.forking import Forks

# The kernel sees the same world on every machine: what could leak into a byte is set.
_SETTLED = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0",
            "MPLBACKEND": "agg", "PYDEVD_DISABLE_FILE_VALIDATION": "1", "PYTHONNOUSERSITE": "1", "NO_COLOR": "1"}
_VOLATILE = {"papermill", "execution", "slideshow", "collapsed", "scrolled", "widgets"}


@contextlib.contextmanager
def forks(private: Path) -> Iterator[Forks | None]:
    """What kernels of one run are forked from, its settings in folder *private*; None where none can be."""
    if not forking.offered():
        yield None
        return
    try:
        found = forking.Forks(_environment(private))
    except OSError:
        found = None
    try:
        yield found
    finally:
        if found:
            found.close()


def _environment(private: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items()
            if not key.startswith(("IPYTHON", "JUPYTER", "PYTHON", "MATPLOTLIB"))}
    return kept | _SETTLED | {"IPYTHONDIR": str(private), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}


def start_kernel(cwd: Path, private: Path, *, memory: int | None = None,
                 forks: Forks | None = None) -> AsyncKernelManager:
    """A kernel of this interpreter, starting up; its settings and sockets live in folder *private*.

    *memory* limits the address space of the kernel in bytes (where the system can). With *forks* it is forked,
    without, or where that fails, started afresh.
    """
    from jupyter_client import AsyncKernelManager

    private.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment = _environment(private)
    kernel = AsyncKernelManager(kernel_name="python3")
    assert kernel.kernel_spec is not None, "ipykernel is installed with its kernel"
    kernel.kernel_spec.argv[0] = sys.executable
    if os.name == "posix":
        # sockets in the file system: no port to collide with, nobody else on the machine can reach them
        kernel.transport, kernel.ip = "ipc", str(private / "k")
    kernel.connection_file = str(private / "kernel.json")
    arguments = ["--HistoryManager.enabled=False"]
    if memory and os.name == "posix":
        limit = f"__import__('resource').setrlimit(__import__('resource').RLIMIT_AS, ({memory}, {memory}))"
        arguments.append(f"--IPKernelApp.exec_lines={limit}")

    async def start() -> None:
        await kernel.start_kernel(env=environment, cwd=str(cwd), extra_arguments=arguments)

    try:
        if forks:
            kernel.provisioner = forking.provisioner(forks, kernel)
        try:
            asyncio.run(start())
        except OSError as error:
            if not forks or error.errno in (errno.EAGAIN, errno.ENOMEM):
                raise
            return start_kernel(cwd, private / "again", memory=memory)  # what was begun clears its own folder
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.ENOMEM):
            raise NotebookError(f"{private.name}: its kernel could not be started ({error.strerror}). Too many "
                                "processes or too little memory; try again later.") from None
        raise
    return kernel


def end_kernel(kernel: AsyncKernelManager) -> None:
    """Kill *kernel* and every process that its notebook started; safe to call twice, and from any thread."""
    group = getattr(kernel.provisioner, "pgid", None) if kernel.provisioner else None
    if group and os.name == "posix" and group != os.getpgrp():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
    process = getattr(kernel.provisioner, "process", None)
    if process is not None:
        with contextlib.suppress(OSError):
            process.kill()
            process.wait(5)
    kernels.end(Path(kernel.connection_file).parent)


def run(notebook: Path, output: Path, parameters: Mapping[str, Any], *, kernel: AsyncKernelManager,
        cell_timeout: int = 600, watch: Callable[[str, str, int, int], None] = lambda *_: None) -> NotebookNode:
    """Run *notebook* with *parameters* in *kernel*, write it executed to *output*, end the kernel.

    *watch* is called with the notebook's name, the cell's, the number of cells done, and that of all.
    Raises NotebookError naming notebook, cell, error and file; *output* then holds
    the notebook up to the failing cell, with the error marked.
    """
    quick.nbformat()  # before papermill would import it at length
    import papermill
    from papermill.engines import NBClientEngine, papermill_engines
    from papermill.exceptions import PapermillExecutionError

    from slackwater import bounded

    class OwnKernel(NBClientEngine):
        """papermill's way to run a notebook, in a kernel that was started before."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:
            cells = len(nb_man.nb.cells)

            def begin(cell: NotebookNode, cell_index: int) -> None:
                watch(notebook.stem, cell.get("id", ""), cell_index, cells)

            bounded.client(nb_man, km=kernel, kernel_name=kernel_name, timeout=cell_timeout, startup_timeout=60,
                           shutdown_kernel="immediate", coalesce_streams=True, log=logging.getLogger("papermill"),
                           on_cell_start=begin).execute(cleanup_kc=True)
            watch(notebook.stem, "", cells, cells)

    for noisy in ("papermill", "asyncio", "traitlets"):  # what they have to say is said below, in one line
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    engine = f"kernel {id(kernel)}"  # two notebooks run side by side, each with its own
    papermill_engines.register(engine, OwnKernel)
    try:
        return papermill.execute_notebook(str(notebook), str(output), dict(parameters), engine_name=engine,
                                          kernel_name="python3", language="python", progress_bar=False)
    except PapermillExecutionError as error:
        number = re.match(r"\[Errno (\d+)\]", error.evalue)
        if number and (fix := editions.FULL.get(int(number[1]))):
            raise PublishError(f"{notebook.name}: {_line(error.evalue)}. {fix}") from None
        raise _failure(notebook, output, f"{error.ename}: {_line(error.evalue)}", error.cell_index) from None
    except TimeoutError:
        raise _failure(notebook, output, f"ran longer than {cell_timeout} s and was stopped; shorten it, or raise "
                       "--cell-timeout") from None
    except RuntimeError as error:  # DeadKernelError, or a kernel that never answered
        raise _failure(notebook, output, f"its kernel died ({_line(str(error))}); it may have run out of memory, or "
                       "have been stopped from outside") from None
    finally:
        end_kernel(kernel)
        papermill_engines._engines.pop(engine, None)  # it would keep the kernel for as long as this process lives
        _close_loop()


def _close_loop() -> None:
    """Close the event loop that the notebook's client opened for this thread: three file handles each."""
    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    if not loop.is_running():
        loop.close()


def _failure(notebook: Path, output: Path, what: str, index: int | None = None) -> NotebookError:
    """The error to raise; where papermill could not mark the failing cell itself, it is marked here."""
    nbformat = quick.nbformat()
    if not output.exists():
        return NotebookError(f"{notebook.name}: {what}.")
    executed = nbformat.read(output, as_version=4)
    if index is None:
        begun = [n for n, cell in enumerate(executed.cells)
                 if cell.metadata.get("papermill", {}).get("status", "pending") != "pending"]
        index = begun[-1] if begun else None
        if index is not None:
            executed.cells[index]["outputs"].append(
                nbformat.v4.new_output("error", ename="Stopped", evalue=what, traceback=[what]))
            nbformat.write(executed, output)
    # counted as in the analyst's own notebook, which has no injected cell
    injected = any("injected-parameters" in cell.metadata.get("tags", []) for cell in executed.cells)
    where = "before its first cell" if index is None else f"cell {index + 1 - injected}"
    end = "" if what.endswith((".", "?", "!")) else "."  # a fault of ours is a whole sentence
    return NotebookError(f"{notebook.name}: {where}: {what}{end} See {output.name} in the folder .failed.")


def _line(text: str) -> str:
    return " ".join(text.split())[:300]


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
