"""Bringing in what a newsroom has: a folder of saved pages, or a CSV, JSON Lines or Parquet file of texts.

Each page or row becomes a page of its own with a record that says where it came from.
Rows are read one after the other, so that the size of the file does not matter.
"""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from slackwater import dates
from slackwater.corpus import MAX_PAGE_BYTES, listing, printable
from slackwater.errors import InputError
from slackwater.intake import add
from slackwater.intake.pages import Added, Intake

COLUMNS = ("text", "html", "title", "url", "published", "publisher", "authors")
_TELL = 20  # refusals and remarks told one by one; the rest is counted
_FAULT = "\x00fault"  # in place of a row that cannot be read; no file has a column of that name


class Imported(NamedTuple):
    """What became of a source: how many pages were added, were there already, were refused; each of them."""

    source: str
    pages: tuple[Added, ...]

    def count(self, what: str) -> int:
        """How many ended as *what*: added, there, refused."""
        return sum(page.what == what for page in self.pages)

    def __str__(self) -> str:
        """One line for a person."""
        return (f"{self.source}: {len(self.pages)} pages, {self.count('added')} added, {self.count('there')} there "
                f"already, {self.count('refused')} refused")


def load(folder: Path | str, source: Path | str, *, columns: Mapping[str, str] | None = None,
         max_bytes: int = MAX_PAGE_BYTES, tell: Callable[[str], None] = lambda line: None) -> Imported:
    """Bring the pages of *source*, a folder or a .csv, .tsv, .jsonl or .parquet file, into the corpus in *folder*.

    A file needs a column text or html; title, url, published, publisher and authors are taken where they
    are. *columns* names them where they are called otherwise: {"text": "Body"}. Rows that are refused stop
    nothing. *tell* gets a line for each of the first that are refused or remarked upon.
    Raises InputError where the corpus, the source or its columns have a fault, before anything is added; where
    a file breaks off later, what came before stays added and is known when it is imported again.
    """
    source = Path(source)
    shown = printable(source)
    if not source.exists():
        raise InputError(f"{shown}: there is no such file or folder.")
    if source.resolve() == Path(folder).resolve():
        raise InputError(f"{shown}: is the corpus itself. Name the folder or file that the pages come from.")
    intake = Intake(folder, max_bytes=max_bytes)
    pages = _from_folder(intake, source) if source.is_dir() else _from_rows(intake, source, dict(columns or {}))
    done, told = [], 0
    try:
        for page in pages:
            done.append(page)
            if page.notes or page.what == "refused":
                told += 1
                if told <= _TELL:
                    tell(str(page))
        if told > _TELL:
            tell(f"{told - _TELL} further remarks are left out; `slackwater import --json` gives all")
    finally:
        intake.close()
    return Imported(shown, tuple(done))


def _from_folder(intake: Intake, folder: Path) -> Iterator[Added]:
    """The files of *folder* in order of their names; what lies in folders below it is not looked at."""
    names = listing(folder)
    if not names:
        raise InputError(f"{printable(folder)}: holds no pages. Name the folder that the pages lie in.")
    return (_file(intake, folder, name) for name in names)


def _file(intake: Intake, folder: Path, name: str) -> Added:
    path = folder / name
    try:
        if path.is_symlink() or not path.is_file():
            return Added(printable(path), None, "refused", fault="is not a regular file. Copy the page itself.")
        with path.open("rb") as stream:
            data = stream.read(intake.max_bytes + 1)
    except OSError as error:
        return Added(printable(path), None, "refused", fault=f"cannot be read ({error.strerror}).")
    return intake.take(data, str(path), name=name, url=add.stated_address(data),
                       because=f"imported from {printable(folder.name)}/{printable(name)}")


def _from_rows(intake: Intake, path: Path, columns: dict[str, str]) -> Iterator[Added]:
    """The rows of a file, its columns checked on the first row."""
    kind = path.suffix.lower()
    readers = {".csv": _csv, ".tsv": _csv, ".jsonl": _jsonl, ".ndjson": _jsonl, ".parquet": _parquet}
    if kind not in readers:
        raise InputError(f"{printable(path)}: {kind or 'files without an ending'} cannot be imported. Give a folder, "
                         ".csv, .tsv, .jsonl or .parquet; a single page goes in by `slackwater add`.")
    rows = readers[kind](path)
    first = next(rows, None)
    if first is None:
        raise InputError(f"{printable(path)}: holds no rows.")
    chosen = _columns(path, [str(key) for key in first], columns)
    return (_row(intake, path, number, row, chosen) for number, row in enumerate(itertools.chain([first], rows), 1))


