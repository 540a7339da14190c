"""Which site a sentence is about: one that corpus.yaml names, or the quarter it stands in.

A lab is called many names, but it stands in one place. So without `sites:` the site is the
smallest place the text names for it: "the Zhangjiang Hi-Tech Park", "Xuhui District".
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from slackwater.reading import places

if TYPE_CHECKING:
    from slackwater.reading.scan import Scan
    from slackwater.themes import Reader

_AREA = re.compile(
    r"((?:[A-Z][\w’']+ ){1,4}?)"
    r"(?:(?:[Hh]i|[Hh]igh)-[Tt]ech|[Ii]ndustrial|[Ss]cience|[Tt]echnology|[Ee]conomic|[Ff]ree [Tt]rade|[Bb]usiness"
    r"|AI|Artificial Intelligence|[Ss]oftware)? ?"
    r"(?:[Pp]ark|[Zz]one|[Dd]istrict|[Ii]sland|[Aa]rea|[Cc]orridor)\b(?! [Gg]overnment)"
)
_LOCATED = re.compile(
    r"\b(?:[Ll]ocated|based|situated|[Ss]et) (?:in|at|on) (?:the )?((?:[A-Z][\w’']+ ?){1,3})"
)
_BETWEEN = re.compile(
    r"([A-Z][\w’']+)[ -](?:[Ll]aboratory|[Ll]ab|[Pp]lant|[Ff]actory|[Oo]ffice|[Cc]ampus|[Ww]orks|[Mm]ine)\b"
)


# words, by name, without which none of these finds anything: those a scan is to mark
MARKS = {
    "area": ("park", "zone", "district", "island", "area", "corridor"),
    "located": ("located", "based", "situated", "set"),
    "between": ("laboratory", "lab", "plant", "factory", "office", "campus", "works", "mine"),
}
_PATTERNS = {"area": _AREA, "located": _LOCATED, "between": _BETWEEN}
_WORD = re.compile(r"[A-Z][\w-]+")
_POSSESSED = re.compile(r"['’]s?\s|&")


def named(scan: Scan, reader: Reader) -> str | None:
    """The site that a sentence, *scan*, names, or None."""
    text = scan.text
    if reader.sites:
        lowered = text.lower()
        for site, patterns in reader.sites.items():
            if any(p.lower().strip("*") in lowered for p in (site, *patterns)):
                return site
        return None
    marks = reader.matcher.marks
    if not scan.marks & reader.matcher.placed:
        return None
    hinted = [pattern for name, pattern in _PATTERNS.items() if scan.marks & marks[name]]
    aliases = _aliases(reader.given)
    for pattern in hinted:
        for match in pattern.finditer(text[:5000]):
            name = _own_name(match[1], reader)
            if name and (pattern is not _BETWEEN or name in aliases):
                # "Long Island" is a name as it stands, "Zhangjiang Park" is Zhangjiang's
                return f"{name} Island" if match.group().endswith(f"{name} Island") else name
    return next((alias for alias, pattern in aliases.items() if alias in text and pattern.search(text)), None)


@lru_cache(maxsize=32)
def _aliases(given: tuple[str, ...]) -> dict[str, re.Pattern]:
    """The corpus's names within its place, each with its pattern."""
    words = {p: re.escape(p) for p in given[1:] if places.relation(p, given[:1]) != "around"
             and not places.same(p, given[0])}
    return {name: re.compile(rf"\b{word}\b(?! [Dd]istrict [Gg]overnment)") for name, word in words.items()}


def _own_name(run: str, reader: Reader) -> str | None:
    """The name of a quarter in *run*, the capitalised words before "Park": without whose it is and what holds it.

    "Acme's Los Angeles Glassell" is Glassell: Acme owns, and Los Angeles holds it.
    """
    words = _WORD.findall(_POSSESSED.split(run)[-1])
    for n in range(len(words) - 1):
        if " ".join(words[n : n + 2]).lower() in places.names():
            del words[n : n + 2]
            break
    own = [word for word in words if _is_local(word, reader)]
    return " ".join(own[:2]) or None


def _is_local(word: str, reader: Reader) -> bool:
    """Whether *word* can name a quarter: not the firm, not the corpus's place or one around it, no common word."""
    lowered = word.lower()
    if (
        any(lowered in name.lower().split() for name in reader.company)
        or lowered == (reader.given or ("",))[0].lower()
    ):
        return False
    if lowered in _COMMON or len(word) < 4:
        return False
    return places.relation(word, reader.given[:1]) in ("unknown", "inside")


_COMMON = frozenset(
    "the this that its their new hi high tech industrial science technology economic free trade business"
    " artificial intelligence software innovation internet celebrity people government national west east north"
    " south central downtown metropolitan financial theater theatre historic museum shopping garment your"
    " another greater foreign bonded export processing special".split()
)


def of_page(scans: list[Scan], reader: Reader) -> list[str | None]:
    """The site of each sentence of a page: its own, else the one named before it, else the page's most named."""
    found = [named(scan, reader) for scan in scans]
    counts = Counter(site for site in found if site)
    usual = min(counts, key=lambda site: (-counts[site], found.index(site))) if counts else None
    current, out = usual, []
    for site in found:
        current = site or current
        out.append(site or usual)
    return out
