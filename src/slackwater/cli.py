"""The command line: one short function per verb; what a verb needs is imported when it runs."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from slackwater import __version__
from slackwater.errors import InputError, LockedError, SlackwaterError

EXIT_CODES = """exit codes:
  0 done, or the edition is current   1 verify or tidy --check found a difference
  2 bad input, nothing was run        3 a notebook failed
  4 could not publish                 5 another run holds the lock
  130 interrupted

Every option can be set by an environment variable: SLACKWATER_OUT for --out, and so on."""


def report(args: argparse.Namespace) -> int:
    """Notebooks, HTML and PDF into OUT/NAME/ for each corpus; the worst exit code of all."""
    from slackwater import editions, journal, run

    if args.notebook:
        return _notebook(args)
    stale = journal.days(args.stale) if args.stale else None
    log = journal.Journal(args.log)
    worst = 0
    for corpus in args.corpus:
        try:
            done = run.report(corpus, _settings(args), tell=_progress)
        except SlackwaterError as error:
            log.write("failed", corpus=str(corpus), code=error.code, error=str(error))
            worst = max(worst, _complain(error))
            if args.json:
                _json({"corpus": str(corpus), "state": "failed", "code": error.code, "error": str(error)})
            continue
        state = "current" if done.current else "published"
        if args.json:
            _json({"corpus": str(corpus), "state": state, "name": done.name, "edition": done.edition,
                   "change": done.change, "newest": done.newest, "folder": str(done.folder),
                   "html": str(done.folder / "report.html"), "pdf": str(done.folder / "report.pdf")})
        else:
            print(f"edition {done.edition} is {state}: {done.folder / 'report.html'}")
            _list_faults(done.faults)
        pruned = []
        if args.keep:
            shelf = editions.Shelf(args.out, done.name)
            with suppress(LockedError), shelf.locked():  # a run that is at work prunes itself
                pruned = shelf.prune(args.keep)
        days = journal.age(done.newest)
        old = stale is not None and (days is None or days > stale)
        log.write("current" if done.current else "published", corpus=str(corpus), edition=done.edition,
                  change=done.change, newest=done.newest, age_days=days, stale=old, pruned=pruned)
        if old:
            age = "no page is dated" if days is None else f"the newest page is {days} days old"
            print(f"slackwater: {done.name}: {age} (--stale {args.stale}). Add newer pages.", file=sys.stderr)
        changed = not done.current and not done.change.startswith("Nothing changed")
        if args.on_change and (changed or old):
            problem = journal.tell(args.on_change, {
                "event": "changed" if changed else "stale", "name": done.name, "edition": done.edition,
                "change": done.change, "folder": str(done.folder), "html": str(done.folder / "report.html"),
                "pdf": str(done.folder / "report.pdf"), "newest": done.newest or "", "stale": "1" if old else "0"})
            if problem:
                log.write("hook failed", corpus=str(corpus), error=problem)
                print(f"slackwater: {problem}", file=sys.stderr)
    return worst


def _notebook(args: argparse.Namespace) -> int:
    """One notebook of the analyst's own, on each corpus, in the house style."""
    from slackwater import single

    for corpus in args.corpus:
        made = single.report(corpus, args.notebook, _settings(args), tell=_progress)
        if args.json:
            _json({"corpus": str(corpus), "state": "written", "html": str(made.html), "pdf": str(made.pdf)})
        else:
            print(f"{made.html}\n{made.pdf}")
    return 0


def verify(args: argparse.Namespace) -> int:
    """Make an edition again from its run.json: identical (exit 0) or the first difference (exit 1)."""
    from slackwater import verify as verification

    difference = verification.edition(args.edition, corpus=args.corpus, tell=_progress)
    print(f"{args.edition}: {difference or 'identical'}")
    return 1 if difference else 0


def withdraw(args: argparse.Namespace) -> int:
    """Take a page out of the corpus and out of every kept edition."""
    from slackwater import withdraw as withdrawal

    done = withdrawal.page(args.corpus, args.page, _settings(args), tell=_progress)
    print(f"{args.page}: withdrawn. Edition {done.edition.edition} is published without it; "
          f"{len(done.deleted)} earlier edition{'' if len(done.deleted) == 1 else 's'} deleted.")
    return 0


def schedule(args: argparse.Namespace) -> int:
    """Print ready lines for crontab, systemd, GitHub Actions and Airflow."""
    from slackwater import corpus as corpora
    from slackwater import schedule as schedules

    corpus = corpora.load(args.corpus)
    time = schedules.parse(args.every)
    # -P: a page called slackwater.py in the folder where the schedule starts must not be taken for Slackwater
    command = [sys.executable, "-P", "-m", "slackwater", "report", str(args.corpus.resolve()),
               "--out", str(args.out.resolve())]
    for form in [args.form] if args.form else schedules.FORMS:
        print(schedules.FORMS[form](command, Path.cwd(), corpus.name, time))
    return 0


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
                           notebooks=args.notebooks, tell=_progress)
    print(f"{path}: add pages with `slackwater add {args.folder} …`, then `slackwater report {args.folder}`")
    return 0


