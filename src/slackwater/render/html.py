"""The report as one HTML file: no script, no request, readable on a phone, on paper, by ear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater.render import blocks, model, svg
from slackwater.render.front import Front

if TYPE_CHECKING:
    from jinja2 import Environment

_LONG_WORD = re.compile(r"\S{25,}")
TEMPLATES = Path(__file__).parent / "templates"


def write(notebook: Mapping[str, Any], path: Path | str, *, meta: Mapping[str, Any]) -> list[str]:
    """Write executed *notebook* to *path*; what could not be shown as meant, a line each.

    `meta` is the front matter (see `front.Front`). The same notebook and meta give the same bytes.
    """
    document = blocks.read(notebook, meta=meta)
    Path(path).write_text(page(document, Front.of(meta)), encoding="utf-8", newline="\n")
    return document.problems


def page(document: model.Document, front: Front) -> str:
    """The whole page as text."""
    first = next((b for b in document.blocks if isinstance(b, model.Group) and b.role == "bottom-line"), None)
    template = environment().get_template("report.html.j2")
    return template.render(doc=document, front=front, css=stylesheet("report.css", front.title), lead=first)


@cache
def environment() -> Environment:
    """The template engine: all text is escaped; only checked SVG and our CSS are let through."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    engine = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
                         trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    engine.filters |= {"drawing": drawing, "linked": linked, "words": model.words, "breakable": breakable}
    return engine


def stylesheet(name: str, title: str):
    """The style sheet with *title* as the running title of printed pages."""
    from markupsafe import Markup

    # every character that is not plain is written by its number: no title can end the string or the style
    running = re.sub(r"[^A-Za-z0-9 ]", lambda m: f"\\{ord(m[0]):06x}", title)
    css = (TEMPLATES / name).read_text(encoding="utf-8")
    return Markup(re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)).replace("RUNNING", running))


def drawing(figure: model.Figure):
    """A figure's SVG for the page: scaled by the page, in the page's typeface, its colours following dark mode."""
    from markupsafe import Markup, escape

    markup = svg.themed(figure.svg) if figure.themed else figure.svg
    markup = re.sub(r"font:((?:[\w.-]+\s+)*?)([\d.]+px)\s+[^;\"]*", _font, markup or figure.svg)
    natural = figure.width / 0.75  # pixels; on a phone it shrinks while its letters can be read, then scrolls
    size = f"max-width:{natural * 1.2:.0f}px;min-width:{natural * 0.58:.0f}px"
    head = f'<svg role="img" aria-label="{escape(figure.alt)}" style="{size}" '
    return Markup(markup.replace("<svg ", head, 1).replace(' xmlns="http://www.w3.org/2000/svg"', "", 1))


def _font(match: re.Match) -> str:
    """Matplotlib's `font:` shorthand without its family."""
    rest = "".join(f"font-{'style' if w in ('italic', 'oblique') else 'weight'}:{w};" for w in match[1].split()
                   if w != "normal")
    return f"{rest}font-size:{match[2]}"


def breakable(text: str):
    """*text* with its long words marked, so that they may break anywhere and others only where they should."""
    from markupsafe import Markup, escape

    return Markup(_LONG_WORD.sub(r'<span class="long">\g<0></span>', str(escape(text))))


def linked(runs: model.Runs) -> list[tuple[str, model.Runs]]:
    """*runs* as stretches of one address each: a link of several styles is one link."""
    stretches: list[tuple[str, model.Runs]] = []
    for run in runs:
        if stretches and stretches[-1][0] == run.href:
            stretches[-1][1].append(run)
        else:
            stretches.append((run.href, [run]))
    return stretches
