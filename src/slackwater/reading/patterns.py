"""The pattern language of a lexicon: text → tree.

A pattern is a sequence of words, matched without regard to case:

| written      | matches                                                             |
|--------------|---------------------------------------------------------------------|
| `lab`        | that word; a hyphen parts two words, so `lay-off*` is `lay off*`     |
| `lab*`       | a word that begins so (`*` may also stand in front or inside)       |
| `open~`      | the forms of a verb: open, opens, opened, opening                   |
| `<site>`     | a word, or phrase, of the class `site` under `words:`               |
| `<number>`   | a number in figures or words; `<money>` a sum of money              |
| `(a | b c)`  | either                                                              |
| `[a b]`      | may be there or not                                                 |
| `..` `..7`   | up to 4 (or 7) words, no comma or stop between                      |
| `...` `...12`| up to 8 (or 12) words; commas and quotes may stand between, stops not |
| `_..7`       | up to 7 words without a preposition ("of" may be): one noun's words  |
| `^` `$`      | the start, the end of the sentence                                  |

`<company>` and `<place>` are those of the corpus; where it names none, any name and any country.
`<own>` and `<here>` are the same, and match nothing where the corpus names none.
What a tree matches is found by `automata`, in time linear in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from slackwater.reading import tokens
from slackwater.reading.verbs import forms

BUILT_IN = ("number", "name", "money", "company", "place", "here", "own")
_SCAN = re.compile(
    r"\s*(?:(?P<gap>_?\.{2,3})(?P<n>\d*)(?![\w.])|<(?P<cls>[\w-]+)>|(?P<op>[()|\[\]^$])|(?P<word>[^\s()|\[\]<>^]+))"
)


class PatternError(ValueError):
    """A pattern that cannot be read, or could match nothing at all; says why in one line."""


class Word(NamedTuple):
    """One token test: a literal, a glob, or a class by name."""

    kind: str  # word, glob, class, any (no comma), phrase (no preposition), anything (commas too), start, end
    text: str = ""


class Seq(NamedTuple):
    items: tuple


class Alt(NamedTuple):
    options: tuple


def parse(pattern: str, classes: Iterable[str]) -> Seq | Alt:
    """*pattern* as a tree. Raises PatternError for a fault or for a slot not in *classes*."""
    parts = []
    at = 0
    while at < len(pattern.rstrip()):
        match = _SCAN.match(pattern, at)
        if not match or match.end() == at:
            raise PatternError(f"cannot read {pattern[at:].strip()!r} in pattern {pattern!r}")
        parts.append(match)
        at = match.end()
    tree, rest = _sequence(parts, 0, pattern, frozenset(classes), depth=0)
    if rest < len(parts):
        raise PatternError(f"{parts[rest]['op']!r} closes nothing in pattern {pattern!r}")
    if _may_be_empty(tree):
        raise PatternError(
            f"pattern {pattern!r} would match the empty sentence; name a word that must be there"
        )
    return tree


def member(entry: str, classes: Iterable[str]) -> Seq | Alt:
    """An entry of a word class as a tree: a pattern where it is written as one, else its words. Raises PatternError."""
    if re.search(r"[<(\[|]|\.\.", entry):
        return parse(entry, classes)
    return Seq(tuple(item for word in entry.split() for item in literal(word, entry)))


def _sequence(
    parts: list, at: int, pattern: str, classes: frozenset[str], depth: int
) -> tuple[Seq | Alt, int]:
    if depth > 40:
        raise PatternError(f"pattern {pattern[:60]!r} nests more than 40 brackets")
    options: list[Seq | Alt] = []
    items: list = []
    while at < len(parts):
        part = parts[at]
        op = part["op"]
        if op in (")", "]"):
            break
        at += 1
        if op == "|":
            options.append(Seq(tuple(items)))
            items = []
        elif op in ("(", "["):
            inner, at = _sequence(parts, at, pattern, classes, depth + 1)
            if at >= len(parts) or parts[at]["op"] != {"(": ")", "[": "]"}[op]:
                raise PatternError(f"{op!r} is never closed in pattern {pattern!r}")
            at += 1
            items.append(inner if op == "(" else Alt((inner, Seq(()))))
        else:
            items.extend(_item(part, pattern, classes))
    options.append(Seq(tuple(items)))
    return (options[0] if len(options) == 1 else Alt(tuple(options))), at


def _item(part: re.Match, pattern: str, classes: frozenset[str]) -> list:
    if part["gap"]:
        kind = {"...": "anything", "_..": "phrase", "..": "any"}.get(part["gap"])
        if kind is None:
            raise PatternError(f"{part['gap']!r} in pattern {pattern!r} is no gap; use .., ... or _..")
        n = int(part["n"] or (8 if kind == "anything" else 4))
        if n > 40:
            raise PatternError(f"a gap spans at most 40 words; pattern {pattern!r} asks for {n}")
        gap: Seq | Alt = Seq(())
        for _ in range(n):  # right-nested options: n states, not n²
            gap = Alt((Seq(()), Seq((Word(kind), gap))))
        return [gap]
    if part["cls"]:
        if part["cls"] not in classes:
            raise PatternError(f'slot <{part["cls"]}> of pattern {pattern!r} is not defined under "words"')
        return [Word("class", part["cls"])]
    if part["op"] == "^":
        return [Word("start")]
    if part["op"] == "$":
        return [Word("end")]
    return literal(part["word"], pattern)


def literal(text: str, pattern: str) -> list:
    """A written word as token tests: `lay-off*` is two, `open~` a choice of forms."""
    lowered = text.lower()
    if lowered.endswith("~"):
        words = tokens.words(lowered[:-1])
        if not words:
            raise PatternError(f"{text!r} in pattern {pattern!r}: ~ follows a verb")
        verb = Alt(tuple(Seq((Word("word", form),)) for form in forms(words[-1])))
        return [*(Word("word", word) for word in words[:-1]), verb]
    if "*" in lowered:
        pieces = [p for p in re.split(r"[-\s]", lowered) if p]
        if any(not p.strip("*") for p in pieces):
            raise PatternError(f"a bare * in pattern {pattern!r} would match every word; use .. for a gap")
        return [Word("glob" if "*" in p else "word", p) for p in pieces]
    found = tokens.words(lowered)
    if not found:
        raise PatternError(f"{text!r} in pattern {pattern!r} holds no word")
    return [Word("word", word) for word in found]


def _may_be_empty(node: Seq | Alt | Word) -> bool:
    if isinstance(node, Word):
        # a match of gaps alone says nothing
        return node.kind in ("any", "anything", "phrase", "start", "end")
    if isinstance(node, Alt):
        return any(map(_may_be_empty, node.options))
    return all(map(_may_be_empty, node.items))
