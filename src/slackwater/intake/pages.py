"""Putting a page into a corpus: is it a page, is it new, what should the analyst know; then its file and its record.

A page is a file NNN_HASH16.ENDING, bytes as they came, and a line of sources.jsonl. It
is in the corpus whole, with its record, or not at all. Nothing here asks the network.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from slackwater import corpus as corpora
from slackwater import sources
from slackwater.errors import InputError
from slackwater.intake import likeness
from slackwater.names import Subject

if TYPE_CHECKING:
    from slackwater.clean import CleanPage

_TEASER = 80  # words; an article shorter than that may be the free beginning of one
_LANGUAGES = {"ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "es": "Spanish", "fr": "French",
              "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
              "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese"}
# atomic: a thousand comments before the first tag must not be tried in every grouping
_OPENING = r"(?>\s+|<\?xml[^>]*>|<!--.*?-->)*+"
_HTML = re.compile(_OPENING + r"<(?:!doctype\s+html|html|head|body|article|main|div|p)\b", re.I | re.S)
_FEED = re.compile(_OPENING + r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.I | re.S)


class Added(NamedTuple):
    """What became of one source: `added`, `there` already, `changed` since it was saved, or `refused`.

    `file` is the page that holds it; `notes` are what the analyst should know of a page that was added;
    `fault` says in full why nothing was.
    """

    source: str
    file: str | None
    what: str = "added"
    notes: tuple[str, ...] = ()
    fault: str | None = None

    def __str__(self) -> str:
        """One line for a person: control characters escaped."""
        if self.fault:
            return f"{self.source}: {self.fault}"
        return f"{self.file} from {self.source}" + "".join(f"; {note}" for note in self.notes)


class _Looked(NamedTuple):
    """A page as it would be read: how it would be saved, its words, and why it cannot be."""

    ending: str
    page: CleanPage | None
    fault: str | None


class Intake:
    """The corpus in a folder, open for new pages. Raises InputError where the corpus has a fault."""

    def __init__(self, folder: Path | str, *, max_bytes: int = corpora.MAX_PAGE_BYTES) -> None:
        self.folder, self.max_bytes = Path(folder), max_bytes
        self._cache = likeness.Cache(self.folder / ".likeness.json")
        self._read()

    def _read(self) -> None:
        """The corpus as it is on disk now: pages by hash and by address."""
        self.corpus = corpora.load(self.folder, empty=True)
        self.records = sources.load(self.folder, shown=corpora.printable(self.folder / sources.FILE))
        self._extent = self._recorded()
        self._hashes = {hashlib.sha256(data).hexdigest(): name for name in corpora.listing(self.folder)
                        if (data := self._bytes(name)) is not None}
        self._withdrawn = {mark: record["withdrawn"] for record in self.records if record.get("withdrawn")
                           for mark in (record.get("sha256"), *record.get("addresses", [])) if mark}
        self._addresses: dict[str, str] = {}
        for file, facts in self.corpus.facts.items():
            self._learn(file, facts)
        for record in self.records:  # in order, so that of two copies the later one is known
            self._learn(record["file"], record)
        self._number = self._highest()
        self.__dict__.pop("_shelf", None)

    def known(self, url: str) -> str | None:
        """The file that was saved from *url*, also where somebody took it out since."""
        return self._addresses.get(sources.key(url))

    def holds(self, file: str) -> bool:
        """Whether *file* is still in the folder."""
        return (self.folder / file).is_file()

    def withdrawn(self, *urls: str, sha256: str = "") -> str | None:
        """Why a page with one of these addresses, or of these bytes, stays out: it was withdrawn. Else None."""
        marks = [sha256, *map(sources.digest, urls)] if self._withdrawn else []
        day = next(filter(None, map(self._withdrawn.get, marks)), None)
        return day and f"was withdrawn on {day} and stays out. To take it back, delete its line in {sources.FILE}."

    def retrieved(self, file: str) -> str:
        """When *file* was retrieved, "2025-03-01T06:00:12Z"; "" where nobody knows."""
        return next((record.get("retrieved", "") for record in self.records if record["file"] == file), "")

    def look(self, data: bytes, *, name: str = "", kind: str = "") -> _Looked:
        """How *data* would be read: *name* and *kind* (a media type) are what the source says of it."""
        from slackwater import clean, formats

        if len(data) > self.max_bytes:
            return _Looked("", None, f"has {len(data):,} bytes; the limit for a page is {self.max_bytes:,}. Save the "
                                     "article alone, or raise --max-bytes.")
        ending = _ending(data, name, kind)
        loaded = formats.read(f"page{ending}", data)
        if loaded.fault:
            return _Looked(ending, None, loaded.fault.replace(", or list it under skip", ""))
        if _FEED.match(loaded.text):
            return _Looked(ending, None, "is a feed, not a page. List its address under `feeds` in corpus.yaml.")
        html = loaded.html or kind.endswith(("/html", "/xhtml+xml")) or bool(_HTML.match(loaded.text))
        if html and ending in (".txt", ""):
            ending = ".html"
        page = clean.page(loaded.text, html=html)
        if page.fault:
            return _Looked(ending, page, "no article text found. Is it a page behind a login or a subscription, or a "
                                         "list of stories? Open it where you may read it, save it and add the file. "
                                         "If it is an article, put it into the folder and say `article: true` of it "
                                         "in corpus.yaml.")
        return _Looked(ending or ".txt", page, None)

    def take(self, data: bytes, source: str, *, name: str = "", kind: str = "", url: str | None = None,
             facts: Mapping[str, Any] | None = None, because: str, replaces: str | None = None,
             wanted: Callable[[str], str | None] = lambda text: None) -> Added:
        """Save *data* as a page of the corpus, with its record; see `look` for *name* and *kind*.

        *facts* go into the record (title, publisher, authors, published, retrieved, moved_to). *wanted*
        gets the article's text and says why it is not wanted. *replaces* is the file it takes the place of.
        """
        source = corpora.printable(source)
        sha256 = hashlib.sha256(data).hexdigest()
        if refused := self._there(source, sha256, url, replaces):
            return refused
        looked = self.look(data, name=name, kind=kind)
        text = looked.page.text if looked.page else ""
        whole = f"{looked.page.title or ''}\n{text}" if looked.page else ""
        if fault := looked.fault or wanted(whole):
            return Added(source, None, "refused", fault=fault)
        numbers = likeness.sample(text)
        unnamed = Subject(self.corpus).missing(whole)
        notes = (*self._alike(numbers, replaces), *([unnamed] if unnamed else []), *_remarks(text))
        with sources.locked(self.folder):
            if self._recorded() != self._extent:  # somebody else has put pages there meanwhile
                self._read()
                if refused := self._there(source, sha256, url, replaces):
                    return refused
            number = f"{int(self._number) + 1:0{len(self._number)}d}"
            file = f"{number}_{sha256[:16]}{looked.ending}"
            record = {"file": file, "because": because, "url": url, **(facts or {}), "sha256": sha256,
                      "replaces": replaces}
            if not (facts or {}).get("retrieved"):
                record["added"] = now()
            self._write(file, data, record)
            self._extent, self._number = self._recorded(), number
        self._hashes[sha256] = file
        self.records.append(record)
        self._learn(file, record)
        self._shelf.put(file, numbers)
        self._cache.put(sha256, numbers)
        return Added(source, file, notes=notes)

    def close(self) -> None:
        """Keep what was measured for the next time."""
        self._cache.save()

    def _there(self, source: str, sha256: str, url: str | None, replaces: str | None) -> Added | None:
        if there := self._hashes.get(sha256):
            return Added(source, there, "there", fault=f"is in the corpus already, as {corpora.printable(there)}. "
                                                       "Nothing was added.")
        if out := self.withdrawn(*([url] if url else []), sha256=sha256):
            return Added(source, None, "refused", fault=out)
        if url and not replaces and (there := self.known(url)) and self.holds(there):
            return Added(source, there, "there", fault=f"its address is in the corpus already, as {there}. "
                                                       "Nothing was added.")
        return None

    def _recorded(self) -> int:
        path = self.folder / sources.FILE
        return path.stat().st_size if path.exists() else 0

    def _learn(self, file: str, facts: Mapping[str, Any]) -> None:
        for address in (facts.get("url"), facts.get("moved_to")):
            if address:
                self._addresses[sources.key(address)] = file

    def _bytes(self, name: str) -> bytes | None:
        path = self.folder / name
        try:
            return path.read_bytes() if path.is_file() and path.stat().st_size <= self.max_bytes else None
        except OSError:
            return None

    @cached_property
    def _shelf(self) -> likeness.Shelf:
        """Samples of all pages; those of pages put there by hand are taken when first needed."""
        shelf = likeness.Shelf()
        for sha256, file in list(self._hashes.items()):
            numbers = self._cache.get(sha256)
            if numbers is None:
                looked = self.look(self._bytes(file) or b"", name=file)
                numbers = likeness.sample(looked.page.text if looked.page else "")
                self._cache.put(sha256, numbers)
            shelf.put(file, numbers)
        return shelf

    def _alike(self, numbers: list[int], replaces: str | None) -> list[str]:
        from slackwater.cleaning import reprints

        like = self._shelf.likest(numbers)
        if not like or like.share < reprints.LOOK or like.file == replaces:
            return []
        told = "tells the same text as" if like.share >= reprints.SAME else "shares much text with"
        return [f"{told} {corpora.printable(like.file)} ({like.share:.0%}); both are kept"]

    def _highest(self) -> str:
        """The highest number in the folder or ever recorded, as wide as the widest; before the first page "-01"."""
        used = [found[1] for name in [*corpora.listing(self.folder), *(record["file"] for record in self.records)]
                if (found := re.match(r"(\d{3,9})_", name))]
        return f"{max(map(int, used), default=-1):0{max(map(len, used), default=3)}d}"

    def _write(self, file: str, data: bytes, record: Mapping[str, Any]) -> None:
        part = self.folder / f".{file}.part"
        try:
            part.write_bytes(data)
            part.replace(self.folder / file)
            sources.append(self.folder, record)
        except OSError as error:
            part.unlink(missing_ok=True)
            (self.folder / file).unlink(missing_ok=True)  # a page without its record would be nobody's
            raise InputError(f"{corpora.printable(self.folder)}: cannot be written ({error.strerror}). Nothing was "
                             "added.") from None


def now() -> str:
    """The moment in UTC, to the second: 2025-03-01T06:00:12Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _ending(data: bytes, name: str, kind: str) -> str:
    """How a page of these bytes is saved: what they begin with counts more than what the source calls them."""
    named = Path(name).suffix.lower()
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04") and (named == ".docx" or kind.endswith("wordprocessingml.document")):
        return ".docx"
    if named in (".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive"):
        return {".markdown": ".md", ".htm": ".html", ".xhtml": ".html"}.get(named, named)
    return ".html" if kind.endswith(("/html", "/xhtml+xml")) else ".txt"


def _remarks(text: str) -> list[str]:
    from slackwater.cleaning import languages

    language, words = languages.detect(text), len(text.split())
    if language not in ("en", "und"):  # the latter where none can be told
        return [f"is in {_LANGUAGES.get(language, f'another language ({language})')}: it is listed, but tone and "
                "direction are read in English only"]
    return [f"holds {words} words only: a teaser of a longer page?"] if words < _TEASER else []
