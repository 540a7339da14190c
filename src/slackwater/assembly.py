"""One run of the notebooks and the rendering, into a staging folder."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater import changes, dates, editions, fingerprint, quick
from slackwater.corpus import printable
from slackwater.errors import NotebookError
from slackwater.kernels import folder as kernel_folder

if TYPE_CHECKING:
    from slackwater.corpus import Corpus

# Those of one row do not need each other and run side by side; the last is the report.
ROWS = (("01-clean-texts",), ("02-measure-tone", "03-find-themes"), ("04-report",))
STEMS = tuple(stem for row in ROWS for stem in row)
STAGES = {"01-clean-texts": "pages", "02-measure-tone": "tones", "03-find-themes": "readings"}
_STATE = {"headline": str, "judgement": dict, "pages": dict}  # what an edition must say of itself

# Called with notebook, cell, cells done, cells: before each cell, and once more when all are done, with a word
# in place of the cell where the notebook did not run. From any thread.
Watch = Callable[[str, str, int, int], None]


@dataclass(frozen=True)
class Settings:
    """How to run. Seconds for the times, bytes for the sizes; None sets no limit."""

    out: Path = Path("reports")
    param: tuple[str, ...] = ()
    force: bool = False
    quotes: bool = True
    max_bytes: int = 5_000_000
    cell_timeout: int = 600
    timeout: int = 3600
    memory: int | None = None
    wait: float = 0
    watch: Watch = lambda notebook, cell, done, cells: None


@dataclass
class Line:
    """One run of the four notebooks and the rendering, into a staging folder."""

    notebooks: Path
    chosen: Mapping[str, Mapping[str, Any]]
    corpus: Corpus
    mark: dict[str, Any]
    settings: Settings
    tell: Callable[[str], None]

    def run(self, staging: Path, before: Any, like: dict[str, Any] | None = None, folder: Path | None = None) -> None:
        """Fill *staging*; *before* is the state of the previous edition, which the report is compared with.

        Notebooks that depend on nothing that has changed since the edition with the record *like* are taken
        over from its *folder*.
        """
        started, self.staging = time.time(), staging
        self.work = staging / "working"
        (self.work / "notebooks").mkdir(parents=True)
        editions.write_json(self.work / "given.json", {"max_bytes": self.settings.max_bytes, "previous": before})
        kept = like["fingerprint"]["stages"] if like else {}
        needed = STEMS[-1:] if self.corpus.tables else STEMS  # tables are what the others would make
        reused = [stem for stem in needed if folder and stem in STAGES and kept.get(stem) == self.mark["stages"][stem]
                  and self._reuse(stem, folder / "working")]
        seconds = self._execute([stem for stem in needed if stem not in reused])
        begun = time.perf_counter()
        self.settings.watch("HTML and PDF", "render", 0, 1)
        state = self.state = self._delivered()
        self.changes = changes.compare(before, state)
        editions.write_json(staging / "changes.json", self.changes)
        self._render(state)
        seconds["render"] = round(time.perf_counter() - begun, 3)
        self.settings.watch("HTML and PDF", "", 1, 1)
        for name in ("given.json", "state.json"):
            (self.work / name).unlink()
        corpus, lexicon = self.corpus, self.corpus.lexicon
        own = lexicon.parent == fingerprint.PACKAGE / "lexicons"
        editions.write_json(staging / "run.json", {
            "name": corpus.name, "title": corpus.title, "company": corpus.company[0], "place": corpus.place[0],
            "change": self.changes["what"], "made": _clock(started), "seconds": seconds, "reused": reused,
            "corpus": _near(corpus.folder, self.settings.out),
            "lexicon": lexicon.name if own else os.path.relpath(lexicon, corpus.folder),
            "notebooks": corpus.notebooks and os.path.relpath(corpus.notebooks, corpus.folder),
            "given": {"param": list(self.settings.param), "quotes": self.settings.quotes,
                      "max_bytes": self.settings.max_bytes},
            "state": state, "previous": before, "fingerprint": self.mark, "outputs": _hashes(staging)})

    def _delivered(self) -> dict[str, Any]:
        """What the last notebook says of the edition. Raises NotebookError where it says nothing."""
        try:
            state = json.loads((self.work / "state.json").read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            state = None
        if not isinstance(state, dict) or not all(isinstance(state.get(key), kind) for key, kind in _STATE.items()):
            raise NotebookError(f"{STEMS[-1]}.ipynb: delivered no result. Its last cell must call engine.deliver.")
        return state

    def _reuse(self, stem: str, old: Path) -> bool:
        """Take the result of notebook *stem* over from the edition in *old*; False where it is not whole."""
        notebook, stage = old / "notebooks" / f"{stem}.ipynb", old / "stages" / STAGES[stem]
        if not notebook.is_file() or not stage.is_dir():
            return False
        shutil.copy2(notebook, self.work / "notebooks")
        shutil.copytree(stage, self.work / "stages" / STAGES[stem])
        self.settings.watch(stem, "unchanged", 1, 1)
        return True

    def _execute(self, stems: list[str]) -> dict[str, float]:
        """Run the notebooks named, row by row, each in a kernel of its own; seconds of each.

        The kernels of a row start while the row before it runs.
        """
        from concurrent.futures import ThreadPoolExecutor

        from slackwater import execute

        seconds: dict[str, float] = {}
        kernels: dict[str, Any] = {}
        late = threading.Event()

        def stop() -> None:
            late.set()
            for kernel in list(kernels.values()):
                execute.end_kernel(kernel)

        watchdog = threading.Timer(self.settings.timeout, stop)
        watchdog.daemon = True
        with kernel_folder(self.staging) as private, execute.forks(private) as forks, ThreadPoolExecutor(2) as pool:
            def start(row: list[str]) -> None:
                for stem in row:
                    kernels[stem] = execute.start_kernel(self.notebooks, private / stem[:2],
                                                         memory=self.settings.memory, forks=forks)

            rows = [row for names in ROWS if (row := [stem for stem in names if stem in stems])]
            try:
                watchdog.start()
                start(rows[0])
                quick.nbformat()  # here, since it is no affair of two threads at once
                for number, row in enumerate(rows):
                    running = [pool.submit(self._one, stem, kernels[stem], seconds) for stem in row]
                    if number + 1 < len(rows):
                        start(rows[number + 1])
                    for future in running:
                        future.result()
            except NotebookError:
                if late.is_set():
                    raise NotebookError(f"{self.corpus.name}: the notebooks ran longer than {self.settings.timeout} s "
                                        "and were stopped. Raise --timeout, or split the corpus.") from None
                raise
            finally:
                watchdog.cancel()
                for kernel in kernels.values():
                    execute.end_kernel(kernel)
        return {stem: seconds[stem] for stem in STEMS if stem in seconds}

    def _one(self, stem: str, kernel: Any, seconds: dict[str, float]) -> None:
        from slackwater import execute

        begun, nbformat = time.perf_counter(), quick.nbformat()
        folder, work = str(self.corpus.folder.resolve()), str(self.work.resolve())
        names = {work: "working", folder: printable(Path(folder).name), str(self.staging.resolve()): "edition"}
        output = self.work / "notebooks" / f"{stem}.ipynb"
        executed = execute.run(self.notebooks / output.name, output,
                               {"corpus": folder, "work": work, **self.chosen[stem]},
                               kernel=kernel, cell_timeout=self.settings.cell_timeout, watch=self.settings.watch)
        nbformat.write(execute.settled(executed, names), output)
        seconds[stem] = round(time.perf_counter() - begun, 3)

    def _render(self, state: Mapping[str, Any]) -> None:
        """report.html and report.pdf from the one executed 04-report."""
        from slackwater import versions
        from slackwater.render import html, pdf

        notebook = quick.nbformat().read(self.work / "notebooks" / f"{STEMS[-1]}.ipynb", as_version=4)
        made_with, edition = versions.installed(), self.mark["key"][:12]
        span = _span(state.get("oldest"), state.get("newest"))
        cite = (f"{self.corpus.title}. Report made with Slackwater {made_with['slackwater']}, edition {edition}"
                + (f", on pages published {span}." if span else "."))
        meta = {"title": self.corpus.title, "subtitle": state.get("subtitle"), "lang": "en", "cite": cite,
                "date": state.get("newest"), "day": state.get("date"),
                "span": span,
                "company": self.corpus.company[0], "place": self.corpus.place[0],
                "contact": self.corpus.contact, "edition": edition}
        problems = [*html.write(notebook, self.staging / "report.html", meta=meta),
                    *pdf.write(notebook, self.staging / "report.pdf", meta=meta)]
        for problem in dict.fromkeys(problems):
            self.tell(f"note: {problem}")


def _span(oldest: str | None, newest: str | None) -> str:
    """When the pages were published, in words: "2018–2025", "17 May 2024"; "" where none is dated."""
    if not newest:
        return ""
    if oldest and oldest[:4] != newest[:4]:
        return f"{oldest[:4]}–{newest[:4]}"
    return dates.in_words(newest) if oldest in (None, newest) else newest[:4]


def _near(folder: Path, out: Path) -> str | None:
    """*folder* relative to *out*; None where they lie apart, since the way would name folders of this machine."""
    way = os.path.relpath(folder.resolve(), out.resolve())
    parts = Path(way).parts
    return way if parts.count("..") <= 2 and Path.home().name not in parts else None


def _hashes(staging: Path) -> dict[str, str]:
    """File → SHA-256 of every file of the edition but run.json."""
    return {path.relative_to(staging).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(staging.rglob("*")) if path.is_file()}


def _clock(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
