"""Imports: what newsrooms have comes in as pages with their facts; a bad row is told and stops nothing."""

import datetime
import json

import pandas as pd
import pytest

from articles import CLOSING, CORPUS, ELSEWHERE, GERMAN, OPENING, html
from slackwater import corpus, sources
from slackwater.errors import InputError
from slackwater.intake import importing

BODY = OPENING.partition("\n\n")[2]
ROWS = [
    {"text": BODY, "title": "Acme opens battery plant in Ghent", "url": "https://news.example/1",
     "published": "2025-03-04", "publisher": "The Example", "authors": "Ann Lee; Bob Roy"},
    {"text": CLOSING, "title": "", "url": "", "published": "2024-11", "publisher": "", "authors": ""},
    {"text": ELSEWHERE, "title": "Bolt buys a shipyard in Rostock", "url": "news.example/3", "published": "",
     "publisher": "", "authors": ""},
]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "acme-ghent"
    folder.mkdir()
    (folder / "corpus.yaml").write_text(CORPUS)
    return folder


def written(tmp_path, kind, rows=ROWS, **options):
    path, frame = tmp_path / f"archive.{kind}", pd.DataFrame(rows)
    if kind == "parquet":
        frame.to_parquet(path)
    elif kind == "jsonl":
        path.write_text("".join(json.dumps({key: value for key, value in row.items() if value}) + "\n" for row in rows))
    else:
        frame.to_csv(path, index=False, **{"sep": "\t"} if kind == "tsv" else {}, **options)
    return path


@pytest.mark.parametrize(("kind", "options"), [
    ("csv", {}), ("csv", {"sep": ";", "encoding": "utf-8-sig"}), ("csv", {"sep": "\t", "encoding": "utf-16"}),
    ("tsv", {}), ("jsonl", {}), ("parquet", {})])
def test_every_row_becomes_a_page_with_its_facts(folder, tmp_path, kind, options):
    told = []
    source = written(tmp_path, kind, **options)
    done = importing.load(folder, source, tell=told.append)
    assert all("does not name" in line for line in told)
    assert str(done) == f"{source}: 3 pages, 3 added, 0 there already, 0 refused"
    names = corpus.listing(folder)
    assert [name[:4] for name in names] == ["000_", "001_", "002_"] and all(name.endswith(".txt") for name in names)
    assert (folder / names[0]).read_text() == OPENING.strip() and [page.file for page in done.pages] == names
    facts = corpus.load(folder).facts
    assert facts[names[0]] == {
        "title": "Acme opens battery plant in Ghent", "publisher": "The Example", "authors": ["Ann Lee", "Bob Roy"],
        "url": "https://news.example/1", "published": "2025-03-04", "published_from": sources.FILE}
    assert facts[names[1]] == {"published": "2024-11", "published_from": sources.FILE}
    assert "url" not in facts[names[2]]
    assert sources.load(folder)[1]["because"] == f"imported from archive.{kind}, row 2"
    assert (folder / "corpus.yaml").read_text() == CORPUS


def test_importing_twice_adds_nothing(folder, tmp_path):
    source = written(tmp_path, "csv")
    importing.load(folder, source)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert str(importing.load(folder, source)).endswith("3 pages, 0 added, 3 there already, 0 refused")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_columns_called_otherwise(folder, tmp_path):
    rows = [{"Body": CLOSING, "Headline": "Acme to close", "URL": "https://news.example/1"}]
    done = importing.load(folder, written(tmp_path, "parquet", rows), columns={"text": "Body", "title": "Headline"})
    assert done.count("added") == 1
    [record] = sources.load(folder)
    assert (record["url"], record["title"]) == ("https://news.example/1", "Acme to close")


def test_html_columns_stay_html(folder, tmp_path):
    importing.load(folder, written(tmp_path, "jsonl", [{"html": html(OPENING)}]))
    [name] = corpus.listing(folder)
    assert name.endswith(".html") and (folder / name).read_text() == html(OPENING).strip()


@pytest.mark.parametrize(("published", "kept"), [
    ("2025-03-04", "2025-03-04"), ("2025-03-04T23:30:00Z", "2025-03-04"), ("2025-03", "2025-03"), ("2025", "2025"),
    (2025, "2025"), ("4 March 2025", "2025-03-04"), (datetime.date(2025, 3, 4), "2025-03-04"),
    (datetime.datetime(2025, 3, 4, 23, 30), "2025-03-04"), ("04/03/2025", None), ("2025-02-31", None), ("soon", None),
    ("", None), (None, None), (True, None),
])
def test_days_stay_as_partial_as_they_are(published, kept):
    day, notes = importing._day(published)
    assert day == kept
    assert bool(notes) is (kept is None and published not in ("", None, True))


