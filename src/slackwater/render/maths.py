"""TeX formulas as outlines, by matplotlib's mathtext: one drawing that HTML and PDF both take."""

from __future__ import annotations

from slackwater.render.model import Formula

_LONGEST = 1000  # characters; a longer one is no formula


def formula(tex: str) -> Formula | None:
    """*tex* (without dollar signs) drawn, or None where mathtext does not understand it."""
    tex = " ".join(tex.split())
    if not tex or len(tex) > _LONGEST:
        return None
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    try:  # outlines come in hundredths of an em, the base line at 0, y pointing up
        font = FontProperties(math_fontfamily="stix")
        vertices, codes = TextToPath().get_text_path(font, f"${tex}$", ismath=True)
    except (ValueError, RuntimeError, KeyError, IndexError, RecursionError):
        return None
    if not len(codes):
        return None
    across, up = [float(x) for x, _ in vertices], [float(y) for _, y in vertices]
    left, top, bottom = min(*across, 0.0), max(*up, 70.0), min(*up, 0.0)
    outline = _outline([((x - left) * 10, (top - y) * 10) for x, y in vertices], codes)
    width, height = round((max(across) - left) / 100 + 0.02, 2), round((top - bottom) / 100, 2)
    return Formula(tex, outline, width, height, round(-bottom / 100, 2))


def _outline(points, codes) -> str:
    """Path data in thousandths of an em."""
    shown = [f"{round(x)} {round(y)}" for x, y in points]
    parts, i = [], 0
    while i < len(codes):
        letter, taken = {1: ("M", 1), 2: ("L", 1), 3: ("Q", 2), 4: ("C", 3), 79: ("Z", 1)}[int(codes[i])]
        parts.append(letter + ("" if letter == "Z" else " ".join(shown[i:i + taken])))
        i += taken
    return "".join(parts)
