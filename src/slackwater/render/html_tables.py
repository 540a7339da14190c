"""Tables read out of HTML: what pandas DataFrames and Stylers show in a notebook."""

from __future__ import annotations

import re

from slackwater.render.model import Cell, Run, Table, visible

_MOST_CELLS, _MOST_COLUMNS = 100_000, 200


def read(source: str) -> list[tuple[Table, bool]]:
    """The tables in *source* that are not inside another, each with whether some of its colours are lost."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        root = lxml_html.fragment_fromstring(visible(source), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    fills, lost = _fills("\n".join(style.text or "" for style in root.iter("style")))
    etree.strip_elements(root, "style", "script", with_tail=False)
    tables = [t for t in root.iter("table") if not any(a.tag == "table" for a in t.iterancestors())]
    found = [(_table(t, fills), lost) for t in tables]
    return [(block, lost) for block, lost in found if block.width and block.head + block.body]


_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_PAINT = re.compile(r"(?:^|;)\s*(background-color|background|color)\s*:\s*([^;]*)")


def _fills(styles: str) -> tuple[dict[str, str], bool]:
    """What a Styler's style sheet paints: id of a cell → #rrggbb; and whether it has colours beside these.

    Text takes black or white, whichever its ground shows better: a Styler's own choice for text would be lost in
    dark mode and to many readers, and stands for nothing where the ground is coloured.
    """
    fills: dict[str, str] = {}
    lost = False
    for names, body in _RULE.findall(styles):
        painted = dict(_PAINT.findall(body))
        colour = _hex(painted.get("background-color") or painted.get("background", ""))
        lost |= bool(painted) and not colour
        if colour:
            fills |= {name.strip()[1:]: colour for name in names.split(",") if name.strip().startswith("#")}
    return fills, lost


def _hex(colour: str) -> str:
    """A CSS colour that is opaque as #rrggbb, else ""."""
    from matplotlib import colors

    try:
        return colors.to_hex(colour.strip()) if colors.to_rgba(colour.strip())[3] == 1 else ""
    except ValueError:
        return ""


def _ink(fill: str) -> str:
    """Black or white on *fill*, by WCAG's relative luminance."""
    parts = [int(fill[n:n + 2], 16) / 255 for n in (1, 3, 5)]
    light = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return "#000000" if 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] > 0.179 else "#ffffff"


def _table(element, fills: dict[str, str]) -> Table:
    head: list[list[Cell]] = []
    body: list[list[Cell]] = []
    n_cells = 0
    for row in element.iter("tr"):
        in_head = row.getparent().tag == "thead"
        cells = [_cell(c, "col" if in_head else "row" if c.tag == "th" else "", fills.get(c.get("id", ""), ""))
                 for c in row if isinstance(c.tag, str) and c.tag in ("th", "td")]
        n_cells += len(cells)
        if n_cells > _MOST_CELLS:
            break
        if cells:
            (head if in_head else body).append(cells)
    caption = element.find("caption")
    words = _words(caption) if caption is not None else ""
    width = min(max((sum(c.columns for c in row) for row in head + body), default=0), _MOST_COLUMNS)
    block = Table(_squared(head, width), _squared(body, width), [Run(words)] if words else [])
    _align(block)
    return block


def _cell(element, scope: str, fill: str) -> Cell:
    return Cell([Run(_words(element))], scope=scope, columns=_span(element, "colspan"), rows=_span(element, "rowspan"),
                fill=fill, ink=_ink(fill) if fill else "")


def _words(element) -> str:
    return " ".join(element.text_content().split())


def _span(element, name: str) -> int:
    value = element.get(name, "1")
    return min(int(value), 1000) if re.fullmatch(r"[1-9]\d{0,5}", value) else 1


def _squared(rows: list[list[Cell]], width: int) -> list[list[Cell]]:
    """Rows of *width*: spans cut where they leave the table or meet another, gaps filled, surplus cells left out."""
    below: dict[tuple[int, int], bool] = {}
    squared = []
    for y, row in enumerate(rows):
        cells, x = [], 0
        waiting = list(row)
        while x < width:
            if (y, x) in below:
                x += 1
                continue
            cell = waiting.pop(0) if waiting else Cell([])
            room = 1
            while room < cell.columns and x + room < width and (y, x + room) not in below:
                room += 1
            cell.columns, cell.rows = room, min(cell.rows, len(rows) - y)
            below.update({(y + down, x + right): True for down in range(1, cell.rows) for right in range(room)})
            cells.append(cell)
            x += room
        squared.append(cells)
    return squared


_NUMBER = re.compile(r"[-+−]?[\d.,  ]*\d[\d.,  ]*(?:e[-+]?\d+)? ?%?|nan|<NA>|NaN|–|-|", re.IGNORECASE)


def _align(block: Table) -> None:
    """Columns that hold numbers only are set to the right."""
    if any(c.columns > 1 or c.rows > 1 for row in block.body for c in row):
        return
    for x in range(block.width):
        column = [row[x] for row in block.body if x < len(row)]
        if column and all(_NUMBER.fullmatch(c.runs[0].text if c.runs else "") for c in column) \
                and not any(c.scope for c in column):
            for cell in column + [row[x] for row in block.head if len(row) == block.width]:
                cell.align = "right"
