"""`slackwater analyse`: parts of pages in, tables out; each part by itself, what goes across them at the end.

The tables are made beside their places and put there at the end, `analysis.json` last: where
it lies, the tables are whole and of one run. Its "hash" is the same for the same pages on every engine.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

from slackwater import engine, tables
from slackwater.corpus import FILE, SUMMARY, printable
from slackwater.editions import told
from slackwater.errors import InputError, LockedError
from slackwater.scale import cache, copies, engines, parts, rules, work

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_AT_ONCE = 2_000  # claims made a table of together; each then holds its own copy of its story's list
_BYTES = 8_000_000  # of a table in memory at a time, at least
_PARTS = 8  # whose claims are in memory together
Tell = Callable[[str], None]


class Analysis(NamedTuple):
    """What a run made: pages, parts, those of them that were in the cache, the hash over the five tables."""

    pages: int
    parts: int
    cached: int
    hash: str


def run(given: Sequence[Path], out: Path, *, corpus: Path | None = None, name: str = "none",
        workers: int | None = None, cached: bool = True, prune: bool = False, max_bytes: int | None = None,
        tell: Tell = lambda line: None) -> Analysis:
    """The tables of *given*, a corpus folder or Parquet parts, in *out*, by engine *name*.

    Parts take their settings from the corpus.yaml in folder *corpus*. Results of parts are kept in
    OUT/parts unless *cached* is false; *prune* takes away those that this run did not use.
    Raises InputError, LockedError, PublishError: then the tables of the last run stay as they are.
    """
    desk, sources = _laid_out(given, corpus, max_bytes)
    with told(out):
        out.mkdir(parents=True, exist_ok=True)
    with _locked(out), told(out):
        staging = out / ".staging"
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        store = cache.Cache((out if cached else staging) / "parts")
        try:
            store.folder.mkdir(exist_ok=True)
            store.sweep()
            keys, reused = _made(sources, rules.of(desk), store, name, workers, tell)
            store.sweep()  # what a worker that was killed left
            started = time.perf_counter()
            done = _joined(store, sources, keys, staging)
            tell(f"tables of {len(keys)} part{'s' * (len(keys) != 1)} joined in {time.perf_counter() - started:.1f} s")
            _publish(staging, out)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        if cached:
            _tell_cache(store, keys, prune, tell)
    return Analysis(done["pages"], len(keys), reused, done["hash"])


def _laid_out(given: Sequence[Path], corpus: Path | None,
              max_bytes: int | None) -> tuple[engine.Desk, list[parts.Source]]:
    folders = [path for path in given if path.is_dir()]
    if folders and (len(given) > 1 or corpus):
        raise InputError(f"{printable(folders[0])}: give one corpus folder, or Parquet parts with --corpus FOLDER.")
    if folders:
        desk = engine.open_desk(folders[0], max_bytes=max_bytes)
        return desk, parts.of_folder(desk.corpus, desk.max_bytes)
    if absent := [path for path in given if not path.exists()]:
        raise InputError(f"{printable(absent[0])}: there is no such file or folder.")
    if corpus is None:
        raise InputError(f"{printable(given[0])}: needs the settings of a corpus. Give --corpus, a folder with {FILE}.")
    desk = engine.open_desk(corpus, max_bytes=max_bytes, empty=True)
    return desk, [parts.of_parquet(path.absolute()) for path in given]


def _made(sources: Sequence[parts.Source], laws: rules.Rules, store: cache.Cache, name: str, workers: int | None,
          tell: Tell) -> tuple[list[str], int]:
    """Make what is not there; the names of all results in the order of the parts, and how many were there."""
    keys = [source.key(laws) for source in sources]
    for number, source in enumerate(sources):
        if any(source.sha256 == other.sha256 for other in sources[:number]):
            raise InputError(f"{printable(source.path)}: the same part is given twice.")
    pickled, made_with = pickle.dumps(laws), tuple(laws.made_with.items())
    jobs = [work.Job(source, key, store.folder.absolute(), pickled, made_with)
            for source, key in zip(sources, keys, strict=True) if not store.holds(key)]
    reused = len(keys) - len(jobs)
    if reused:
        tell(f"{reused} of {len(keys)} part{'s' * (len(keys) != 1)} from the cache")
    for number, done in enumerate(engines.run(name, jobs, work.run, workers=workers, tell=tell), reused + 1):
        pages = f"{done.pages:,} page{'s' * (done.pages != 1)}"
        tell(f"part {number} of {len(keys)}: {done.key}, {pages} in {done.seconds:.1f} s")
    return keys, reused


def _joined(store: cache.Cache, sources: Sequence[parts.Source], keys: Sequence[str],
            staging: Path) -> dict[str, Any]:
    """The five tables in *staging*, a part at a time; what goes across the parts in the order given."""
    folders = [store.folder / key for key in keys]
    days: dict[str, str | None] = {}
    for source, folder in zip(sources, folders, strict=True):
        known = {file: day and intern(day) for file, day in _rows(folder, "documents", "file", "published_low")}
        if twice := sorted(known.keys() & days.keys()):
            raise InputError(f"{printable(source.path)}: file {twice[0]} is in another part too. "
                             "Give every page a name of its own.")
        days |= known
    same = copies.among(days, _sketched(folders, days), lambda files: _texts(folders, files))
    for name in cache.TABLES:
        _concatenated(folders, name, staging, same)
    _compared(folders, staging)
    if len(days) <= tables.SPREADSHEET:
        for name in tables.SCHEMAS:
            tables.save_csv(tables.load(staging, name), staging, name)
    sums = {name: _sum(staging / f"{name}.parquet") for name in tables.SCHEMAS}
    summary = {"schema_version": 1, "pages": len(days), "hash": rules.digest(sums), "tables": sums, "parts": list(keys)}
    (staging / SUMMARY).write_text(json.dumps(summary, indent=1) + "\n", "utf-8")
    return summary


def _concatenated(folders: Sequence[Path], name: str, staging: Path, same: dict[str, str]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetWriter(staging / f"{name}.parquet", cache.schema(name), compression="zstd") as writer:
        for rows in _groups(folders, name):
            if name == "documents":
                at = rows.schema.get_field_index("duplicate_of")
                field = rows.schema.field(at)
                rows = rows.set_column(at, field, pa.array(map(same.get, rows["file"].to_pylist()), field.type))
            writer.write_table(rows)


def _groups(folders: Sequence[Path], name: str) -> Iterator[pa.Table]:
    """The rows of all parts, some megabytes at a time: row groups of one part each take twice the time to write."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    some: list[pa.Table] = []
    size = 0
    for folder in folders:
        part = pq.ParquetFile(folder / f"{name}.parquet")
        for group in range(part.num_row_groups):
            some.append(part.read_row_group(group))
            size += some[-1].nbytes
            if size > _BYTES:
                yield pa.concat_tables(some)
                some, size = [], 0
    if some:
        yield pa.concat_tables(some)


