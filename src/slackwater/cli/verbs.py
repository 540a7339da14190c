"""The verbs for pages, rules and tables: one short function each; what a verb needs is imported when it runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from slackwater.cli.output import complain, list_faults, put_json, tell
from slackwater.errors import InputError


def tidy(args: argparse.Namespace) -> int:
    """Strip outputs, counts and timings from notebooks; keep sources, ids and tags."""
    from slackwater import tidy as tidying

    for path in tidying.files(args.notebook):
        if tidying.tidy(path, write=not args.check):
            print(f"{path}: {'untidy' if args.check else 'tidied'}")
            args.found = True
    return 1 if args.check and getattr(args, "found", False) else 0


def new(args: argparse.Namespace) -> int:
    """Make a folder with a commented corpus.yaml about a company in a place."""
    from slackwater.intake import new as starting

    path = starting.create(args.folder, company=args.company, place=args.place, title=args.title,
                           notebooks=args.notebooks)
    print(f"{path}: add pages with `slackwater add {args.folder} …`, then `slackwater report {args.folder}`")
    if args.notebooks:
        print(f"{path.parent / 'notebooks'}: the notebooks, for editing; the report is made with them")
    return 0


def add(args: argparse.Namespace) -> int:
    """Save pages into a corpus, from addresses, files or standard input, with where they came from."""
    from slackwater.intake import add as adding

    done = adding.add(args.corpus, args.source, replace=args.replace, max_bytes=args.max_bytes, tell=_says(args))
    if args.json:
        put_json([page._asdict() for page in done])
    return 2 if any(page.fault for page in done) else 0


def fetch(args: argparse.Namespace) -> int:
    """Bring new pages from the feeds that corpus.yaml names."""
    from slackwater.intake import feeds

    worst = 0
    for corpus in args.corpus:
        done = feeds.fetch(corpus, limit=args.limit, max_bytes=args.max_bytes, tell=_says(args))
        if args.json:
            put_json({"corpus": str(corpus), "feeds": [
                {**feed._asdict(), "pages": [page._asdict() for page in feed.pages]} for feed in done]})
        if done and all(feed.fault for feed in done):
            worst = 2
    return worst


def import_(args: argparse.Namespace) -> int:
    """Bring pages in from a folder of saved pages, or from CSV, JSON Lines or Parquet."""
    from slackwater.intake import importing

    columns = dict(pair.partition("=")[::2] for pair in args.column or ())
    done = importing.load(args.corpus, args.source, columns=columns or None, max_bytes=args.max_bytes, tell=tell)
    if args.json:
        put_json({**done._asdict(), "pages": [page._asdict() for page in done.pages]})
    else:
        print(done)
    return 0 if done.count("added") or done.count("there") else 2


def analyse(args: argparse.Namespace) -> int:
    """The tables of a report, with no notebook and no rendering, of a corpus folder or of Parquet parts."""
    from slackwater import tables
    from slackwater.scale import analyse as analysis

    done = analysis.run(args.input, args.out, corpus=args.corpus, name=args.engine, workers=args.workers,
                        cached=not args.no_cache, prune=args.prune, max_bytes=args.max_bytes, tell=tell)
    list_faults(tables.rows(tables.load(args.out, "documents", "file", "fault"), "file", "fault"))
    print(f"tables of {done.pages:,} page{'s' * (done.pages != 1)}, {done.hash[:12]}: {args.out}")
    return 0


def clean(args: argparse.Namespace) -> int:
    """A page's body, or with --jsonl every line with its label and the metadata."""
    from slackwater import clean as cleaner
    from slackwater import formats

    worst = 0
    for name in args.file:
        if name == "-" and args.jsonl:
            for row in _jsonl(sys.stdin.buffer):
                page = cleaner.page(row.get("html") or row.get("text") or "", html="html" in row)
                put_json({"id": row.get("id"), **page.as_dict()})
            continue
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            worst = complain(InputError(f"{name}: cannot be read ({error.strerror})."))
            continue
        loaded = formats.read(name if name != "-" else "", data)
        page = cleaner.page(loaded.text, html=loaded.html)
        if fault := loaded.fault or page.fault:
            fix = "" if loaded.fault else ". Save the article's own lines as a .txt file."
            worst = complain(InputError(f"{name}: {fault}{fix}".replace(", or list it under skip", "")))
        if loaded.fault:
            continue
        if args.jsonl:
            put_json({"id": name, **page.as_dict()})
        elif not page.fault:
            print(page.text)
    return worst


