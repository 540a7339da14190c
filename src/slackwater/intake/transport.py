"""One HTTP request and its answer, within limits that hold whatever the other side does.

The clock runs from the first byte asked to the last received, through name, TLS, headers
and body: a timeout per read, as libraries offer it, lets a server drip for days. The size
counts what is unpacked. Where the connection leads is known before anything is sent.
"""

from __future__ import annotations

import functools
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies, proxy_bypass

if TYPE_CHECKING:
    from urllib3.util import Url

_CHUNK = 65536


class TransportError(Exception):
    """No answer, or none that may be read. `passing`: a second try may succeed."""

    def __init__(self, fault: str, *, passing: bool) -> None:
        super().__init__(fault)
        self.passing = passing


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes of one exchange."""

    silence: float = 15  # of the other side, in the middle of an answer
    deadline: float = 60  # for the whole of it
    max_bytes: int = 5_000_000  # unpacked


@dataclass(frozen=True)
class Answer:
    """What came back. `data` is unpacked and empty unless `status` is 200; `private`: from a private network."""

    status: int
    headers: Mapping[str, str]
    data: bytes
    private: bool

    @property
    def wait(self) -> float:
        """Seconds that Retry-After asks for; 0 where it asks for nothing that can be read."""
        said = self.headers.get("Retry-After", "")
        if said.strip().isdigit():
            return float(said)
        try:
            return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
        except (ValueError, TypeError, OverflowError):
            return 0.0


def get(target: Url, headers: Mapping[str, str], limits: Limits, *, private: bool) -> Answer:
    """Ask for *target* once, redirects not followed. *private* allows an address of a private network.

    Raises TransportError.
    """
    from urllib3.exceptions import HTTPError

    watch = _Watch(limits.deadline)
    try:
        with _connected(target, limits, watch) as connection:
            here = _is_private(str(target.host)) if connection.relayed else watch.private
            if here and not private:
                raise TransportError("leads into a private network. Save the page and add the file if you trust it.",
                                     passing=False)
            whole = target.url if connection.relayed and target.scheme == "http" else target.request_uri
            connection.request("GET", whole, headers={"Host": target.netloc, "Connection": "close",
                                                      "Accept-Encoding": "gzip, deflate", **headers},
                               preload_content=False, decode_content=True, enforce_content_length=True)
            answer = connection.getresponse()
            data = _body(answer, limits) if answer.status == 200 else b""
            if watch.late:  # a body that ends with its connection looks whole when the watch has cut it
                raise TimeoutError
            return Answer(answer.status, answer.headers, data, here)
    except (HTTPError, HTTPException, OSError, UnicodeError, ValueError) as error:
        raise _in_words(error, watch, limits) from None
    finally:
        watch.end()


def _body(answer: Any, limits: Limits) -> bytes:
    declared = answer.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > limits.max_bytes:
        raise _too_large(f"announces {int(declared):,} bytes", limits)
    data = bytearray()
    while chunk := answer.read(_CHUNK):
        data += chunk
        if len(data) > limits.max_bytes:
            raise _too_large(f"sends more than {limits.max_bytes:,} bytes", limits)
    return bytes(data)


def _too_large(fault: str, limits: Limits) -> TransportError:
    return TransportError(f"{fault}; the limit is {limits.max_bytes:,}. Save the article alone and add the "
                          "file, or raise --max-bytes.", passing=False)


class _Watch:
    """Cuts the connection when time is up, in whatever phase it is."""

    def __init__(self, seconds: float) -> None:
        self.late, self.private = False, False
        self._seconds, self._begun = seconds, time.monotonic()
        self._wire: socket.socket | None = None
        self._timer: threading.Timer | None = None

    def over(self, wire: socket.socket) -> None:
        """Watch *wire* from now on. A second handle of it stays valid while TLS takes the first over."""
        self._wire, self.private = wire.dup(), _is_private(wire.getpeername()[0])
        left = self._seconds - (time.monotonic() - self._begun)
        self._timer = threading.Timer(max(left, 0), self._cut)
        self._timer.daemon = True
        self._timer.start()

    def _cut(self) -> None:
        self.late = True
        if self._wire:
            with suppress(OSError):  # closed in the same moment
                self._wire.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer.join()
        if self._wire:
            self._wire.close()


@functools.cache
def _kinds() -> dict[str, Any]:
    """urllib3's connections, watched from the moment that they have a socket."""
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class Watched:
        watch: _Watch
        relayed = False  # through a proxy

        def _new_conn(self) -> socket.socket:
            wire = super()._new_conn()  # type: ignore[misc]
            self.watch.over(wire)
            return wire

    return {"http": type("Http", (Watched, HTTPConnection), {}), "https": type("Https", (Watched, HTTPSConnection), {})}


@contextmanager
def _connected(target: Url, limits: Limits, watch: _Watch) -> Iterator[Any]:
    """A connection to *target*, or to the proxy that the environment names for it."""
    from urllib3.util import parse_url

    host, secure = str(target.host).strip("[]"), target.scheme == "https"
    port = target.port or (443 if secure else 80)
    options: dict[str, Any] = {"timeout": min(limits.silence, limits.deadline)}
    if secure:
        options["ssl_context"] = _trust()
    proxy = None if proxy_bypass(host) else getproxies().get(str(target.scheme))
    near = parse_url(proxy) if proxy else None
    connection = _kinds()[str(target.scheme)](
        str(near.host).strip("[]") if near else host, (near.port or 80) if near else port, **options)
    connection.watch, connection.relayed = watch, near is not None
    if near and secure:
        connection.set_tunnel(host, port)
    try:
        connection.connect()
        yield connection
    finally:
        connection.close()


@functools.cache
def _trust() -> ssl.SSLContext:
    """The system's certificates and Mozilla's: a newsroom's own authority counts, and a bare system works."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _is_private(host: str) -> bool:
    """Whether *host*, an IP address or a name, is one that the public network cannot reach."""
    try:
        address: Any = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host.lower().rstrip(".").endswith(("localhost", ".local", ".internal"))
    return not (getattr(address, "ipv4_mapped", None) or address).is_global


def _in_words(error: Exception, watch: _Watch, limits: Limits) -> TransportError:
    from urllib3 import exceptions as faults

    cause = error.args[-1] if error.args and isinstance(error.args[-1], Exception) else error
    if watch.late:
        return TransportError(f"was not done answering after {limits.deadline:g} s", passing=True)
    if isinstance(error, faults.NameResolutionError):
        return TransportError("the host's name leads nowhere", passing=True)
    if isinstance(error, ssl.SSLCertVerificationError):
        return TransportError(f"its certificate cannot be trusted ({error.verify_message}). Save the page in a browser "
                              "and add the file.", passing=False)
    if isinstance(error, faults.NewConnectionError):
        return TransportError("refuses the connection", passing=True)
    if isinstance(error, TimeoutError | faults.TimeoutError):
        return TransportError(f"was silent for {limits.silence:g} s", passing=True)
    if isinstance(error, faults.DecodeError):
        return TransportError("is packed in a way that cannot be unpacked. Save the page in a browser and add the "
                              "file.", passing=False)
    return TransportError(f"broke off the answer ({type(cause).__name__})", passing=True)
