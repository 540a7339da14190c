"""Feeds and sitemaps: what is about the company and the place comes in, once; all else is left alone."""

import gzip
import json

import pytest

from articles import CLOSING, CORPUS, ELSEWHERE, OPENING, html
from loopback import QUICK, serving
from slackwater import corpus, sources
from slackwater.errors import InputError
from slackwater.intake import feedfiles, feeds, fetching

RSS = ('<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title>'
       "<link>https://news.example/</link>{}</channel></rss>")


@pytest.fixture
def site():
    with serving() as site:
        yield site


@pytest.fixture
def folder(tmp_path, site):
    folder = tmp_path / "acme-ghent"
    folder.mkdir()
    (folder / "corpus.yaml").write_text(f"{CORPUS}feeds: ['{site.url('/feed')}']\n")
    return folder


def item(site, path, title="", summary="", date="Tue, 04 Mar 2025 23:30:00 -0500"):
    return (f"<item><title>{title}</title><link>{site.url(path)}</link><description>{summary}</description>"
            f"<pubDate>{date}</pubDate></item>")


def fetching_from(folder, **knobs):
    told = []
    done = feeds.fetch(folder, tell=told.append, fetcher=fetching.Fetcher(QUICK, sleep=lambda _: None), **knobs)
    return done, told


def test_what_names_the_company_and_the_place_comes_in(folder, site):
    site.pages |= {
        "/feed": RSS.format(item(site, "/1", "Acme opens battery plant") + item(site, "/2", "Bolt buys a shipyard")
                            + item(site, "/3", "Markets", "Shares of Acme&#39;s rivals fell")
                            + item(site, "/2025/acme-to-close-its-office", "Sixty must go")),
        "/1": html(OPENING), "/2": html(ELSEWHERE), "/3": html(ELSEWHERE.replace("Bolt", "Acme")),
        "/2025/acme-to-close-its-office": html(CLOSING)}
    [done], told = fetching_from(folder)
    assert [(page.what, page.source) for page in done.pages] == [
        ("added", site.url("/1")), ("refused", site.url("/3")), ("added", site.url("/2025/acme-to-close-its-office"))]
    assert "/2" not in site.paths()
    assert told[-1] == f"{site.url('/feed')}: 4 entries, 3 about the company, 0 known, 2 new"
    assert "does not name Ghent. Not kept." in told[1]
    assert [name[:4] for name in corpus.listing(folder)] == ["000_", "001_"]
    facts = corpus.load(folder).facts[corpus.listing(folder)[0]]
    assert facts["published"] == "2025-03-04" and facts["published_from"] == sources.FILE
    assert sources.load(folder)[0]["because"] == f"named by the feed {site.url('/feed')}"


def test_the_second_time_only_the_feed_is_asked(folder, site):
    site.pages |= {"/feed": RSS.format(item(site, "/1", "Acme here") + item(site, "/2", "Acme there")
                                       + item(site, "/3", "Acme gone") + item(site, "/4", "Acme later")),
                   "/1": html(OPENING), "/2": html(ELSEWHERE), "/4": [(503, {}, b""), (503, {}, b""), html(CLOSING)]}
    fetching_from(folder)
    before = (folder / sources.FILE).read_bytes()
    site.asked.clear()
    [done], _ = fetching_from(folder)
    assert site.paths() == ["/feed", "/4"]  # what failed for the moment is tried again, what is gone is not
    assert done.known == 3 and [page.what for page in done.pages] == ["added"]
    after = (folder / sources.FILE).read_bytes()
    fetching_from(folder)
    assert after.startswith(before) and (folder / sources.FILE).read_bytes() == after  # unchanged inputs: same edition


def test_a_page_that_was_taken_out_does_not_come_back(folder, site):
    site.pages |= {"/feed": RSS.format(item(site, "/1", "Acme here")), "/1": html(OPENING)}
    [done], _ = fetching_from(folder)
    (folder / done.pages[0].file).unlink()
    [again], _ = fetching_from(folder)
    assert again.pages == () and corpus.listing(folder) == []


def test_another_name_gives_every_page_a_second_look(folder, site):
    site.pages |= {"/feed": RSS.format(item(site, "/1", "Acme here")), "/1": html(OPENING.replace("Ghent", "Gent"))}
    assert fetching_from(folder)[0][0].pages[0].what == "refused"
    assert fetching_from(folder)[0][0].pages == ()
    said = folder / "corpus.yaml"
    said.write_text(said.read_text() + "aliases: {place: [Gent]}\n")
    assert fetching_from(folder)[0][0].pages[0].what == "added"


