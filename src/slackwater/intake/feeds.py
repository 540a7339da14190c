"""New pages from RSS and Atom feeds and from sitemaps, once each, if they name the company and the place.

An entry is asked for where its title, summary or address names the company; its page
is kept where the article names the company and the place. What was looked at and not
kept is remembered in .fetched.json of the corpus folder and not asked for again; that
file may be deleted at any time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from slackwater import sources
from slackwater.corpus import FILE, MAX_PAGE_BYTES, printable
from slackwater.errors import InputError
from slackwater.intake import add, feedfiles, fetching
from slackwater.intake.pages import Added, Intake, now
from slackwater.names import Subject

STATE = ".fetched.json"
_SITEMAPS = 20  # read for one feed, the newest first


class Harvest(NamedTuple):
    """What one feed gave. `fault` says why it could not be read; `left` are entries for the next time."""

    feed: str
    fault: str | None = None
    unchanged: bool = False  # since the last time, says its server
    entries: int = 0
    about: int = 0  # that name the company
    known: int = 0  # of these, kept or looked at earlier
    left: int = 0
    pages: tuple[Added, ...] = ()

    def __str__(self) -> str:
        """One line for a person."""
        if self.fault:
            return f"{self.feed}: {self.fault}"
        if self.unchanged:
            return f"{self.feed}: unchanged"
        new, changed = (sum(page.what == what for page in self.pages) for what in ("added", "changed"))
        entries = "1 entry" if self.entries == 1 else f"{self.entries} entries"
        return (f"{self.feed}: {entries}, {self.about} about the company, {self.known} known, {new} new"
                + f", {changed} changed" * bool(changed) + f", {self.left} left for the next time" * bool(self.left))


def fetch(folder: Path | str, *, limit: int = 50, max_bytes: int = MAX_PAGE_BYTES,
          tell: Callable[[str], None] = lambda line: None, fetcher: fetching.Fetcher | None = None) -> list[Harvest]:
    """Bring the new pages of every feed that corpus.yaml names; at most *limit* pages are asked for a feed.

    A feed or a page that fails stops nothing. A known page that its feed says has been updated is
    compared with the saved copy and told where it changed. *tell* gets a line for each page and each feed.
    Raises InputError where the corpus has a fault or names no feed.
    """
    intake = Intake(folder, max_bytes=max_bytes)
    if not intake.corpus.feeds:
        raise InputError(f"{printable(intake.folder / FILE)}: names no feeds. Add a key `feeds` with a list "
                         "of addresses.")
    fetcher = fetcher or fetching.Fetcher(add.manners(intake))
    memory = _Memory(intake.folder / STATE, [intake.corpus.company, intake.corpus.place])
    done = []
    try:
        for feed in dict.fromkeys(intake.corpus.feeds):
            done.append(_harvest(feed, intake, fetcher, memory, limit, tell))
            tell(str(done[-1]))
    finally:
        memory.save()
        intake.close()
    return done


def _harvest(feed: str, intake: Intake, fetcher: fetching.Fetcher, memory: _Memory, limit: int,
             tell: Callable[[str], None]) -> Harvest:
    shown = printable(feed)
    etag, modified = memory.validators(feed)
    try:
        got = fetcher.get(feed, etag=etag, modified=modified, max_bytes=feedfiles.MAX_BYTES)
        if got.unchanged:
            return Harvest(shown, unchanged=True)
        entries = _entries(got, fetcher, tell)
    except fetching.FetchError as error:
        return Harvest(shown, error.fault)
    except feedfiles.FeedError as error:
        return Harvest(shown, str(error))
    subject = Subject(intake.corpus)
    about = [entry for entry in entries if subject.company.within(_words(entry))]
    fresh = [entry for entry in about if _worth_asking(entry, intake, memory)]
    pages = []
    for entry in fresh[:limit]:
        pages.append(_page(entry, shown, got, intake, fetcher, memory, subject))
        tell(str(pages[-1]))
    whole = len(fresh) <= limit and all(memory.settled(entry.url) or intake.known(entry.url) for entry in fresh)
    memory.note_feed(feed, got.etag if whole else None, got.modified if whole else None)
    return Harvest(shown, entries=len(entries), about=len(about), known=len(about) - len(fresh),
                   left=max(0, len(fresh) - limit), pages=tuple(pages))


def _entries(got: fetching.Fetched, fetcher: fetching.Fetcher, tell: Callable[[str], None]) -> list[feedfiles.Entry]:
    """The entries of a feed, each address once; of a sitemap of sitemaps, those of the newest of them."""
    found, nested = feedfiles.read(got.data, got.url)
    for address in nested[:_SITEMAPS]:
        try:
            answer = fetcher.get(address, named_by=got, max_bytes=feedfiles.MAX_BYTES)
            found += feedfiles.read(answer.data, answer.url)[0]
        except fetching.FetchError as error:
            tell(str(error))
        except feedfiles.FeedError as error:
            tell(f"{printable(address)}: {error}")
    once: dict[str, feedfiles.Entry] = {}
    for entry in found:
        once.setdefault(sources.key(entry.url), entry)
    return list(once.values())


def _worth_asking(entry: feedfiles.Entry, intake: Intake, memory: _Memory) -> bool:
    """Whether it is new, or its feed dates a change after we saved or last looked at it."""
    if intake.withdrawn(entry.url):
        return False
    if file := intake.known(entry.url):
        since = max(intake.retrieved(file), memory.looked(entry.url))
        return intake.holds(file) and bool(entry.updated and since and entry.updated > since)
    return not memory.settled(entry.url)


def _page(entry: feedfiles.Entry, feed: str, got: fetching.Fetched, intake: Intake, fetcher: fetching.Fetcher,
          memory: _Memory, subject: Subject) -> Added:
    def wanted(text: str) -> str | None:
        missing = subject.missing(text)
        return missing and f"{missing}. Not kept."

    try:
        page = add.page_at(intake, entry.url, fetcher.get(entry.url, named_by=got), because=f"named by the feed {feed}",
                           facts={"published": entry.published}, wanted=wanted)
    except fetching.FetchError as error:
        if error.lasting:
            memory.note_page(entry.url, error.fault)
        return Added(error.url, None, "refused", fault=error.fault)
    if page.what != "added":
        memory.note_page(entry.url, page.fault or "")
    return page


def _words(entry: feedfiles.Entry) -> str:
    """Title, summary and the words of the address: /2025/acme-to-close-office says what the title says."""
    path = re.sub(r"[\W_]+", " ", unquote(urlsplit(entry.url).path))
    return f"{entry.title}\n{entry.summary}\n{path}"


def forget(folder: Path, digests: Collection[str]) -> None:
    """Take the pages with these address digests (`sources.digest`) out of what is remembered in *folder*."""
    path = folder / STATE
    try:
        said = json.loads(path.read_text("utf-8"))
        said["pages"] = {url: seen for url, seen in said["pages"].items() if sources.digest_of_key(url) not in digests}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        path.unlink(missing_ok=True)  # a memory that cannot be read is begun anew
        return
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")


class _Memory:
    """What was asked before: pages that were not kept, and how each feed marked its last state."""

    def __init__(self, path: Path, names: Iterable[Iterable[str]]) -> None:
        self._path, self._names = path, [list(group) for group in names]
        try:
            said: Any = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            said = None
        # looked for by other names, every page deserves a second look
        valid = isinstance(said, dict) and said.get("names") == self._names
        self._pages, self._feeds = ((said.get(key) or {}) if valid else {} for key in ("pages", "feeds"))
        self._before = self._as_text()

    def _as_text(self) -> str:
        said = {"names": self._names, "pages": self._pages, "feeds": self._feeds}
        return json.dumps(said, ensure_ascii=False, indent=1)

    def settled(self, url: str) -> bool:
        """Whether a page was looked at and not kept."""
        return sources.key(url) in self._pages

    def looked(self, url: str) -> str:
        """When it was looked at; "" for never."""
        return str(self._pages.get(sources.key(url), [""])[0])

    def note_page(self, url: str, why: str) -> None:
        """Remember that *url* was looked at now, and what came of it."""
        self._pages[sources.key(url)] = [now(), why]

    def validators(self, feed: str) -> tuple[str | None, str | None]:
        """ETag and date of the feed as it was when everything in it had been settled."""
        said = self._feeds.get(feed)
        etag, modified = said if isinstance(said, list) and len(said) == 2 else (None, None)
        return etag, modified

    def note_feed(self, feed: str, etag: str | None, modified: str | None) -> None:
        """Remember the state of *feed*; None where some of it is left to do."""
        self._feeds[feed] = [etag, modified]

    def save(self) -> None:
        """Write what is new; a folder that cannot be written costs the sites a request, nothing else."""
        if self._as_text() != self._before:
            fresh = self._path.with_name(f"{self._path.name}.new")
            try:
                fresh.write_text(self._as_text(), "utf-8")
                fresh.replace(self._path)
            except OSError:
                fresh.unlink(missing_ok=True)