def test_a_date_that_reads_two_ways_is_said_and_left_out(folder, tmp_path):
    told = []
    importing.load(folder, written(tmp_path, "csv", [ROWS[0] | {"published": "04/03/2025"}]), tell=told.append)
    assert "published '04/03/2025' is not a date that can be read one way only; kept without" in told[0]
    assert "published" not in sources.load(folder)[0]


def test_bad_rows_are_told_and_stop_nothing(folder, tmp_path):
    told = []
    source = tmp_path / "archive.jsonl"
    rows = [json.dumps({"text": text}) for text in (OPENING, None, "Log in", GERMAN, CLOSING)]
    source.write_text("\n".join([rows[0], "not json", "[1]", *rows[1:]]))
    done = importing.load(folder, source, tell=told.append)
    assert [page.what for page in done.pages] == ["added", "refused", "refused", "refused", "refused", "added", "added"]
    expected = ["row 2: is not a JSON object", "row 3: is not a JSON object", "row 4: holds no text",
                "row 5: no article text found", "is in German", "3 added, 0 there already, 4 refused"]
    for line, words in zip([*told, str(done)], expected, strict=True):
        assert words in line and "\n" not in line


def test_a_thousand_bad_rows_are_counted_not_listed(folder, tmp_path):
    told = []
    source = written(tmp_path, "csv", [{"text": "", "title": str(n)} for n in range(1000)])
    done = importing.load(folder, source, tell=told.append)
    assert len(told) == 21 and told[-1].startswith("980 further remarks are left out")
    assert str(done).endswith("1000 pages, 0 added, 0 there already, 1000 refused")


@pytest.mark.parametrize(("name", "content", "words"), [
    ("a.csv", "headline,lede\na,b\n", "has neither a column text nor html. Its columns: headline, lede"),
    ("a.csv", "", "holds no rows"),
    ("a.csv", "text\n", "holds no rows"),
    ("a.csv", "text\nM\xfcller\n".encode("latin-1"), "is not UTF-8"),
    ("a.jsonl", "text\n", "line 1 is not a JSON object"),
    ("a.parquet", "text\n", "cannot be read as Parquet"),
    ("a.xlsx", b"PK\x03\x04", ".xlsx cannot be imported. Give a folder, .csv"),
    ("a", "text", "files without an ending cannot be imported"),
    ("none.csv", None, "there is no such file or folder"),
])
def test_a_faulty_source_is_one_line_and_adds_nothing(folder, tmp_path, name, content, words):
    source = tmp_path / name
    if content is not None:
        source.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as caught:
        importing.load(folder, source)
    assert words in str(caught.value) and "\n" not in str(caught.value) and str(caught.value).startswith(str(source))
    assert [path.name for path in folder.iterdir()] == ["corpus.yaml"]


@pytest.mark.parametrize(("columns", "words"), [
    ({"text": "Bdy"}, "has no column 'Bdy'. Did you mean 'Body'"),
    ({"body": "Body"}, "unknown column 'body'. Known: text"),
])
def test_a_column_that_is_not_there(folder, tmp_path, columns, words):
    with pytest.raises(InputError) as caught:
        importing.load(folder, written(tmp_path, "csv", [{"Body": CLOSING}]), columns=columns)
    assert words in str(caught.value)


def test_a_missing_quote_in_a_csv_is_seen(folder, tmp_path):
    source = tmp_path / "a.csv"
    source.write_text(f'title,text\nAcme,one,two,three\nAcme,"{CLOSING}"\n')
    done = importing.load(folder, source)
    assert "more cells than the first line has names" in done.pages[0].fault and done.pages[1].what == "added"


def test_a_folder_of_saved_pages(folder, tmp_path):
    saved = tmp_path / "saved"
    (saved / "page_files").mkdir(parents=True)
    (saved / "page_files" / "ad.html").write_text(html(ELSEWHERE))
    (saved / "a story.html").write_text("<!-- saved from url=(0022)https://news.example/7 -->" + html(OPENING))
    (saved / "b.txt").write_text(CLOSING)
    (saved / "c.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(50))
    (saved / "d.txt").symlink_to(tmp_path / "acme-ghent" / "corpus.yaml")
    (saved / ".hidden").write_text("x")
    done = importing.load(folder, saved)
    assert [page.what for page in done.pages] == ["added", "added", "refused", "refused"]
    assert "is a JPEG picture, not text" in done.pages[2].fault and "not a regular file" in done.pages[3].fault
    first, second = sources.load(folder)
    assert first["url"] == "https://news.example/7" and first["because"] == "imported from saved/a story.html"
    assert "url" not in second and sorted(path.name for path in saved.iterdir())[0] == ".hidden"


def test_the_corpus_itself_and_an_empty_folder(folder, tmp_path):
    with pytest.raises(InputError, match="is the corpus itself"):
        importing.load(folder, folder)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no pages"):
        importing.load(folder, tmp_path / "empty")