def test_a_page_that_its_feed_dates_later_is_compared(folder, site):
    site.pages |= {"/feed": [RSS.format(item(site, "/1", "Acme")),
                             RSS.format(item(site, "/1", "Acme", date="Wed, 01 Jan 2070 00:00:00 GMT"))],
                   "/1": [html(OPENING), html(OPENING.replace("four hundred", "two hundred"))]}
    fetching_from(folder)
    [done], told = fetching_from(folder)
    assert [page.what for page in done.pages] == ["changed"] and told[-1].endswith("0 new, 1 changed")
    assert len(corpus.listing(folder)) == 1


def test_no_more_than_the_limit_at_a_time(folder, site):
    stories = [OPENING.replace("Tuesday", f"day {n}") for n in range(5)]
    site.pages |= {"/feed": (200, {"ETag": '"1"'}, RSS.format("".join(item(site, f"/{n}", "Acme") for n in range(5))))}
    site.pages |= {f"/{n}": html(story) for n, story in enumerate(stories)}
    [done], told = fetching_from(folder, limit=3)
    assert len(done.pages) == 3 and told[-1].endswith("3 new, 2 left for the next time")
    [done], _ = fetching_from(folder, limit=3)
    assert len(done.pages) == 2 and len(corpus.listing(folder)) == 5


def test_an_unchanged_feed_is_asked_for_conditionally(folder, site):
    site.pages |= {"/feed": [(200, {"ETag": '"1"'}, RSS.format(item(site, "/1", "Acme"))), (304, {}, b"")],
                   "/1": html(OPENING)}
    fetching_from(folder)
    [done], told = fetching_from(folder)
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    assert done.unchanged and told == [f"{site.url('/feed')}: unchanged"]


def test_a_sitemap_of_sitemaps(folder, site):
    site.pages |= {
        "/feed": f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{site.url('/old.xml')}"
                 f"</loc><lastmod>2019-01-01</lastmod></sitemap><sitemap><loc>{site.url('/new.xml.gz')}</loc>"
                 f"<lastmod>2025-01-01</lastmod></sitemap><sitemap><loc>{site.url('/gone.xml')}</loc></sitemap>"
                 "</sitemapindex>",
        "/old.xml": f"<urlset><url><loc>{site.url('/acme-plant')}</loc></url></urlset>",
        "/new.xml.gz": (200, {"Content-Type": "application/gzip"}, gzip.compress((
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
            "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
            f"<url><loc>{site.url('/77')}</loc><n:news><n:publication_date>2025-05-02T08:00:00+02:00</n:publication_date>"
            "<n:title>Acme to close</n:title></n:news></url></urlset>").encode())),
        "/acme-plant": html(OPENING), "/77": html(CLOSING)}
    [done], told = fetching_from(folder)
    assert [path for path in site.paths() if path.endswith(("xml", "gz"))] == ["/new.xml.gz", "/old.xml", "/gone.xml"]
    assert [page.what for page in done.pages] == ["added", "added"] and "gone.xml: answers 404" in told[0]
    assert sources.load(folder)[0]["published"] == "2025-05-02" and "published" not in sources.load(folder)[1]


@pytest.mark.parametrize(("answer", "words"), [
    ("Our feed has moved.", "is not XML and no feed. Correct the address"),
    ('{"version": "https://jsonfeed.org/version/1"}', "is not XML and no feed"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "is not XML and no feed"),
    (b"", "is not XML and no feed"),
    ("<svg xmlns='http://www.w3.org/2000/svg'/>", "is not XML and no feed"),
    ("<!DOCTYPE html><html><body>Welcome</body></html>", "is an HTML page, not a feed. Look for"),
    ("<!DOCTYPE html><html><head><link rel='alternate' type='application/rss+xml' href='/rss.xml'></head></html>",
     "/rss.xml: name that under `feeds`"),
    ("<rss version='2.0'><channel><title>Ne", "is broken XML and names no page. Try again later."),
    ((404, {}, b""), "answers 404"),
    (b"\x1f\x8bnot gzip", "cannot be unpacked"),
    (gzip.compress(bytes(60_000_000)), "unpacks to more than 50,000,000 bytes"),
])
def test_what_is_no_feed_is_told_in_one_line_and_stops_no_other(folder, site, answer, words):
    said = folder / "corpus.yaml"
    said.write_text(f"{CORPUS}feeds: ['{site.url('/feed')}', '{site.url('/good')}']\n")
    site.pages |= {"/feed": answer, "/good": RSS.format(item(site, "/1", "Acme")), "/1": html(OPENING)}
    done, told = fetching_from(folder)
    assert words in told[0] and "\n" not in told[0] and told[0].startswith(site.url("/feed"))
    assert done[0].fault and done[1].pages[0].what == "added"


