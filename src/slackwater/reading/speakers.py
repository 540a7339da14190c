"""Who says it: the company, a government, the press, workers, insiders, a partner, others.

The words around a verb of saying decide ("nearby workers said"); who speaks goes on to the
paragraph's end, and over it in a quotation; what nobody is named for is the word of whoever publishes the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from slackwater.lexicon import Lexicon
    from slackwater.reading.scan import Scan
    from slackwater.themes import Reader

_ORDER = ("insiders", "workers", "government", "partner", "company", "press", "other")
# a rumour has no named source, and what a reporter saw is the press's own, whoever spoke before
_OWN = re.compile(
    r"\b(?:rumou?r(?:s|ed)?|speculation"
    r"|(?:reporter|correspondent|journalist)s? (?:\w+ )?(?:visited|saw|found|observed|noticed))\b",
    re.I,
)
_OWN_WORDS = ("rumor*", "rumour*", "speculation", "reporter*", "correspondent*", "journalist*")
_CLAUSE = re.compile(r"[“”\"]|, (?=and|but|which|who)")
_REMARK = re.compile(r"[.“\"]")
_LONGEST = 40  # characters by which a verb of saying may go over its chunk: "according to"
_NEAR = 90  # characters either side of the verb in which its speaker stands


class _Words(NamedTuple):
    """The verbs of saying, and the words for each kind of speaker."""

    says: re.Pattern
    longer: tuple[str, ...]  # how those begin that may go on behind their first chunk, "according to"
    kinds: dict[str, re.Pattern]


def _forms(speakers: dict[str, list[str]]) -> list[str]:
    from slackwater.reading.verbs import forms

    return [
        form
        for verb in speakers.get("says", ())
        for form in (forms(verb[:-1]) if verb.endswith("~") else (verb,))
    ]


def marks(speakers: dict[str, list[str]]) -> dict[str, Iterable[str]]:
    """Words, by name, without which a sentence names no such speaker: those a scan is to mark."""
    kinds = {kind: [max(words.split(), key=len) for words in speakers.get(kind, ())] for kind in _ORDER}
    return {**kinds, "says": [form.split()[0] for form in _forms(speakers)], "own": _OWN_WORDS}


@lru_cache(maxsize=32)
def _compiled(lexicon: Lexicon) -> _Words:
    def any_of(words: Iterable[str]) -> str:
        return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words) or "(?!)"

    lists = lexicon.speakers
    kinds = {kind: re.compile(rf"\b(?:{any_of(lists[kind])})\b", re.I) for kind in _ORDER if lists.get(kind)}
    says = _forms(lists)
    longer = {verb.split()[0].strip("*").lower() for verb in says if " " in verb or "*" in verb}
    return _Words(re.compile(rf"\b(?:{any_of(says)})\b", re.I), tuple(sorted(longer)), kinds)


def of(text: str, reader: Reader, *, default: str = "press", scan: Scan | None = None) -> str:
    """The speaker of sentence *text*; *default* where it names nobody. *scan*: its own, where there is one."""
    scan = scan or reader.matcher.scan(text)
    says = reader.matcher.marks["says"]
    if not scan.marks & says:
        return default
    words, text, at = _compiled(reader.lexicon), text[:2000], 0
    for chunk in reader.matcher.marked(scan.chunks, says):
        begins = _place(chunk, text, at)
        if begins < 0:  # beyond what is asked
            break
        # every verb of saying begins in a chunk so marked: what lies between need not be searched
        ends, lowered = begins + len(chunk), chunk.lower()
        beyond = _LONGEST if any(verb in lowered for verb in words.longer) else 1  # to see that the word ends
        for match in words.says.finditer(text, begins, ends + beyond):
            if match.start() >= ends:
                break
            at = match.end()
            before = text[max(0, match.start() - _NEAR) : match.start()]
            after = text[at : at + _NEAR]
            if found := _kind(before, after, match.group().lower(), words.kinds, scan, reader):
                return found
        at = max(at, ends)
    return default


def _place(chunk: str, text: str, at: int) -> int:
    """Where *chunk* stands in *text* from *at* on, between blanks: "state" is no part of "statement". Else -1."""
    begins = text.find(chunk, at)
    while begins >= 0:
        ends = begins + len(chunk)
        if (not begins or text[begins - 1].isspace()) and (ends == len(text) or text[ends].isspace()):
            break
        begins = text.find(chunk, begins + 1)
    return begins


def _kind(
    before: str, after: str, verb: str, kinds: dict[str, re.Pattern], scan: Scan, reader: Reader
) -> str | None:
    """Kind of the speaker next to one verb of saying: before it, or behind "according to" and "…” said"."""
    piece = after.split(",")[0] if verb == "according to" else _CLAUSE.split(before)[-1]
    if before.rstrip().endswith(("”", '"', ",”", "'")) or (
        before.rstrip().endswith(",") and verb in ("said", "says")
    ):
        piece = _REMARK.split(after)[0]
    marks = reader.matcher.marks
    hits = [
        (max(starts), -number, kind)
        for number, kind in enumerate(_ORDER)
        if scan.marks & marks[kind] and (starts := [m.start() for m in kinds[kind].finditer(piece)])
    ]
    lowered = piece.lower()
    named = any(name in lowered for name in reader.names)
    if hits:
        kind = max(hits)[2]
        strong = {k for _, _, k in hits}
        if "insiders" in strong:
            return "insiders"
        if "workers" in strong and kind == "government":
            return "workers"  # "a union official"
        if "government" in strong and kind == "company" and not named:
            return "government"
        return kind
    return "company" if named else None


class Voice(NamedTuple):
    """Who says a sentence of a page, and whether a sentence before it says so."""

    speaker: str
    carried: bool


def of_page(
    scans: list[Scan], reader: Reader, *, default: str = "press", lines: list[int] | None = None
) -> list[Voice]:
    """The speaker of each sentence of a page: whom it names; else whoever is still quoted, or spoke before.

    An open quotation keeps its speaker until it is closed, other speech until another speaker or the next
    of *lines*, the paragraph of each sentence (without these every sentence is one), or a rumour.
    """
    out: list[Voice] = []
    quoted: str | None = None
    spoke: str | None = None
    paragraph: int | None = None
    own = reader.matcher.marks["own"]
    for number, scan in enumerate(scans):
        text = scan.text
        if lines is None or lines[number] != paragraph or (scan.marks & own and _OWN.search(text)):
            spoke, paragraph = None, lines[number] if lines else None
        named = of(text, reader, default="", scan=scan)
        before = quoted or spoke
        voice = Voice(named or before or default, not named and before is not None)
        spoke = named or spoke
        opened, closed = text.count("“"), text.count("”")
        if opened > closed:
            quoted = voice.speaker
        elif closed > opened or not quoted:
            quoted = None
        out.append(voice)
    return out
