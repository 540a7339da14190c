"""The tables of an analysis, read again for its report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from slackwater import crowd, engine, tables

if TYPE_CHECKING:
    import pandas as pd


def read(folder: Path) -> engine.Tables:
    """The tables that `slackwater analyse` left in *folder*.

    What no report needs stays there: the texts of `lines`, and of many pages (`crowd.MANY`) all but the first of
    the claims that agree or conflict with one, which a story that everybody tells would hold a hundred times each.
    """
    documents = tables.load(folder, "documents")
    kept = [column for column in tables.SCHEMAS["lines"] if column != "text"]
    lines = tables.load(folder, "lines", *kept).assign(text=None).astype({"text": "str"})
    claims = _first_named(folder) if len(documents) > crowd.MANY else tables.load(folder, "claims")
    return engine.Tables(documents, lines, tables.load(folder, "sentences"), tables.load(folder, "evidence"), claims)


def _first_named(folder: Path) -> pd.DataFrame:
    """Table `claims` with but the first of each list, read a little at a time."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    file = pq.ParquetFile(folder / "claims.parquet")
    parts = []
    for batch in file.iter_batches(5_000):
        part = pa.Table.from_batches([batch])
        for name in ("agrees_with", "conflicts_with"):
            first = pc.replace_substring_regex(part[name], ";.*", "")
            part = part.set_column(part.column_names.index(name), part.schema.field(name), first)
        parts.append(part)
    whole = pa.concat_tables(parts) if parts else file.schema_arrow.empty_table()
    return tables.shaped(whole.to_pandas(), "claims")