def add(args: argparse.Namespace) -> int:
    """Save pages into a corpus, from addresses, files or standard input, with where they came from."""
    from slackwater.intake import add as adding

    done = adding.add(args.corpus, args.source, replace=args.replace, max_bytes=args.max_bytes, tell=print)
    return 2 if any(page.fault for page in done) else 0


def fetch(args: argparse.Namespace) -> int:
    """Bring new pages from the feeds that corpus.yaml names."""
    from slackwater.intake import feeds

    worst = 0
    for corpus in args.corpus:
        done = feeds.fetch(corpus, limit=args.limit, max_bytes=args.max_bytes, tell=print)
        if done and all(feed.fault for feed in done):
            worst = 2
    return worst


def import_(args: argparse.Namespace) -> int:
    """Bring pages in from a folder of saved pages, or from CSV, JSON Lines or Parquet."""
    from slackwater.intake import importing

    columns = dict(pair.partition("=")[::2] for pair in args.column or ())
    done = importing.load(args.corpus, args.source, columns=columns or None, max_bytes=args.max_bytes, tell=_progress)
    print(", ".join(f"{done.count(what)} {words}" for what, words in
                    (("added", "added"), ("there", "there already"), ("refused", "refused"))))
    return 0 if done.count("added") or done.count("there") else 2


def analyse(args: argparse.Namespace) -> int:
    """The tables of a report, with no notebook and no rendering, of a corpus folder or of Parquet parts."""
    from slackwater import tables
    from slackwater.scale import analyse as analysis

    done = analysis.run(args.input, args.out, corpus=args.corpus, name=args.engine, workers=args.workers,
                        cached=not args.no_cache, prune=args.prune, max_bytes=args.max_bytes, tell=_progress)
    _list_faults(tables.rows(tables.load(args.out, "documents"), "file", "fault"))
    print(f"tables of {done.pages} pages, {done.hash[:12]}: {args.out}")
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
        loaded = formats.read(name if name != "-" else "", data)
        page = cleaner.page(loaded.text, html=loaded.html)
        if fault := loaded.fault or page.fault:
            worst = _complain(InputError(f"{name}: {fault}".replace(", or list it under skip", "")))
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
    from slackwater import engine, lexicon, run, tables

    desk = engine.open_desk(args.corpus)
    found = desk.corpus
    run.chosen_parameters(run.Settings(param=tuple(args.param or ())), run.in_folder(found.notebooks or run.NOTEBOOKS))
    remarks = lexicon.lint(desk.lexicon)
    pages = desk.pages
    faults = {file: fault for file, fault in tables.rows(engine.clean(desk).documents, "file", "fault") if fault}
    if args.json:
        _json({"corpus": str(args.corpus), "name": found.name, "files": len(pages), "faults": faults,
               "lexicon": found.lexicon.stem, "remarks": remarks})
        return 0
    for remark in remarks:
        print(f"{found.lexicon.name}: {remark}")
    for file, fault in faults.items():
        print(f"{file}: {fault}")
    print(f"{corpora.printable(args.corpus)}: {len(pages)} files, lexicon {_lexicon(found.lexicon)}: "
          + ("in order" if not remarks and not faults else "; ".join(
              [f"{len(rows)} {what}" for rows, what in ((faults, "not read"), (remarks, "remarks on the lexicon"))
               if rows])))
    return 0


def explain(args: argparse.Namespace) -> int:
    """What was read in a page or sentence: by which rules, what counted, what was set aside."""
    from slackwater import explain as explaining

    told = explaining.explain(args.corpus, args.page)
    if args.json:
        _json(told)
    else:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        print("\n".join(explaining.lines(told, colour=colour)))
    return 0


def evaluate(args: argparse.Namespace) -> int:
    """Measure against labelled data: pages, sentences or corpora."""
    from slackwater import evaluate as measures

    return measures.main(args.what, args.gold, record=args.record)


