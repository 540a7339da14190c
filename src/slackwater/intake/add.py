"""Adding pages by hand: addresses, files, or a page on standard input."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from slackwater.corpus import MAX_PAGE_BYTES, printable
from slackwater.errors import InputError
from slackwater.intake import fetching, transport
from slackwater.intake.pages import Added, Intake, now

# What browsers and SingleFile write into the pages they save.
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S+) -->|<!--\s+Page saved with SingleFile\s+url: (https?://\S+)")


def add(folder: Path | str, given: Iterable[str], *, replace: bool = False, max_bytes: int = MAX_PAGE_BYTES,
        tell: Callable[[str], None] = lambda line: None, fetcher: fetching.Fetcher | None = None) -> list[Added]:
    """Put each of *given* (an http address, a file, "-" for standard input) into the corpus in *folder*.

    One `Added` for each, in order; one that is refused stops nothing. A page whose address is
    known is fetched again: the same text is refused, another text is told; with *replace* it is saved
    and the older copy is left out of the report, though it stays in the folder. *tell* gets a line
    for each as it is done. Raises InputError where the corpus itself has a fault.
    """
    intake = Intake(folder, max_bytes=max_bytes)
    fetcher = fetcher or fetching.Fetcher(manners(intake))
    done = []
    try:
        for source in given:
            done.append(_one(intake, source, fetcher, replace=replace))
            tell(str(done[-1]))
    finally:
        intake.close()
    return done


def manners(intake: Intake) -> fetching.Manners:
    """How we present ourselves: with the contact that corpus.yaml names."""
    return fetching.Manners(contact=intake.corpus.contact, limits=transport.Limits(max_bytes=intake.max_bytes))


def _one(intake: Intake, source: str, fetcher: fetching.Fetcher, *, replace: bool) -> Added:
    try:
        if re.match(r"[a-zA-Z][\w+.-]+://", source):
            if out := intake.withdrawn(source):
                return Added(printable(source), None, "refused", fault=out)
            return page_at(intake, source, fetcher.get(source), because="fetched", replace=replace)
        data, name = _local(source, intake.max_bytes)
    except fetching.FetchError as error:
        return Added(error.url, None, "refused", fault=error.fault)
    except InputError as error:
        return Added(printable(source), None, "refused", fault=str(error))
    return intake.take(data, source if name else "standard input", name=name, url=stated_address(data),
                       because=f"added from {printable(name)}" if name else "added from standard input")


def page_at(intake: Intake, url: str, got: fetching.Fetched, *, because: str, replace: bool = False,
            facts: Mapping[str, Any] | None = None, wanted: Callable[[str], str | None] = lambda text: None) -> Added:
    """Take what *url* answered. A page that is in the corpus is compared with the copy there."""
    if out := intake.withdrawn(got.url):
        return Added(printable(url), None, "refused", fault=out)
    there = intake.known(url) or intake.known(got.url)
    there = there if there and intake.holds(there) else None
    same = _same_text(intake, there, got) if there else None
    if same:
        return Added(printable(url), there, "there",
                     fault=f"is in the corpus already, as {there}, with the same text. Nothing was added.")
    if same is False and not replace:
        moment = intake.retrieved(str(there))
        return Added(printable(url), there, "changed", fault=(
            f"has changed since it was saved as {there}{f' on {moment[:10]}' if moment else ''}. The saved copy stays; "
            "add it again with --replace to read the new text."))
    noted = {"moved_to": got.url if got.url != url else None, "retrieved": now(), **(facts or {})}
    return intake.take(got.data, url, kind=got.kind, url=url, facts=noted, because=because, wanted=wanted,
                       replaces=there)


def _same_text(intake: Intake, there: str, got: fetching.Fetched) -> bool | None:
    """Whether the article reads as in the copy *there*; None where one of the two is no page. Furniture may differ."""
    old = intake.look((intake.folder / there).read_bytes(), name=there)
    new = intake.look(got.data, kind=got.kind)
    return None if old.fault or new.fault or not old.page or not new.page else old.page.text == new.page.text


def stated_address(data: bytes) -> str | None:
    """The address that a browser wrote into the page when it saved it."""
    found = _SAVED_FROM.search(data[:5000].decode("utf-8", "replace"))
    return (found[1] or found[2]) if found else None


def _local(source: str, max_bytes: int) -> tuple[bytes, str]:
    """The bytes of a file or of standard input, and the file's name. One byte over the limit is enough to refuse."""
    if source == "-":
        return sys.stdin.buffer.read(max_bytes + 1), ""
    path = Path(source)
    if path.is_dir():
        raise InputError("is a folder. Use `slackwater import CORPUS FOLDER`.")
    if not path.exists():
        raise InputError("there is no such file. Name a file, an address that begins with https://, or - for "
                         "standard input.")
    if not path.is_file():
        raise InputError("is not a regular file. Save the page as a file.")
    try:
        with path.open("rb") as stream:
            return stream.read(max_bytes + 1), path.name
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}). Check the file's permissions.") from None
