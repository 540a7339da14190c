"""The command line's grammar: verbs, their options, an example of each; any option may come from the environment."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from slackwater import __version__
from slackwater.cli import reports, verbs
from slackwater.limits import MAX_PAGE_BYTES

LEXICON = Path(__file__).parents[1] / "lexicons" / "expansion_retreat.yaml"
_EPILOG = """exit codes:
  0 done, or the edition is current   1 verify or tidy --check found a difference
  2 bad input, nothing was run        3 a notebook failed
  4 could not publish                 5 another run holds the lock
  130 interrupted

Every option can be set by an environment variable: SLACKWATER_OUT for --out, and so on."""


def parser() -> argparse.ArgumentParser:
    """The grammar, with what the environment sets as defaults."""
    top = argparse.ArgumentParser(
        prog="slackwater", formatter_class=argparse.RawDescriptionHelpFormatter, epilog=_EPILOG,
        description="Is a company's presence in a place growing or being wound down, since when, and who says so?")
    top.add_argument("--version", action="version", version=f"slackwater {__version__}")
    every = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(function: Callable[[argparse.Namespace], int], example: str) -> argparse.ArgumentParser:
        said = (function.__doc__ or "").split("\n")[0]
        sub = every.add_parser(function.__name__.rstrip("_"), help=said, description=said, epilog=f"example: {example}")
        sub.set_defaults(function=function)
        return sub

    one = verb(verbs.new, "slackwater new corpora/acme-ghent --company Acme --place Ghent")
    one.add_argument("folder", type=Path)
    one.add_argument("--company", required=True)
    one.add_argument("--place", required=True)
    one.add_argument("--title", help="of the report (default: COMPANY in PLACE)")
    one.add_argument("--notebooks", action="store_true", help="copy the notebooks there for editing")

    one = verb(verbs.add, "slackwater add corpora/acme-ghent https://example.com/acme saved.html")
    _corpus(one)
    one.add_argument("source", nargs="+", help="an http address, a file, or - for standard input")
    one.add_argument("--replace", action="store_true", help="save the new text of a known address, leave the old out")
    _max_bytes(one)
    _json(one)

    one = verb(verbs.fetch, "slackwater fetch corpora/acme-ghent")
    _corpora(one)
    one.add_argument("--limit", type=int, default=50, metavar="N", help="pages asked for a feed (default: 50)")
    _max_bytes(one)
    _json(one)

    one = verb(verbs.import_, "slackwater import corpora/acme-ghent archive.csv --column text=body")
    _corpus(one)
    one.add_argument("source", type=Path, help="a folder of pages, or a .csv, .tsv, .jsonl or .parquet file")
    one.add_argument("--column", action="append", metavar="NAME=COLUMN", help="which column holds text, title, url …")
    _max_bytes(one)
    _json(one)

    one = verb(verbs.check, "slackwater check seeds")
    _corpus(one)
    one.add_argument("--param", action="append", metavar="NAME=VALUE", help="notebook parameter; may be repeated")
    _json(one)

    one = verb(reports.report, "slackwater report seeds --keep 12 --stale 30d --log slackwater.log")
    _corpora(one)
    _run(one)
    one.add_argument("--notebook", type=Path, metavar="FILE", help="run this notebook alone, into OUT/NAME-STEM.html")
    one.add_argument("--force", action="store_true", help="run even where nothing has changed")
    one.add_argument("--fetch", action="store_true", help="bring new pages from the feeds first")
    one.add_argument("--keep", type=int, default=0, metavar="N", help="keep the N newest editions (default: all)")
    one.add_argument("--log", type=Path, metavar="FILE", help="append one JSON object for each event")
    one.add_argument("--stale", metavar="DAYS", help="warn where the newest page is older, for example 14d")
    one.add_argument("--on-change", metavar="COMMAND", help="run COMMAND with SLACKWATER_CHANGE and others set")
    _json(one)

    one = verb(verbs.explain, "slackwater explain seeds 001:3")
    _corpus(one)
    one.add_argument("page", metavar="PAGE[:SENTENCE]", help="a page's file, or how its name begins")
    _json(one)

    one = verb(reports.verify, "slackwater verify reports/microsoft-shanghai")
    one.add_argument("edition", type=Path, help="folder of an edition")
    one.add_argument("--corpus", type=Path, help="its inputs, where they have moved")

    one = verb(reports.withdraw, "slackwater withdraw seeds 003_a9275ea2c1e3c867.txt")
    _corpus(one)
    one.add_argument("page", help="name of the page's file")
    _run(one)

    one = verb(reports.schedule, 'slackwater schedule seeds --every "Mon 06:00"')
    _corpus(one)
    one.add_argument("--every", required=True, metavar="TIME", help='"Mon 06:00", "weekdays 18:30", "daily 06:00"')
    one.add_argument("--form", choices=["crontab", "systemd", "github", "airflow"], help="only this one")
    _out(one)

    one = verb(verbs.tidy, "slackwater tidy notebooks")
    one.add_argument("notebook", nargs="+", type=Path, help="notebooks, or folders of them")
    one.add_argument("--check", action="store_true", help="change nothing; exit 1 where one is untidy")

    one = verb(verbs.analyse, "slackwater analyse seeds --out tables")
    one.add_argument("input", nargs="+", type=Path, help="a corpus folder, or Parquet parts: file, text [, html …]")
    one.add_argument("--corpus", type=Path, help="folder with the corpus.yaml of Parquet parts")
    one.add_argument("--out", type=Path, required=True, help="folder for the tables")
    one.add_argument("--engine", default="none", help="none, processes, dask or tcp://HOST:PORT (default: %(default)s)")
    one.add_argument("--workers", type=int, metavar="N", help="processes of this machine (default: one a core)")
    one.add_argument("--no-cache", action="store_true", help="neither use nor keep results of parts (OUT/parts)")
    one.add_argument("--prune", action="store_true", help="take away the cached results that this run did not use")
    _max_bytes(one)

    one = verb(verbs.clean, "slackwater clean seeds/000_47a4c4ab5f5c056f.txt")
    one.add_argument("file", nargs="+", help="a saved page; - reads standard input")
    one.add_argument("--jsonl", action="store_true", help="one JSON object a page; with -, one JSON object a line in")

    one = verb(verbs.read, "slackwater read - < sentences.jsonl")
    one.add_argument("file", help="- reads JSON lines from standard input")
    one.add_argument("--lexicon", type=Path, default=LEXICON, metavar="FILE", help="rules (default: Slackwater's own)")

    one = verb(verbs.evaluate, "slackwater evaluate sentences GOLD.jsonl")
    one.add_argument("what", choices=["pages", "sentences", "corpora"])
    one.add_argument("gold", nargs="+", type=Path, help="the labelled data")
    one.add_argument("--record", action="store_true", help="write the figures into the package's accuracy.json")
    one.add_argument("--seen", nargs="*", default=[], metavar="CORPUS",
                     help="corpora that were read while rules were written: no part of the untouched half")

    one = verb(verbs.completion, "slackwater completion bash")
    one.add_argument("shell", choices=["bash", "zsh", "tcsh"])
    _from_environment(top)
    return top


def by_name(top: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Verb → its own grammar."""
    return next(action for action in top._actions if isinstance(action, argparse._SubParsersAction)).choices


