"""Who says it: the company, a government, the press, workers, insiders, a partner, others.

The words around a verb of saying decide ("nearby workers said"); who speaks goes on to the
paragraph's end, and over it in a quotation; what nobody is named for is the word of whoever publishes the page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from slackwater.reading.sieve import Sieve

if TYPE_CHECKING:
    from slackwater.themes import Reader

_ORDER = ("insiders", "workers", "government", "partner", "company", "press", "other")
# a rumour has no named source, and what a reporter saw is the press's own, whoever spoke before
_OWN = re.compile(
    r"\b(?:rumou?r(?:s|ed)?|speculation"
    r"|(?:reporter|correspondent|journalist)s? (?:\w+ )?(?:visited|saw|found|observed|noticed))\b",
    re.I,
)
_NEAR = 90  # characters either side of the verb in which its speaker stands


class _Words(NamedTuple):
    """The verbs of saying, a sieve for them, and the words for each kind of speaker."""

    says: re.Pattern
    sieve: Sieve
    kinds: dict[str, re.Pattern]


@lru_cache(maxsize=32)
def _compiled(speakers: tuple[tuple[str, tuple[str, ...]], ...]) -> _Words:
    from slackwater.reading.verbs import forms

    lists = dict(speakers)
    says = [
        form
        for verb in lists.get("says", ())
        for form in (forms(verb[:-1]) if verb.endswith("~") else (verb,))
    ]
    kinds = {
        kind: re.compile(
            r"\b(?:" + "|".join(re.escape(w).replace(r"\*", r"\w*") for w in words) + r")\b", re.I
        )
        for kind, words in lists.items()
        if kind != "says" and words
    }
    first = dict.fromkeys(form.split()[0] for form in says)
    return _Words(
        re.compile(r"\b(?:" + "|".join(map(re.escape, says)) + r")\b", re.I),
        Sieve(re.compile(r"\b(?:" + ("|".join(map(re.escape, first)) or r"(?!)") + r")", re.I)),
        kinds,
    )


def of(text: str, reader: Reader, *, default: str = "press") -> str:
    """The speaker of sentence *text*; *default* where it names nobody."""
    speakers = tuple((kind, tuple(words)) for kind, words in reader.lexicon.speakers.items())
    says, sieve, kinds = _compiled(speakers)
    text = text[:2000]
    for match in says.finditer(text) if sieve.holds(text) else ():
        before = text[max(0, match.start() - _NEAR) : match.start()]
        after = text[match.end() : match.end() + _NEAR]
        if found := _kind(before, after, match.group().lower(), kinds, reader):
            return found
    return default


def _kind(before: str, after: str, verb: str, kinds: dict[str, re.Pattern], reader: Reader) -> str | None:
    """Kind of the speaker next to one verb of saying: before it, or behind "according to" and "…” said"."""
    clause = re.split(r"[“”\"]|, (?=and|but|which|who)", before)[-1]
    reach = [after.split(",")[0] if verb == "according to" else clause]
    if before.rstrip().endswith(("”", '"', ",”", "'")) or (
        before.rstrip().endswith(",") and verb in ("said", "says")
    ):
        reach = [re.split(r"[.“\"]", after)[0]]
    for piece in reach:
        hits = [
            (max(m.start() for m in kinds[kind].finditer(piece)), -_ORDER.index(kind), kind)
            for kind in _ORDER
            if kind in kinds and kinds[kind].search(piece)
        ]
        named = bool(reader.company) and any(c.lower() in piece.lower() for c in reader.company)
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
        if named:
            return "company"
    return None


class Voice(NamedTuple):
    """Who says a sentence of a page, and whether a sentence before it says so."""

    speaker: str
    carried: bool


def of_page(
    texts: list[str], reader: Reader, *, default: str = "press", lines: list[int] | None = None
) -> list[Voice]:
    """The speaker of each sentence of a page: whom it names; else whoever is still quoted, or spoke before.

    An open quotation keeps its speaker until it is closed, other speech until another speaker or the next
    of *lines*, the paragraph of each sentence (without these every sentence is one), or a rumour.
    """
    out: list[Voice] = []
    quoted: str | None = None
    spoke: str | None = None
    paragraph: int | None = None
    for number, text in enumerate(texts):
        if lines is None or lines[number] != paragraph or _OWN.search(text):
            spoke, paragraph = None, lines[number] if lines else None
        named = of(text, reader, default="")
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