def test_a_corpus_without_feeds(folder):
    (folder / "corpus.yaml").write_text(CORPUS)
    with pytest.raises(InputError, match=r"names no feeds\. Add a key `feeds`"):
        feeds.fetch(folder)


@pytest.mark.parametrize("feeds_", ["feeds: https://a.example/rss", "feeds: [rss.xml]", "feeds: []"])
def test_feeds_are_a_list_of_addresses(folder, feeds_):
    (folder / "corpus.yaml").write_text(f"{CORPUS}{feeds_}\n")
    with pytest.raises(InputError, match="feeds"):
        feeds.fetch(folder)


def test_entities_of_a_hostile_feed_are_not_resolved(folder, site, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("Acme secret")
    site.pages["/feed"] = (f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY a "Acme ">'
                           f'<!ENTITY b "{"&a;" * 500}"><!ENTITY c "{"&b;" * 500}"><!ENTITY d "{"&c;" * 500}">]>'
                           + RSS.partition("?>")[2].format(item(site, "/1", "&x;&d;")))
    [done], _ = fetching_from(folder)
    assert done.about == 0 and "/1" not in site.paths()


@pytest.mark.parametrize("memory", ["", "[]", "null", '{"pages": 3}', "{"])
def test_a_damaged_memory_is_begun_anew(folder, site, memory):
    (folder / feeds.STATE).write_text(memory)
    site.pages |= {"/feed": RSS.format(item(site, "/1", "Acme")), "/1": html(ELSEWHERE)}
    fetching_from(folder)
    assert list(json.loads((folder / feeds.STATE).read_text())) == ["names", "pages", "feeds"]


ENTRY = feedfiles.Entry("https://n.example/a", "T", "S", "2025-03-04", "2025-03-05T04:30:00Z")


@pytest.mark.parametrize(("xml", "entry"), [
    ("<rss><channel><item><title>T</title><link> https://n.example/a </link><description>S</description>"
     "<pubDate>Tue, 04 Mar 2025 23:30:00 -0500</pubDate></item></channel></rss>", ENTRY),
    ("<rss><channel><item><title><![CDATA[<b>T</b>]]></title><guid>https://n.example/a</guid><description>&lt;p&gt;S"
     "&lt;/p&gt;</description></item></channel></rss>", ENTRY._replace(published=None, updated=None)),
    ("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title><link rel='self' href='/x'/><link href='/a'/>"
     "<summary>S</summary><published>2025-03-04T23:30:00-05:00</published></entry></feed>", ENTRY),
    ("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title><link href='/a'/><summary>S</summary><published>"
     "2025-03-04</published><updated>2025-03-05T04:30:00Z</updated></entry></feed>", ENTRY),
    ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
     "xmlns:dc='http://purl.org/dc/elements/1.1/'><item><title>T</title><link>https://n.example/a</link><description>S</description><dc:date>"
     "2025-03-04T23:30:00-05:00</dc:date></item></rdf:RDF>", ENTRY),
    ("<urlset><url><loc>https://n.example/a</loc><lastmod>2025-03-05T04:30:00Z</lastmod></url></urlset>",
     ENTRY._replace(title="", summary="", published=None)),
    ("<rss><channel><item><title>T&nbsp;&amp;U</title><link>https://n.example/a</link><pubDate>soon</pubDate></item>",
     feedfiles.Entry("https://n.example/a", "T &U")),
])
def test_entries_of_every_kind_of_feed(xml, entry):
    assert feedfiles.read(xml.encode(), "https://n.example/feed") == ([entry], [])


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "http://["])
def test_an_entry_without_an_address_of_the_web_is_left_out(link):
    feed = f"<rss><channel><item><title>T</title><link>{link}</link></item></channel></rss>"
    assert feedfiles.read(feed.encode(), "https://n.example/feed") == ([], [])


def test_a_feed_cannot_lead_into_a_private_network(folder, site):
    public = fetching.Fetched("https://news.example/feed", RSS.format(item(site, "/1", "Acme")).encode())
    fetcher = fetching.Fetcher(QUICK)
    real = fetcher.get
    fetcher.get = lambda url, **more: public if url.endswith("/feed") else real(url, **more)
    [done] = feeds.fetch(folder, fetcher=fetcher)
    assert "leads into a private network" in done.pages[0].fault and site.asked == []
