"""The faults a user can meet. Each message is one line: file, fault, fix."""

from __future__ import annotations


class SlackwaterError(Exception):
    """A fault that is told in one line, without a traceback; `code` is the exit code.

    Control characters of the message, which may quote what somebody else wrote, are escaped.
    """

    code = 2

    def __init__(self, message: str = "") -> None:
        super().__init__("".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in message))

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows of it: the one line, for that says what to do."""
        return [f"{type(self).__name__}: {self}"]


class InputError(SlackwaterError):
    """Bad input: corpus folder, corpus.yaml, lexicon or parameter. Nothing was run."""

    code = 2


class NotebookError(SlackwaterError):
    """A notebook failed; the last good edition stays."""

    code = 3


class PublishError(SlackwaterError):
    """The report was made but could not be published: disk full, folder read-only."""

    code = 4


class LockedError(SlackwaterError):
    """Another run of the same report is at work."""

    code = 5