def completion(args: argparse.Namespace) -> int:
    """Print a script that completes verbs, options and files in your shell."""
    import shtab

    top = parser()
    for sub in _verbs(top).values():
        for action in sub._actions:
            if action.type is Path or action.dest in {"file", "source"}:
                action.complete = shtab.FILE  # type: ignore[attr-defined]
    print(shtab.complete(top, args.shell))
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    top = argparse.ArgumentParser(
        prog="slackwater", formatter_class=argparse.RawDescriptionHelpFormatter, epilog=EXIT_CODES,
        description="Is a company's presence in a place growing or being wound down, since when, and who says so?")
    top.add_argument("--version", action="version", version=f"slackwater {__version__}")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(function, example: str) -> argparse.ArgumentParser:
        said = function.__doc__.split("\n")[0]
        sub = verbs.add_parser(function.__name__.rstrip("_"), help=said, description=said, epilog=f"example: {example}")
        sub.set_defaults(function=function)
        return sub

    one = verb(report, "slackwater report seeds --keep 12 --stale 30d --log slackwater.log")
    one.add_argument("corpus", nargs="+", type=Path, help="folder of saved pages with its corpus.yaml")
    _run_options(one)
    one.add_argument("--force", action="store_true", help="run even where nothing has changed")
    one.add_argument("--keep", type=int, default=0, metavar="N", help="keep the N newest editions (default: all)")
    one.add_argument("--log", type=Path, metavar="FILE", help="append one JSON object for each event")
    one.add_argument("--stale", metavar="DAYS", help="warn where the newest page is older, for example 14d")
    one.add_argument("--on-change", metavar="COMMAND", help="run COMMAND with SLACKWATER_CHANGE and others set")
    one.add_argument("--notebook", type=Path, metavar="FILE", help="run this notebook alone, into OUT/NAME-STEM.html")
    _json_option(one)

    one = verb(verify, "slackwater verify reports/microsoft-shanghai")
    one.add_argument("edition", type=Path, help="folder of an edition")
    one.add_argument("--corpus", type=Path, help="its inputs, where they have moved")

    one = verb(withdraw, "slackwater withdraw seeds 003_a9275ea2c1e3c867.txt")
    one.add_argument("corpus", type=Path)
    one.add_argument("page", help="name of the page's file")
    _run_options(one)

    one = verb(schedule, 'slackwater schedule seeds --every "Mon 06:00"')
    one.add_argument("corpus", type=Path)
    one.add_argument("--every", required=True, metavar="TIME", help='"Mon 06:00", "weekdays 18:30", "daily 06:00"')
    one.add_argument("--form", choices=["crontab", "systemd", "github", "airflow"], help="only this one")
    _out(one)

    one = verb(tidy, "slackwater tidy notebooks")
    one.add_argument("notebook", nargs="+", type=Path, help="notebooks, or folders of them")
    one.add_argument("--check", action="store_true", help="change nothing; exit 1 where one is untidy")

    one = verb(new, "slackwater new corpora/acme-ghent --company Acme --place Ghent")
    one.add_argument("folder", type=Path)
    one.add_argument("--company", required=True)
    one.add_argument("--place", required=True)
    one.add_argument("--title", help="of the report (default: COMPANY in PLACE)")
    one.add_argument("--notebooks", action="store_true", help="copy the notebooks there for editing")

    one = verb(add, "slackwater add corpora/acme-ghent https://example.com/acme saved.html")
    one.add_argument("corpus", type=Path)
    one.add_argument("source", nargs="+", help="an http address, a file, or - for standard input")
    one.add_argument("--replace", action="store_true", help="save the new text of a known address, leave the old out")
    _max_bytes(one)

    one = verb(fetch, "slackwater fetch corpora/acme-ghent")
    one.add_argument("corpus", nargs="+", type=Path)
    one.add_argument("--limit", type=int, default=50, metavar="N", help="pages asked for a feed (default: 50)")
    _max_bytes(one)

    one = verb(import_, "slackwater import corpora/acme-ghent archive.csv --column text=body")
    one.add_argument("corpus", type=Path)
    one.add_argument("source", type=Path, help="a folder of pages, or a .csv, .jsonl or .parquet file")
    one.add_argument("--column", action="append", metavar="NAME=COLUMN", help="which column holds text, title, url …")
    _max_bytes(one)

    one = verb(analyse, "slackwater analyse seeds --out tables")
    one.add_argument("input", nargs="+", type=Path, help="a corpus folder, or Parquet parts: file, text [, html …]")
    one.add_argument("--corpus", type=Path, help="folder with the corpus.yaml of Parquet parts")
    one.add_argument("--out", type=Path, required=True, help="folder for the tables")
    one.add_argument("--engine", default="none", help="none, processes, dask or tcp://HOST:PORT (default: %(default)s)")
    one.add_argument("--workers", type=int, metavar="N", help="processes of this machine (default: one a core)")
    one.add_argument("--no-cache", action="store_true", help="neither use nor keep results of parts (OUT/parts)")
    one.add_argument("--prune", action="store_true", help="take away the cached results that this run did not use")
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

    _json_option(one)

    one = verb(explain, "slackwater explain seeds 001:3")
    one.add_argument("corpus", type=Path)
    one.add_argument("page", metavar="PAGE[:SENTENCE]", help="a page's file, or how its name begins")
    _json_option(one)

    one = verb(evaluate, "slackwater evaluate sentences GOLD.jsonl")
    one.add_argument("what", choices=["pages", "sentences", "corpora"])
    one.add_argument("gold", nargs="+", type=Path, help="the labelled data")
    one.add_argument("--record", action="store_true", help="write the figures into the package's accuracy.json")

    one = verb(completion, "slackwater completion bash")
    one.add_argument("shell", choices=["bash", "zsh", "tcsh"])
    return top


