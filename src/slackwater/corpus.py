"""A corpus: a folder of saved pages and the corpus.yaml that says what they are about.

A fault of the corpus raises InputError before anything runs; a fault of one page
stays with that page (`Page.fault`), stops nothing and is listed in the report.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from slackwater import corpus_schema, dates, sources, yaml_file
from slackwater.errors import InputError
from slackwater.limits import MAX_PAGE_BYTES

FILE = "corpus.yaml"
LEXICONS = Path(__file__).parent / "lexicons"
# What a corpus folder may hold beside its pages.
_NOT_PAGES = {FILE, sources.FILE, "README.md", "LICENSE", "Thumbs.db"}
# In a folder without pages: the tables of its pages, as `slackwater analyse --out FOLDER/tables` leaves them.
TABLES, SUMMARY = "tables", "analysis.json"
_NOT_PAGE_ENDINGS = (".yaml", ".yml", ".ipynb")


@dataclass(frozen=True)
class Corpus:
    """What corpus.yaml says; `company` and `place` hold the name shown first, then the aliases."""

    folder: Path
    name: str
    title: str
    company: tuple[str, ...]
    place: tuple[str, ...]
    sites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lexicon: Path = LEXICONS / "expansion_retreat.yaml"
    window: tuple[str, str] = ("0001-01-01", "9999-12-31")
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # of corpus.yaml, over sources.jsonl
    skip: Mapping[str, str] = field(default_factory=dict)
    notebooks: Path | None = None  # own notebooks in place of Slackwater's
    contact: str | None = None
    feeds: tuple[str, ...] = ()  # where `slackwater fetch` looks for new pages
    tables: Path | None = None  # what `slackwater analyse` made there of pages that lie elsewhere
    withdrawn: tuple[str, ...] = ()  # pages that were taken out for good

    def __repr__(self) -> str:
        return f"Corpus {self.name}: {self.title}, in {self.folder}"


@dataclass(frozen=True)
class Page:
    """A file of the corpus as it lies on disk. `file` is its name with control characters escaped."""

    file: str
    data: bytes
    sha256: str
    fault: str | None = None

    def __repr__(self) -> str:
        return f"Page: {self.file}, {self.fault or f'{len(self.data):,} bytes'}"


def load(folder: Path | str, *, empty: bool = False) -> Corpus:
    """The corpus in *folder*, checked against the schema. Raises InputError: one line, file, fault, fix.

    *empty* allows a corpus without pages, which are about to be added.
    """
    folder = Path(folder)
    if not folder.exists():
        raise InputError(f"{printable(folder)}: there is no such folder. Name the folder that holds {FILE} and pages.")
    if not folder.is_dir():
        raise InputError(f"{printable(folder)}: is not a folder. Name the folder that holds {FILE}.")
    path = folder / FILE
    shown = printable(path)
    if not path.is_file():
        raise InputError(f"{shown}: there is no such file. Write one with title, company and place.")
    for file in (FILE, sources.FILE):
        if leaves(folder / file, folder):
            raise InputError(f"{printable(folder / file)}: is a link that leaves the corpus folder. Copy the file.")
    said = corpus_schema.checked(yaml_file.load(path, shown=shown), shown)

    found = [printable(name) for name in listing(folder)]
    names = set(found)
    if len(names) < len(found):
        twice = next(name for name in found if found.count(name) > 1)
        raise InputError(f"{printable(folder)}: {twice}: two files show that name. Rename one.")
    for key in ("pages", "skip"):
        for name in said.get(key, {}):
            if name not in names:
                raise InputError(f"{shown}: {key}: {name}: there is no such file in the folder."
                                 f"{corpus_schema.suggest(name, names)} Correct the name or take the entry out.")
    facts = {name: _facts(entry, f"{shown}: pages: {name}") for name, entry in said.get("pages", {}).items()}
    for name, entry in facts.items():
        _sentences_there(folder / name, entry, f"{shown}: pages: {name}")
    recorded = sources.load(folder, shown=printable(folder / sources.FILE))
    records = [record for record in recorded if record["file"] in names]  # a record outlives its page
    facts |= {name: sources.merged(noted, facts.get(name, {})) for name, noted in sources.facts(records).items()}
    aliases = said.get("aliases", {})
    window = said.get("window", {})
    first, last = window.get("first", "0001-01-01"), window.get("last", "9999-12-31")
    first, last = _bounds(first, f"{shown}: window: first")[0], _bounds(last, f"{shown}: window: last")[1]
    if first > last:
        raise InputError(f"{shown}: window: first ({first}) is after last ({last}). Swap them.")
    corpus = Corpus(
        folder=folder,
        name=said.get("name") or _folder_name(folder, shown),
        title=said["title"],
        company=(said["company"], *aliases.get("company", ())),
        place=(said["place"], *aliases.get("place", ())),
        sites={name: tuple(patterns) for name, patterns in said.get("sites", {}).items()},
        lexicon=_lexicon(said.get("lexicon", "expansion_retreat"), folder, shown),
        window=(first, last),
        facts=facts,
        skip=sources.replaced(records) | said.get("skip", {}),
        notebooks=_own_notebooks(said.get("notebooks"), folder, shown),
        contact=said.get("contact"),
        feeds=tuple(said.get("feeds", ())),
        withdrawn=tuple(record["file"] for record in recorded if "withdrawn" in record),
        tables=folder / TABLES if not names and (folder / TABLES / SUMMARY).is_file() else None,
    )
    if not names and not empty and not corpus.tables:
        raise InputError(f"{printable(folder)}: holds no pages. Save pages there as .txt or .html, or use "
                         "`slackwater add`.")
    return corpus


def pages(corpus: Corpus, *, max_bytes: int = MAX_PAGE_BYTES, names: Iterable[str] | None = None) -> list[Page]:
    """Every file of the corpus in the order of its name, skipped ones left out, faulty ones marked.

    *names*, of `listing`, are read in place of all, in their order.
    """
    return [_page(corpus.folder, name, max_bytes) for name in (listing(corpus.folder) if names is None else names)
            if printable(name) not in corpus.skip]


def printable(path: Path | str) -> str:
    """*path* as it may be shown on a terminal, in a log or in a table: control characters escaped."""
    text = os.fsencode(str(path)).decode("utf-8", "backslashreplace")
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def leaves(path: Path, folder: Path) -> bool:
    """Whether *path* is a link that leads out of *folder*; what it leads to is not opened."""
    # realpath, since resolve() raises at a loop
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def listing(folder: Path) -> list[str]:
    """The names of the files in *folder* that are pages, in order, as they are on disk."""
    with os.scandir(folder) as entries:
        return sorted(
            entry.name for entry in entries
            if not entry.name.startswith(".") and entry.name not in _NOT_PAGES
            and not entry.name.lower().endswith(_NOT_PAGE_ENDINGS)
            and not os.path.isdir(entry.path))  # False for a link in a loop, where the entry's own raises


def _page(folder: Path, name: str, max_bytes: int) -> Page:
    shown, path = printable(name), folder / name
    data, fault = b"", None
    try:
        if leaves(path, folder):
            fault = "is a link that leaves the corpus folder. Copy the page into the folder."
        elif not stat.S_ISREG((found := path.stat()).st_mode):
            fault = "is not a regular file. Save the page as a file."
        elif found.st_size > max_bytes:
            fault = (f"has {found.st_size:,} bytes, more than the limit of {max_bytes:,}. "
                     "Save the article alone, or raise --max-bytes.")
        else:
            data = path.read_bytes()
            if not data.strip():
                fault = "is empty. Save the page again, or list it under skip."
    except OSError as error:
        fault = f"cannot be read ({error.strerror}). Check the file's permissions."
    return Page(shown, data, hashlib.sha256(data).hexdigest(), fault)


def _facts(entry: dict[str, Any], shown: str) -> dict[str, Any]:
    for key in ("published", "not_before", "not_after", "saved", "saved_not_before"):
        if key in entry:
            _bounds(entry[key], f"{shown}: {key}")
    low, high = entry.get("not_before"), entry.get("not_after")
    if low and high and dates.bounds(low)[0] > dates.bounds(high)[1]:
        raise InputError(f"{shown}: not_before ({low}) is after not_after ({high}). Correct one of them.")
    if isinstance(entry["because"], dict):
        for key in entry["because"]:
            if key not in entry:
                raise InputError(f"{shown}: because: gives a reason for {key!r}, which the entry does not state."
                                 f"{corpus_schema.suggest(key, entry)} Add the fact or take the reason out.")
    return entry


def _sentences_there(page: Path, entry: dict[str, Any], shown: str) -> None:
    """Raise InputError for an overruled sentence whose words a text page does not hold; markup hides them elsewhere."""
    if "sentences" in entry and page.suffix.lower() in {".txt", ".md"}:
        text = " ".join(page.read_bytes().decode("utf-8", "replace").split())
        for overruled in entry["sentences"]:
            if overruled["sentence"] not in text:
                raise InputError(f"{shown}: sentences: the page does not hold {overruled['sentence'][:80]!r}. "
                                 "Copy some words of the sentence as they stand there.")


def _bounds(iso: str, shown: str) -> tuple[str, str]:
    try:
        return dates.bounds(iso)
    except ValueError as error:
        raise InputError(f"{shown}: {error}. Correct the date.") from None


def _lexicon(given: str, folder: Path, shown: str) -> Path:
    own = LEXICONS / f"{given}.yaml"
    path = own if own.is_file() and "/" not in given else folder / given
    if not path.is_file():
        known = sorted(file.stem for file in LEXICONS.glob("*.yaml"))
        raise InputError(f"{shown}: lexicon: there is no file {given!r} in the corpus folder and no lexicon of that "
                         f"name.{corpus_schema.suggest(given, known)} Known: {', '.join(known)}.")
    return path if path == own else _near(path, given, folder, f"{shown}: lexicon")


def _own_notebooks(given: str | None, folder: Path, shown: str) -> Path | None:
    if given and not (folder / given).is_dir():
        raise InputError(f"{shown}: notebooks: there is no folder {given!r} beside it. Correct the name.")
    return _near(folder / given, given, folder, f"{shown}: notebooks") if given else None


def _near(path: Path, given: str, folder: Path, shown: str) -> Path:
    """*path* where it lies in the corpus folder, beside it or one above; a report must not name other places."""
    above = folder.resolve().parent.parent
    home = above if above != Path(above.anchor) else folder.resolve().parent
    if Path(given).is_absolute() or not path.resolve().is_relative_to(home):
        raise InputError(f"{shown}: {given!r} lies far from the corpus folder. Put it there or beside it.")
    return path


def _folder_name(folder: Path, shown: str) -> str:
    name = folder.resolve().name
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name).strip("-._")[:80]
    if not safe:
        raise InputError(f"{shown}: the folder's name cannot name a report. Add a line `name: …`.")
    return safe
