"""The tables of an edition, opened by what people have: pandas, DuckDB, polars, a spreadsheet."""

import csv

import duckdb
import pandas as pd
import polars
import pytest

from slackwater import engine, tables

KINDS = {"text": {"VARCHAR", "String"}, "count": {"BIGINT", "Int64"}, "number": {"DOUBLE", "Float64"},
         "flag": {"BOOLEAN", "Boolean"}}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    made = engine.finished(engine.open_desk("seeds"))
    made.save(folder)
    return folder, made


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_duckdb_reads_the_same_columns_kinds_and_rows(saved, name):
    folder, made = saved
    found = duckdb.sql(f"select * from '{folder / name}.parquet'")
    assert found.columns == list(tables.SCHEMAS[name])
    for column, kind in zip(found.columns, found.types, strict=True):
        assert str(kind) in KINDS[tables.SCHEMAS[name][column]], column
    frame = getattr(made, name)
    assert found.count("*").fetchall() == [(len(frame),)]
    counts = ", ".join(f'count("{column}")' for column in frame)
    (nulls,) = duckdb.sql(f"select {counts} from '{folder / name}.parquet'").fetchall()
    for column, n in zip(frame, nulls, strict=True):
        if tables.SCHEMAS[name][column] != "number":
            assert n == frame[column].notna().sum(), f"{column}: null is null everywhere"


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_polars_reads_the_same_columns_kinds_and_rows(saved, name):
    folder, made = saved
    found = polars.read_parquet(folder / f"{name}.parquet")
    assert found.columns == list(tables.SCHEMAS[name])
    for column, kind in found.schema.items():
        assert str(kind) in KINDS[tables.SCHEMAS[name][column]], column
    frame = getattr(made, name)
    for column, kind in tables.SCHEMAS[name].items():
        theirs, ours = found[column].to_list(), frame[column].to_list()
        if kind != "number":
            assert theirs == [None if pd.isna(value) else value for value in ours], column


def test_a_question_across_tables_in_sql(saved):
    folder, made = saved
    rows = duckdb.sql(f"""select d.publisher, count(*) n from '{folder}/sentences.parquet' s
                          join '{folder}/documents.parquet' d using (file)
                          where s.direction = 'retreat' group by 1""").fetchall()
    assert sum(n for _, n in rows) == (made.sentences["direction"] == "retreat").sum()


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_the_csv_says_the_same_and_holds_no_formula(saved, name):
    folder, made = saved
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(getattr(made, name)) and list(rows[0]) == list(tables.SCHEMAS[name])
    for row in rows:
        for column, value in row.items():
            if tables.SCHEMAS[name][column] == "text":
                assert not value.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_csv_spells_flags_as_python_does_and_tells_a_missing_text_from_an_empty_one(tmp_path):
    rows = [("a.txt", 1, "title", True, "", "=1+1"), ("a.txt", 2, None, False, "said \"so\"", "two\nlines")]
    tables.save_csv(tables.listed(rows, "lines", "file", "line", "label", "kept", "why", "text"), tmp_path, "lines")
    assert (tmp_path / "lines.csv").read_text("utf-8") == (
        '"file","line","label","kept","why","text"\n'
        '"a.txt",1,"title","True","","\'=1+1"\n'
        '"a.txt",2,,"False","said ""so""","two\nlines"\n'
    )


def test_saving_and_loading_changes_nothing(saved):
    folder, made = saved
    for name, frame in made._asdict().items():
        pd.testing.assert_frame_equal(tables.load(folder, name), frame)


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_tuples_dicts_and_pandas_make_the_same_table(saved, name):
    _, made = saved
    frame = getattr(made, name)
    columns = [column for column in frame if frame[column].notna().any()]
    rows = list(tables.rows(frame, *columns))
    pd.testing.assert_frame_equal(tables.listed(rows, name, *columns), frame)
    pd.testing.assert_frame_equal(tables.frame([dict(zip(columns, row, strict=True)) for row in rows], name), frame)
    pd.testing.assert_frame_equal(tables.listed([], name, *columns), tables.empty(name))


def test_columns_that_are_not_named_are_null_and_flags_false():
    table = tables.listed([("a.txt", 1)], "lines", "file", "line")
    assert table["why"].isna().all() and table["kept"].tolist() == [False]


@pytest.mark.parametrize("rows", [[("a.txt", "body")], []])
def test_a_misspelt_column_is_refused(rows):
    with pytest.raises(ValueError, match=r"table lines: unknown columns \['labels'\]"):
        tables.listed(rows, "lines", "file", "labels")
