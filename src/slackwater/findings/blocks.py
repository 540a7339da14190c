"""What a cell shows: words, tables, quotations, or several of these in a row.

JupyterLab shows the HTML or Markdown form; the report's renderers read the structured
form beside it, so that text from a page stays text in both.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

TABLE = "application/vnd.slackwater.table+json"
QUOTES = "application/vnd.slackwater.quotes+json"

Run = dict[str, Any]  # {"text": str} and any of "strong", "em", "mark", "href"
Cell = str | Run | list[Run]


class Words(str):
    """Markdown that shows itself: the words of a finding. Still a str, so that a test can read it."""

    __slots__ = ()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/markdown": str(self), "text/plain": str(self)}


@dataclass(frozen=True)
class Table:
    """A captioned table. A cell is text, a run {"text", "strong", "em", "href"} or a list of runs."""

    id: str
    caption: str
    columns: Sequence[str | tuple[str, str]]  # a label, or (label, "left" | "right")
    rows: Sequence[Sequence[Cell]]
    row_header: bool = True
    wide: bool = False

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        columns = [(c, "left") if isinstance(c, str) else c for c in self.columns]
        data = {
            "id": self.id,
            "caption": self.caption,
            "row_header": self.row_header,
            "wide": self.wide,
            "columns": [{"label": label, "align": align} for label, align in columns],
            "rows": [list(row) for row in self.rows],
        }
        head = "".join(f'<th scope="col">{html.escape(label)}</th>' for label, _ in columns)
        body = "".join("<tr>" + "".join(f"<td>{_html(cell)}</td>" for cell in row) + "</tr>" for row in self.rows)
        lines = [self.caption, " | ".join(label for label, _ in columns)]
        lines += [" | ".join(text_of(cell) for cell in row) for row in self.rows]
        return {
            TABLE: data,
            "text/html": f"<table><caption>{html.escape(self.caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>",
            "text/plain": "\n".join(lines),
        }

    def __repr__(self) -> str:
        return f"Table {self.id}: {self.caption} ({len(self.rows)} rows)"


@dataclass(frozen=True)
class Quote:
    """One evidence sentence: `before` is the line above it, `runs` its text with the words that counted marked."""

    id: str
    before: str
    runs: Sequence[Run]
    attribution: str


@dataclass(frozen=True)
class Quotes:
    """Evidence sentences, one under the other."""

    quotes: Sequence[Quote] = field(default_factory=tuple)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        data = [
            {"id": q.id, "before": q.before, "runs": list(q.runs), "attribution": q.attribution} for q in self.quotes
        ]
        shown = "".join(
            f"<blockquote><p><small>{html.escape(q.before)}</small></p><p>{_html(list(q.runs))}</p>"
            f"<footer>{html.escape(q.attribution)}</footer></blockquote>"
            for q in self.quotes
        )
        plain = "\n\n".join(f"{q.before}\n{text_of(list(q.runs))}\n({q.attribution})" for q in self.quotes)
        return {QUOTES: {"quotes": data}, "text/html": shown, "text/plain": plain}

    def __repr__(self) -> str:
        return f"Quotes ({len(self.quotes)})"


@dataclass(frozen=True)
class Blocks:
    """Several blocks shown in order by one cell."""

    parts: Sequence[Any]

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for part in self.parts:
            display(part)


def text_of(cell: Cell) -> str:
    """The text of a cell without its styles."""
    if isinstance(cell, list):
        return "".join(run["text"] for run in cell)
    return cell["text"] if isinstance(cell, dict) else cell


def _html(cell: Cell) -> str:
    runs: Iterable[Run] = [{"text": cell}] if isinstance(cell, str) else [cell] if isinstance(cell, dict) else cell
    tags = (("mark", "mark"), ("strong", "strong"), ("em", "em"))
    shown = []
    for run in runs:
        text = html.escape(run["text"])
        for key, tag in tags:
            text = f"<{tag}>{text}</{tag}>" if run.get(key) else text
        if str(run.get("href", "")).startswith(("#", "https://", "http://")):
            text = f'<a href="{html.escape(run["href"])}">{text}</a>'
        shown.append(text)
    return "".join(shown)


def one_line(text: object, limit: int = 0) -> str:
    """*text* from a page on one line: spaces joined, controls and direction overrides left out.

    With *limit*, no longer than so many characters, the cut marked by an ellipsis.
    """
    kept = "".join(c if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} else " " for c in str(text))
    line = " ".join(kept.split())
    return line if not limit or len(line) <= limit else line[: limit - 1].rstrip() + "…"


def escaped(text: object, limit: int = 0) -> str:
    """*text* from a page as Markdown that shows it unchanged: nothing in it is markup, maths or a link."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#|$~^&!" else c for c in one_line(text, limit))
