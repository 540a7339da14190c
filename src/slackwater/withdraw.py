"""Taking a page out for good: of the corpus, and of every kept edition that was made with it."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from slackwater import corpus as corpora
from slackwater import editions, run
from slackwater.errors import InputError


class Withdrawn(NamedTuple):
    """What a withdrawal did: the new edition, and the names of the editions that are gone."""

    edition: run.Done
    deleted: list[str]


def page(folder: Path | str, file: str, settings: run.Settings, *,
         tell: Callable[[str], None] = lambda line: None) -> Withdrawn:
    """Delete page *file* and its entries in corpus.yaml, publish an edition without it, delete those with it.

    The corpus is changed last of all that can be refused, the old editions are deleted only when the
    new one stands. Raises InputError where there is no such page, or it is the only one.
    """
    folder = Path(folder)
    corpus = corpora.load(folder)
    names = [found.file for found in corpora.pages(corpus)]
    shelf = editions.Shelf(settings.out, corpus.name)
    if file not in names and shelf.made_with(file):  # a withdrawal that was interrupted
        return _forgotten(folder, file, settings, shelf, tell)
    if file not in names:
        begin = [name for name in names if name.startswith(file)] or get_close_matches(file, names, 1)
        hint = f"Did you mean {begin[0]}?" if len(begin) == 1 else "Name one of its files."
        raise InputError(f"{corpora.printable(folder)}: there is no page {file!r}. {hint}")
    if len(names) == 1:
        raise InputError(f"{corpora.printable(folder)}: {file} is the only page; a report needs one. "
                         "Delete the corpus and its reports by hand.")
    said = folder / corpora.FILE
    without = _without(said.read_text("utf-8"), file)
    (folder / file).unlink()
    fresh = said.with_name(f".{said.name}.new")
    fresh.write_text(without, "utf-8")
    fresh.replace(said)
    return _forgotten(folder, file, settings, shelf, tell)


def _forgotten(folder: Path, file: str, settings: run.Settings, shelf: editions.Shelf,
               tell: Callable[[str], None]) -> Withdrawn:
    """An edition without the page published, those with it deleted."""
    done = run.report(folder, settings, tell=tell)
    with shelf.locked(settings.wait):
        return Withdrawn(done, shelf.forget(file))


def _without(text: str, file: str) -> str:
    """corpus.yaml without the entries of *file* under pages and skip; every other line stays as it was typed."""
    import yaml

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    lines = text.split("\n")
    for key, value in reversed(root.value):
        if key.value not in {"pages", "skip"} or not isinstance(value, yaml.MappingNode):
            continue
        for name, entry in value.value:
            if name.value == file:
                if value.flow_style:
                    raise InputError(f"{corpora.FILE}: {key.value} is written in braces; take the entry of {file} out "
                                     "by hand first.")
                # the last entry takes its section's key with it; an empty section is no mapping
                first = key.start_mark.line if len(value.value) == 1 else name.start_mark.line
                # a block ends where the next token begins, anything else on its own last line
                block = isinstance(entry, yaml.CollectionNode) and not entry.flow_style
                last = entry.end_mark.line + (not block)
                while last > first + 1 and lines[last - 1].lstrip().startswith("#") | (not lines[last - 1].strip()):
                    last -= 1  # comments below the entry belong to what follows
                del lines[first:last]
                break
    return "\n".join(lines)
