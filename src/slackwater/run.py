"""A report run: check everything, run the notebooks, render, publish."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from slackwater import corpus as corpora
from slackwater import editions, fingerprint, parameters

if TYPE_CHECKING:
    from nbformat import NotebookNode

_INSTALLED = Path(__file__).parent / "notebooks"  # put there when a wheel is built
NOTEBOOKS = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[2] / "notebooks"
STEMS = ("01-clean-texts", "02-measure-tone", "03-find-themes", "04-report")


class Done(NamedTuple):
    """How a run ended: the edition's name, where it is seen, and whether it was there already."""

    edition: str
    folder: Path
    current: bool


def report(folder: Path | str, *, out: Path | str = "reports", param: list[str] | None = None, force: bool = False,
           quotes: bool = True, max_bytes: int = corpora.MAX_PAGE_BYTES, cell_timeout: int = 600,
           tell: Callable[[str], None] = lambda line: None) -> Done:
    """Make the report of the corpus in *folder* under *out*/NAME, unless that edition is there already.

    *param*: notebook parameters as `name=value`. *tell* is called with one line of progress at a time.
    Raises InputError (2) before a kernel starts, NotebookError (3), PublishError (4).
    """
    folder = Path(folder)
    notebooks = [NOTEBOOKS / f"{stem}.ipynb" for stem in STEMS]
    chosen = parameters.checked([*(param or []), *([] if quotes else ["quotes=false"])], notebooks)
    corpus = corpora.load(folder)
    settings = {"parameters": chosen, "max_bytes": max_bytes}
    mark = fingerprint.of_run(folder, corpus.lexicon, notebooks, settings)
    shelf = editions.Shelf(out, corpus.name)
    if not force and (found := shelf.current()) and found["fingerprint"]["key"] == mark["key"]:
        return Done(found["edition"], shelf.link, True)

    from slackwater import lexicon

    lexicon.load(corpus.lexicon)
    started = time.time()
    with shelf.staging() as staging:
        seconds = _notebooks(notebooks, chosen, folder, staging, max_bytes, cell_timeout, tell)
        begun = time.perf_counter()
        summary = _render(staging, corpus, mark)
        seconds["render"] = round(time.perf_counter() - begun, 3)
        tell(f"rendered HTML and PDF ({seconds['render']:.1f} s)")
        editions.write_json(staging / "run.json", {
            "name": corpus.name, "title": corpus.title, "made": _clock(started), "seconds": seconds,
            "summary": summary, "fingerprint": mark, "outputs": _hashes(staging)})
        edition = shelf.publish(staging, mark["key"])
    return Done(edition.name, shelf.link, False)


def _notebooks(notebooks: list[Path], chosen: Mapping[str, Mapping[str, Any]], folder: Path, staging: Path,
               max_bytes: int, cell_timeout: int, tell: Callable[[str], None]) -> dict[str, float]:
    """Run the four notebooks into *staging*/working/notebooks; seconds of each."""
    from slackwater import execute

    work, done = staging / "working", staging / "working" / "notebooks"
    done.mkdir(parents=True)
    own = {"corpus": str(folder.resolve()), "work": str(work.resolve())}
    names = {own["work"]: "working", own["corpus"]: corpora.printable(folder.resolve().name),
             str(staging.resolve()): "edition"}
    seconds = {}
    with tempfile.TemporaryDirectory(prefix="slackwater-") as private:
        for notebook in notebooks:
            begun = time.perf_counter()
            room = Path(private) / notebook.stem[:2]
            room.mkdir()
            kernel = execute.start_kernel(notebook.parent, room)
            executed = execute.run(notebook, done / notebook.name, {**own, **chosen[notebook.stem]},
                                   kernel=kernel, cell_timeout=cell_timeout)
            _write(execute.settled(executed, names), done / notebook.name)
            seconds[notebook.stem] = round(time.perf_counter() - begun, 3)
            tell(f"{notebook.stem} ({seconds[notebook.stem]:.1f} s)")
    return seconds


def _render(staging: Path, corpus: corpora.Corpus, mark: Mapping[str, Any]) -> dict[str, Any]:
    """report.html and report.pdf from the one executed 04-report; the summary that it left."""
    import json

    import nbformat

    from slackwater import versions
    from slackwater.render import html, pdf

    path = staging / "working" / "notebooks" / f"{STEMS[-1]}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    summary = json.loads((staging / "working" / "summary.json").read_text("utf-8"))
    meta = {"title": corpus.title, "subtitle": summary.get("subtitle"), "date": summary.get("date"), "lang": "en",
            "company": corpus.company[0], "place": corpus.place[0], "contact": corpus.contact,
            "cite": f"Slackwater {versions.installed()['slackwater']}: {corpus.title}. "
                    f"Edition {mark['key'][:12]}.",
            "versions": versions.installed(), "edition": mark["key"][:12]}
    html.write(notebook, staging / "report.html", meta=meta)
    pdf.write(notebook, staging / "report.pdf", meta=meta)
    return summary


def _write(notebook: NotebookNode, path: Path) -> None:
    import nbformat

    nbformat.write(notebook, path)


def _hashes(staging: Path) -> dict[str, str]:
    """File → SHA-256 of every file of the edition but run.json."""
    return {path.relative_to(staging).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(staging.rglob("*")) if path.is_file()}


def _clock(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
