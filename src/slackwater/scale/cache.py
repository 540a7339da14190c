"""Results of parts, each a folder that is whole or absent, named by the hash of input and rules.

OUT/parts/NAME-HASH/{documents,lines,sentences,evidence,claims,sketches}.parquet: readable as they lie, by anyone.
The claims are those of the pages by themselves: which agree is known when all are there.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Collection, Iterable
from contextlib import ExitStack, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from slackwater import claims, engine, tables
from slackwater.scale import copies

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

TABLES = engine.Part._fields
_FILES = (*TABLES, "claims", "sketches")
_WORKING = ".making-"


class Size(NamedTuple):
    """How many parts, and their bytes on disk."""

    parts: int
    bytes: int

    def __str__(self) -> str:
        return f"{self.parts} part{'' if self.parts == 1 else 's'}, {self.bytes / 1e6:,.1f} MB"


class Cache:
    """The results in *folder*."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def holds(self, key: str) -> bool:
        """Whether the result *key* is there and its files are whole; what is damaged is taken away."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        folder = self.folder / key
        if not folder.is_dir():
            return False
        try:
            for name in _FILES:
                pq.read_metadata(folder / f"{name}.parquet")
        except (OSError, pa.ArrowException):
            shutil.rmtree(folder)
            return False
        return True

    def size(self, keys: Collection[str] | None = None) -> Size:
        """Of the results *keys*, or of all."""
        found = self._keys() if keys is None else set(keys) & self._keys()
        return Size(len(found), sum(file.stat().st_size for key in found for file in (self.folder / key).iterdir()))

    def prune(self, keep: Collection[str]) -> Size:
        """Take away every result but *keep*; what that was."""
        old = self._keys() - set(keep)
        size = self.size(old)
        for key in old:
            shutil.rmtree(self.folder / key)
        return size

    def sweep(self) -> None:
        """Take away what killed workers left unfinished."""
        for left in self.folder.glob(f"{_WORKING}*"):
            shutil.rmtree(left, ignore_errors=True)

    def _keys(self) -> set[str]:
        return {path.name for path in self.folder.iterdir() if path.is_dir() and not path.name.startswith(".")}


def write(folder: Path, key: str, made: Iterable[engine.Part]) -> int:
    """Write the result *key* of all that is *made*, in one step at the end; the number of its pages.

    Raises OSError where the disk is full; then nothing of it is left.
    """
    import pyarrow.parquet as pq

    count = 0
    working = folder / f"{_WORKING}{key}-{uuid.uuid4().hex[:8]}"
    working.mkdir()
    try:
        with ExitStack() as opened:
            writers = {name: opened.enter_context(pq.ParquetWriter(working / f"{name}.parquet", schema(name),
                                                                   compression="zstd")) for name in _FILES}
            for part in made:
                count += len(part.documents)
                for name, frame in part._asdict().items():
                    writers[name].write_table(table(frame, name))
                stated = claims.stated(part.sentences, part.documents, part.evidence)
                writers["claims"].write_table(table(stated, "claims"))
                writers["sketches"].write_table(_sketches(part.sentences))
        try:
            working.rename(folder / key)
        except OSError:
            if not (folder / key).is_dir():  # another worker was as fast: its result has the same bytes
                raise
    finally:
        with suppress(OSError):
            shutil.rmtree(working)
    return count


def table(frame: pd.DataFrame, name: str) -> pa.Table:
    """*frame* for Parquet as table *name*, the same types whatever it holds."""
    import pyarrow as pa

    return pa.Table.from_pandas(frame, schema(name), preserve_index=False)


@lru_cache
def schema(name: str) -> pa.Schema:
    """The Parquet schema of table *name*."""
    import pyarrow as pa

    if name == "sketches":
        return pa.schema([("file", pa.string()), ("sketch", pa.binary())])
    return pa.Schema.from_pandas(tables.empty(name), preserve_index=False)


def _sketches(sentences: pd.DataFrame) -> Any:
    import pyarrow as pa

    found = copies.sketches(copies.texts_of(sentences))
    return pa.table({"file": list(found), "sketch": list(found.values())}, schema("sketches"))

