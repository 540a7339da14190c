"""Parts in, tables out: the same tables whatever the parts, faults in one line, a cache that is never wrong."""

import json
import os
import subprocess
import sys

import pandas as pd
import pyarrow.parquet as pq
import pytest

from paper import CORPUS, folder, page, part, parts
from slackwater import engine, tables
from slackwater.errors import InputError, LockedError, SlackwaterError
from slackwater.scale import analyse, copies
from slackwater.scale import parts as cutting

pytestmark = pytest.mark.slow


def analysed(given, out, **options):
    told = []
    corpus = None if given[0].is_dir() else given[0].parent
    done = analyse.run(given, out, corpus=corpus, tell=told.append, **options)
    return done, told


def files(out):
    """Every table of *out* by its bytes."""
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.suffix in (".parquet", ".csv")}


@pytest.fixture
def thirty(tmp_path):
    return parts(30, tmp_path / "parts", size=10)


def test_the_tables_are_those_of_the_engine_however_the_pages_are_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(cutting, "_CUT", 4)
    monkeypatch.setattr(cutting, "BATCH", 3)
    corpus = folder(30, tmp_path / "corpus")
    whole = engine.finished(engine.open_desk(corpus))
    done, told = analysed([corpus], tmp_path / "out")
    assert done.pages == 30 and done.parts > 3 and len(told) == done.parts + 2
    for name, frame in whole._asdict().items():
        pd.testing.assert_frame_equal(tables.load(tmp_path / "out", name), frame)
        assert (tmp_path / "out" / f"{name}.csv").exists()
    assert json.loads((tmp_path / "out" / "analysis.json").read_text())["hash"] == done.hash
    assert sorted(whole.documents["direction"].unique()) == ["expansion", "neutral", "retreat"]
    assert len(whole.claims) > 10


def test_parquet_rows_are_read_as_files_are(tmp_path, thirty):
    corpus = folder(30, tmp_path / "corpus")
    analysed(thirty, tmp_path / "one")
    analysed([corpus], tmp_path / "other")
    for name in tables.SCHEMAS:
        pd.testing.assert_frame_equal(tables.load(tmp_path / "one", name), tables.load(tmp_path / "other", name))


def test_processes_give_the_same_bytes(tmp_path, thirty):
    one, _ = analysed(thirty, tmp_path / "one", cached=False)
    other, _ = analysed(thirty, tmp_path / "other", name="processes", workers=2)
    assert one.hash == other.hash and files(tmp_path / "one") == files(tmp_path / "other")
    assert not (tmp_path / "one" / "parts").exists()


def test_columns_beside_the_text_are_taken(tmp_path):
    html = "<html><body><article><h1>Acme opens</h1><p>Acme opened a plant in Ghent on Monday, it said.</p></article>"
    given = part(tmp_path / "p.parquet", range(3), title=["Said", None, None], publisher=["Wire", "Post", None],
                 url=["https://example.com/1", None, None], published=["2024-05-02", "2019", "soon"],
                 html=[None, html, None])
    (tmp_path / "corpus.yaml").write_text(CORPUS)
    analysed([given], tmp_path / "out")
    rows = tables.load(tmp_path / "out", "documents").set_index("file")
    first = rows.loc["00000.txt"]
    assert (first["title"], first["publisher"], first["published"]) == ("Said", "Wire", "2024-05-02")
    assert (first["published_from"], first["url"]) == ("column published", "https://example.com/1")
    assert rows.at["00001.txt", "published_high"] == "2019-12-31"
    assert "column published" in rows.at["00002.txt", "fault"]


@pytest.mark.parametrize("text, words", [
    (None, "has no text (null)"), (" \n", "is empty"), ("word " * 1_000_001, "has 5,000,005 bytes, more than"),
    ("\x00\x01\ufffd", "no article"), ("=" * 100_000, "no article"),
])
def test_a_bad_text_stays_with_its_page(tmp_path, text, words):
    (tmp_path / "corpus.yaml").write_text(CORPUS)
    given = part(tmp_path / "p.parquet", range(3), text=[page(0), text, page(2)])
    done, _ = analysed([given], tmp_path / "out")
    faults = tables.load(tmp_path / "out", "documents")["fault"]
    assert done.pages == 3 and words in faults[1] and faults[[0, 2]].isna().all()


