"""RSS, Atom and sitemaps: bytes → entries. Nothing here asks the network; no entity of the XML is resolved."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from html.entities import html5
from typing import Any, NamedTuple
from urllib.parse import urljoin

from slackwater import dates

MAX_ENTRIES = 50_000  # the most that a sitemap may hold
MAX_BYTES = 50_000_000  # of one unpacked sitemap, as its standard says
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30};)")
_TAG = re.compile(r"<[^>]{0,2000}>")


class FeedError(Exception):
    """Bytes that are no feed; the message is fault and fix."""


class Entry(NamedTuple):
    """A page that a feed names. `published` is a day or part of one; `updated` a moment, 2025-03-01T06:00:12Z."""

    url: str
    title: str = ""
    summary: str = ""
    published: str | None = None
    updated: str | None = None


def read(data: bytes, base: str) -> tuple[list[Entry], list[str]]:
    """The entries of the feed at *base*, in its order, and the sitemaps it names, newest first.

    Raises FeedError.
    """
    from lxml import etree

    data = _unpacked(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
                             remove_comments=True, remove_pis=True)
    try:
        # XML knows five names of characters, feeds use HTML's; libxml2 drops every & after the first such name
        root = etree.fromstring(_NAMED.sub(_numbered, data.strip()), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    kind = _name(root) if root is not None else ""
    found: list[Entry | None] = []
    maps: list[str] = []
    if kind in ("rss", "RDF", "feed"):
        found = [_entry(node, base) for node in _some(root, "entry" if kind == "feed" else "item")]
    elif kind == "urlset":
        found = [_page(node, base) for node in _some(root, "url")]
    elif kind == "sitemapindex":
        dated = [(_text(node, "lastmod"), _joined(base, _text(node, "loc"))) for node in _some(root, "sitemap")]
        maps = [url for _, url in sorted(dated, key=lambda pair: pair[0], reverse=True) if url]
    else:
        raise FeedError(_other(data, base))
    entries = [entry for entry in found if entry]
    if not entries and not maps and len(parser.error_log):
        raise FeedError("is broken XML and names no page. Try again later.")
    return entries, maps


def _entry(node: Any, base: str) -> Entry | None:
    """An RSS item or an Atom entry."""
    links = [child.get("href") or child.text or "" for child in node
             if _name(child) == "link" and child.get("rel", "alternate") == "alternate"]
    guids = [child.text or "" for child in node
             if _name(child) == "guid" and child.get("isPermaLink", "true") == "true"]
    address = _joined(base, next((url for url in [*links, *guids] if url.strip()), ""))
    if not address:
        return None
    stamp = _text(node, "pubDate", "published", "issued", "date")
    summary = _text(node, "description", "summary", "encoded", "content")
    return Entry(address, _plain(_text(node, "title")), _plain(summary), _day(stamp),
                 _moment(_text(node, "updated", "modified") or stamp))


def _page(node: Any, base: str) -> Entry | None:
    """A sitemap's url; a news sitemap also gives title and day. Its lastmod is a change, not the publication."""
    address = _joined(base, _text(node, "loc"))
    if not address:
        return None
    news = next((child for child in node if _name(child) == "news"), ())
    return Entry(address, _plain(_text(news, "title")), "", _day(_text(news, "publication_date")),
                 _moment(_text(node, "lastmod")))


def _numbered(found: re.Match[bytes]) -> bytes:
    characters = "" if found[1] in (b"amp;", b"lt;", b"gt;", b"quot;", b"apos;") else html5.get(found[1].decode(), "")
    return "".join(f"&#{ord(c)};" for c in characters).encode() or found[0]


def _unpacked(data: bytes) -> bytes:
    """A .xml.gz as its XML, up to the size that a sitemap may have."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        unpacked = zlib.decompressobj(31).decompress(data, MAX_BYTES)
    except zlib.error:
        raise FeedError("is packed in a way that cannot be unpacked. Correct the address under `feeds`.") from None
    if len(unpacked) >= MAX_BYTES:
        raise FeedError(f"unpacks to more than {MAX_BYTES:,} bytes. Name a smaller sitemap under `feeds`.")
    return unpacked


def _other(data: bytes, base: str) -> str:
    """What it is in place of a feed, and the feed that the page itself names."""
    text = data[:200_000].decode("utf-8", "replace")
    if not re.search(r"<html|<!doctype html|<body", text[:5000], re.I):
        return "is not XML and no feed. Correct the address under `feeds`."
    from trafilatura.feeds import FeedParameters, determine_feed

    named = determine_feed(text, FeedParameters(base.rstrip("/"), "", base))
    hint = f"It points to {named[0][:300]}: name that" if named else "Look for the site's RSS address and name it"
    return f"is an HTML page, not a feed. {hint} under `feeds`."


def _some(root: Any, name: str) -> list[Any]:
    return [node for _, node in zip(range(MAX_ENTRIES), root.iter(f"{{*}}{name}"), strict=False)]


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _text(node: Any, *names: str) -> str:
    """The text of the first child that has one of *names*, in the order of *names*; "" for none."""
    for name in names:
        for child in node:
            if _name(child) == name and (text := "".join(child.itertext()).strip()):
                return text
    return ""


def _plain(text: str) -> str:
    """Text that may hold escaped HTML, without it: on one line, at most 5,000 characters."""
    return " ".join(unescape(_TAG.sub(" ", unescape(text[:20_000]))).split())[:5000]


def _joined(base: str, url: str) -> str:
    """*url* in full; "" where it is no address of the web."""
    try:
        whole = urljoin(base, url.strip()) if url.strip() else ""
    except ValueError:
        return ""
    return whole if re.fullmatch(r"https?://\S{1,2000}", whole) else ""


def _day(stamp: str) -> str | None:
    """The day as its writer's clock had it: "Tue, 04 Mar 2025 23:30:00 -0500" is 2025-03-04."""
    if found := re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)", stamp):
        return dates.compose(*(int(part) for part in found.groups() if part))
    try:
        return parsedate_to_datetime(stamp).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def _moment(stamp: str) -> str | None:
    """The moment in UTC; None where only a day or nothing is stated."""
    try:
        moment = datetime.fromisoformat(stamp) if re.match(r"\d{4}-", stamp) else parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError):
        return None
    if len(stamp) <= 10:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
