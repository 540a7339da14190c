"""Fetching, against a real server on the loopback address: every bad habit of a server ends in one line."""

import gzip
import time
import zlib

import pytest

from loopback import HASTY, QUICK, drip, serving
from slackwater.intake import fetching

PAGE = "<html><body><p>Acme opens a plant in Ghent.</p></body></html>"


@pytest.fixture
def site():
    with serving() as site:
        yield site


@pytest.fixture
def fetcher():
    waits = []
    fetcher = fetching.Fetcher(QUICK, sleep=waits.append)
    fetcher.waits = waits
    return fetcher


def answer(status, location=None, body=b"", **headers):
    return status, {**({"Location": location} if location else {}), **headers}, body


def fails(fetcher, url, words, lasting=None):
    begun = time.monotonic()
    with pytest.raises(fetching.FetchError) as caught:
        fetcher.get(url)
    line = str(caught.value)
    assert words in line and "\n" not in line and line.endswith((".", "…")) and line.startswith(url[:20])
    assert lasting is None or caught.value.lasting is lasting
    assert time.monotonic() - begun < 3
    return line


def test_a_page_comes_with_its_bytes_address_and_type(site, fetcher):
    site.pages["/a"] = (200, {"Content-Type": "Text/HTML; charset=UTF-8", "ETag": '"1"'}, PAGE)
    got = fetcher.get(site.url("/a#part"))
    assert (got.url, got.data, got.kind, got.etag) == (site.url("/a"), PAGE.encode(), "text/html", '"1"')
    path, headers = site.asked[-1]
    assert path == "/a"
    assert headers["User-Agent"].startswith("Slackwater/") and "desk@example.org" in headers["User-Agent"]


def test_redirects_are_followed_to_their_end(site, fetcher):
    site.pages |= {"/a": answer(301, "/b"), "/b": answer(302, "c?d=1"), "/c?d=1": PAGE}
    assert fetcher.get(site.url("/a")).url == site.url("/c?d=1")


def test_a_redirect_loop_ends(site, fetcher):
    site.pages |= {"/a": answer(302, "/b"), "/b": answer(302, "/a")}
    fails(fetcher, site.url("/a"), "redirects more than 5 times", lasting=True)
    assert len(site.paths()) == 6


@pytest.mark.parametrize(("location", "words"), [
    ("file:///etc/passwd", "is not the web"), ("javascript:alert(1)", "is not the web"),
    ("ftp://example.org/a", "is not the web"), ("http://[", "is not an address"),
])
def test_a_redirect_leads_to_the_web_or_nowhere(site, fetcher, location, words):
    site.pages["/a"] = answer(302, location)
    fails(fetcher, site.url("/a"), words)


@pytest.mark.parametrize(("url", "words"), [
    ("ftp://example.org/a", "not an address of the web"), ("nonsense", "not an address"),
    ("http://", "not an address"), ("file:///etc/passwd", "not an address of the web"),
    ("http://example.org:99999/", "not an address"),
])
def test_what_is_no_address_is_told_before_any_network(fetcher, url, words):
    fails(fetcher, url, words)


def test_a_password_in_an_address_is_neither_sent_nor_shown(site, fetcher):
    with pytest.raises(fetching.FetchError, match="name and password") as caught:
        fetcher.get("http://anna:geheim@127.0.0.1/")
    assert "geheim" not in str(caught.value)


def test_packed_pages_are_unpacked(site, fetcher):
    site.pages["/gzip"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE.encode()))
    site.pages["/deflate"] = (200, {"Content-Encoding": "deflate"}, zlib.compress(PAGE.encode()))
    site.pages["/broken"] = (200, {"Content-Encoding": "gzip"}, b"not gzip at all")
    assert fetcher.get(site.url("/gzip")).data == fetcher.get(site.url("/deflate")).data == PAGE.encode()
    fails(fetcher, site.url("/broken"), "cannot be unpacked", lasting=True)


