"""A page's body → its sentences.

sentencex (MIT, Rust) finds the boundaries; news text needs a few repairs of its
answer, each a general rule below: stops glued to the next word, "No. 1" and "Jan.10",
initials and ranks, closing quotes, ellipses, and words after a full stop in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import ascii_uppercase
from typing import NamedTuple, Protocol

# after these, a full stop ends no sentence when a number, name or small letter follows
_BEFORE_NUMBER = re.compile(
    r"\b(?:[Nn]os?|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[Ff]igs?|[Aa]rt|[Ss]ec|[Cc]h|[Vv]ol|pp?|approx|ca)\.$"
)
_RANKS = (
    "Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Hon|Sen|Rep|Gov|Gen|Col|Maj|Capt|Lt|Sgt|Adm|Cmdr|Pres|Supt|St|Mt|Ft|vs|Brig"
    "|Atty|Dist|Amb|Insp|Cpl|Pvt|Fr|Sr|Mme|Mlle"
)
_BEFORE_NAME = re.compile(rf"(?:^|[\s(“\"‘'])(?:{_RANKS}|[A-Z](?:\.[A-Z])*)\.$")
_INITIALS = re.compile(r"(?:^|\s)(?:[A-Z]\.)+$")
_COUNTRY = re.compile(r"(?:^|[\s(“\"‘'-])(?:U\.S|U\.K|U\.N|E\.U|U\.S\.A|D\.C|L\.A|N\.Y|P\.R\.C|a\.m|p\.m)\.$")
_STARTERS = frozenset(
    "the a an in it he she they we i this that these those but and as at on for with after before while when however"
    " its his her their our there if by from to some many most no not what who more also meanwhile last over under"
    " since during although though because until once yet so then"
    " both each every all several another such together according".split()
)
_FIRMS = "Inc|Corp|Co|Ltd|Bros|Cos|Cie|Jr|Sr|etc|al|cf|est"
_FIRM = re.compile(rf"\b(?:{_FIRMS}|S\.A|N\.V|L\.P|L\.L\.C|e\.g|i\.e)\.$")
_SHORT = frozenset([*_RANKS.split("|"), *_FIRMS.split("|"), *ascii_uppercase])  # what they find that has no stop within
# What looks back stands behind the mark: a pattern that starts with the mark is found several times as fast.
_GLUED = re.compile(
    r"[.!?](?:(?<=[a-z0-9%)]{2}.)(?=[A-Z][a-z]+(?:[ ,’']|$))|(?<=[a-z0-9%)].)[”\"’](?=[A-Z][a-z]+[ ,]))"
)
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_WIDE_END = re.compile(r"[。！？!?…]+[”’」』）)\"]*")
_WIDE_SAID = re.compile(
    r"と|[^。！？“「]{0,12}(?:说|道|表示|称)[。，]"
)  # the words that say who spoke belong to the quotation
_CLOSERS = "”’\"')]»」』）"
_COMMA = re.compile(r"[,;][”’\"')]+$")
_CAPTION_END = re.compile(r"[.!?。！？][”\"’')]*(?: ?\(?(?:Photo|Image|Picture|Credit)\b.*)?$")
_CHUNK = 8000


class LineLike(Protocol):
    """What `of_page` reads of a `clean.Line`."""

    @property
    def number(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def kept(self) -> bool: ...
    @property
    def text(self) -> str: ...


class Sentence(NamedTuple):
    """A sentence of a page: its number (1-based), its line, region (title, standfirst, body, caption) and text."""

    number: int
    line: int
    region: str
    text: str


def split(text: str) -> list[str]:
    """The sentences of *text*, in order, stripped; their words and marks are exactly those of *text*.

    A line break counts as a space. Blank text gives no sentence.
    """
    text = text.strip()
    if "  " in text or not text.isprintable():  # of all spaces only " " is printable
        text = " ".join(text.split())
    if not text:
        return []
    if text.isascii():
        if len(text) < _CHUNK and not any(mark in text[:-1] for mark in ".!?)"):
            return [text]  # a heading, a button, a plain sentence: the library would cut nowhere
    elif len(_WIDE.findall(text[:2000])) > len(text[:2000]) / 4:
        return _split_wide(text)
    pieces = (p.strip() for p in _segments(_GLUED.sub(lambda m: m[0] + " ", text)))
    return _join([part for piece in pieces if piece for part in _apart(piece)])


def _segments(text: str) -> Iterator[str]:
    """Sentencex's pieces of *text*, asked for 8,000 characters at a time.

    The library's time grows with the square of the open quotes it meets; so what it leaves
    unfinished at the end of a chunk is carried into the next, and given up at 16,000 characters.
    """
    import sentencex

    rest, pieces = "", []
    for at in range(0, len(text), _CHUNK):
        pieces = list(sentencex.segment("en", rest + text[at : at + _CHUNK]))
        yield from pieces[:-2]  # the cut may have made a false end in the last but one
        rest = "".join(pieces[-2:])
        if len(rest) > 2 * _CHUNK:
            yield rest
            rest = ""
    yield from pieces if rest and len(pieces) <= 2 else sentencex.segment("en", rest)


def _split_wide(text: str) -> list[str]:
    """Chinese and Japanese: after 。！？ and the quotes that close behind them, not inside an open quote."""
    out, start, depth = [], 0, 0
    ends = {m.end(): m.start() for m in _WIDE_END.finditer(text)}
    for at, mark in enumerate(text):
        if mark in "“「『（(":
            depth += 1
        elif mark in "”」』）)":
            depth = max(0, depth - 1)
        if (
            at + 1 in ends
            and (depth == 0 or text[at] in _CLOSERS)
            and not (text[at] in _CLOSERS and _WIDE_SAID.match(text, at + 1))
        ):
            out.append(text[start : at + 1].strip())
            start = at + 1
    out.append(text[start:].strip())
    return [s for s in out if s]


_BREAK = re.compile(r"[.!?…](?:[”’\"')\]] (?=[A-Z“\"‘(\[])|(?<=[a-z0-9%)].) (?=[A-Z“\"‘]))")


def _apart(piece: str) -> list[str]:
    """Boundaries the library left out: behind a closing quote, and behind a plain full stop before a capital."""
    out, start = [], 0
    for m in _BREAK.finditer(piece):
        left, right = piece[start : m.end() - 1], piece[m.end() :]
        if _stays(left, right):
            continue
        out.append(left)
        start = m.end()
    out.append(piece[start:])
    return out


def _join(pieces: list[str]) -> list[str]:
    """Pieces that the library cut too early, put together again."""
    out: list[str] = []
    for piece in pieces:
        if out and _stays(out[-1], piece):
            out[-1] += " " + piece
        else:
            out.append(piece)
    return out


def _stays(left: str, right: str) -> bool:
    """Whether no sentence ends between *left* and *right*."""
    tail = left[-24:]
    first = right.lstrip("“\"‘'([")[:1]
    if first.islower():
        # an attribution ("...", said Kang) or an abbreviation; a new sentence seldom opens small
        return not re.match(r"(?:e|i)[A-Z]", right)
    if tail[-1] in _CLOSERS and _COMMA.search(tail):
        return True
    if not right.strip(_CLOSERS + ".…"):
        return True
    if first.isdigit() and _BEFORE_NUMBER.search(tail):
        return True
    last = tail[:-1].rpartition(" ")[2]
    if tail[-1] != "." or (last.isalnum() and last not in _SHORT):
        return False  # an end as most are, at the cost of no pattern
    word = re.match(r"[\w’']+", right.lstrip("“\"‘'(["))
    starter = word is not None and word.group().lower() in _STARTERS
    if _COUNTRY.search(tail):
        return not starter and right[0] not in "“\"‘'("
    if _FIRM.search(tail):
        return not starter and first.isupper() and not _opens_clause(right)
    return bool(_BEFORE_NAME.search(tail)) and not (
        starter and len(_INITIALS.findall(tail)) == 0 and tail.endswith("St.")
    )


def _opens_clause(right: str) -> bool:
    """Whether *right* starts like a sentence of its own: a capital word followed by a small verb-like word."""
    return bool(
        re.match(
            r"[“\"‘']?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}"
            r" (?:is|was|are|were|has|have|had|will|would|said|says|plans|also|did|does)\b",
            right,
        )
    )


def of_page(lines: Iterable[LineLike]) -> list[Sentence]:
    """The sentences of a page's kept lines in order, then its distinct captions that are sentences.

    A heading, title or standfirst is one sentence unless it holds several.
    """
    found: list[tuple[int, str, str]] = []
    captions: list[tuple[int, str, str]] = []
    seen: set[str] = set()
    for line in lines:
        if line.kept and line.text:
            region = line.label if line.label in ("title", "standfirst") else "body"
            found += [(line.number, region, s) for s in split(line.text)]
        elif line.label == "caption" and line.text not in seen and _is_caption_sentence(line.text):
            seen.add(line.text)
            captions += [(line.number, "caption", s) for s in split(line.text) if _is_caption_sentence(s)]
    return [Sentence(n, *row) for n, row in enumerate(found + captions, 1)]


def _is_caption_sentence(text: str) -> bool:
    """Whether a caption says something: six words or more, small ones among them, and a full stop; no mere credit."""
    words = text.split()
    return len(words) >= 6 and sum(w[0].islower() for w in words[1:]) >= 2 and _CAPTION_END.search(text) is not None
