"""Taking a page out for good: of the corpus, and of every kept edition that was made with it.

What stays of it in the corpus is a line of sources.jsonl with the hashes of its bytes and of its
addresses, so that no feed and no import brings it back; no title, no name, no word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from slackwater import corpus as corpora
from slackwater import editions, run, sources
from slackwater.errors import InputError
from slackwater.intake import feeds
from slackwater.intake.pages import now


class Withdrawn(NamedTuple):
    """What a withdrawal did: the new edition, and the names of the editions that are gone."""

    edition: run.Done
    deleted: list[str]


def page(folder: Path | str, file: str, settings: run.Settings, *,
         tell: Callable[[str], None] = lambda line: None) -> Withdrawn:
    """Delete page *file*, its earlier copies and all that the corpus holds of them; publish an edition without.

    The editions that were made with the page are deleted when the new one stands. *tell* gets a line for
    what else may hold words of it: another page that tells the same text, an own notebook's report.
    Raises InputError where there is no such page, or no other to report on; then nothing has changed.
    """
    folder = Path(folder)
    corpus = corpora.load(folder)
    names = [corpora.printable(name) for name in corpora.listing(folder)]
    shelf = editions.Shelf(settings.out, corpus.name)
    if file not in names:
        if file in corpus.withdrawn and shelf.made_with(file):  # a withdrawal that was interrupted
            return _forgotten(folder, [file], settings, shelf, tell)
        begin = [name for name in names if name.startswith(file)] or get_close_matches(file, names, 1)
        hint = f"Did you mean {begin[0]}?" if len(begin) == 1 else "Name one of its files."
        raise InputError(f"{corpora.printable(folder)}: there is no page {file!r}. {hint}")
    files = _copies(folder, file)
    if not any(found.file not in files for found in corpora.pages(corpus)):
        raise InputError(f"{corpora.printable(folder)}: {file} is the only page; a report needs one. "
                         "Delete the corpus and its reports by hand.")
    said = folder / corpora.FILE
    without = said.read_text("utf-8")
    for one in files:
        without = _without(without, one)
    others = _alike(folder, files, settings.max_bytes)
    with sources.locked(folder):
        marks = {one: (hashlib.sha256((folder / one).read_bytes()).hexdigest(),
                       [url] if (url := corpus.facts.get(one, {}).get("url")) else []) for one in files}
        feeds.forget(folder, sources.withdraw(folder, marks, day=now()[:10]))
        _written(said, without)
        for one in files:
            (folder / one).unlink()
        _labels_without(folder / "tuning" / "labels.jsonl", files)
        (folder / ".likeness.json").unlink(missing_ok=True)  # a cache of what its text looks like
    done = _forgotten(folder, files, settings, shelf, tell)
    for other in others:
        tell(f"note: {other} tells the same text; withdraw it, too, if nothing of it may stay")
    for path in sorted(settings.out.glob(f"{corpus.name}-*.html")):
        tell(f"note: {corpora.printable(path)} may quote it; make it again or delete it")
    return done


def _copies(folder: Path, file: str) -> list[str]:
    """*file* and the earlier copies of the same page that it took the place of, or the other way round."""
    found = {file}
    pairs = [{record["file"], record["replaces"]} for record in sources.load(folder) if record.get("replaces")]
    while more := [pair for pair in pairs if pair & found and not pair <= found]:
        found = found.union(*more)
    return sorted(name for name in found if (folder / name).is_file())


def _alike(folder: Path, files: list[str], max_bytes: int) -> list[str]:
    """The pages that tell the same text as one of *files*."""
    from slackwater import engine
    from slackwater.scale import copies

    pages = engine.clean(engine.open_desk(folder, max_bytes=max_bytes))
    speaker = copies.found(pages.documents, pages.sentences)
    spoken = {speaker.get(file, file) for file in files}
    return sorted(file for file in pages.documents["file"] if file not in files and speaker.get(file, file) in spoken)


def _forgotten(folder: Path, files: list[str], settings: run.Settings, shelf: editions.Shelf,
               tell: Callable[[str], None]) -> Withdrawn:
    """An edition without the pages published, those with them deleted."""
    done = run.report(folder, settings, tell=tell)
    with shelf.locked(settings.wait):
        return Withdrawn(done, [name for file in files for name in shelf.forget(file)])


def _labels_without(path: Path, files: list[str]) -> None:
    """The analyst's labels without those of sentences of *files*, every other line as it is."""
    if path.is_file():
        lines = path.read_text("utf-8", "replace").splitlines(keepends=True)
        _written(path, "".join(line for line in lines if not any(f'"{file}"' in line for file in files)))


def _written(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)


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