def damaged(path):
    data = bytearray(path.read_bytes())
    data[40:1500] = b"\xff" * 1460
    path.write_bytes(data)


@pytest.mark.parametrize("spoil, words", [
    (lambda path: path.write_text("file,text\na,b\n"), "is not a Parquet file"),
    (lambda path: path.write_bytes(b""), "is not a Parquet file"),
    (lambda path: path.write_bytes(path.read_bytes()[:-200]), "is not a Parquet file"),
    (damaged, "is damaged"),
    (lambda path: path.unlink(), "there is no such file"),
    (lambda path: part(path, range(2), text=None), "lacks the column 'text'; it has file"),
    (lambda path: part(path, range(2), file=None), "lacks the column 'file'"),
    (lambda path: part(path, range(2), text=[1, 2]), "column text holds int64, not text"),
    (lambda path: part(path, range(2), file=["a", None]), "row 2: file is null"),
    (lambda path: part(path, range(2), file=["a", "a"]), "row 2: file a is there twice"),
    (lambda path: part(path, range(2), file=["a", "00003.txt"]), "file 00003.txt is in another part too"),
    (lambda path: part(path, range(10)), "the same part is given twice"),
    (lambda path: path.with_name("corpus.yaml").unlink(), "corpus.yaml: there is no such file"),
])
def test_a_bad_part_is_named_in_one_line_and_the_last_tables_stay(tmp_path, thirty, spoil, words):
    analysed(thirty[:1], tmp_path / "out")
    before = files(tmp_path / "out")
    spoil(thirty[1])
    with pytest.raises(InputError) as caught:
        analysed(thirty, tmp_path / "out")
    assert words in str(caught.value) and "\n" not in str(caught.value)
    assert files(tmp_path / "out") == before and (tmp_path / "out" / "analysis.json").exists()


def test_a_damaged_part_ends_a_run_on_processes_as_it_does_in_one(tmp_path, thirty):
    part(thirty[1], range(2), file=["a", "a"])
    with pytest.raises(InputError, match="row 2: file a is there twice"):
        analysed(thirty, tmp_path / "out", name="processes", workers=2)
    assert files(tmp_path / "out") == {}


def test_one_changed_page_costs_its_part_alone_and_gives_the_bytes_of_a_full_run(tmp_path, thirty):
    analysed(thirty, tmp_path / "out")
    part(thirty[1], range(10, 20), text=[page(at + (at == 13) * 1000) for at in range(10, 20)])
    done, told = analysed(thirty, tmp_path / "out")
    assert (done.parts, done.cached) == (3, 2) and told[0] == "2 of 3 parts from the cache"
    assert "of which 3 parts" in told[-1]
    full, _ = analysed(thirty, tmp_path / "full", cached=False)
    assert full.hash == done.hash and files(tmp_path / "full") == files(tmp_path / "out")
    _, told = analysed(thirty, tmp_path / "out", prune=True)
    assert told[-2].startswith("pruned 1 part, ") and "3 parts" in told[-1] and "--prune" not in told[-1]


def test_one_part_is_no_parts(tmp_path, thirty):
    analysed(thirty[:1], tmp_path / "out")
    _, told = analysed(thirty[:1], tmp_path / "out")
    assert told[0] == "1 of 1 part from the cache" and told[1].startswith("tables of 1 part joined")


def test_a_page_that_comes_changes_one_part_of_a_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(cutting, "_CUT", 4)
    corpus = folder(40, tmp_path / "corpus")
    before, _ = analysed([corpus], tmp_path / "out")
    (corpus / "00011b.txt").write_text(page(500))
    after, _ = analysed([corpus], tmp_path / "out")
    assert after.pages == 41 and after.parts - after.cached in (1, 2) and after.parts >= before.parts > 5


@pytest.mark.parametrize("change", [
    "aliases: {company: [The Firm]}\n", "window: {first: 2020}\n", "sites: {North: [north gate]}\n"])
def test_other_settings_are_other_results(tmp_path, thirty, change):
    analysed(thirty, tmp_path / "out")
    (thirty[0].parent / "corpus.yaml").write_text(CORPUS + change)
    assert analysed(thirty, tmp_path / "out")[0].cached == 0


