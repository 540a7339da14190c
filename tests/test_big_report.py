"""A corpus that is tables alone becomes a report, and of however many pages one that can be mailed and printed."""

import json
import subprocess
import sys

import duckdb
import polars
import pytest
from pypdf import PdfReader

import invented
from slackwater import corpus, engine, run, tables
from slackwater.errors import InputError

YAML = "title: Halcyon in Merrow\ncompany: Halcyon Tidal\nplace: Port Merrow\n"


def laid_out(folder, name):
    """A corpus folder with the tables of invented corpus *name* in place of its pages."""
    (folder / "tables").mkdir(parents=True)
    (folder / "corpus.yaml").write_text(YAML)
    made = invented.corpus(name)
    for table, frame in made._asdict().items():
        tables.save(frame, folder / "tables", table, csv=False)
    (folder / "tables" / corpus.SUMMARY).write_text(json.dumps({"pages": len(made.documents), "hash": name}))
    return made


def test_tables_stand_for_the_pages_they_were_made_of(tmp_path):
    made = laid_out(tmp_path / "merrow", "40 pages")
    desk = engine.open_desk(tmp_path / "merrow")
    found = engine.finished(desk)
    for name in ("documents", "sentences", "evidence", "claims"):
        assert getattr(found, name).equals(tables.load(tmp_path / "merrow" / "tables", name))
    assert found.lines["text"].isna().all() and len(found.lines) == len(made.lines)
    assert len(engine.clean(desk).documents) == 40


def test_of_many_claims_the_first_that_agrees_is_enough(tmp_path):
    made = laid_out(tmp_path / "merrow", "300 pages")
    found = engine.finished(engine.open_desk(tmp_path / "merrow")).claims
    for name in ("agrees_with", "conflicts_with"):
        assert made.claims[name].str.contains(";").any()
        assert found[name].equals(made.claims[name].str.split(";").str[0].astype("str"))
    assert found.drop(columns=["agrees_with", "conflicts_with"]).equals(
        made.claims.drop(columns=["agrees_with", "conflicts_with"]))


def test_a_folder_with_pages_is_its_pages(tmp_path):
    laid_out(tmp_path / "merrow", "turned")
    (tmp_path / "merrow" / "page.txt").write_text("A page of its own.\n")
    assert corpus.load(tmp_path / "merrow").tables is None


def test_tables_that_are_not_whole_are_no_corpus(tmp_path):
    laid_out(tmp_path / "merrow", "turned")
    (tmp_path / "merrow" / "tables" / corpus.SUMMARY).unlink()
    with pytest.raises(InputError, match="holds no pages"):
        corpus.load(tmp_path / "merrow")


@pytest.mark.slow
def test_three_thousand_pages_give_a_report_that_can_be_mailed_and_printed(tmp_path):
    made = laid_out(tmp_path / "merrow", "3000 pages")
    command = [sys.executable, "-m", "slackwater", "report", str(tmp_path / "merrow"), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    edition = tmp_path / "out" / "merrow"
    assert (edition / "report.html").stat().st_size < 3_000_000
    assert len(PdfReader(edition / "report.pdf").pages) <= 40
    saved = edition / "working" / "tables"
    for name in engine.Tables._fields:
        rows = len(getattr(made, name))
        assert duckdb.sql(f"select count(*) from '{saved / name}.parquet'").fetchall() == [(rows,)]
        assert polars.read_parquet(saved / f"{name}.parquet").height == rows
    again = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert "is current" in again.stdout
    summary = tmp_path / "merrow" / "tables" / corpus.SUMMARY
    summary.write_text(summary.read_text().replace("3000 pages", "other pages"))
    assert run._current(tmp_path / "merrow", run.Settings(out=tmp_path / "out")) is None
