"""Fetching pages politely: robots.txt asked first, one request at a time, pauses, few and later tries.

What an address answers is data, never trusted: a redirect is checked like an address of
its own, and nothing that a page or a feed names leads into a private network.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from slackwater import __version__
from slackwater.corpus import printable
from slackwater.errors import InputError
from slackwater.intake import transport

if TYPE_CHECKING:
    from urllib3.util import Url

_MOVED = {301, 302, 303, 307, 308}
_PASSING = {408, 425, 429, 500, 502, 503, 504}  # may be well on a second try
_IN_WORDS = {401: "log in first", 402: "payment required", 403: "access refused", 404: "not found", 410: "gone",
             429: "too many requests", 451: "withheld for legal reasons", 500: "server fault", 503: "out of service"}
_HEADERS = {"Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, text/*;q=0.8, */*;q=0.1",
            "Accept-Language": "en, *;q=0.5"}
BY_HAND = "Save the page in a browser and add the file."


class FetchError(InputError):
    """An address that gave no page. `lasting`: asking again tomorrow would give the same answer."""

    def __init__(self, url: str, fault: str, *, lasting: bool = True, status: int | None = None) -> None:
        self.url = printable(url)[:500]
        super().__init__(f"{self.url}: {fault}")
        self.fault, self.lasting, self.status = fault, lasting, status


@dataclass(frozen=True)
class Manners:
    """How we behave; times in seconds."""

    contact: str | None = None  # told to servers, so that they know whom to ask
    limits: transport.Limits = field(default_factory=transport.Limits)
    redirects: int = 5
    tries: int = 3
    backoff: float = 1  # before the second try, doubled before each further one
    patience: float = 120  # the longest wait that a server may ask for; asked for more, we come another day
    pause: float = 1  # between two requests to one host; its robots.txt may ask for more

    @property
    def agent(self) -> str:
        """The User-Agent line; its first word is the name that robots.txt may use."""
        contact = "".join(c for c in self.contact or "" if c.isascii() and c.isprintable())
        return f"Slackwater/{__version__} (news analysis{f'; {contact}' if contact else ''})"


class Fetched(NamedTuple):
    """An answer. `url` is where the redirects ended; `data` is what the server sent, unpacked, bytes untouched."""

    url: str
    data: bytes
    kind: str = ""  # media type in lower case, without parameters
    etag: str | None = None
    modified: str | None = None
    private: bool = False  # came from a private network
    unchanged: bool = False  # 304: nothing new since the etag or date given


class Fetcher:
    """`Fetcher().get(url)`: keeps each host's robots.txt and the time of the last request to it."""

    def __init__(self, manners: Manners | None = None, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self.manners = manners or Manners()
        self._sleep = sleep
        self._robots: dict[str, Any] = {}
        self._last: dict[str, float] = {}

    def get(self, url: str, *, named_by: Fetched | None = None, etag: str | None = None,
            modified: str | None = None, max_bytes: int | None = None) -> Fetched:
        """What *url* answers, redirects followed. Raises FetchError: one line, address, fault, fix.

        *named_by* is the answer that named the address, a feed for instance; None means that a person
        did, who may also name a private address. *etag* and *modified* ask only for what has changed since.
        *max_bytes* is another limit than that of a page.
        """
        limits = replace(self.manners.limits, max_bytes=max_bytes or self.manners.limits.max_bytes)
        since = {"If-None-Match": etag, "If-Modified-Since": modified}
        where, answer = self._follow(url, named_by is None or named_by.private,
                                     {name: value for name, value in since.items() if value}, limits,
                                     robots=True)
        said = answer.headers
        return Fetched(where, answer.data, said.get("Content-Type", "").partition(";")[0].strip().lower(),
                       said.get("ETag"), said.get("Last-Modified"), answer.private, answer.status == 304)

    def _follow(self, url: str, private: bool, headers: Mapping[str, str], limits: transport.Limits,
                *, robots: bool) -> tuple[str, transport.Answer]:
        """Where the redirects from *url* end, and the answer there."""
        target = _parsed(url, url)
        for _ in range(self.manners.redirects + 1):
            if robots:
                self._ask_robots(target, url, private)
            answer = self._patiently(target, url, private, headers, limits)
            status = answer.status
            if status in (200, 304):
                return target.url, answer
            if status not in _MOVED or "Location" not in answer.headers:
                fix = "" if status in (404, 410) else f" {BY_HAND}"
                raise FetchError(url, f"answers {status} {_IN_WORDS.get(status, 'and no page')}. Check the address."
                                      f"{fix}", status=status)
            before, private = target, answer.private
            target = _parsed(answer.headers["Location"], url, target.url)
            if before.scheme == "https" and target.scheme == "http":
                raise FetchError(url, f"redirects from https to {printable(target.url)[:200]}. Name that address "
                                      "yourself if you trust it.")
        raise FetchError(url, f"redirects more than {self.manners.redirects} times. {BY_HAND}")

    def _patiently(self, target: Url, url: str, private: bool, headers: Mapping[str, str],
                   limits: transport.Limits) -> transport.Answer:
        """One answer; faults that may pass are tried again, later each time."""
        headers = {**_HEADERS, "User-Agent": self.manners.agent, **headers}
        for attempt in range(1, self.manners.tries + 1):
            self._keep_distance(target)
            wait, status = self.manners.backoff * 2 ** (attempt - 1), None
            try:
                answer = transport.get(target, headers, limits, private=private)
                if answer.status not in _PASSING:
                    return answer
                status, wait = answer.status, max(wait, answer.wait)
                fault = f"answers {status} {_IN_WORDS.get(status, 'for now')}"
            except transport.TransportError as error:
                if not error.passing:
                    raise FetchError(url, str(error)) from None
                fault = str(error)
            if attempt == self.manners.tries or wait > self.manners.patience:
                break
            self._sleep(wait)
        raise FetchError(url, f"{fault}, asked {attempt} {'time' if attempt == 1 else 'times'}. Try again later.",
                         lasting=False, status=status)

    def _keep_distance(self, target: Url) -> None:
        rules = self._robots.get(_origin(target))
        wished = rules.crawl_delay(self.manners.agent) if rules else None
        pause = max(self.manners.pause, min(wished or 0, self.manners.patience))
        host = str(target.netloc)
        if host in self._last and (wait := self._last[host] + pause - time.monotonic()) > 0:
            self._sleep(wait)
        self._last[host] = time.monotonic()

    def _ask_robots(self, target: Url, url: str, private: bool) -> None:
        """Raise FetchError where the host's robots.txt keeps programs from *target*, or cannot be read."""
        origin = _origin(target)
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin, url, private)
        rules = self._robots[origin]
        if rules and not rules.can_fetch(target.url, self.manners.agent):
            raise FetchError(url, f"the site's robots.txt asks programs to stay away. {BY_HAND}")

    def _read_robots(self, origin: str, url: str, private: bool) -> Any:
        """The rules at *origin*; None where there are none. A host out of order forbids (RFC 9309, 2.3.1)."""
        from protego import Protego

        try:
            _, answer = self._follow(f"{origin}/robots.txt", private, {}, self.manners.limits, robots=False)
        except FetchError as error:
            if error.lasting or error.status == 429:
                return None
            raise FetchError(url, f"the site's robots.txt {error.fault}", lasting=False) from None
        return Protego.parse(answer.data.decode("utf-8", "replace"))


def _parsed(where: str, url: str, base: str = "") -> Url:
    """*where*, which may be relative to *base*, checked; *url* is the address that a fault is told of."""
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    try:
        target = parse_url(urljoin(base, where.strip()))
        port_is_odd = target.port == 0
    except (LocationParseError, ValueError):
        raise FetchError(url, "is not an address. Write https://…") from None
    if target.scheme not in ("http", "https") or not target.host or port_is_odd:
        raise FetchError(url, "is not an address of the web. Write https://…"
                         if where == url else f"redirects to {printable(where)[:200]}, which is not the web.")
    if target.auth:
        raise FetchError(url.replace(f"{target.auth}@", "…@"),
                         f"carries a name and password, which would be kept in the corpus. {BY_HAND}")
    return target._replace(fragment=None)


def _origin(target: Url) -> str:
    return f"{target.scheme}://{target.netloc}"
