"""Pictures made safe and small: SVG through an allow-list, rasters checked.

An SVG from a notebook is foreign matter in a page: it may carry scripts, addresses,
styles that reach outside it, ids that collide. What is not on the lists below is left
out; ids are renumbered under a prefix, so that a drawing's random ids change no byte.
"""

from __future__ import annotations

import base64
import re
from io import BytesIO

from slackwater.render.model import visible

_NS, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ELEMENTS = _names(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan clipPath mask pattern "
    "linearGradient radialGradient stop marker image")
_PRESENTATION = _names(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin "
    "stroke-dasharray stroke-dashoffset stroke-miterlimit opacity color clip-path clip-rule mask marker-start "
    "marker-mid marker-end stop-color stop-opacity font font-family font-size font-style font-weight text-anchor "
    "dominant-baseline baseline-shift letter-spacing paint-order visibility display")
_GEOMETRY = _names(
    "id d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height points transform viewBox preserveAspectRatio "
    "offset gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits patternUnits "
    "patternContentUnits patternTransform markerUnits markerWidth markerHeight orient refX refY rotate "
    "textLength lengthAdjust")
_ROUNDED = _names("d points x y x1 y1 x2 y2 cx cy r rx ry")
_POINTERS = (f"{{{_NS}}}image", f"{{{_NS}}}use")  # worth nothing without their target
_REFERENCE = re.compile(r"url\(\s*[\"']?#([^)\"']+)[\"']?\s*\)")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")

# The house's colours, for charts too: hex → name of the CSS variable that follows light and dark.
PALETTE = {
    "#1b2733": "ink", "#5b6b7a": "muted", "#d5dde3": "rule", "#0b6e99": "expansion", "#b8452f": "retreat",
    "#8a6d1f": "mixed", "#7c8894": "neutral", "#fff3c4": "mark", "#ffffff": "paper", "#000000": "ink",
}
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b")
_NAMED = {"white": "#ffffff", "black": "#000000"}