def _from_environment(top: argparse.ArgumentParser) -> None:
    """Let SLACKWATER_CELL_TIMEOUT stand for --cell-timeout, and so on; the command line has the last word."""
    for sub in by_name(top).values():
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


def _corpus(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("corpus", type=Path, help="folder of saved pages with its corpus.yaml")


def _corpora(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("corpus", nargs="+", type=Path, help="folders of saved pages, each with its corpus.yaml")


def _out(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--out", type=Path, default=Path("reports"), help="folder of the reports (default: %(default)s)")


def _run(sub: argparse.ArgumentParser) -> None:
    _out(sub)
    sub.add_argument("--param", action="append", metavar="NAME=VALUE", help="notebook parameter; may be repeated")
    sub.add_argument("--no-quotes", action="store_true", help="leave the evidence sentences out of the shared files")
    sub.add_argument("--cell-timeout", type=int, default=600, metavar="SECONDS", help="for one cell (default: 600)")
    sub.add_argument("--timeout", type=int, default=3600, metavar="SECONDS", help="for all notebooks (default: 3600)")
    sub.add_argument("--memory", type=int, metavar="BYTES", help="limit of each notebook's memory (default: none)")
    sub.add_argument("--wait", type=float, default=0, metavar="SECONDS", help="for another run of the same report")
    _max_bytes(sub)


def _max_bytes(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--max-bytes", type=int, default=MAX_PAGE_BYTES, metavar="N",
                     help="a larger page is listed, not read (default: %(default)s)")


def _json(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--json", action="store_true", help="print JSON, for a program that reads it")
