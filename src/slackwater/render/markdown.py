"""Markdown to blocks: CommonMark, tables, footnotes and $maths$; HTML in it stays text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from slackwater.render import model, svg
from slackwater.render.maths import formula
from slackwater.render.model import Block, Run, Runs, visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_ID = re.compile(r"\s*\{#([\w.:-]+)\}\s*$")
_CAPTION = re.compile(r"^Table:\s+")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # "from $5 to $6" is no formula
    return parser.use(footnote_plugin).use(dollarmath_plugin, allow_space=False, allow_digits=False,
                                           double_inline=True)


class Reader:
    """Reads the markdown of one document; footnotes are numbered through it.

    `attachments` are the pictures a markdown cell carries: name → data: address.
    `problem` is told, in words, what cannot be shown as it was meant.
    """

    def __init__(self, problem: Callable[[str], None]) -> None:
        self.notes: list[list[Block]] = []
        self.attachments: dict[str, str] = {}
        self._problem = problem

    def blocks(self, source: str) -> list[Block]:
        """The blocks of markdown *source*; a trailing `{#id}` names a heading or a paragraph."""
        from markdown_it.tree import SyntaxTreeNode

        first_note = len(self.notes)
        tree = SyntaxTreeNode(_parser().parse(visible(source)))
        blocks = [b for node in tree.children if node.type != "footnote_block" for b in self._block(node, first_note)]
        for part in (n for n in tree.children if n.type == "footnote_block"):
            self.notes += [self._all(note.children, first_note) for note in part.children]
        return _with_captions(blocks)

    def _all(self, nodes: list[SyntaxTreeNode], first_note: int) -> list[Block]:
        return [block for node in nodes for block in self._block(node, first_note)]

    def _block(self, node: SyntaxTreeNode, first_note: int) -> list[Block]:
        """The blocks that one node of the syntax tree becomes."""
        kind = node.type
        if kind in ("heading", "paragraph"):
            runs, pictures = self._inline(node, first_note)
            runs, name = _named(runs)
            if kind == "heading":
                return [model.Heading(int(node.tag[1]), runs, name), *pictures]
            return [*([model.Paragraph(runs, name)] if model.words(runs).strip() else []), *pictures]
        if kind in ("bullet_list", "ordered_list"):
            items = [self._all(item.children, first_note) for item in node.children]
            return [model.Listing(items, kind == "ordered_list", int(node.attrs.get("start", 1)))]
        if kind == "blockquote":
            return [model.Quotation(self._all(node.children, first_note))]
        if kind in ("fence", "code_block"):
            return [model.Code(node.content.rstrip("\n"))]
        if kind == "hr":
            return [model.Rule()]
        if kind == "table":
            parts = {part.type: part.children for part in node.children}
            return [model.Table(head=[self._row(row, first_note, "col") for row in parts.get("thead", [])],
                                body=[self._row(row, first_note, "") for row in parts.get("tbody", [])])]
        if kind in ("math_block", "math_block_label"):
            drawn = formula(node.content)
            return [model.Display(drawn)] if drawn else [self._unknown_formula(node.content)]
        return self._all(node.children, first_note)

    def _row(self, row: SyntaxTreeNode, first_note: int, scope: str) -> list[model.Cell]:
        cells = []
        for cell in row.children:
            align = re.search(r"right|center", str(cell.attrs.get("style", "")))
            cells.append(model.Cell(self._inline(cell, first_note)[0], align[0] if align else "left", scope))
        return cells

    def _unknown_formula(self, tex: str) -> model.Code:
        self._problem(f"a formula is shown as its source, it is not understood: {tex.strip()[:60]}")
        return model.Code(f"$${tex.strip()}$$")

    def _inline(self, node: SyntaxTreeNode, first_note: int) -> tuple[Runs, list[Block]]:
        """The runs of a node's text, and the pictures that stood among them."""
        runs: Runs = []
        pictures: list[Block] = []
        style: dict[str, Any] = {}
        tokens = [t for child in node.children if child.token for t in child.token.children or []]
        for token in tokens:
            name, _, edge = token.type.rpartition("_")
            if edge in ("open", "close") and name in ("strong", "em", "s", "link"):
                field = {"s": "strike", "link": "href"}.get(name, name)
                if edge == "close":
                    style.pop(field, None)
                else:
                    style[field] = model.link(token.attrs.get("href", "")) if name == "link" else True
                    if name == "link" and style["href"].startswith("#"):
                        runs.append(Run(href=style["href"]))  # stays empty where the link has no words
            elif token.type == "image":
                pictures.append(self._image(token))
            else:
                runs += self._runs(token, style, first_note)
        return _joined(runs), pictures

    def _runs(self, token: Token, style: dict[str, Any], first_note: int) -> Runs:
        if token.type == "text":
            return [Run(token.content, **style)] if token.content else []
        if token.type == "code_inline":
            return [Run(token.content, code=True, **style)]
        if token.type == "softbreak":
            return [Run(" ", **style)]
        if token.type == "hardbreak":
            return [Run(newline=True)]
        if token.type == "footnote_ref":
            return [Run(note=first_note + token.meta["id"] + 1)]
        if token.type in ("math_inline", "math_inline_double"):
            drawn = formula(token.content)
            return [Run(formula=drawn)] if drawn else [Run(self._unknown_formula(token.content).text[1:-1], code=True)]
        return [Run(token.content, **style)] if token.content else []

    def _image(self, token: Token) -> Block:
        address = str(token.attrs.get("src", ""))
        if address.startswith("attachment:"):
            address = self.attachments.get(address.removeprefix("attachment:"), address)
        alt = token.content.strip()
        picture = svg.raster(address)
        if not picture:
            shown = "a picture inside the text" if address.startswith("data:") else address[:200]
            self._problem(f"a picture is not part of the notebook and is not fetched: {shown}")
            alt = alt or "no description"
            return model.Missing(f"Picture not shown, it is not part of the notebook: {alt} ({shown})")
        _, width, height = picture
        title = str(token.attrs.get("title", ""))
        return model.Figure(alt, width * 0.75, height * 0.75, raster=address, caption=[Run(title)] if title else [])


def _named(runs: Runs) -> tuple[Runs, str]:
    """*runs* without a trailing {#id}, and the id."""
    match = _ID.search(runs[-1].text) if runs else None
    if not match:
        return runs, ""
    runs[-1].text = runs[-1].text[:match.start()]
    return runs, match[1]


def _joined(runs: Runs) -> Runs:
    """Neighbours of one style as one run; an empty internal link stays only where it has no words."""
    joined: Runs = []
    for run in runs:
        last = joined[-1] if joined else None
        plain = not (run.formula or run.note or run.newline)
        if last and plain and not (last.formula or last.note or last.newline) and _style(last) == _style(run):
            last.text += run.text
        elif last and last.href and not last.text and last.href == run.href and plain:
            joined[-1] = run
        else:
            joined.append(run)
    return joined


def _style(run: Run) -> tuple:
    return run.strong, run.em, run.code, run.strike, run.mark, run.href


def _with_captions(blocks: list[Block]) -> list[Block]:
    """A paragraph "Table: words {#id}" after a table is its caption."""
    kept: list[Block] = []
    for block in blocks:
        table = kept[-1] if kept else None
        if isinstance(block, model.Paragraph) and isinstance(table, model.Table) and block.runs \
                and _CAPTION.match(block.runs[0].text):
            block.runs[0].text = _CAPTION.sub("", block.runs[0].text)
            table.caption, table.id = block.runs, block.id
        else:
            kept.append(block)
    return kept
