"""The command line: `main` reads what was typed, runs its verb and turns faults into one line and an exit code."""

from __future__ import annotations

import os
import signal
import sys

from slackwater.cli.grammar import parser
from slackwater.cli.output import complain
from slackwater.errors import SlackwaterError

__all__ = ["main", "parser"]


def main(argv: list[str] | None = None) -> int:
    """Run the verb that *argv* names and return the exit code; no traceback reaches the user."""
    args = parser().parse_args(argv)
    for name in ("SIGTERM", "SIGHUP"):  # a scheduler's stop; the terminal that closes, unless under nohup
        if (number := getattr(signal, name, None)) and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt)
    os.umask(os.umask(0o022) | 0o002)  # nothing we write may be changed by everybody
    try:
        return args.function(args)
    except SlackwaterError as error:
        return complain(error)
    except KeyboardInterrupt:
        print("interrupted; the last edition stays.", file=sys.stderr)
        # where the interrupt fell into text being evaluated, as dataclasses are when they are imported, CPython
        # remembers it and ends by SIGINT whatever is returned (pythonrun.c, run_eval_code_obj); evaluating forgets it
        eval("None")  # noqa: S307
        return 130
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _interrupt(number: int, frame: object) -> None:
    """A scheduler's SIGTERM ends a run as Ctrl-C does: kernels end, staging goes, the last edition stays."""
    raise KeyboardInterrupt
