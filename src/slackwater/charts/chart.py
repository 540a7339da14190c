"""A figure that can be read aloud: drawing, alternative text, caption, id. And the house's way of drawing."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater.findings import words
from slackwater.findings.blocks import one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, MUTED, RULE = "#1b2733", "#5b6b7a", "#d5dde3"
COLOURS = {"expansion": "#0b6e99", "retreat": "#b8452f", "mixed": "#8a6d1f", "neutral": "#7c8894"}
# Growth and retreat are equally dark in grey; their shapes point the way their colours say.
SHAPES = {"expansion": "^", "retreat": "v", "mixed": "D", "neutral": "o"}
NAMES = {"expansion": "growth", "retreat": "retreat", "mixed": "both alike", "neutral": "neither"}

# Narrow on purpose: on a phone 360 px wide the smallest letters are still about 9 px tall.
WIDTH = 364.0  # points
SMALL, NORMAL = 10.0, 10.5
TIMELESS = (0.0, 0.0)  # span of a time axis on which no day is known
STYLE = Path(__file__).with_name("house.mplstyle")


@dataclass(frozen=True)
class Chart:
    """A drawn figure. In a notebook it shows itself as SVG with its alternative text beside it."""

    figure: Figure
    id: str
    alt: str
    caption: str

    @cached_property
    def svg(self) -> str:
        """The drawing as SVG: text as text, no date, the same bytes each time."""
        with house():
            out = io.StringIO()
            self.figure.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
        return out.getvalue()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        about = {"id": self.id, "alt": self.alt, "caption": self.caption}
        return {"image/svg+xml": self.svg, "text/plain": self.alt}, {"image/svg+xml": about}

    def __repr__(self) -> str:
        return f"Chart {self.id}: {self.alt}"


@contextmanager
def house() -> Iterator[None]:
    """Draw in the house style; the caller's style is as it was afterwards."""
    import matplotlib.style

    # A Chinese headline is drawn by the reader's fonts; matplotlib need not warn that its own has no such letter.
    fonts = logging.getLogger("matplotlib.font_manager")
    level = fonts.level
    fonts.setLevel(logging.ERROR)
    try:
        import warnings

        with matplotlib.style.context(STYLE), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            yield
    finally:
        fonts.setLevel(level)


def paper(height: float) -> Figure:
    """An empty figure of the house's width and *height* points."""
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH / 72, height / 72))


def blank(text: str) -> Figure:
    """A figure that says why there is nothing to draw."""
    figure = paper(30)
    note(figure, 4, 15, text)
    return figure


def panel(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes at a place given in points from the top left corner."""
    full = figure.get_figheight() * 72
    return figure.add_axes((left / WIDTH, 1 - (top + height) / full, width / WIDTH, height / full))


def note(figure: Figure, x: float, y: float, text: str, **style: Any) -> None:
    """*text* at a place given in points from the top left corner, its middle at *y*."""
    full = figure.get_figheight() * 72
    given: dict[str, Any] = {"fontsize": SMALL, "color": MUTED, "va": "center_baseline", "ha": "left", **style}
    figure.text(x / WIDTH, 1 - y / full, text, **given)


def width_of(text: str, size: float = SMALL) -> float:
    """How many points *text* takes in the house's font."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    with house():
        return TextToPath().get_text_width_height_descent(text, FontProperties(size=size), False)[0]


def fitted(text: Any, room: float, size: float = SMALL) -> str:
    """*text* of a page on one line, cut with an ellipsis where it would take more than *room* points."""
    text = one_line(text, 200)
    if width_of(text, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_of(text[:middle].rstrip() + "…", size) <= room else (low, middle - 1)
    return text[:low].rstrip() + "…"


def ordinal(iso: str) -> float:
    """A full ISO day as a number of days."""
    return float(date.fromisoformat(iso).toordinal())


def time_axis(axes: Axes, low: float, high: float) -> list[float]:
    """Limits and ticks of a time axis from day *low* to day *high*, as many as its width holds; where they stand."""
    if (low, high) == TIMELESS:
        axes.set_xlim(0, 1)
        axes.set_xticks([])
        return []
    room = max((high - low) * 0.04, 20)
    low, high = max(1.0, low - room), high + room
    axes.set_xlim(low, high)
    holds = axes.get_position().width * WIDTH / 36
    first, last = date.fromordinal(int(low)), date.fromordinal(int(high))
    years = range(first.year, last.year + 1)
    if high - low < 500:
        months = [(y, m) for y in years for m in (range(1, 13, 3) if holds > 6 else range(1, 13, 6))]
        ticks = [(float(date(y, m, 1).toordinal()), words.day(f"{y}-{m:02d}")[:3] + f" {y}") for y, m in months]
    else:
        step = next(s for s in (1, 2, 3, 5, 10, 20, 50, 100, 500, 1000, 10000) if len(years) / s <= holds)
        ticks = [
            (float(date(y, 1, 1).toordinal()), str(y)) for y in years if (y - years[0]) % step == step - 1 or step == 1
        ]
    place = axes.get_position()

    def fits(day: float, label: str) -> bool:
        middle = (place.x0 + (day - low) / (high - low) * place.width) * WIDTH
        half = width_of(label) / 2 + 1
        return low <= day <= high and half <= middle <= WIDTH - half

    ticks = [tick for tick in ticks if fits(*tick)]
    if not ticks:  # a span of days: its middle alone is named
        middle = (low + high) / 2
        ticks = [(middle, words.day(date.fromordinal(int(middle)).isoformat()[:7]))]
    axes.set_xticks([day for day, _ in ticks], [label for _, label in ticks])
    return [day for day, _ in ticks]


def bare(axes: Axes) -> None:
    """Axes without ticks, labels and frame: a place to draw rows on."""
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(False)


def legend(figure: Figure, top: float, entries: Sequence[tuple[dict, str]], *, left: float = 4) -> None:
    """Marks with their meaning in rows across the figure, from *top* points down; each entry (mark style, words)."""
    x, y = left, top
    full = figure.get_figheight() * 72
    from matplotlib.lines import Line2D

    for style, text in entries:
        needs = 18 + width_of(text, SMALL) + 12
        if x > left and x + needs > WIDTH:
            x, y = left, y + 15
        style = {"linestyle": "none", "markersize": 7, "markeredgewidth": 1.3, "color": MUTED} | style
        across = [x + 1, x + 15] if style["linestyle"] != "none" else [x + 7]
        figure.add_artist(Line2D([a / WIDTH for a in across], [1 - y / full] * len(across), **style))
        note(figure, x + 19, y, text)
        x += needs + 6


def legend_height(entries: Sequence[tuple[dict, str]]) -> float:
    """Points that `legend` will take for *entries*."""
    x, rows = 4.0, 1
    for _, text in entries:
        needs = 18 + width_of(text, SMALL) + 12
        if x > 4 and x + needs > WIDTH:
            x, rows = 4.0, rows + 1
        x += needs + 6
    return rows * 15.0


def mark(direction: str, *, filled: bool = True) -> dict[str, Any]:
    """Marker style of a direction: its shape and colour, an outline alone where not *filled*."""
    colour = COLOURS[direction]
    filled = filled and direction != "neutral"
    return {
        "marker": SHAPES[direction],
        "markerfacecolor": colour if filled else "white",
        "markeredgecolor": colour,
        "color": colour,
    }
