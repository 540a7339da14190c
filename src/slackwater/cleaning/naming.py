"""What each line of a page is called, and whether it is kept.

The path says where the article is; here its lines get their names (title,
standfirst, heading, quote ...), and the lines outside it the most telling one.
Every name comes with the reason.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from slackwater.cleaning import datelines, path
from slackwater.cleaning.datelines import Dateline
from slackwater.cleaning.facts import FUNCTION_WORDS
from slackwater.cleaning.features import EMISSION, Features
from slackwater.cleaning.lines import Raw

KEPT = frozenset(("title", "standfirst", "heading", "body", "quote", "dateline"))
QUOTATION = EMISSION.index("quotation")
_MARKS = frozenset(".!?…。！？")
_CLOSING = "\"”’')]」』"
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|「[^」]*」")
# a path, a picture's text and credit, a quotation with its source, several links in one line
_NO_TITLE = re.compile(
    r"[»›←→▸]| > |\([^()]*/[^()]*\)$|[Cc]redit:|[Pp]hoto$|^[“\"][^”\"]*[”\"] ?[-–—]|(?:[a-z][A-Z][a-z].*){3}"
)
_SIGN = re.compile(r"(?i)(?:\w+ )?by\b|(?:author|published|updated|posted)\b")
_DAY = re.compile(
    r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.{0,6}\b(?:19|20)\d\d"
    r"|\b\d\d?[./]\d\d?[./](?:20)?\d\d"
)
_DIGIT = re.compile("[0-9]")
_WORD = re.compile(r"[a-z\w’'-]{4,}")  # a-z is in \w, and told faster


class Names:
    """Labels, reasons, kept flags and texts of a page's lines, being decided."""

    def __init__(self, raw: list[Raw], page: Features, states: list[int]):
        self.raw, self.page, self.states = raw, page, states
        self.texts = [line.text for line in raw]
        self.words: list[float] = page.words.tolist()  # single numbers are read much faster from a list
        self.quoting: list[bool] = (page.emission[:, QUOTATION] > 0).tolist()
        self.label = [""] * len(raw)
        self.why = [""] * len(raw)
        self.title: int | None = None
        self.dateline: Dateline | None = None
        self.dateline_row: int | None = None

    def kept(self, row: int) -> bool:
        """Whether *row* stays in the text; of datelines only the one that opens a paragraph."""
        return self.label[row] in KEPT and (self.label[row] != "dateline" or row == self.dateline_row)

    def put(self, row: int, label: str, why: str) -> None:
        self.label[row], self.why[row] = label, why


def name(raw: list[Raw], page: Features, states: list[int]) -> Names:
    """Name every line of *raw*, of which *states* says where the article is."""
    names = Names(raw, page, states)
    inside = [i for i, s in enumerate(states) if s == path.IN]
    if inside:
        _head(names, inside)
        _body(names)
    _outside(names, inside)
    return names


def ends_sentence(text: str) -> bool:
    """Whether *text* ends as a sentence does, closing quotes and brackets aside."""
    return text[-8:].rstrip(_CLOSING)[-1:] in _MARKS


def content_words(text: str, *, longest: int = 1000) -> set[str]:
    """The words of *text* that carry its subject: four letters or more, lower case, no function words.

    Of no more than its first *longest* characters.
    """
    words = set(_WORD.findall(text[:longest].lower()))
    if "’s" in text or "'s" in text:
        words = {w.removesuffix("’s").removesuffix("'s") for w in words}
    return words - FUNCTION_WORDS


def _head(names: Names, inside: list[int]) -> None:
    """Title and standfirst: the lines from a little before the article to its first paragraph."""
    page, texts = names.page, names.texts
    body = next((i for i in inside if page.words[i] >= 8 and ends_sentence(texts[i])), None)
    if body is None:
        body = inside[0]
    top = _title(names, inside, body)
    if top is None:
        return
    names.title = top
    names.put(top, "title", "the line before the text that shares most of its words")
    for row in range(top + 1, body):
        if page.keys[row] == page.keys[top]:
            names.put(row, "boilerplate", "the title again")
        elif page.hints[row] is None and 5 <= page.words[row] <= 70 and "standfirst" not in names.label:
            if row - top <= 6 and (not ends_sentence(texts[row]) or names.states[row] != path.IN):
                names.put(row, "standfirst", "stands between the title and the first paragraph")
        elif (
            page.hints[row] is None
            and page.words[row] <= 4
            and content_words(texts[row]) <= content_words(texts[top])
            and not ends_sentence(texts[row])
        ):
            names.put(row, "caption", "a few words between title and text: the alternative text of a picture")


