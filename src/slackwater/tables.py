"""The tables: the one contract between the stages, the notebooks and the people who open them.

`SCHEMAS` names every table's columns, in order, with their kind. A stage returns
new tables of these shapes; nothing else passes between stages.

Kinds: `text` (str or null), `count` (nullable integer), `number` (float64, NaN where
not defined), `flag` (bool). Dates are `text`: ISO and possibly partial (2019, 2019-01,
2019-01-17), so that no day is ever invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

SCHEMAS: dict[str, dict[str, str]] = {
    # one row per page of the corpus, also a page that could not be read (`fault`)
    "documents": {
        "file": "text",
        "title": "text",
        "publisher": "text",
        "authors": "text",  # "; " between two
        "published": "text",
        "published_low": "text",  # first possible day
        "published_high": "text",  # last possible day
        "published_from": "text",  # "line 5", "corpus.yaml" or "unknown"
        "saved": "text",
        "source": "text",  # whom a reprint or retelling names as its source
        "kind": "text",  # news, press release, reprint, promotional, unknown
        "language": "text",
        "url": "text",
        "because": "text",  # the analyst's reasons, from corpus.yaml
        "encoding": "text",
        "sha256": "text",
        "n_lines": "count",
        "n_kept": "count",
        "n_sentences": "count",
        "polarity": "number",
        "polarity_low": "number",
        "polarity_high": "number",
        "subjectivity": "number",
        "polarity_masked": "number",
        "polarity_uncleaned": "number",
        "direction": "text",  # expansion, retreat, mixed, neutral
        "direction_read": "text",  # what the rules read, where the analyst's word overrules it
        "verdict": "text",  # clear, too few to say
        "net": "number",  # (E - R) / (E + R)
        "net_low": "number",
        "net_high": "number",
        "n_expansion": "count",
        "n_retreat": "count",
        "duplicate_of": "text",
        "fault": "text",  # why the page was left out; null for a page that was read
    },
    "lines": {
        "file": "text",
        "line": "count",
        "label": "text",
        "kept": "flag",
        "why": "text",
        "text": "text",
    },
    "sentences": {
        "file": "text",
        "sentence": "count",
        "line": "count",
        "region": "text",  # title, standfirst, body, caption
        "text": "text",
        "polarity": "number",
        "subjectivity": "number",
        "polarity_masked": "number",
        "direction": "text",  # expansion, retreat, both, neutral
        "direction_read": "text",  # what the rules read, where the analyst's word overrules it
        "because": "text",  # the analyst's reason
        "certainty": "text",  # asserted, planned, reported, hedged, denied, none
        "speaker": "text",  # company, government, press, workers, insiders, partner, other, none
        "about": "text",  # company, other, place
        "site": "text",
        "theme": "text",
    },
    "evidence": {
        "file": "text",
        "sentence": "count",
        "rule": "text",
        "theme": "text",
        "direction": "text",
        "start": "count",  # offsets in characters of the sentence's text, end exclusive
        "end": "count",
        "matched": "text",
        "outcome": "text",  # counted, vetoed by ..., negated, hedged ...
    },
    "claims": {
        "event": "text",
        "site": "text",
        "when": "text",
        "when_text": "text",
        "certainty": "text",
        "speaker": "text",
        "file": "text",
        "sentence": "count",
        "agrees_with": "text",  # "file:sentence", "; " between two
        "conflicts_with": "text",
    },
}

SPREADSHEET = 5_000  # pages up to which CSV is written beside Parquet, for people
_DTYPES = {"text": "str", "count": "Int64", "number": "float64", "flag": "bool"}


def shaped(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """*frame* as table *table*: its columns in order, with their dtypes, index from 0.

    Raises ValueError naming the columns that are missing or not part of the table.
    """
    schema = SCHEMAS[table]
    missing = [c for c in schema if c not in frame.columns]
    surplus = [c for c in frame.columns if c not in schema]
    if missing or surplus:
        raise ValueError(f"table {table}: missing columns {missing}, unknown columns {surplus}")
    ordered = frame[list(schema)].reset_index(drop=True)
    other = {c: _DTYPES[k] for (c, k), dtype in zip(schema.items(), ordered.dtypes, strict=True) if dtype != _DTYPES[k]}
    return ordered.astype(other) if other else ordered


def empty(table: str) -> pd.DataFrame:
    """Table *table* with no rows."""
    import pandas as pd

    return shaped(pd.DataFrame({c: [] for c in SCHEMAS[table]}), table)


def frame(rows: list[dict], table: str) -> pd.DataFrame:
    """Table *table* from a list of dicts; a column that no dict names is null, a flag False."""
    named = [column for column in SCHEMAS[table] if any(column in row for row in rows)]
    return listed([tuple(map(row.get, named)) for row in rows], table, *named)


def listed(rows: Sequence[tuple], table: str, *columns: str) -> pd.DataFrame:
    """Table *table* from tuples of *columns*, as `of`."""
    return of(dict(zip(columns, zip(*rows, strict=True) if rows else [()] * len(columns), strict=True)), table)


def of(columns: Mapping[str, Sequence], table: str) -> pd.DataFrame:
    """Table *table* from its *columns*, one at least; every other is null, a flag False.

    Some five times faster than pandas, which looks at every cell for what it may be.
    Raises ValueError naming the columns that are not part of the table.
    """
    import pandas as pd

    if unknown := [column for column in columns if column not in SCHEMAS[table]]:
        raise ValueError(f"table {table}: unknown columns {unknown}")
    size = len(next(iter(columns.values()), ()))
    return pd.DataFrame({
        name: pd.array(columns[name], dtype=_DTYPES[kind]) if name in columns  # type: ignore[call-overload]
        else pd.array([None], dtype=_DTYPES[kind]).repeat(size)  # type: ignore[call-overload]
        for name, kind in SCHEMAS[table].items()
    })


def rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple]:
    """The rows of *frame* as tuples of *columns*; null text and counts are None, undefined numbers nan.

    Some 30 times faster than `itertuples`, which asks Arrow for every cell by itself.
    """
    def values(column: pd.Series) -> list:
        return column.tolist() if column.dtype.kind == "f" else column.to_numpy(dtype=object, na_value=None).tolist()

    return zip(*(values(frame[column]) for column in columns), strict=True)


def save(frame: pd.DataFrame, folder: Path | str, name: str, *, csv: bool = True) -> None:
    """Write *frame* to FOLDER/NAME.parquet and, unless *csv* is False, as NAME.csv for people (`save_csv`)."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(folder / f"{name}.parquet", compression="zstd", index=False)
    if csv:
        save_csv(frame, folder, name)


def save_csv(frame: pd.DataFrame, folder: Path | str, name: str) -> None:
    """Write *frame* to FOLDER/NAME.csv, safe to open in a spreadsheet.

    A cell whose text would start a formula (=, +, -, @, tab, carriage return) is prefixed with an
    apostrophe, as OWASP advises; the Parquet file beside it holds the exact text.
    """
    import pyarrow as pa
    from pyarrow import compute, csv

    table = pa.Table.from_pandas(frame, preserve_index=False)
    for at, field in enumerate(table.schema):
        column = table.column(at)
        if pa.types.is_boolean(field.type):  # as Python and pandas spell them
            table = table.set_column(at, field.name, compute.if_else(column, "True", "False"))
        elif pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            armed = compute.replace_substring_regex(column, r"\A([=+\-@\t\r])", r"'\1")
            table = table.set_column(at, field.name, armed)
    csv.write_csv(table, Path(folder) / f"{name}.csv")


def load(folder: Path | str, name: str, *columns: str) -> pd.DataFrame:
    """Read FOLDER/NAME.parquet as `save` wrote it, or some of its *columns*. Raises FileNotFoundError."""
    import pandas as pd

    return pd.read_parquet(Path(folder) / f"{name}.parquet", columns=list(columns) or None)
