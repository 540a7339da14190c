"""`slackwater report CORPUS --notebook FILE`: one notebook of the analyst's own, run and set in the house style.

It is no edition: OUT/NAME-STEM.html and .pdf are written whole or not at all, beside the reports, and
nothing is compared with what was there before.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from slackwater import quick
from slackwater.corpus import printable
from slackwater.errors import InputError, NotebookError

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from slackwater.run import Settings


class Written(NamedTuple):
    """The two files that were made."""

    html: Path
    pdf: Path


def report(folder: Path | str, notebook: Path | str, settings: Settings, *,
           tell: Callable[[str], None] = lambda line: None) -> Written:
    """Run *notebook* on the corpus in *folder* and render it as HTML and PDF into `settings.out`.

    The notebook declares `corpus` in a cell tagged `parameters` and is given the folder there.
    Raises InputError before a kernel starts; NotebookError naming the cell, the notebook as far as it ran
    is then in OUT/.failed; PublishError where the files cannot be written.
    """
    from slackwater import corpus as corpora
    from slackwater import editions, execute, parameters
    from slackwater.kernels import folder as kernel_folder
    from slackwater.render import html, pdf

    notebook, nbformat = Path(notebook), quick.nbformat()
    if not notebook.is_file():
        raise InputError(f"{printable(notebook)}: there is no such notebook. Name an .ipynb file.")
    corpus = corpora.load(folder)
    declared = parameters.declared(notebook)
    if "corpus" not in declared:
        raise InputError(f"{printable(notebook)}: its parameter cell has no `corpus`. Add the line "
                         'corpus: str = "."  # folder of pages.')
    given = [*settings.param, *([] if settings.quotes else ["quotes=false"])]
    place = str(corpus.folder.resolve())
    chosen = {"corpus": place, **parameters.checked(given, [notebook])[notebook.stem]}
    stem = f"{corpus.name}-{notebook.stem}"
    with editions.told(settings.out):
        settings.out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=settings.out) as name:
            staging = Path(name)
            executed = staging / notebook.name
            try:
                with kernel_folder(staging) as private:
                    kernel = execute.start_kernel(notebook.resolve().parent, private, memory=settings.memory)
                    done = execute.run(notebook, executed, chosen, kernel=kernel, cell_timeout=settings.cell_timeout,
                                       watch=settings.watch)
            except NotebookError:
                if executed.is_file():
                    (settings.out / ".failed").mkdir(exist_ok=True)
                    executed.replace(settings.out / ".failed" / notebook.name)
                raise
            done = execute.settled(done, {place: printable(corpus.folder.name)})
            nbformat.write(done, executed)
            made = Written(staging / f"{stem}.html", staging / f"{stem}.pdf")
            meta = _front(done, notebook, corpus)
            problems = [*html.write(done, made.html, meta=meta), *pdf.write(done, made.pdf, meta=meta)]
            for problem in dict.fromkeys(problems):
                tell(f"note: {problem}")
            return Written(*(path.replace(settings.out / path.name) for path in made))


def _front(notebook: NotebookNode, path: Path, corpus: Any) -> dict[str, Any]:
    """The title page: what the notebook calls itself, about which corpus, made with what."""
    from slackwater import versions

    first = next((line.removeprefix("# ") for cell in notebook.cells if cell.cell_type == "markdown"
                  for line in cell.source.splitlines() if line.startswith("# ")), "")
    made_with = versions.installed()
    title = str(notebook.metadata.get("title") or first or path.stem)
    return {"title": title, "subtitle": corpus.title, "date": None, "lang": "en", "company": corpus.company[0],
            "place": corpus.place[0], "contact": corpus.contact, "versions": made_with,
            "cite": f"{title}. {corpus.title}. Made with Slackwater {made_with['slackwater']}."}