def test_a_damaged_result_is_made_again(tmp_path, thirty):
    done, _ = analysed(thirty, tmp_path / "out")
    victim = next((tmp_path / "out" / "parts").glob("part-001-*/lines.parquet"))
    victim.write_bytes(victim.read_bytes()[:100])
    (tmp_path / "out" / "parts" / ".making-x").mkdir()
    again, _ = analysed(thirty, tmp_path / "out")
    assert (again.cached, again.hash) == (2, done.hash)
    assert not list((tmp_path / "out" / "parts").glob(".*"))


def test_a_full_disk_names_the_part_and_leaves_nothing_half(tmp_path, thirty):
    part(thirty[1], range(10, 20), text=[page(at) + "\n\n".join(map(page, range(at * 300, at * 300 + 250)))
                                         for at in range(10, 20)])
    script = ("import resource, sys; from slackwater import cli;"
              "resource.setrlimit(resource.RLIMIT_FSIZE, (45_000, 45_000)); sys.exit(cli.main())")
    run = subprocess.run(
        [sys.executable, "-c", script, "analyse", *thirty, "--corpus", thirty[0].parent, "--out", tmp_path / "out"],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    assert run.returncode == 4 and run.stderr.count("\n") == 2, run.stderr
    assert "part-001" in run.stderr and "File too large" in run.stderr
    assert [path.name[:8] for path in (tmp_path / "out" / "parts").iterdir()] == ["part-000"]
    assert files(tmp_path / "out") == {} and analysed(thirty, tmp_path / "out")[0].cached == 1


def test_two_drivers_do_not_write_one_output(tmp_path, thirty):
    with analyse._locked(tmp_path), pytest.raises(LockedError, match="another run"):
        analysed(thirty, tmp_path)


def test_a_worker_that_keeps_dying_is_told(tmp_path, thirty, monkeypatch):
    monkeypatch.setattr(analyse.work, "run", dies)
    with pytest.raises(SlackwaterError, match="worker processes died 3 times"):
        analysed(thirty, tmp_path / "out", name="processes", workers=1)


def dies(job):
    os._exit(9)


@pytest.mark.parametrize("exact", [3000, 10])
def test_the_earliest_page_speaks_for_its_copies_among_few_pages_and_many(tmp_path, monkeypatch, exact):
    monkeypatch.setattr(copies, "EXACT", exact)
    texts = [page(at) for at in range(40)]
    texts[31] = texts[7].replace("By ", "By the agency and ")
    texts[35] = texts[7]
    (tmp_path / "corpus.yaml").write_text(CORPUS)
    given = [part(tmp_path / f"{n}.parquet", range(n * 20, n * 20 + 20), text=texts[n * 20:n * 20 + 20],
                  published=[f"2024-{12 - at // 4:02}" for at in range(n * 20, n * 20 + 20)]) for n in range(2)]
    analysed(given, tmp_path / "out")
    rows = tables.load(tmp_path / "out", "documents").set_index("file")["duplicate_of"].dropna()
    assert rows.to_dict() == {"00007.txt": "00035.txt", "00031.txt": "00035.txt"}


def test_no_table_of_a_part_is_without_its_types(tmp_path):
    (tmp_path / "corpus.yaml").write_text(CORPUS)
    given = part(tmp_path / "p.parquet", range(1), text=[None])
    analysed([given], tmp_path / "out")
    for name in tables.SCHEMAS:
        assert "null" not in {str(field.type) for field in pq.read_schema(tmp_path / "out" / f"{name}.parquet")}


def test_rows_of_a_data_frame_are_pages_as_the_adapter_for_spark_has_them(tmp_path, thirty):
    desk = engine.open_desk(thirty[0].parent, empty=True)
    frame = pd.read_parquet(thirty[0]).assign(title=[None] * 5 + ["Said"] * 5)
    made = engine.part(desk, map(cutting.given, frame.to_dict("records")))
    assert list(made.documents["title"][5:]) == ["Said"] * 5 and made.documents["fault"].isna().all()
    pd.testing.assert_frame_equal(made.sentences, engine.part(desk, map(cutting.given, frame.drop(
        columns="title").to_dict("records"))).sentences)
