"""What a code cell put out, as blocks: figures, tables, quotations, markdown, text, errors.

Structured forms win over pictures, pictures over HTML, HTML over plain text. HTML is
never shown as such: the tables in it are read, the rest is said to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from slackwater.render import model, svg
from slackwater.render.maths import formula
from slackwater.render.model import Block, Cell, Run, Runs, visible

QUOTES = "application/vnd.slackwater.quotes+json"
TABLE = "application/vnd.slackwater.table+json"
_RASTERS = ("image/png", "image/jpeg", "image/gif", "image/webp")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
# An address in memory and the folder of a machine differ from run to run; no reader needs them.
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,}")
_FOLDER = re.compile(r"(?<![\w:/])(?:[A-Za-z]:)?(?:[\\/][^\\/\s:\"'<>]+){2,}[\\/](?=[^\\/\s]+\.py)")
_WORTHLESS = re.compile(r"(?:<(?:Figure size|Axes|IPython\.core)[^>]*>|Text\(.*\)|\[?<matplotlib\.[^>]*>,?\]?)")
_MARKS = ("expansion", "retreat", "mixed", "neutral")


class Reader:
    """Reads the outputs of one cell; `hints` are its `#| key: value` lines (fig-alt, fig-cap, tbl-cap, label)."""

    def __init__(self, cell: int, hints: Mapping[str, str], markdown: Callable[[str], list[Block]],
                 problem: Callable[[str], None]) -> None:
        self.cell, self.hints, self.markdown, self.problem = cell, hints, markdown, problem

    def blocks(self, output: Mapping[str, Any]) -> list[Block]:
        """The blocks of one output."""
        kind = output.get("output_type")
        if kind == "stream":
            text = plain_text(output.get("text", ""))
            return [model.Output(text, error=output.get("name") == "stderr")] if text else []
        if kind == "error":
            fault = plain_text(f"{output.get('ename', 'Error')}: {output.get('evalue', '')}").rstrip(": ")
            self.problem(f"the cell ended with an error: {fault.splitlines()[0][:200]}")
            return [model.Output(f"This cell ended with an error.\n{fault}", error=True)]
        data = output.get("data", {})
        metadata = output.get("metadata", {})
        return self._bundle(data, metadata) if data else []

    def _bundle(self, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> list[Block]:
        if QUOTES in data:
            return [evidence(data[QUOTES])]
        if TABLE in data:
            return [self._labelled(table(data[TABLE]))]
        if "image/svg+xml" in data:
            return [self._drawing(_text(data["image/svg+xml"]), metadata.get("image/svg+xml", {}), data)]
        if "text/markdown" in data:
            return self.markdown(_text(data["text/markdown"]))
        for kind in _RASTERS:
            if kind in data:
                return [self._picture(kind, data, metadata.get(kind, {}))]
        if "text/html" in data:
            return self._html(_text(data["text/html"]), data)
        if "text/latex" in data:
            tex = _text(data["text/latex"]).strip()
            drawn = formula(tex.removeprefix(r"$\displaystyle").strip("$").strip())
            return [model.Display(drawn)] if drawn else [model.Code(visible(tex))]
        if set(data) == {"text/plain"}:
            text = plain_text(_text(data["text/plain"]))
            return [] if _WORTHLESS.fullmatch(text) else [model.Output(text)]
        return [self._missing(" or ".join(sorted(set(data) - {"text/plain"})), data)]

    def _missing(self, what: str, data: Mapping[str, Any]) -> Block:
        self.problem(f"an output of this kind cannot be shown: {visible(what)}")
        instead = plain_text(_text(data.get("text/plain", "")))[:2000]
        return model.Missing(f"Cannot be shown here: {visible(what)}" + (f". Instead: {instead}" if instead else "."))

    def _described(self, metadata: Mapping[str, Any], fallback: object) -> tuple[str, Runs, str]:
        """Alternative text, caption and id of a picture; a picture without the first is told."""
        alt = visible(metadata.get("alt") or self.hints.get("fig-alt") or "").strip()
        text = plain_text(_text(fallback))
        if not alt and text and not _WORTHLESS.fullmatch(text):
            alt = text
        caption = visible(metadata.get("caption") or self.hints.get("fig-cap") or "").strip()
        if not alt:
            self.problem("a figure has no description; readers who cannot see it get only its caption")
            alt = f"Figure without a description, made by code cell {self.cell}."
        return alt, cell_runs(caption) if caption else [], str(metadata.get("id") or self.hints.get("label") or "")

    def _drawing(self, source: str, metadata: Mapping[str, Any], data: Mapping[str, Any]) -> Block:
        try:
            markup, width, height = svg.clean(source, "PREFIX")
        except ValueError as fault:
            return self._missing(f"image/svg+xml ({fault})", data)
        alt, caption, name = self._described(metadata, data.get("text/plain", ""))
        return model.Figure(alt, width, height, svg=markup, themed=svg.themed(markup) is not None,
                            caption=caption, id=name)

    def _picture(self, kind: str, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Block:
        address = f"data:{kind};base64,{''.join(_text(data[kind]).split())}"
        picture = svg.raster(address)
        if not picture:
            return self._missing(f"{kind} (damaged)", data)
        _, width, height = picture
        meant = metadata.get("width"), metadata.get("height")  # of a high-resolution picture
        shown_width, shown_height = [s if isinstance(s, (int, float)) and 0 < s < 20_000 else 0.0 for s in meant]
        if shown_width and shown_height:
            width, height = int(shown_width), int(shown_height)
        alt, caption, name = self._described(metadata, data.get("text/plain", ""))
        return model.Figure(alt, width * 0.75, height * 0.75, raster=address, caption=caption, id=name)

    def _html(self, source: str, data: Mapping[str, Any]) -> list[Block]:
        from slackwater.render import html_tables

        found = html_tables.read(source)
        if not found:
            return [self._missing("text/html", data)]
        if any(lost for _, lost in found):
            self.problem("some colours of a table's cells are left out")
        blocks: list[Block] = []
        for part, lost in found:
            blocks.append(self._labelled(part))
            if lost:
                blocks.append(model.Missing("Some colours of this table's cells are not shown."))
        return blocks

    def _labelled(self, part: model.Table) -> model.Table:
        part.caption = part.caption or (cell_runs(self.hints["tbl-cap"]) if "tbl-cap" in self.hints else [])
        part.id = part.id or self.hints.get("label", "")
        return part


def _text(value: object) -> str:
    """A mime bundle's value: nbformat stores text as one string or as a list of lines."""
    return "".join(map(str, value)) if isinstance(value, list) else str(value)