def test_a_bomb_is_measured_unpacked(site, fetcher):
    site.pages["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(50_000_000)))
    fails(fetcher, site.url("/bomb"), "sends more than 100,000 bytes", lasting=True)


def test_two_gigabytes_are_refused_by_their_announcement(site, fetcher):
    site.pages["/huge"] = drip(head=b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n")
    fails(fetcher, site.url("/huge"), "announces 2,147,483,648 bytes", lasting=True)


def test_an_endless_body_ends_at_the_limit(site, fetcher):
    site.pages["/endless"] = drip(b"x" * 20_000, every=0)
    fails(fetcher, site.url("/endless"), "sends more than 100,000 bytes", lasting=True)


@pytest.mark.parametrize("dripping", [
    drip(),  # of a body
    drip(head=b"HTTP/1.1 200 OK\r\n", part=b"X-Slow: yes\r\n"),  # of headers
    drip(head=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", part=b"1\r\nx\r\n"),
    drip(head=b"HTTP/1.1 200 OK\r\nX-Slow: ", part=b"y"),  # of one header line
])
def test_a_slow_drip_ends_at_the_deadline(site, dripping):
    site.pages["/slow"] = dripping
    fails(fetching.Fetcher(HASTY), site.url("/slow"), "not done answering after 0.4 s, asked 2 times", lasting=False)


def test_silence_ends_sooner(site):
    site.pages["/silent"] = lambda handler: site.closing.wait(2)
    fails(fetching.Fetcher(HASTY), site.url("/silent"), "was silent for 0.3 s", lasting=False)


@pytest.mark.parametrize(("raw", "words"), [
    (b"", "broke off the answer"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort", "broke off the answer"),
    (b"SSH-2.0-OpenSSH_9.6\r\n", "broke off the answer"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "broke off the answer"),
])
def test_a_broken_answer_is_tried_again_and_told(site, fetcher, raw, words):
    site.pages["/broken"] = lambda handler: handler.wfile.write(raw)
    fails(fetcher, site.url("/broken"), words, lasting=False)
    assert len(site.paths()) == 2


def test_a_fault_that_passes_is_waited_out(site, fetcher):
    site.pages["/a"] = [answer(500), PAGE]
    assert fetcher.get(site.url("/a")).data == PAGE.encode()
    site.pages["/b"] = [answer(503, **{"Retry-After": "3"}), PAGE]
    assert fetcher.get(site.url("/b")).data == PAGE.encode()
    assert fetcher.waits[-1] == 3


def test_a_server_that_asks_for_an_hour_is_left_alone(site, fetcher):
    site.pages["/a"] = answer(429, **{"Retry-After": "3600"})
    fails(fetcher, site.url("/a"), "429 too many requests, asked 1 time. Try again later", lasting=False)
    assert site.paths() == ["/a"]


@pytest.mark.parametrize(("status", "words"), [(404, "404 not found"), (403, "403 access refused"), (204, "204")])
def test_other_faults_are_final(site, fetcher, status, words):
    site.pages["/a"] = answer(status)
    fails(fetcher, site.url("/a"), words, lasting=True)
    assert site.paths() == ["/a"]


def test_nobody_there(fetcher):
    with serving() as gone:
        url = gone.url("/a")
    fails(fetcher, url, "refuses the connection", lasting=False)


def test_robots_are_heard_with_wildcards_and_for_every_redirect(site, fetcher):
    site.pages |= {"/robots.txt": "User-agent: *\nAllow: /news/\nDisallow: /*?print=\nDisallow: /closed",
                   "/news/a": PAGE, "/news/b": answer(302, "/closed/b"), "/closed/b": PAGE}
    assert fetcher.get(site.url("/news/a")).data
    fails(fetcher, site.url("/closed/b"), "robots.txt asks programs to stay away. Save the page", lasting=True)
    fails(fetcher, site.url("/x?print=1"), "robots.txt asks")
    fails(fetcher, site.url("/news/b"), "robots.txt asks")
    assert [path for path, _ in site.asked].count("/robots.txt") == 1


def test_robots_that_name_us_and_ask_for_a_pause(site, fetcher):
    site.pages |= {"/robots.txt": "User-agent: slackwater\nCrawl-delay: 4\nDisallow: /closed\n\n"
                                  "User-agent: *\nDisallow: /", "/a": PAGE}
    fetcher.get(site.url("/a"))
    fetcher.get(site.url("/a"))
    assert fetcher.waits and 3 < max(fetcher.waits) <= 4
    fails(fetcher, site.url("/closed"), "robots.txt asks")


def test_a_site_that_cannot_show_its_robots_is_left_alone_for_now(site, fetcher):
    site.pages |= {"/robots.txt": answer(503), "/a": PAGE}
    fails(fetcher, site.url("/a"), "robots.txt answers 503 out of service", lasting=False)
    assert site.paths() == []


def test_nothing_that_a_public_page_names_leads_into_a_private_network(site, fetcher):
    site.pages["/secret"] = PAGE
    public = fetching.Fetched("https://example.org/feed", b"")
    with pytest.raises(fetching.FetchError, match="leads into a private network"):
        fetcher.get(site.url("/secret"), named_by=public)
    assert site.asked == []  # not even robots.txt
    assert fetcher.get(site.url("/secret"), named_by=fetcher.get(site.url("/secret"))).data


def test_a_page_is_asked_for_only_where_it_has_changed(site, fetcher):
    site.pages["/feed"] = answer(304)
    assert fetcher.get(site.url("/feed"), etag='"1"', modified="Mon, 03 Mar 2025 06:00:00 GMT").unchanged
    headers = site.asked[-1][1]
    assert headers["If-None-Match"] == '"1"' and headers["If-Modified-Since"].startswith("Mon")


def test_a_proxy_that_the_environment_names_is_used(site, fetcher, monkeypatch):
    site.pages["http://news.example/a"] = PAGE
    monkeypatch.setenv("http_proxy", site.url(""))
    monkeypatch.delenv("no_proxy", raising=False)
    assert fetcher.get("http://news.example/a").data == PAGE.encode()
