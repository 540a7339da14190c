"""The verbs for editions: report, verify, withdraw, schedule; what a verb needs is imported when it runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from slackwater.cli.output import complain, list_faults, put_json
from slackwater.errors import LockedError, SlackwaterError

if TYPE_CHECKING:
    from slackwater.cli.progress import Bars
    from slackwater.journal import Journal
    from slackwater.run import Settings, Watch


def report(args: argparse.Namespace) -> int:
    """Notebooks, HTML and PDF into OUT/NAME/ for each corpus; the worst exit code of all."""
    from slackwater import journal

    if args.notebook:
        return _notebook(args)
    stale = journal.days(args.stale) if args.stale else None
    log = journal.Journal(args.log)
    return max(_report(corpus, args, log, stale) for corpus in args.corpus)


def _report(corpus: Path, args: argparse.Namespace, log: Journal, stale: int | None) -> int:
    """One corpus: fetched for if asked, reported, pruned, logged, its change told."""
    from slackwater import journal, run

    try:
        with _bars() as bars:
            if args.fetch:
                _fetch_first(corpus, args, log, bars.tell)
            done = run.report(corpus, _settings(args, bars), tell=bars.tell)
    except SlackwaterError as error:
        log.write("failed", corpus=str(corpus), code=error.code, error=str(error))
        if args.json:
            put_json({"corpus": str(corpus), "state": "failed", "code": error.code, "error": str(error)})
        return complain(error)
    state = "current" if done.current else "published"
    shown = {"name": done.name, "edition": done.edition, "change": done.change, "newest": done.newest,
             "folder": str(done.folder), "html": str(done.folder / "report.html"),
             "pdf": str(done.folder / "report.pdf")}
    if args.json:
        put_json({"corpus": str(corpus), "state": state, **shown})
    else:
        print(f"edition {done.edition} is {state}: {shown['html']}")
        list_faults(done.faults)
    days = journal.age(done.newest)
    old = stale is not None and (days is None or days > stale)
    log.write(state, corpus=str(corpus), edition=done.edition, change=done.change, newest=done.newest, age_days=days,
              stale=old, pruned=_pruned(args, done.name))
    if old:
        age = "no page is dated" if days is None else f"the newest page is {days} days old"
        print(f"slackwater: {done.name}: {age} (--stale {args.stale}). Add newer pages.", file=sys.stderr)
    changed = not done.current and not done.change.startswith("Nothing changed")
    if args.on_change and (changed or old):
        event = {"event": "changed" if changed else "stale", "old": "1" if old else "0"}
        problem = journal.tell(args.on_change, event | {key: value or "" for key, value in shown.items()})
        if problem:
            log.write("hook failed", corpus=str(corpus), error=problem)
            print(f"slackwater: {problem}", file=sys.stderr)
    return 0


def _fetch_first(corpus: Path, args: argparse.Namespace, log: Journal, tell: Callable[[str], None]) -> None:
    """New pages from the feeds; a feed that fails, or all of them, keeps no report from being made."""
    from slackwater.intake import feeds

    try:
        for feed in feeds.fetch(corpus, max_bytes=args.max_bytes, tell=tell):
            if feed.fault:
                log.write("feed failed", corpus=str(corpus), feed=feed.feed, error=feed.fault)
    except SlackwaterError as error:
        log.write("feed failed", corpus=str(corpus), error=str(error))
        complain(error)


def _pruned(args: argparse.Namespace, name: str) -> list[str]:
    """The editions beyond --keep, which are deleted; a run that is at work prunes itself."""
    from slackwater import editions

    shelf = editions.Shelf(args.out, name)
    if args.keep:
        with suppress(LockedError), shelf.locked():
            return shelf.prune(args.keep)
    return []


def _notebook(args: argparse.Namespace) -> int:
    """One notebook of the analyst's own, on each corpus, in the house style."""
    from slackwater import single

    for corpus in args.corpus:
        with _bars() as bars:
            made = single.report(corpus, args.notebook, _settings(args, bars), tell=bars.tell)
        if args.json:
            put_json({"corpus": str(corpus), "state": "written", "html": str(made.html), "pdf": str(made.pdf)})
        else:
            print(f"{made.html}\n{made.pdf}")
    return 0


def verify(args: argparse.Namespace) -> int:
    """Make an edition again from its run.json: identical (exit 0) or the first difference (exit 1)."""
    from slackwater import verify as verification

    with _bars() as bars:
        difference = verification.edition(args.edition, corpus=args.corpus, tell=bars.tell, watch=bars)
    print(f"{args.edition}: {difference or 'identical'}")
    return 1 if difference else 0


def withdraw(args: argparse.Namespace) -> int:
    """Take a page out of the corpus and out of every kept edition."""
    from slackwater import withdraw as withdrawal

    with _bars() as bars:
        done = withdrawal.page(args.corpus, args.page, _settings(args, bars), tell=bars.tell)
    print(f"{args.page}: withdrawn. Edition {done.edition.edition} is published without it; "
          f"{len(done.deleted)} earlier edition{'' if len(done.deleted) == 1 else 's'} deleted.")
    return 0


def schedule(args: argparse.Namespace) -> int:
    """Print ready lines for crontab, systemd, GitHub Actions and Airflow."""
    from slackwater import corpus as corpora
    from slackwater import schedule as schedules

    corpus = corpora.load(args.corpus, empty=True)  # its feeds may bring the first page
    time = schedules.parse(args.every)
    # -P: a page called slackwater.py in the folder where the schedule starts must not be taken for Slackwater
    command = [sys.executable, "-P", "-m", "slackwater", "report", str(args.corpus.resolve()),
               "--out", str(args.out.resolve()), *(["--fetch"] if corpus.feeds else [])]
    for form in [args.form] if args.form else schedules.FORMS:
        print(schedules.FORMS[form](command, Path.cwd(), corpus.name, time))
    return 0


def _bars() -> Bars:
    from slackwater.cli import progress

    return progress.Bars()


def _settings(args: argparse.Namespace, watch: Watch) -> Settings:
    from slackwater import run

    return run.Settings(
        out=args.out, param=tuple(args.param or ()), force=getattr(args, "force", False), quotes=not args.no_quotes,
        max_bytes=args.max_bytes, cell_timeout=args.cell_timeout, timeout=args.timeout, memory=args.memory,
        wait=args.wait, watch=watch)
