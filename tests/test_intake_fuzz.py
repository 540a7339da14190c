"""Whatever comes in from outside, the outcome is a result or one of the documented one-line errors."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import CORPUS, OPENING
from slackwater import sources
from slackwater.errors import InputError
from slackwater.intake import feedfiles, fetching, importing
from slackwater.intake import pages as intake

pytestmark = pytest.mark.slow
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = st.lists(st.one_of(st.binary(max_size=20), st.sampled_from([
    b"<rss>", b"<channel>", b"<item>", b"</item>", b"<link>", b"http://a.example/b", b"</link>", b"<pubDate>",
    b"Tue, 04 Mar", b"9999-99-99", b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>", b"<link href='//['/>",
    b"<!DOCTYPE a [", b"&nbsp;", b"&#0;", b"<?xml version='1.0' encoding='utf-16'?>", b"\x1f\x8b", b"<urlset>",
    b"<url>", b"<loc>", b"<html>", b"\x00", b"2025-03-04T25:00:00Z", b"<![CDATA[", b"]]>", b"\n", b'{"file": "a"',
    b"}", b'"url": 3,', b"text,title\n", b'"', b",", OPENING.encode()])), max_size=12).map(b"".join)


@FEW
@given(PIECES)
def test_feeds(data):
    with contextlib.suppress(feedfiles.FeedError):
        entries, nested = feedfiles.read(data, "https://n.example/feed")
        assert all(entry.url.startswith("http") for entry in entries) and all(url.startswith("http") for url in nested)


@FEW
@given(PIECES)
def test_records(tmp_path, data):
    (tmp_path / sources.FILE).write_bytes(data)
    with contextlib.suppress(InputError):
        sources.facts(sources.load(tmp_path))


@FEW
@given(PIECES, st.sampled_from(["", "text/html", "text/plain", "application/pdf", "x"]),
       st.sampled_from(["", "a.html", "a.pdf", "a.docx", "a.md", "a\n.txt"]))
def test_pages(tmp_path, data, kind, name):
    (tmp_path / "corpus.yaml").write_text(CORPUS)
    done = intake.Intake(tmp_path).take(data, name or "x", name=name, kind=kind, because="tried")
    assert "\n" not in str(done) and (done.fault is None) == (done.what == "added")


@FEW
@given(PIECES, st.sampled_from(["csv", "jsonl", "parquet"]))
def test_imports(tmp_path, data, ending):
    (tmp_path / "corpus").mkdir(exist_ok=True)
    (tmp_path / "corpus" / "corpus.yaml").write_text(CORPUS)
    source = tmp_path / f"a.{ending}"
    source.write_bytes(data)
    with contextlib.suppress(InputError):
        importing.load(tmp_path / "corpus", source)


@FEW
@given(st.text(max_size=40))
def test_addresses(text):
    sources.key(text)
    sources.key(f"https://{text}")
    with contextlib.suppress(fetching.FetchError):
        fetching._parsed(text, text, "https://n.example/")
