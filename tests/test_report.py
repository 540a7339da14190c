"""The sample, end to end: one command from five pages to an edition, and what must be true of it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html
from pypdf import PdfReader

from slackwater import corpus, engine, tables

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]


def build(out, *options, **environment):
    done = subprocess.run([sys.executable, "-m", "slackwater", "report", "seeds", "--out", str(out), *options],
                          cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return Path(out) / "microsoft-shanghai"


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return build(tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def made(edition):
    return engine.Tables(*(tables.load(edition / "working" / "tables", name) for name in engine.Tables._fields))


def test_the_edition_is_whole(edition):
    assert {path.name for path in edition.iterdir()} == {
        "report.html", "report.pdf", "run.json", "changes.json", "working"}
    run = json.loads((edition / "run.json").read_text())
    assert run["schema_version"] == 1 and set(run["fingerprint"]["inputs"]) >= {"corpus.yaml"}
    text = (edition / "run.json").read_text()
    for secret in (str(ROOT), os.uname().nodename, str(Path.home()) + "/"):
        assert secret not in text


def test_the_tables_are_those_of_analyse(edition, tmp_path):
    made = engine.finished(engine.open_desk("seeds"))
    made.save(tmp_path)
    for name in engine.Tables._fields:
        for ending in ("parquet", "csv"):
            ours, theirs = (folder / f"{name}.{ending}" for folder in (tmp_path, edition / "working" / "tables"))
            assert ours.read_bytes() == theirs.read_bytes(), name


@pytest.mark.parametrize(("file", "directions"), [
    ("000_47a4c4ab5f5c056f.txt", {"expansion"}), ("001_aa9a2d8ec8330aa5.txt", {"retreat"}),
    ("002_cd747eea8e51624a.txt", {"retreat", "mixed"}), ("003_a9275ea2c1e3c867.txt", {"neutral"}),
    ("004_519ca9a1f2ae95ce.txt", {"expansion"})])
def test_the_direction_of_each_page(made, file, directions):
    assert made.documents.set_index("file").at[file, "direction"] in directions


@pytest.mark.parametrize(("file", "published", "since", "low", "high", "saved"), [
    ("000_47a4c4ab5f5c056f.txt", "2019-01-17", "corpus.yaml", "2019-01-17", "2019-01-17", None),
    ("001_aa9a2d8ec8330aa5.txt", "2025", "corpus.yaml", "2025-03-31", "2025-04-02", None),
    ("002_cd747eea8e51624a.txt", None, "unknown", "2019-05-01", None, "2025-04 or later"),
    ("003_a9275ea2c1e3c867.txt", "2023", "corpus.yaml", "2023-12-05", "2023-12-31", None),
    ("004_519ca9a1f2ae95ce.txt", "2018-09-17", "line 5", "2018-09-17", "2018-09-17", None)])
def test_dates_are_told_apart(made, file, published, since, low, high, saved):
    row = made.documents.astype(object).where(made.documents.notna(), None).set_index("file").loc[file]
    assert (row["published"], row["published_from"], row["published_low"], row["published_high"], row["saved"]) == (
        published, since, low, high, saved)


@pytest.mark.parametrize(("file", "event", "site", "when", "certainty"), [
    ("000_47a4c4ab5f5c056f.txt", "opening", "Zhangjiang", "2019-04", "planned"),
    ("002_cd747eea8e51624a.txt", "opening", "Zhangjiang", "2019-05", "reported"),
    ("001_aa9a2d8ec8330aa5.txt", "opening", "Zhangjiang", "2019", "asserted"),
    ("002_cd747eea8e51624a.txt", "closing", "Zhangjiang", None, "hedged"),
    ("001_aa9a2d8ec8330aa5.txt", "closing", "Zhangjiang", "2025-01/2025-02", "reported"),
    ("004_519ca9a1f2ae95ce.txt", "opening", "Xuhui", "2018-09-17", "asserted")])
def test_the_dated_claims(made, file, event, site, when, certainty):
    claims = made.claims.astype(object).where(made.claims.notna(), None)
    rows = set(zip(*(claims[c] for c in ("file", "event", "site", "when", "certainty")), strict=True))
    assert (file, event, site, when, certainty) in rows


def test_no_site_is_closed_by_news_of_another(made):
    assert set(made.claims.loc[made.claims["event"] == "closing", "site"]) == {"Zhangjiang"}


def test_the_html_is_self_contained_and_keeps_its_promises(edition):
    page = html.fromstring((edition / "report.html").read_bytes())
    assert not page.xpath("//script | //iframe | //object | //embed | //form | //base")
    assert not page.xpath("//link[not(starts-with(@href, 'data:'))]")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert not [src for src in page.xpath("//@src | //@srcset") if not src.startswith("data:")]
    assert not re.search(r"@import|url\((?!['\"]?(data:|#))", (edition / "report.html").read_text())
    assert page.get("lang") == "en" and len(page.xpath("//h1")) == 1
    names = set(page.xpath("//@id"))
    assert not [href for href in page.xpath("//a/@href") if href.startswith("#") and href[1:] not in names]
    assert page.xpath("//details[.//pre]"), "the code is folded away, but there"
    figures = page.xpath("//figure[.//*[local-name()='svg']]")
    assert len(figures) >= 5
    assert all(f.xpath(".//*[local-name()='svg'][@role='img'][@aria-label or @aria-labelledby]") for f in figures)
    assert (edition / "report.html").stat().st_size <= 400_000


def test_the_pdf_is_tagged_with_bookmarks_and_language(edition):
    pdf = PdfReader(edition / "report.pdf")
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "en"
    assert len(pdf.outline) >= 10
    assert pdf.metadata.title == "Microsoft's AI labs in Shanghai"


def words(edition):
    page = html.fromstring((edition / "report.html").read_bytes())
    for gone in page.xpath("//style"):
        gone.drop_tree()
    return " ".join(page.text_content().split())


def test_the_words_are_fit_for_a_stranger(edition):
    text = words(edition)
    for slip in (r"\bnan\b", r"\bNaT\b", r"<NA>", r"\b1 (pages|sentences|lines)\b", r"\(\)", r" ,", r"\.\.(?!\.)"):
        assert not re.search(slip, text.split("Code")[0]), slip


def test_the_shared_files_quote_and_do_not_republish(edition, tmp_path):
    bodies = {page.file: page.data.decode() for page in corpus.pages(corpus.load("seeds"))}
    quoted = words(edition)
    bare = build(tmp_path, "--no-quotes")
    without = words(bare) + (bare / "changes.json").read_text()
    for file, body in bodies.items():
        sentences = [" ".join(s.split()) for s in re.split(r"(?<=[.!?”])\s+", body) if len(s.split()) > 8]
        assert sum(s in quoted for s in sentences) <= 0.6 * len(sentences), file
        title = body.split("\n")[0].strip()
        assert not [s for s in sentences if s in without and s not in title], file


@pytest.mark.parametrize("world", [
    {"TZ": "Pacific/Auckland", "LANG": "de_DE.UTF-8", "LC_ALL": "C", "USER": "somebody", "PYTHONHASHSEED": "7"}])
def test_the_same_bytes_in_another_world(edition, tmp_path, world):
    home = tmp_path / "home"
    home.mkdir()
    again = build(tmp_path / "elsewhere" / "reports", HOME=str(home), **world)
    first, second = (json.loads((folder / "run.json").read_text())["outputs"] for folder in (edition, again))
    assert first == second
