"""The blocks a report is made of, and the one rule for text: what may be shown of it, and how.

A `Document` is all that a writer needs. Ids are unique, numbers are given, links inside
the document lead somewhere, every figure has alternative text, and no text holds a
character that could disturb a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

# Overrides and isolates can make a quotation read as its contrary; they are spelt out, not obeyed.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Icon fonts leave private letters in saved pages; they mean nothing elsewhere, and PDF/A forbids them.
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_INVISIBLE = re.compile("[\u2028\u2029\ufeff\U000e0000-\U000e007f]")


def visible(text: object) -> str:
    """*text* with nothing in it that acts: controls as �, bidi overrides as [U+202E]."""
    shown = _BIDI.sub(lambda m: f"[U+{ord(m[0]):04X}]", str(text))
    shown = _INVISIBLE.sub(" ", shown.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("�", _PRIVATE.sub("�", shown))


def anchor(text: object) -> str:
    """*text* as an id: lower case words joined by hyphens; "" where it has no letter or digit."""
    return re.sub(r"[^\w]+", "-", str(text).lower()).strip("-_")[:64].strip("-_")


def link(address: object) -> str:
    """*address* where a reader may be sent (https, http, mailto, #id, a file beside the report), else ""."""
    address = visible(address).strip()
    if address.startswith("#"):
        return "#" + re.sub(r"[^\w.:-]", "", address[1:]) if len(address) > 1 else ""
    if re.match(r"(https?://[^\s/]|mailto:[^\s@]+@)", address, re.IGNORECASE):
        return re.sub(r"[\s\"'<>`{}|\\^]", lambda m: f"%{ord(m[0]):02X}", address)
    return address if re.fullmatch(r"(?!/)[\w.-]+(/[\w.-]+)*(#[\w.:-]+)?", address) else ""


@dataclass
class Formula:
    """A formula drawn as one path, in units of the text's size (em); *depth* reaches below the line."""

    tex: str
    path: str
    width: float
    height: float
    depth: float


@dataclass
class Run:
    """A stretch of text in one style. `note` is a footnote's number, `mark` a direction or "plain"."""

    text: str = ""
    strong: bool = False
    em: bool = False
    code: bool = False
    strike: bool = False
    mark: str = ""
    href: str = ""
    note: int = 0
    again: bool = False  # a note referred to before
    formula: Formula | None = None
    newline: bool = False


Runs = list[Run]


@dataclass
class Block:
    """A part of the document; `kind` names its class for the templates."""

    @property
    def kind(self) -> str:
        """The class's name in lower case."""
        return type(self).__name__.lower()


@dataclass
class Heading(Block):
    """Levels run from 2 (the title is 1) without a gap."""

    level: int
    runs: Runs
    id: str = ""


@dataclass
class Paragraph(Block):
    """Text; a finding (a paragraph that a code cell computed) carries an id."""

    runs: Runs
    id: str = ""


@dataclass
class Listing(Block):
    """A list; each item is blocks."""

    items: list[list[Block]]
    ordered: bool = False
    start: int = 1


@dataclass
class Cell:
    """One cell. `scope` is "col", "row" or "" for a cell that heads nothing; `fill` and `ink` are #rrggbb or ""."""

    runs: Runs
    align: str = "left"
    scope: str = ""
    columns: int = 1
    rows: int = 1
    fill: str = ""
    ink: str = ""


@dataclass
class Table(Block):
    """Head rows and body rows of cells; `number` is 0 for a table without a caption."""

    head: list[list[Cell]]
    body: list[list[Cell]]
    caption: Runs = field(default_factory=list)
    id: str = ""
    number: int = 0
    wide: bool = False

    @property
    def width(self) -> int:
        """How many columns."""
        return max((sum(c.columns for c in row) for row in self.head + self.body), default=0)


@dataclass
class Figure(Block):
    """A picture: `svg` (allowed markup only) or `raster` (a data: address); sizes in points."""

    alt: str
    width: float
    height: float
    svg: str = ""
    raster: str = ""
    themed: bool = False  # every colour is the house's, so that it can follow light and dark
    caption: Runs = field(default_factory=list)
    id: str = ""
    number: int = 0


@dataclass
class Quotation(Block):
    """A block quotation of markdown."""

    blocks: list[Block]


@dataclass
class Quote:
    """One evidence sentence: a line of context before it, the sentence, whose it is."""

    id: str
    before: str
    runs: Runs
    attribution: str


@dataclass
class Evidence(Block):
    """Quotations from the pages."""

    quotes: list[Quote]


@dataclass
class Code(Block):
    """Program text in markdown, or the source of `cell` (-1: of the set-up), which readers unfold."""

    text: str
    cell: int = 0


@dataclass
class Output(Block):
    """Plain text that a cell printed."""

    text: str
    error: bool = False


@dataclass
class Display(Block):
    """A formula on a line of its own."""

    formula: Formula


@dataclass
class Missing(Block):
    """What cannot be shown, said where it would stand."""

    text: str


@dataclass
class Group(Block):
    """Blocks set apart: `role` is "bottom-line" or "note"."""

    role: str
    blocks: list[Block]


@dataclass
class Rule(Block):
    """A change of subject."""


@dataclass
class Document:
    """All that is shown. `problems` tells, a line each, what could not be shown as it was meant."""

    blocks: list[Block]
    notes: list[list[Block]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def headings(self, deepest: int = 6) -> list[Heading]:
        """The headings down to level *deepest*, in order."""
        every = [c for b in self.blocks for c in (b.blocks if isinstance(b, Group) else [b])]
        return [b for b in every if isinstance(b, Heading) and b.level <= deepest]


def words(runs: Runs) -> str:
    """The text of *runs* alone, formulas as TeX."""
    return "".join(f"${r.formula.tex}$" if r.formula else " " if r.newline else r.text for r in runs)


def plain(value: Any) -> Any:
    """*value* as JSON-ready data; fields that say nothing ("" , 0, false, empty) are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        data = {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        kind = {"kind": value.kind} if isinstance(value, Block) else {}
        return kind | {k: v for k, v in data.items() if v not in ("", 0, False, None)}
    return [plain(v) for v in value] if isinstance(value, list) else value
