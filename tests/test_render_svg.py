"""SVG passes an allow-list; its ids, numbers and colours are made fit for a page."""

from __future__ import annotations

import pytest

import render_sample
from slackwater.render import svg

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def cleaned(inner: str, attributes: str = 'width="90pt" height="45pt"') -> str:
    return svg.clean(f"<svg {NS} {attributes}>{inner}</svg>", "p")[0]


@pytest.mark.parametrize("inner", [
    "<script>x</script>", "<style>*{display:none}</style>", "<foreignObject><b>x</b></foreignObject>",
    '<a href="javascript:x"><path d="M0 0"/></a>', '<image href="http://example.org/a.png"/>',
    '<image xlink:href="file:///etc/passwd"/>', '<use href="http://example.org/a.svg#x"/>',
    '<animate attributeName="href"/>', "<metadata>x</metadata>", '<image href="data:image/svg+xml;base64,AAAA"/>',
    '<image href="data:image/png;base64,AAAA"/>',
])
def test_left_out(inner):
    assert "<image" not in cleaned(inner)
    assert not any(word in cleaned(inner) for word in ("script", "style", "href", "foreign", "animate", "metadata"))


@pytest.mark.parametrize(("attribute", "kept"), [
    ('onclick="x"', False), ('style="fill: url(http://example.org)"', False), ('fill="url(http://x)"', False),
    ('style="background: red"', False), ('class="x"', False), ('style="fill: #0b6e99"', True),
    ('transform="translate(1 2)"', True), ('fill="red"', True), ('clip-path="url(#a)"', True),
    ('style="fill:\\75rl(x)"', False), ('aria-label="x"', False), ('tabindex="0"', False),
])
def test_attributes(attribute, kept):
    name = attribute.partition("=")[0]
    assert (f" {name}=" in cleaned(f"<path {attribute} d='M0 0'/>")) is kept


def test_ids_are_renumbered_and_only_used_ones_stay():
    markup = cleaned('<defs><clipPath id="p8f3a2"><rect width="1"/></clipPath></defs><g id="axes_1">'
                     '<path d="M0 0" clip-path="url(#p8f3a2)"/></g>')
    assert "8f3a2" not in markup and "axes_1" not in markup and 'id="p-1"' in markup and "url(#p-1)" in markup


@pytest.mark.parametrize(("attributes", "size"), [
    ('width="90pt" height="45pt"', (90, 45)), ('width="1in" height="96px"', (72, 72)),
    ('viewBox="0 0 40 20"', (30, 15)), ('width="100%" height="100%" viewBox="0 0 40 20"', (30, 15)),
])
def test_sizes_in_points(attributes, size):
    assert svg.clean(f"<svg {NS} {attributes}/>", "p")[1:] == size


@pytest.mark.parametrize("source", [
    "", "text", "<b/>", f"<svg {NS}/>", "<svg width='1' height='1'/>", f"<svg {NS} width='9' height='1e9'/>",
    f"<svg {NS} width='0' height='9'/>", f"<svg {NS} width='9' height='9'>",
    "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><b>&a;</b>",
])
def test_no_usable_svg(source):
    with pytest.raises(ValueError, match="SVG"):
        svg.clean(source, "p")


def test_entities_bring_nothing_in():
    source = (f"<!DOCTYPE svg [<!ENTITY a SYSTEM '{__file__}'><!ENTITY c 'cc'>]>"
              f"<svg {NS} width='9' height='9'><text>&a;b&c;</text></svg>")
    assert "<text>b</text>" in svg.clean(source, "p")[0]


def test_text_around_a_dropped_element_stays():
    assert ">a  b<" in cleaned("<text>a <script>x</script> b</text>").replace("a b", "a  b")


@pytest.mark.parametrize(("inner", "follows"), [
    ('<path style="fill: #0b6e99; stroke: #FFFFFF"/>', True), ('<path fill="none" stroke="#d5dde3"/>', True),
    ('<path style="fill: #ff0000"/>', False), ('<path fill="red"/>', False), ('<path fill="white"/>', True),
    ('<text>#ff0000 is a colour</text>', True), ("<path d='M0 0'/>", True),
])
def test_only_the_houses_colours_follow_dark_mode(inner, follows):
    assert (svg.themed(cleaned(inner)) is not None) is follows


def test_the_houses_chart_becomes_small_and_themed():
    source = render_sample.tide_svg()
    markup, width, height = svg.clean(source, "fig")
    assert (width, height) == (504, 230.4) and len(markup) < len(source)
    assert "var(--expansion)" in (svg.themed(markup) or "") and "Factory opens" in markup


@pytest.mark.parametrize("address", [
    "data:image/png;base64,AAAA", "data:image/svg+xml;base64,AAAA", "data:text/html,x", "http://example.org/a.png", "",
    "data:image/png;base64," + render_sample.png()[:-400],
])
def test_no_sound_picture(address):
    assert svg.raster(address) is None


def test_a_sound_picture():
    data, width, height = svg.raster("data:image/png;base64," + render_sample.png()) or (b"", 0, 0)
    assert data.startswith(b"\x89PNG") and (width, height) == (320, 120)
