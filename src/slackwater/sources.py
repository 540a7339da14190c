"""sources.jsonl: where each page that Slackwater saved came from. One JSON object a line, appended to.

    {"file": "005_3f….html", "because": "named by the feed https://…", "url": "https://…",
     "retrieved": "2025-03-01T06:00:12Z", "sha256": "3f…", "published": "2025-02-28"}

The machine writes here and never into corpus.yaml, so that the analyst's words and
comments stay as typed; where both speak of a page, corpus.yaml wins. A line whose file
is gone stays: a schedule will not fetch again what somebody took out. Of a page that was
withdrawn stays what is needed to know it again, and no word of it:

    {"file": "005_3f….html", "withdrawn": "2025-04-02", "sha256": "3f…", "addresses": ["9c…"]}
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from slackwater import dates
from slackwater.errors import InputError, LockedError

FILE = "sources.jsonl"
MAX_BYTES = 200_000_000
_ADDRESS = re.compile(r"https?://\S+")
_TEXTS = ("file", "because", "url", "moved_to", "retrieved", "added", "sha256", "title", "publisher", "published",
          "replaces", "withdrawn")


def load(folder: Path, *, shown: str = FILE) -> list[dict[str, Any]]:
    """The records of the corpus in *folder*, oldest first; none where nothing was saved yet.

    A last line that was cut off in writing is left out. Raises InputError naming the line that is no record.
    """
    path = folder / FILE
    if not path.is_file():
        return []
    if path.stat().st_size > MAX_BYTES:
        raise InputError(f"{shown}: has {path.stat().st_size:,} bytes; more than {MAX_BYTES:,} are not read. "
                         "Split the corpus.")
    lines = path.read_bytes().split(b"\n")
    records = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            fault = _fault(record)
        except (ValueError, RecursionError):
            if number == len(lines):
                continue
            fault = "is not JSON"
        if fault:
            raise InputError(f"{shown}: line {number}: {fault}. Mend the line or delete it.")
        records.append(record)
    return records


def _fault(record: Any) -> str | None:
    if not isinstance(record, dict) or not isinstance(record.get("file"), str):
        return "is not a record of a file"
    odd = [key for key in _TEXTS if not isinstance(record.get(key, ""), str)]
    if odd:
        return f"{odd[0]} is not text"
    for key in ("authors", "addresses"):
        listed = record.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
            return f"{key} is not a list of text"
    if "url" in record and not _ADDRESS.fullmatch(record["url"]):
        return "url is not an http or https address"
    for key, text in (("published", record.get("published")), ("retrieved", record.get("retrieved", "")[:10] or None)):
        try:
            dates.bounds(text or "2000")
        except ValueError as error:
            return f"{key}: {error}"
    return None


def facts(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """File → what its record states, in the words of corpus.yaml's `pages`; the day it was retrieved is `saved`."""
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        said = {key: record[key] for key in ("title", "publisher", "authors", "url", "published") if record.get(key)}
        if "published" in said:
            said["published_from"] = FILE
        if record.get("retrieved"):
            said["saved"] = record["retrieved"][:10]
        found[record["file"]] = said
    return found


def merged(recorded: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of a page: the analyst's word over the record."""
    both = {**recorded, **said}
    if "published" in said:
        both.pop("published_from", None)
    return both


def replaced(records: list[dict[str, Any]]) -> dict[str, str]:
    """File → why it is left out: a later copy of the same page took its place."""
    return {record["replaces"]: f"replaced by {record['file']}, the page as it was later"
            for record in records if record.get("replaces")}


def withdraw(folder: Path, files: Mapping[str, tuple[str, Iterable[str]]], *, day: str) -> set[str]:
    """Leave of the records of *files* (file → SHA-256 of its bytes, its addresses) what knows them again alone.

    Returns the digests of all their addresses.
    """
    records = load(folder)
    addresses = {file: {digest(url) for url in urls} for file, (_, urls) in files.items()}
    for record in records:
        if record["file"] in files:
            addresses[record["file"]] |= {digest(url) for url in (record.get("url"), record.get("moved_to")) if url}
    kept = [record for record in records if record["file"] not in files]
    kept += [{"file": file, "withdrawn": day, "sha256": sha256, "addresses": sorted(addresses[file])}
             for file, (sha256, _) in files.items()]
    fresh = folder / f".{FILE}.new"
    fresh.write_text("".join(map(_line, kept)), "utf-8", "replace")
    fresh.replace(folder / FILE)
    return set().union(*addresses.values())


def digest(url: str) -> str:
    """SHA-256 of what all ways to write the address *url* share (see `key`)."""
    return digest_of_key(key(url))


def digest_of_key(shared: str) -> str:
    """SHA-256 of a `key`."""
    return hashlib.sha256(shared.encode("utf-8", "replace")).hexdigest()


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps({key: value for key, value in record.items() if value}, ensure_ascii=False) + "\n"


def append(folder: Path, record: Mapping[str, Any]) -> None:
    """Add *record* at the end, on a line of its own even where the last writer was cut off."""
    line = _line(record)
    with (folder / FILE).open("ab+") as stream:
        if stream.tell():
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":
                line = "\n" + line
        stream.write(line.encode("utf-8", "replace"))


def key(url: str) -> str:
    """What two ways to write one address share: no scheme, www, tracker, fragment or last slash."""
    from urllib.parse import urldefrag, urlsplit

    from courlan import normalize_url

    try:
        parts = urlsplit(normalize_url(urldefrag(url.strip()).url))
        return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{parts.query and '?'}{parts.query}"
    except (ValueError, TypeError):
        return url.strip()


@contextmanager
def locked(folder: Path, *, wait: float = 60) -> Iterator[None]:
    """Hold the corpus while a page is put into it. Raises LockedError, or InputError where it cannot be written."""
    import filelock

    lock = filelock.FileLock(folder / ".lock", timeout=wait)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise LockedError(f"{folder}: another Slackwater is putting pages there. Try again later.") from None
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}). Check the folder's permissions.") from None
    try:
        yield
    finally:
        lock.release()