def clean(source: str, prefix: str) -> tuple[str, float, float]:
    """*source* as SVG markup of allowed parts, its ids under *prefix*; width and height in points.

    Raises ValueError where *source* is no SVG or has no size.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(visible(source).encode(), parser)
    except etree.XMLSyntaxError as fault:
        raise ValueError(f"not SVG: {fault}") from None
    if root.tag != f"{{{_NS}}}svg":
        raise ValueError("not SVG: the root is not <svg>")
    names: dict[str, str] = {}
    fresh = _copy(root, lambda old: names.setdefault(old, f"{prefix}-{len(names) + 1}"))
    _drop_unused_ids(fresh)
    width, height = _size(fresh)
    for name in ("width", "height", "x", "y", "id"):
        fresh.attrib.pop(name, None)
    fresh.set("viewBox", fresh.get("viewBox") or f"0 0 {width / 0.75:g} {height / 0.75:g}")
    # matplotlib says this in a <style>; said here it reaches nothing else
    fresh.set("stroke-linejoin", "round")
    return etree.tostring(fresh, encoding="unicode").strip(), width, height


def _copy(element, rename):
    """A copy of *element* with allowed children and attributes only."""
    from lxml import etree

    name = etree.QName(element).localname
    fresh = etree.Element(f"{{{_NS}}}{name}", nsmap={None: _NS})
    for key, value in element.attrib.items():
        kept = _attribute(name, key, value, rename)
        if kept:
            fresh.set(*kept)
    if name in ("text", "tspan"):
        fresh.text = element.text
    for child in element:
        known = isinstance(child.tag, str) and etree.QName(child).namespace == _NS
        if known and etree.QName(child).localname in _ELEMENTS:
            copied = _copy(child, rename)
            if copied.get("href") or copied.tag not in _POINTERS:
                fresh.append(copied)
        if name in ("text", "tspan") and child.tail:
            _append_text(fresh, child.tail)
    return fresh


def _append_text(element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _attribute(element: str, key: str, value: str, rename) -> tuple[str, str] | None:
    """The attribute as it may stand, or None."""
    if key in ("href", f"{{{_XLINK}}}href"):
        if value.startswith("#") and element in ("use", "linearGradient", "radialGradient", "pattern"):
            return "href", "#" + rename(value[1:])
        if element == "image" and raster(value):
            return "href", "".join(value.split())
        return None
    if key == "style":
        return ("style", declared) if (declared := _style(value, rename)) else None
    if key == "id":
        return key, rename(value)
    if key in _PRESENTATION:
        return (key, safe) if (safe := _value(value, rename)) else None
    if key not in _GEOMETRY or re.search(r"[^\w\s.,%()+#-]", value):
        return None
    if key in _ROUNDED:
        value = _LONG_NUMBER.sub(lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), value)
    return key, " ".join(value.split())


def _style(value: str, rename) -> str:
    """The allowed declarations of a style attribute."""
    pairs = (part.partition(":") for part in value.split(";"))
    safe = ((name.strip().lower(), _value(given.strip(), rename)) for name, _, given in pairs)
    return ";".join(f"{name}:{given}" for name, given in safe if name in _PRESENTATION and given)


def _value(value: str, rename) -> str:
    """A presentation value: local references renamed; "" for one that could lead elsewhere."""
    value = _REFERENCE.sub(lambda m: f"url(#{rename(m[1])})", value)
    rest = _REFERENCE.sub("", value)
    if re.search(r"url|expression|import|@|\\|/\*|[<>{}]", rest, re.IGNORECASE):
        return ""
    return value


def _drop_unused_ids(root) -> None:
    """Ids that nothing in the drawing refers to are left out."""
    used = set()
    for element in root.iter():
        for key, value in element.attrib.items():
            used.update(_REFERENCE.findall(value))
            if key == "href" and value.startswith("#"):
                used.add(value[1:])
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)


def _size(root) -> tuple[float, float]:
    """Width and height in points, from the attributes or the view box."""
    box = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox") or "")]
    sides = []
    for position, name in ((2, "width"), (3, "height")):
        match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(pt|px|in|cm|mm)?\s*", root.get(name) or "")
        points = {"pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465}
        if match:
            sides.append(float(match[1]) * points.get(match[2] or "px", 0.75))
        else:
            sides.append(box[position] * 0.75 if len(box) == 4 else 0.0)
    if min(sides) <= 0 or max(sides) > 20_000:
        raise ValueError("the SVG has no usable size")
    return round(sides[0], 2), round(sides[1], 2)


def themed(markup: str) -> str | None:
    """*markup* with the house's colours as CSS variables; None where it has a colour of its own."""
    for name, code in _NAMED.items():
        markup = re.sub(rf"((?:fill|stroke)(?::|=\")\s*){name}\b", rf"\g<1>{code}", markup)
    if re.search(r"(?:fill|stroke|color)(?::|=\")\s*(?!none|url|#|currentColor|inherit)[a-z]", markup):
        return None
    attributes = "".join(re.findall(r"<[^>]*>", markup))
    colours = {c.lower() for c in _HEX.findall(re.sub(r"(?:url\(#|href=\"#)[^)\"]*", "", attributes))}
    if "<image" in markup or not colours <= PALETTE.keys():
        return None
    return re.sub(r"((?:fill|stroke|color)(?::|=\")\s*)(#[0-9a-fA-F]{6})\b",
                  lambda m: f"{m[1]}var(--{PALETTE[m[2].lower()]})", markup)


def raster(address: str) -> tuple[bytes, int, int] | None:
    """Bytes, width and height in pixels of a data: address of a sound PNG, JPEG, GIF or WebP; else None."""
    match = re.fullmatch(r"data:image/(?:png|jpe?g|gif|webp);base64,([A-Za-z0-9+/=\s]+)", address.strip())
    if not match:
        return None
    from PIL import Image

    try:
        data = base64.b64decode("".join(match[1].split()), validate=True)
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")) as image:
            image.load()  # a cut-off file fails here, not in the middle of a report
            return data, *image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def wrapped(data_address: str, width: float, height: float) -> str:
    """A raster as an SVG drawing, so that the PDF knows one kind of picture."""
    return (f'<svg xmlns="{_NS}" viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" height="{height:g}pt">'
            f'<image width="{width:g}" height="{height:g}" href="{data_address}"/></svg>')