def _columns(path: Path, names: list[str], given: dict[str, str]) -> dict[str, str]:
    """Our column → theirs; case does not matter. Raises InputError where there is neither text nor html."""
    shown, listed = printable(path), ", ".join(printable(name)[:40] for name in names[:20])
    for ours, theirs in given.items():
        if ours not in COLUMNS:
            raise InputError(f"{shown}: unknown column {printable(ours)!r}. Known: {', '.join(COLUMNS)}.")
        if theirs not in names:
            close = get_close_matches(theirs, names, n=1)
            raise InputError(f"{shown}: has no column {printable(theirs)!r}."
                             f"{f' Did you mean {printable(close[0])!r}?' if close else ''} Its columns: {listed}.")
    lower = {name.lower().strip(): name for name in reversed(names)}
    if not {"text", "html"} & (set(lower) | set(given)):
        raise InputError(f"{shown}: has neither a column text nor html. Its columns: {listed}. Name the one that holds "
                         "the articles with --column text=NAME.")
    return {ours: lower.get(ours, ours) for ours in COLUMNS} | given  # a later row may have a key that the first lacks


def _row(intake: Intake, path: Path, number: int, row: Mapping[str, Any], columns: dict[str, str]) -> Added:
    source = f"{printable(path)}: row {number}"
    if fault := row.get(_FAULT):
        return Added(source, None, "refused", fault=str(fault))
    said = {ours: row.get(theirs) for ours, theirs in columns.items()}
    text, html, title = _text(said["text"]), _text(said["html"]), " ".join(_text(said["title"]).split())[:2000]
    if not text and not html:
        return Added(source, None, "refused", fault="holds no text.")
    if html:
        data, kind = html.encode("utf-8", "replace"), "text/html"
    else:  # a page begins with its headline, which the tables of newsrooms keep apart
        whole = text if not title or text.lstrip().startswith(title) else f"{title}\n\n{text}"
        data, kind = whole.encode("utf-8", "replace"), "text/plain"
    address = _text(said["url"])
    published, notes = _day(said["published"])
    facts = {"title": title, "publisher": _text(said["publisher"]), "authors": _names(said["authors"]),
             "published": published}
    page = intake.take(data, source, kind=kind, url=address if re.fullmatch(r"https?://\S+", address) else None,
                       facts=facts, because=f"imported from {printable(path.name)}, row {number}")
    return page._replace(notes=(*page.notes, *notes)) if page.what == "added" else page


def _csv(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a CSV file; comma, semicolon or tab, whichever its first line holds most of."""
    csv.field_size_limit(2 * MAX_PAGE_BYTES)
    with path.open("rb") as stream:
        mark = stream.read(4)
    encoding = "utf-16" if mark.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as lines:
        try:
            head = lines.readline()
            lines.seek(0)
            delimiter = max(",;\t", key=head.count)
            rows = csv.DictReader(lines, delimiter=delimiter, restkey=_FAULT, restval="")
            for row in rows:
                if any(row.pop(_FAULT, ())):
                    row[_FAULT] = "has more cells than the first line has names. Is a quote missing?"
                yield row
        except UnicodeDecodeError:
            raise InputError(f"{printable(path)}: is not UTF-8. Save it as \"CSV UTF-8\".") from None
        except csv.Error as error:
            raise InputError(f"{printable(path)}: line {rows.line_num}: {error}. Mend the file there.") from None


def _jsonl(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if isinstance(row, dict):
                yield row
            elif number == 1:
                raise InputError(f"{printable(path)}: line 1 is not a JSON object. Write one object a line.")
            else:
                yield {_FAULT: "is not a JSON object."}


def _parquet(path: Path) -> Iterator[dict[str, Any]]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=256):
                yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{printable(path)}: cannot be read as Parquet ({printable(str(error))[:100]}).") from None


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    """Authors: a list, or text with semicolons between two."""
    given = value if isinstance(value, list) else _text(value).split(";")
    return [name.strip() for name in given if isinstance(name, str) and name.strip()]


def _day(value: Any) -> tuple[str | None, list[str]]:
    """*value* as a day or part of one, and what the analyst should know where it cannot be read so."""
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()[:10], []
    said = str(value).strip() if isinstance(value, int) and not isinstance(value, bool) else _text(value)
    if not said:
        return None, []
    if found := re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?![\d-]))?)?(?![\d-])", said):
        if day := dates.compose(*(int(part) for part in found.groups() if part)):
            return day, []
    elif (stated := dates.find(said)) and len(stated) == 1:
        return stated[0].iso, []
    return None, [f"published {printable(said)[:40]!r} is not a date that can be read one way only; kept without"]