def plain_text(value: object) -> str:
    """Printed text without terminal codes, memory addresses and folders of the machine."""
    text = _ADDRESS.sub("", _ANSI.sub("", _text(value)))
    return visible(_FOLDER.sub("", text)).strip("\n")


def cell_runs(value: object) -> Runs:
    """Runs from what a table or a caption holds: text, {"text", "href" …} or a list of them."""
    if isinstance(value, list):
        return [run for part in value for run in cell_runs(part)]
    if isinstance(value, Mapping):
        mark = value.get("mark")
        return [Run(visible(value.get("text", "")), strong=bool(value.get("strong")), em=bool(value.get("em")),
                    code=bool(value.get("code")), href=model.link(value.get("href") or ""),
                    mark=_mark(value.get("direction") or mark) if mark else "")]
    return [Run(visible("" if value is None else value))]


def _mark(direction: object) -> str:
    return str(direction) if direction in _MARKS else "plain"


def table(data: Mapping[str, Any]) -> model.Table:
    """A table of ours (`application/vnd.slackwater.table+json`) as a block."""
    columns = [c if isinstance(c, Mapping) else {"label": c} for c in data.get("columns", [])]
    aligns = [a if (a := c.get("align")) in ("left", "right", "center") else "left" for c in columns]
    head = [Cell(cell_runs(c.get("label", "")), align, "col") for c, align in zip(columns, aligns, strict=True)]
    body = []
    for row in data.get("rows", []):
        cells = [Cell(cell_runs(value), align) for value, align in zip(row, aligns, strict=False)]
        cells += [Cell([]) for _ in range(len(aligns) - len(cells))]
        if cells and data.get("row_header"):
            cells[0].scope = "row"
        body.append(cells)
    caption = data.get("caption")
    return model.Table([head] if head else [], body, cell_runs(caption) if caption else [],
                       str(data.get("id") or ""), wide=bool(data.get("wide")))


def evidence(data: Mapping[str, Any]) -> model.Evidence:
    """Quotations of ours (`application/vnd.slackwater.quotes+json`) as a block."""
    quotes = []
    for quote in data.get("quotes", []):
        runs = [Run(visible(r.get("text", "")), mark=_mark(r.get("direction")) if r.get("mark") else "")
                for r in quote.get("runs", [])]
        quotes.append(model.Quote(str(quote.get("id") or ""), visible(quote.get("before") or "").strip(), runs,
                                  visible(quote.get("attribution") or "").strip()))
    return model.Evidence(quotes)
