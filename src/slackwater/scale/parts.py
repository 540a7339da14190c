"""Parts: what one task reads. A Parquet file of pages, or a run of files of a corpus folder.

A Parquet part has the columns file, and text or html or both; title, url, published and
publisher are taken where they are. A folder is cut after names whose checksum says so, some
256 to a part, so that a page that comes or goes changes one part and not all that follow.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater import corpus as corpora
from slackwater import dates
from slackwater.corpus import printable
from slackwater.documents import Given
from slackwater.errors import InputError
from slackwater.limits import MAX_PAGE_BYTES

if TYPE_CHECKING:
    import pyarrow.parquet as pq

    from slackwater.scale.rules import Rules

FACTS = ("title", "url", "published", "publisher")
BATCH = 250  # pages in memory together, whatever the size of the part
_CUT, _MOST = 256, 1024


@dataclass(frozen=True)
class Source:
    """A part as it comes in: its file or folder, the files of a folder, and the hash of what it holds."""

    path: Path
    files: tuple[str, ...]
    sha256: str

    @property
    def name(self) -> str:
        """The part's name in lists and file names."""
        stem = Path(self.files[0] if self.files else self.path).stem
        return re.sub(r"[^A-Za-z0-9._-]+", "-", printable(stem)).strip(".-")[:40] or "part"

    def key(self, rules: Rules) -> str:
        """The name of its result, with the hash of input and rules."""
        from slackwater.scale.rules import digest

        return f"{self.name}-{digest([self.sha256, rules.hash, rules.facts(self.files)])[:20]}"


def of_folder(corpus: corpora.Corpus, max_bytes: int) -> list[Source]:
    """The parts of a corpus folder, in the order of its files."""
    runs: list[list[str]] = [[]]
    for name in corpora.listing(corpus.folder):
        runs[-1].append(name)
        if _sum(name.encode("utf-8", "surrogateescape")) % _CUT == 0 or len(runs[-1]) == _MOST:
            runs.append([])
    return [Source(corpus.folder, tuple(run), _of_pages(corpora.pages(corpus, max_bytes=max_bytes, names=run)))
            for run in runs if run]


def of_parquet(path: Path) -> Source:
    """The part in file *path*, its columns checked. Raises InputError."""
    shown = printable(path)
    file = _open(path)
    kinds = {field.name: field.type for field in file.schema_arrow}
    missing = "file" if "file" not in kinds else None if {"text", "html"} & set(kinds) else "text"
    if missing:
        raise InputError(f"{shown}: lacks the column {missing!r}; it has {', '.join(map(printable, kinds)) or 'none'}. "
                         "A part has the columns file and text, or file and html.")
    for name in ("file", "text", "html", *FACTS):
        if name in kinds and not _textual(kinds[name], dated=name == "published"):
            raise InputError(f"{shown}: column {name} holds {kinds[name]}, not text. Write it as text.")
    return Source(path, (), _of_file(path))


def pages(source: Source, rules: Rules) -> Iterator[list[corpora.Page | Given]]:
    """The pages of *source*, some at a time. Raises InputError where they are not what `sha256` says."""
    corpus, limit = rules.desk.corpus, rules.desk.max_bytes
    if source.files:
        found = corpora.pages(corpus, max_bytes=limit, names=source.files)
        if _of_pages(found) != source.sha256:
            raise InputError(f"{printable(source.path)}: a page changed while it was read. Run again.")
        for start in range(0, len(found), BATCH):
            yield list(found[start:start + BATCH])
        return
    if _of_file(source.path) != source.sha256:
        raise InputError(f"{printable(source.path)}: changed while it was read. Run again.")
    yield from _rows(source.path, corpus, limit)


def _rows(path: Path, corpus: corpora.Corpus, limit: int) -> Iterator[list[corpora.Page | Given]]:
    import pyarrow as pa

    file, shown = _open(path), printable(path)
    columns = [name for name in ("file", "text", "html", *FACTS) if name in file.schema_arrow.names]
    number, seen = 0, set()
    try:
        for batch in file.iter_batches(BATCH, columns=columns):
            rows = batch.to_pylist()
            for row in rows:
                number += 1
                if not row["file"] or not row["file"].strip():
                    raise InputError(f"{shown}: row {number}: file is {'null' if row['file'] is None else 'empty'}. "
                                     "Give every page a name of its own.")
                if row["file"] in seen:
                    raise InputError(f"{shown}: row {number}: file {printable(row['file'])} is there twice. "
                                     "Give every page a name of its own.")
                seen.add(row["file"])
            yield [given(row, limit) for row in rows if printable(row["file"]) not in corpus.skip]
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(f"{shown}: is damaged after row {number} ({_line(error)}). Write it again.") from None


def given(row: Mapping[str, Any], limit: int = MAX_PAGE_BYTES) -> Given:
    """A row (file, text or html, …) as a page; what is wrong with it stays with it, as with a file.

    None and nan are null, so that rows of a data frame will do.
    """
    from slackwater.formats import Loaded

    row = {key: value for key, value in row.items() if value is not None and value == value}
    html = bool(row.get("html"))
    said = row.get("html") or row.get("text")
    data, fault = (said or "").encode("utf-8"), None
    facts = {key: str(row[key]) for key in FACTS if row.get(key, "") != ""}
    if said is None:
        fault = "has no text (null). Give its text, or leave the row out."
    elif not said.strip():
        fault = "is empty. Give its text, or leave the row out."
    elif len(data) > limit:
        fault = (f"has {len(data):,} bytes, more than the limit of {limit:,}. "
                 "Save the article alone, or raise --max-bytes.")
    if "published" in facts:
        facts |= {"published": facts["published"].removesuffix(" 00:00:00"), "published_from": "column published"}
        try:
            dates.bounds(facts["published"])
        except ValueError as error:
            fault = fault or f"column published: {error}. Write 2019, 2019-01 or 2019-01-17."
            del facts["published"], facts["published_from"]
    return Given(printable(row["file"]), hashlib.sha256(data).hexdigest(), fault,
                 Loaded("" if fault else str(said), html, "utf-8", None), facts)


def _open(path: Path) -> pq.ParquetFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path)
    except OSError as error:
        if error.errno or not path.is_file():
            raise InputError(f"{printable(path)}: cannot be read ({error.strerror or 'no such file'}).") from None
        raise InputError(f"{printable(path)}: is damaged ({_line(error)}). Write it again.") from None
    except pa.ArrowException:
        raise InputError(f"{printable(path)}: is not a Parquet file. Give Parquet parts, or a corpus folder.") from None


def _textual(kind: Any, *, dated: bool) -> bool:
    import pyarrow.types as types

    if types.is_dictionary(kind):
        kind = kind.value_type
    return (types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind) or types.is_null(kind)
            or (dated and (types.is_date(kind) or types.is_timestamp(kind))))


def _sum(name: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest())


def _of_pages(found: Iterable[corpora.Page]) -> str:
    sums = hashlib.sha256()
    for page in found:
        sums.update(f"{page.file}\0{page.sha256}\0{page.fault}\n".encode())
    return sums.hexdigest()


def _of_file(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{printable(path)}: cannot be read ({error.strerror}).") from None


def _line(error: Exception) -> str:
    return printable(str(error).split("\n")[0][:200])
