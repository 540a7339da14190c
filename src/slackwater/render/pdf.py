"""The report as a PDF: the same blocks, given as JSON to one fixed Typst template.

Tagged for screen readers (PDF/UA-1), for keeping (PDF/A-2a, where the report has a date),
with bookmarks and vector figures. The template reads nothing but the JSON, so no text can
become markup or reach a file; fonts come from packages only, so that every machine sets
the same pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater import dates
from slackwater.render import blocks, model, svg
from slackwater.render.front import Front

if TYPE_CHECKING:
    from typst import Fonts, PDFStandard

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_WIDEST, _TALLEST = 470.0, 620.0  # points: the text area of the page
_LONG, _LONG_IN_TABLE = 24, 16  # letters; longer words may break anywhere


def write(notebook: Mapping[str, Any], path: Path | str, *, meta: Mapping[str, Any]) -> list[str]:
    """Write executed *notebook* to *path*; what could not be shown as meant, a line each.

    `meta` is the front matter (see `front.Front`). The same notebook and meta give the same bytes.
    """
    document = blocks.read(notebook, meta=meta)
    data = pages(document, Front.of(meta))
    Path(path).write_bytes(data)
    return document.problems


def pages(document: model.Document, front: Front) -> bytes:
    """The PDF's bytes. A picture the typesetter cannot read is replaced by a note, and told as a problem."""
    import typst

    try:
        return _compile(document, front)
    except typst.TypstError:
        if not _replace_broken_pictures(document):
            raise
        return _compile(document, front)


def _compile(document: model.Document, front: Front) -> bytes:
    import typst

    day = _day(front.day or front.date)
    payload = {"front": _front(front, day), "blocks": _blocks(document.blocks),
               "notes": [_blocks(note) for note in document.notes]}
    # an archive file must state its date; we invent none
    standards: list[PDFStandard] = ["ua-1", "a-2a"] if day else ["ua-1"]
    return typst.compile(
        TEMPLATE.read_bytes(), font_paths=fonts(), ignore_system_fonts=True, format="pdf",
        sys_inputs={"document": json.dumps(payload, ensure_ascii=False)}, pdf_standards=standards,
        timestamp=day or datetime(1970, 1, 1, tzinfo=UTC))


@cache
def fonts() -> Fonts:
    """The typesetter's own fonts, matplotlib's (DejaVu, Last Resort) and Noto's for Chinese, Japanese, Korean."""
    from importlib.util import find_spec

    import typst

    where = find_spec("matplotlib")  # its files, not its code, which takes as long to import as a page to set
    assert where and where.origin, "matplotlib is installed with Slackwater"
    folders = [Path(where.origin).parent / "mpl-data" / "fonts" / "ttf"]
    try:
        import noto_cjk_sans_otc
    except ImportError:  # then Last Resort shows which script a character is of
        pass
    else:
        folders.append(Path(noto_cjk_sans_otc.__file__).parent)
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])


def _day(date: str) -> datetime | None:
    """The first day that (partial) *date* may mean."""
    try:
        return datetime.fromisoformat(dates.bounds(date)[0]).replace(tzinfo=UTC)
    except ValueError:
        return None


def _front(front: Front, day: datetime | None) -> dict[str, Any]:
    data = {"title": front.title, "subtitle": front.subtitle, "lang": front.lang.partition("-")[0],
            "author": front.author, "date": front.published, "cite": front.cite, "contact": front.contact,
            "kicker": " · ".join(filter(None, (front.company, front.place))), "contact_link": front.contact_link,
            "versions": ", ".join(f"{name} {version}" for name, version in front.versions.items())}
    return data | {"day": [day.year, day.month, day.day] if day else None}


def _blocks(parts: list[model.Block]) -> list[dict[str, Any]]:
    """*parts* as the template reads them: cells' code left out, drawings as SVG, long words breakable."""
    return [_prepared(model.plain(part)) for part in parts if not (isinstance(part, model.Code) and part.cell)]