def main(argv: list[str] | None = None) -> int:
    """Run the verb that *argv* names and return the exit code; no traceback reaches the user."""
    grammar = parser()
    _from_environment(grammar)
    args = grammar.parse_args(argv)
    for name in ("SIGTERM", "SIGHUP"):  # a scheduler's stop; the terminal that closes, unless under nohup
        if (number := getattr(signal, name, None)) and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt)
    os.umask(os.umask(0o022) | 0o002)  # nothing we write may be changed by everybody
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


def _verbs(top: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return next(action for action in top._actions if isinstance(action, argparse._SubParsersAction)).choices


def _from_environment(top: argparse.ArgumentParser) -> None:
    """Let SLACKWATER_CELL_TIMEOUT stand for --cell-timeout, and so on; the command line has the last word."""
    for sub in _verbs(top).values():
        for action in sub._actions:
            name = next((option for option in action.option_strings if option.startswith("--")), None)
            given = os.environ.get("SLACKWATER_" + name[2:].replace("-", "_").upper()) if name else None
            if not given or action.dest == "help":
                continue
            if action.nargs == 0:
                action.default = given.lower() not in {"0", "false", "no"}
            elif isinstance(action, argparse._AppendAction):
                action.default = given.split()
            else:
                action.default, action.required = given, False


def _interrupt(number: int, frame: object) -> None:
    """A scheduler's SIGTERM ends a run as Ctrl-C does: kernels end, staging goes, the last edition stays."""
    raise KeyboardInterrupt


def _list_faults(pages: Iterable[tuple[str, str | None]]) -> None:
    """One line for each page that was not read, the first twenty."""
    faults = [(file, fault) for file, fault in pages if fault]
    for file, fault in faults[:20]:
        print(f"slackwater: {file}: {fault}", file=sys.stderr)
    if len(faults) > 20:
        print(f"slackwater: {len(faults) - 20} further pages were not read; see the table documents.", file=sys.stderr)


def _settings(args: argparse.Namespace):
    from slackwater import run

    return run.Settings(
        out=args.out, param=tuple(args.param or ()), force=getattr(args, "force", False), quotes=not args.no_quotes,
        max_bytes=args.max_bytes, cell_timeout=args.cell_timeout, timeout=args.timeout, memory=args.memory,
        wait=args.wait)


def _out(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--out", type=Path, default=Path("reports"), help="folder of the reports (default: %(default)s)")


def _run_options(sub: argparse.ArgumentParser) -> None:
    _out(sub)
    sub.add_argument("--param", action="append", metavar="NAME=VALUE", help="notebook parameter; may be repeated")
    sub.add_argument("--no-quotes", action="store_true", help="leave the evidence sentences out of the shared files")
    sub.add_argument("--cell-timeout", type=int, default=600, metavar="SECONDS", help="for one cell (default: 600)")
    sub.add_argument("--timeout", type=int, default=3600, metavar="SECONDS", help="for all notebooks (default: 3600)")
    sub.add_argument("--memory", type=int, metavar="BYTES", help="limit of each notebook's memory (default: none)")
    sub.add_argument("--wait", type=float, default=0, metavar="SECONDS", help="for another run of the same report")
    _max_bytes(sub)


def _max_bytes(sub: argparse.ArgumentParser) -> None:
    from slackwater.limits import MAX_PAGE_BYTES

    sub.add_argument("--max-bytes", type=int, default=MAX_PAGE_BYTES, metavar="N",
                     help="a larger page is listed, not read (default: %(default)s)")


def _json_option(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--json", action="store_true", help="print JSON, for a program that reads it")


def _json(told: object) -> None:
    print(json.dumps(told, ensure_ascii=False))


def _complain(error: SlackwaterError) -> int:
    print(f"slackwater: {' '.join(str(error).split())}", file=sys.stderr)
    return error.code


def _progress(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)


def _lexicon(path: Path) -> str:
    """A lexicon of Slackwater by its name, another by its file."""
    return path.stem if path.parent == Path(__file__).parent / "lexicons" else path.name


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
