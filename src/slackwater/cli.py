"""The command line: one short function per verb; what a verb needs is imported when it runs."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from slackwater import __version__
from slackwater.errors import InputError, SlackwaterError

EXIT_CODES = """exit codes:
  0 done, or the edition is current   2 bad input, nothing was run
  3 a notebook failed                 4 the report could not be published
  5 another run holds the lock        130 interrupted"""


def report(args: argparse.Namespace) -> int:
    """Notebooks, HTML and PDF into OUT/NAME/ for each corpus; the worst exit code of all."""
    from slackwater import run

    settings = run.Settings(
        out=args.out, param=tuple(args.param or ()), force=args.force, quotes=not args.no_quotes,
        max_bytes=args.max_bytes, cell_timeout=args.cell_timeout, timeout=args.timeout, memory=args.memory,
        wait=args.wait)
    worst = 0
    for corpus in args.corpus:
        try:
            done = run.report(corpus, settings, tell=_progress)
        except SlackwaterError as error:
            worst = max(worst, _complain(error))
            continue
        state = "is current" if done.current else "is published"
        print(f"edition {done.edition} {state}: {done.folder / 'report.html'}")
    return worst


def analyse(args: argparse.Namespace) -> int:
    """The tables of a report, with no notebook and no rendering."""
    from slackwater import engine

    desk = engine.open_desk(args.corpus, max_bytes=args.max_bytes)
    engine.finished(desk).save(args.out)
    print(f"tables of {len(desk.pages)} files: {args.out}")
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
                print(json.dumps({"id": row.get("id"), **page.as_dict()}, ensure_ascii=False))
            continue
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            worst = _complain(InputError(f"{name}: cannot be read ({error.strerror})."))
            continue
        text, _, fault = formats.decode(data)
        page = None if fault else cleaner.page(text, html=name.lower().endswith((".html", ".htm")))
        if page is None or page.fault:
            worst = _complain(InputError(f"{name}: {fault or (page and page.fault)}"))
        elif args.jsonl:
            print(json.dumps({"id": name, **page.as_dict()}, ensure_ascii=False))
        else:
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
        company, place = (_names(row.get(key)) for key in ("company", "place"))
        reader = readers.setdefault((company, place), themes.Reader(rules, company=company, place=place))
        print(json.dumps({"id": row.get("id"), **themes.read(str(row.get("sentence", "")), reader).as_dict()},
                         ensure_ascii=False))
    return 0


def check(args: argparse.Namespace) -> int:
    """Validate corpus.yaml, lexicon and parameters; run every example of the lexicon."""
    from slackwater import corpus as corpora
    from slackwater import lexicon, run

    found = corpora.load(args.corpus)
    run.chosen_parameters(run.Settings(param=tuple(args.param or ())), run.in_folder(found.notebooks or run.NOTEBOOKS))
    complaints = lexicon.lint(lexicon.load(found.lexicon))
    for complaint in complaints:
        print(f"{found.lexicon.name}: {complaint}")
    pages = corpora.pages(found)
    for page in pages:
        if page.fault:
            print(f"{page.file}: {page.fault}")
    print(f"{corpora.printable(args.corpus)}: {len(pages)} files, lexicon {found.lexicon.stem}: "
          + ("in order" if not complaints else f"{len(complaints)} remarks on the lexicon"))
    return 0


def evaluate(args: argparse.Namespace) -> int:
    """Measure against labelled data: pages, sentences or corpora."""
    from slackwater import evaluate as measures

    return measures.main(args.what, args.gold, record=args.record)


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    top = argparse.ArgumentParser(
        prog="slackwater", formatter_class=argparse.RawDescriptionHelpFormatter, epilog=EXIT_CODES,
        description="Is a company's presence in a place growing or being wound down, since when, and who says so?")
    top.add_argument("--version", action="version", version=f"slackwater {__version__}")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(function, example: str) -> argparse.ArgumentParser:
        said = function.__doc__.split("\n")[0]
        sub = verbs.add_parser(function.__name__, help=said, description=said, epilog=f"example: {example}")
        sub.set_defaults(function=function)
        return sub

    one = verb(report, "slackwater report seeds --out reports")
    one.add_argument("corpus", nargs="+", type=Path, help="folder of saved pages with its corpus.yaml")
    one.add_argument("--out", type=Path, default=Path("reports"), help="folder of the reports (default: %(default)s)")
    one.add_argument("--param", action="append", metavar="NAME=VALUE", help="notebook parameter; may be repeated")
    one.add_argument("--force", action="store_true", help="run even where nothing has changed")
    one.add_argument("--no-quotes", action="store_true", help="leave the evidence sentences out of the shared files")
    one.add_argument("--cell-timeout", type=int, default=600, metavar="SECONDS", help="for one cell (default: 600)")
    one.add_argument("--timeout", type=int, default=3600, metavar="SECONDS", help="for all notebooks (default: 3600)")
    one.add_argument("--memory", type=int, metavar="BYTES", help="limit of each notebook's memory (default: none)")
    one.add_argument("--wait", type=float, default=0, metavar="SECONDS", help="for another run of the same report")
    _max_bytes(one)

    one = verb(analyse, "slackwater analyse seeds --out tables")
    one.add_argument("corpus", type=Path)
    one.add_argument("--out", type=Path, required=True, help="folder for the tables")
    _max_bytes(one)

    one = verb(clean, "slackwater clean seeds/000_47a4c4ab5f5c056f.txt")
    one.add_argument("file", nargs="+", help="a saved page; - reads standard input")
    one.add_argument("--jsonl", action="store_true", help="one JSON object a page; with -, one JSON object a line in")

    one = verb(read, "slackwater read - < sentences.jsonl")
    one.add_argument("file", help="- reads JSON lines from standard input")
    one.add_argument("--lexicon", type=Path, default=Path(__file__).parent / "lexicons" / "expansion_retreat.yaml")

    one = verb(check, "slackwater check seeds")
    one.add_argument("corpus", type=Path)
    one.add_argument("--param", action="append", metavar="NAME=VALUE")

    one = verb(evaluate, "slackwater evaluate sentences GOLD.jsonl")
    one.add_argument("what", choices=["pages", "sentences", "corpora"])
    one.add_argument("gold", nargs="+", type=Path, help="the labelled data")
    one.add_argument("--record", action="store_true", help="write the figures into the package's accuracy.json")
    return top


def main(argv: list[str] | None = None) -> int:
    """Run the verb that *argv* names and return the exit code; no traceback reaches the user."""
    args = parser().parse_args(argv)
    try:
        return args.function(args)
    except SlackwaterError as error:
        return _complain(error)
    except KeyboardInterrupt:
        print("interrupted; the last edition stays.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _max_bytes(sub: argparse.ArgumentParser) -> None:
    from slackwater.corpus import MAX_PAGE_BYTES

    sub.add_argument("--max-bytes", type=int, default=MAX_PAGE_BYTES, metavar="N",
                     help="a larger page is listed, not read (default: %(default)s)")


def _complain(error: SlackwaterError) -> int:
    print(f"slackwater: {' '.join(str(error).split())}", file=sys.stderr)
    return error.code


def _progress(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)


def _names(given: object) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(str(name) for name in given) if isinstance(given, list) else ()


def _jsonl(stream) -> Iterator[dict]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError:
                raise InputError(f"standard input, line {number}: is not JSON. Give one JSON object a line.") from None
            if not isinstance(row, dict):
                raise InputError(f"standard input, line {number}: is not a JSON object. Write {{…}}.")
            yield row


if __name__ == "__main__":
    sys.exit(main())
