"""Starting a corpus: a folder with a corpus.yaml that loads, and explains every key it may hold."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from slackwater.corpus import FILE, printable
from slackwater.errors import InputError

# A line `# Words` explains; a line `#key:` or `#  key:` is an example that works once the # is taken away.
_TEMPLATE = """\
# What this folder of pages is about. Lines that begin with # are explanations, or examples to uncomment.
name: {name}
title: {title}
company: {company}
place: {place}

# Other names by which pages call them. What is not named here or above is not recognised.
#aliases:
#  company: [the carmaker, ACME]
#  place: [the port, East Town]

# Sites that must not be mixed up, each with the words that tell it.
#sites:
#  the plant: [plant, factory]
#  the laboratory: [laboratory, research centre]

# Where `slackwater fetch` looks for new pages: RSS or Atom feeds, or sitemaps.
#feeds:
#  - https://news.example/rss.xml

# What no text can tell about a page, each with its reason. It overrules the page and is shown as your word.
# Other facts: title, authors, url, kind, not_before, not_after, saved, saved_not_before, direction, and
# `article: true` where a page is an article that was not found.
#pages:
#  000_example.txt:
#    publisher: The Example
#    published: 2019-01-17
#    because: the address of the page names the site and the day

# Pages left out of the report, each with its reason.
#skip:
#  001_example.txt: an advertisement

# The first and the last day of publication that count.
#window: {{first: 2018, last: 2025-06}}

# The rules that read expansion and retreat: one of Slackwater's lexicons, or a file of yours in this folder.
#lexicon: expansion_retreat

# Your own copies of the notebooks, in a folder beside this file.
{notebooks}

# Whom readers write to about an error; sites that `slackwater fetch` visits are told it, too.
#contact: desk@news.example
"""


# The copies work on their own corpus, whatever folder JupyterLab was started in.
_SAMPLE, _HERE = r'corpus: str = \"../seeds\"', r'corpus: str = \"..\"'


def create(folder: Path | str, *, company: str, place: str, title: str | None = None, notebooks: bool = False,
           tell: Callable[[str], None] = lambda line: None) -> Path:
    """Make *folder* a corpus about *company* in *place* and return the path of its corpus.yaml.

    Pages that lie in the folder stay and become its pages. *notebooks* copies Slackwater's notebooks into
    FOLDER/notebooks for editing. Raises InputError where the folder holds a corpus.yaml, or notebooks
    that would be overwritten; then nothing has changed.
    """
    from slackwater import run

    folder = Path(folder)
    said, copies = folder / FILE, folder / "notebooks"
    values = {"company": company, "place": place, "title": title or f"{company.strip()} in {place.strip()}"}
    for key, value in values.items():
        if not value.strip() or not value.isprintable() or len(value) > 2000:
            raise InputError(f"--{key} {printable(value)[:60]!r}: is not a name. Give one line of text.")
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{printable(folder)}: is a file. Name a folder.")
    if said.exists():
        raise InputError(f"{printable(said)}: is there already and was not touched. Edit it, or name another folder.")
    if notebooks and copies.exists():
        raise InputError(f"{printable(copies)}: is there already and was not touched. Rename it, or leave "
                         "--notebooks out.")
    text = _TEMPLATE.format(name=_scalar(_report_name(folder, company, place)),
                            notebooks="notebooks: notebooks" if notebooks else "#notebooks: notebooks",
                            **{key: _scalar(value.strip()) for key, value in values.items()})
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if notebooks:
            copies.mkdir()
            for notebook in sorted(run.NOTEBOOKS.glob("*.ipynb")):
                copy = notebook.read_text("utf-8").replace(_SAMPLE, _HERE)
                (copies / notebook.name).write_text(copy, "utf-8")
        with said.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        if not isinstance(error, FileExistsError):  # half of what we wrote
            with suppress(OSError):
                said.unlink()
        _undo(folder, copies if notebooks else None, made)
        raise InputError(f"{printable(folder)}: cannot be written ({error.strerror}). Name another folder.") from None
    for path in (said, *([copies] if notebooks else [])):
        tell(printable(path))
    return said


def _undo(folder: Path, copies: Path | None, made: list[Path]) -> None:
    """Take away what was made; never what was there before."""
    if folder in made:
        shutil.rmtree(made[-1], ignore_errors=True)
    elif copies:
        shutil.rmtree(copies, ignore_errors=True)


def _report_name(folder: Path, company: str, place: str) -> str:
    """The folder's name, or the subject's, in the letters that the name of a report may have."""
    for given in (folder.resolve().name, f"{company}-{place}".lower(), "report"):
        safe = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in given).strip("-._")[:80]
        if safe:
            return safe
    raise AssertionError("the last one is safe")


def _scalar(text: str) -> str:
    """*text* as YAML reads it back: quoted where "No", "2019" or "a: b" would be something else."""
    import yaml

    return str(yaml.safe_dump(text, allow_unicode=True, width=10_000)).removesuffix("\n").removesuffix("\n...")