def _prepared(value: Any, long: int = _LONG) -> Any:
    if isinstance(value, list):
        kept = (v for v in value if not (isinstance(v, dict) and v.get("kind") == "code" and v.get("cell")))
        return [_prepared(v, long) for v in kept]
    if not isinstance(value, dict):
        return value
    if value.get("kind") == "figure":
        markup = value.pop("svg", "") or svg.wrapped(value.pop("raster"), value["width"], value["height"])
        scale = min(1.0, _WIDEST / value["width"], _TALLEST / value["height"])
        value |= {"svg": markup, "width": round(value["width"] * scale, 2)}
    if value.get("kind") == "table":
        value["widths"] = _widths(value)
        long = _LONG_IN_TABLE
    if "tex" in value:
        width, height = round(value["width"] * 1000), round(value["height"] * 1000)
        value["svg"] = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
                        f'<path fill="#1b2733" d="{value.pop("path")}"/></svg>')
        value.setdefault("depth", 0)
    if not value.get("href", "#").startswith(("#", "http", "mailto:")):
        del value["href"]  # a file beside the report is not beside the PDF once it is passed on
    shown = {k: _prepared(v, long) for k, v in value.items()}
    for key in ("text", "before", "attribution"):
        if key in shown:
            shown[key] = re.sub(rf"\S{{{long + 1},}}", lambda m: _breakable(m[0], long), shown[key])
    return shown


def _widths(table: dict[str, Any]) -> list[float]:
    """Points for each column of a *table* that does not fit as it is; [] for one that does, or that has spans.

    A column gets its longest word (up to where it may break), and of the rest a share that
    grows with its text, more slowly than the text does.
    """
    rows = table["head"] + table["body"]
    if any(cell["columns"] > 1 or cell["rows"] > 1 for row in rows for cell in row):
        return []
    letter, gap = (3.8, 7) if table.get("wide") else (4.3, 10)  # points: a letter on average, between two columns
    texts = [["".join(run.get("text", "") for run in row[x]["runs"]) for row in rows if x < len(row)]
             for x in range(max(map(len, rows), default=0))]
    room = _WIDEST - gap * len(texts)
    if sum(max(map(len, column)) * letter for column in texts) < room:
        return []
    words = [letter * max((min(len(word), _LONG_IN_TABLE) for text in column for word in text.split()), default=1)
             for column in texts]
    shares = [(sum(map(len, column)) / len(column)) ** 0.9 for column in texts]
    rest, scale = room - sum(words), 1.0
    if rest < 0:
        rest, scale = 0.0, room / sum(words)
    return [round(word * scale + rest * share / max(sum(shares), 1) + gap, 1)
            for word, share in zip(words, shares, strict=True)]


def _breakable(word: str, long: int) -> str:
    """A long word with places to break: after its punctuation, else between all letters."""
    parts = re.split(r"(?<=[/\-_.?&=,;:|])", word)
    return "\u200b".join("\u200b".join(part) if len(part) > long else part for part in parts)


def _figures(parts: list[model.Block]) -> Iterator[tuple[list[model.Block], int]]:
    for i, part in enumerate(parts):
        if isinstance(part, model.Figure):
            yield parts, i
        elif isinstance(part, (model.Group, model.Quotation)):
            yield from _figures(part.blocks)
        elif isinstance(part, model.Listing):
            for item in part.items:
                yield from _figures(item)


def _replace_broken_pictures(document: model.Document) -> bool:
    """Put a note in the place of each picture that does not compile alone; True where there was one."""
    import typst

    found = False
    for parts, i in [pair for part in [document.blocks, *document.notes] for pair in _figures(part)]:
        figure = parts[i]
        assert isinstance(figure, model.Figure)
        markup = figure.svg or svg.wrapped(figure.raster, figure.width, figure.height)
        try:
            typst.compile(b"#image(bytes(sys.inputs.svg))", sys_inputs={"svg": markup}, format="svg",
                          font_paths=fonts(), ignore_system_fonts=True)
        except typst.TypstError as fault:
            found = True
            # an empty drawing of the same number keeps the links to it
            figure.svg, figure.raster = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 1"/>', ""
            figure.caption = [*figure.caption, model.Run(" (This picture cannot be shown in the PDF.)")]
            document.problems.append(f"figure {figure.number} cannot be shown in the PDF: {fault}")
    return found