def _title(names: Names, inside: list[int], body: int) -> int | None:
    """The row above the first paragraph *body* that shares most words with the text and is set as a title.

    A title is long enough to say something, is signed or dated within a few lines, and stands in the page's name
    or its path, too. None where no line has enough of that.
    """
    page, texts = names.page, names.texts
    paragraphs = [texts[i][:1000] for i in inside if i >= body and names.words[i] >= 8]
    subject = content_words("\n".join(paragraphs[:20]), longest=21_000)
    start = max(0, body - 200)
    signs = [row for row in range(start, body) if _signs(names, row)]
    lines = Counter(page.keys[start : body + 1])
    spread = "\n".join(key[:200] for key in page.keys[start : body + 1])
    scored: dict[int, float] = {}
    for row in range(start, body):
        text, words, hint = texts[row], names.words[row], page.hints[row]
        if not 2 <= words <= 35 or len(text) > 300 or text[0] in "-*•·" or text.endswith((":", ",", "…")):
            continue
        # long lines that begin as "Ann Lee in Ghent" are headlines: "McDonald's Asia chief not satisfied with ..."
        if hint and hint.label != "related" and not (hint.why == "a name with a role or a place" and words >= 6):
            continue
        signed = next((sign - row for sign in signs if row < sign <= row + 7), None)
        sentence = text[-1] == "."
        if (not signed and (sentence or body - row > 80)) or (hint is None and words <= 8 and row in signs):
            continue
        if _NO_TITLE.search(text):
            continue
        mine = content_words(text)
        about = len(mine & subject) / max(len(mine), 3)
        if not about:
            continue
        scored[row] = (
            about
            + 0.7 * min(words, 7) / 7
            + 0.5 * (signed is not None)
            + 0.2 * (signed is not None and signed <= 3)
            + 0.5 * (words >= 3 and spread.count(page.keys[row]) > lines[page.keys[row]])
            - 0.2 * math.log1p(body - row)
            - 0.03 * max(words - 16, 0)
            - 0.3 * sentence
        )
    top = max(scored, key=lambda row: (scored[row], row), default=None)
    if top is None or scored[top] < 0.45:
        return None
    # of two lines that could both be the title, the first is, unless it holds the second; that is the standfirst
    above = top - 1
    while above > start and len(texts[above]) <= 300 and _NO_TITLE.search(texts[above]):
        above -= 1
    enough = 0.5 if names.words[above] < names.words[top] else 0.7
    first = scored.get(above, 0) >= enough * scored[top] and names.words[above] >= 5
    return above if first and page.keys[top] not in page.keys[above] else top


def _signs(names: Names, row: int) -> bool:
    """Whether *row* signs or dates what stands above it."""
    hint, text = names.page.hints[row], names.texts[row]
    if hint is not None and hint.label in ("byline", "dateline", "form"):
        return hint.label != "form"
    if names.words[row] > 16:
        return False
    return bool(_SIGN.match(text) or (_DIGIT.search(text) and _DAY.search(text)))


def _body(names: Names) -> None:
    """The lines of the article: headings, quotations, a dateline, paragraphs, and what slipped in."""
    page, texts = names.page, names.texts
    openings: dict[tuple[str, ...], int] = {}
    in_quote = False
    first = True
    for row, text in enumerate(texts):
        if names.states[row] != path.IN or names.label[row]:
            continue
        words = names.words[row]
        hint = page.hints[row]
        if hint and (hint.sure or (words <= 4 and (hint.label in ("related", "form") or hint.why == "comment form"))):
            names.put(row, hint.label, hint.why)
            continue
        opening = tuple(text.split(None, 6)[:6])
        if hint and (
            (hint.label == "caption"
            and words < 80)
            or (hint.label in ("byline", "dateline")
            and words <= 14
            and not ends_sentence(text))
        ):
            names.put(row, hint.label, hint.why)
            continue
        above = openings.get(opening)
        if above is not None and words <= 30 and len(opening) == 6 and "said" not in text and not in_quote:
            if texts[above] == text:
                names.put(row, "caption", f"repeats line {names.raw[above].number}")
                continue
            if _introduces(opening):
                names.put(row, "caption", f"introduces again what line {names.raw[above].number} introduced")
                continue
        openings.setdefault(opening, row)
        found = datelines.find(text) if first and words >= 8 else None
        if words >= 8 and ends_sentence(text):
            first = False
        if found:
            names.dateline, names.dateline_row = found, row
            names.put(row, "dateline", f"opens with the dateline “{text[: found.end].strip()}”")
            names.texts[row] = text[found.end :]
            continue
        quoted = sum(map(len, _QUOTED.findall(text))) if names.quoting[row] else 0
        if in_quote or (quoted >= 0.5 * len(text) and words >= 6):
            names.put(row, "quote", "continues a quotation" if in_quote else "mostly in quotation marks")
        elif words <= 20 and not ends_sentence(text) and not text[0].islower() and _leads(names, row):
            names.put(row, "heading", "short, without a full stop, above a paragraph")
        else:
            names.put(row, "body", "part of the stretch that reads as the article")
        opened, closed = text.rfind("“"), text.rfind("”")
        in_quote = opened > closed or (in_quote and closed < 0)


def _introduces(opening: tuple[str, ...]) -> bool:
    """Whether a line's first words are a person and what they are: "Dr. Ann Lee, Acme Vice President"."""
    named = sum(word[0].isupper() and not word[1:].isupper() for word in opening) >= 5
    return named and any(word.endswith(",") for word in opening[1:])


def _leads(names: Names, row: int) -> bool:
    for below in range(row + 1, min(row + 4, len(names.texts))):
        if names.states[below] == path.IN:
            return names.words[below] >= 8
    return False


def _outside(names: Names, inside: list[int]) -> None:
    """The lines that are left out, each with the most telling label."""
    page = names.page
    first, last = (inside[0], inside[-1]) if inside else (len(names.texts), -1)
    section = None
    for row in range(len(names.texts)):
        if names.label[row]:
            if names.label[row] in KEPT:
                section = None
            continue
        hint = page.hints[row]
        if hint:
            names.put(row, hint.label, hint.why)
            if hint.label in ("related", "form", "faq") or (hint.label == "widget" and "comment" in hint.why):
                section = hint
            elif hint.label in ("legal", "bio"):
                section = None
        elif section is not None and (section.label != "form"):
            names.put(row, section.label, f"under “{section.why}”")
        elif not inside:
            names.put(row, "boilerplate", "no article found on this page")
        elif row < first:
            names.put(row, "boilerplate", "before the article")
        elif row > last:
            names.put(row, "boilerplate", "after the article")
        else:
            names.put(row, "boilerplate", "a break in the article: does not read as its text")