def _sketched(folders: Sequence[Path], days: Mapping[str, str | None]) -> copies.Sketched:
    """The sketches of all parts, one array; none where so few pages need none."""
    import numpy as np

    rows = np.empty((len(days) if len(days) > copies.EXACT else 0, copies.NUMBERS), "<u4")
    files: list[str] = []
    for folder in folders if len(rows) else ():
        for file, sketch in _rows(folder, "sketches", "file", "sketch"):
            rows[len(files)] = np.frombuffer(sketch, "<u4")
            files.append(file)
    return copies.Sketched(files, rows[:len(files)])


def _compared(folders: Sequence[Path], staging: Path) -> None:
    """Table `claims`: all parts are heard first, then each is written with what agrees and conflicts with it."""
    import pyarrow.parquet as pq

    from slackwater import claims

    stories = claims.Stories()
    some = [folders[at:at + _PARTS] for at in range(0, len(folders), _PARTS)]
    for near in some:
        stories.add(_loaded(near, "claims"), _loaded(near, "documents", "file", "published_high"))
    with pq.ParquetWriter(staging / "claims.parquet", cache.schema("claims"), compression="zstd") as writer:
        for near in some:
            found = _loaded(near, "claims")
            for start in range(0, max(len(found), 1), _AT_ONCE):
                writer.write_table(cache.table(stories.compared(found[start:start + _AT_ONCE]), "claims"))


def _texts(folders: Sequence[Path], files: Collection[str]) -> dict[str, str]:
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = pa.array(sorted(files), cache.schema("sentences").field("file").type)
    found: dict[str, str] = {}
    for folder in folders:
        # most parts hold none of them: their texts are not read
        if pc.any(pc.is_in(_read(folder, "documents", ["file"])["file"], wanted)).as_py():
            part = _read(folder, "sentences", ["file", "region", "text"])
            found |= copies.texts_of(part.filter(pc.is_in(part["file"], wanted)).to_pandas())
    return found


def _rows(folder: Path, name: str, *columns: str) -> Iterator[tuple]:
    part = _read(folder, name, list(columns))
    return zip(*(part[column].to_pylist() for column in columns), strict=True)


def _loaded(folders: Sequence[Path], name: str, *columns: str) -> pd.DataFrame:
    """What `tables.load` gives of each of *folders*, as one."""
    import pyarrow as pa

    return pa.concat_tables(_read(folder, name, list(columns) or None) for folder in folders).to_pandas()


def _read(folder: Path, name: str, columns: list[str] | None) -> pa.Table:
    import pyarrow.parquet as pq

    return pq.ParquetFile(folder / f"{name}.parquet").read(columns)


def _publish(staging: Path, out: Path) -> None:
    """Put the tables in their places; from the first to the last rename no summary lies there."""
    (out / SUMMARY).unlink(missing_ok=True)
    for name in tables.SCHEMAS:
        for ending in (".parquet", ".csv"):
            made = staging / (name + ending)
            if made.exists():
                made.replace(out / made.name)
            else:
                (out / made.name).unlink(missing_ok=True)  # CSV of an earlier, smaller run
    (staging / SUMMARY).replace(out / SUMMARY)


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    import filelock

    lock = filelock.FileLock(out / ".lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise LockedError(f"{printable(out)}: another run writes its tables there. Wait for it, or choose another "
                          "--out.") from None
    try:
        yield
    finally:
        lock.release()


def _tell_cache(store: cache.Cache, keys: Sequence[str], prune: bool, tell: Tell) -> None:
    if prune:
        tell(f"pruned {store.prune(keys)}")
    used, whole = store.size(keys), store.size()
    unused = "" if whole.parts == used.parts else f", of which {used} are of this run (--prune takes the rest away)"
    tell(f"cache {printable(store.folder)}: {whole}{unused}")


def _sum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