def read(args: argparse.Namespace) -> int:
    """Direction, certainty, speaker and evidence of sentences given as JSON lines."""
    from slackwater import lexicon, themes

    if args.file != "-":
        raise InputError(f"{args.file}: sentences are read from standard input. Write `slackwater read - < FILE`.")
    rules = lexicon.load(args.lexicon)
    readers: dict[tuple, themes.Reader] = {}
    for row in _jsonl(sys.stdin.buffer):
        subject = company, place = _names(row.get("company")), _names(row.get("place"))
        if subject not in readers:
            readers[subject] = themes.Reader(rules, company=company, place=place)
        put_json({"id": row.get("id"), **themes.read(str(row.get("sentence", "")), readers[subject]).as_dict()})
    return 0


def check(args: argparse.Namespace) -> int:
    """Validate corpus.yaml, lexicon and parameters; run every example of the lexicon."""
    from slackwater import corpus as corpora
    from slackwater import engine, lexicon, names, run, tables

    desk = engine.open_desk(args.corpus)
    found = desk.corpus
    run.chosen_parameters(run.Settings(param=tuple(args.param or ())), run.in_folder(found.notebooks or run.NOTEBOOKS))
    remarks = lexicon.lint(desk.lexicon)
    pages = engine.clean(desk)
    faults = {file: fault for file, fault in tables.rows(pages.documents, "file", "fault") if fault}
    subject, texts = names.Subject(found), pages.sentences.groupby("file")["text"].agg("\n".join)
    unnamed = {file: missing for file, text in texts.items() if (missing := subject.missing(text))}
    if args.json:
        put_json({"corpus": str(args.corpus), "name": found.name, "files": len(pages.documents), "faults": faults,
                  "unnamed": unnamed, "lexicon": found.lexicon.stem, "remarks": remarks})
        return 0
    for remark in remarks:
        print(f"{found.lexicon.name}: {remark}")
    for file, fault in faults.items():
        print(f"{file}: {fault}")
    for file, missing in unnamed.items():
        print(f"{file}: {missing}. Is it about them? Other names go under `aliases` in {corpora.FILE}.")
    n_files, n_remarks = len(pages.documents), len(remarks)
    print(f"{corpora.printable(args.corpus)}: {n_files:,} file{'s' * (n_files != 1)}, "
          f"lexicon {_lexicon(found.lexicon)}: "
          + ("; ".join(f"{len(rows)} {what}" for rows, what in (
              (faults, "not read"), (unnamed, "without the company's or the place's name"),
              (remarks, f"remark{'s' * (n_remarks != 1)} on the lexicon")) if rows) or "in order"))
    return 0


def explain(args: argparse.Namespace) -> int:
    """What was read in a page or sentence: by which rules, what counted, what was set aside."""
    from slackwater import explain as explaining

    told = explaining.explain(args.corpus, args.page)
    if args.json:
        put_json(told)
    else:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        print("\n".join(explaining.lines(told, colour=colour)))
    return 0


def evaluate(args: argparse.Namespace) -> int:
    """Measure against labelled data: pages, sentences or corpora."""
    from slackwater import evaluate as measures

    return measures.main(args.what, args.gold, record=args.record, seen=args.seen)


def completion(args: argparse.Namespace) -> int:
    """Print a script that completes verbs, options and files in your shell."""
    import shtab

    from slackwater.cli import grammar

    top = grammar.parser()
    for sub in grammar.by_name(top).values():
        for action in sub._actions:
            if action.type is Path or action.dest in {"file", "source"}:
                action.complete = shtab.FILE  # type: ignore[attr-defined]
    print(shtab.complete(top, args.shell))
    return 0


def _says(args: argparse.Namespace) -> Callable[[str], None]:
    """Lines for a person: on standard output, unless that is for a program."""
    return tell if args.json else print


def _lexicon(path: Path) -> str:
    """A lexicon of Slackwater by its name, another by its file."""
    return path.stem if path.parent == Path(__file__).parents[1] / "lexicons" else path.name


def _names(given: object) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(str(name) for name in given) if isinstance(given, list) else ()


def _jsonl(stream: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The JSON object of each line that is not blank. Raises InputError naming the line that holds none."""
    import json

    for number, line in enumerate(stream, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError:
                raise InputError(f"standard input, line {number}: is not JSON. Give one JSON object a line.") from None
            if not isinstance(row, dict):
                raise InputError(f"standard input, line {number}: is not a JSON object. Write {{…}}.")
            yield row
