"""The pattern language of a lexicon, and a matcher that is linear in the sentence.

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
| `^` `$`      | the start, the end of the sentence                                  |

`<company>` and `<place>` are those of the corpus; where it names none, any name and any country.
`<here>` is the place of the corpus, and matches nothing where it names none.
Each rule becomes an automaton over tokens whose deterministic states are made when first met and
kept (as RE2 does), so no pattern that a user writes can make a sentence take more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import translate
from typing import NamedTuple

from slackwater import tokens
from slackwater.verbs import forms

MAX_STATES = 4_000  # of one rule, before determinising: a pattern with more is refused
_KEPT_STATES = 2_000  # deterministic states kept a rule; more than these are made again
_SCAN = re.compile(r"\s*(?:(?P<gap>\.{2,3})(?P<n>\d*)(?![\w.])|<(?P<cls>[\w-]+)>|(?P<op>[()|\[\]^$])|(?P<word>[^\s()|\[\]<>^]+))")


class PatternError(ValueError):
    """A pattern that cannot be read, or could match nothing at all; says why in one line."""


class Word(NamedTuple):
    """One token test: a literal, a glob, or a class by name."""

    kind: str  # word, glob, class, any (no comma), anything (commas too), start, end
    text: str = ""


class Seq(NamedTuple):
    items: tuple


class Alt(NamedTuple):
    options: tuple


def parse(pattern: str, classes: Iterable[str]) -> Seq:
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
        raise PatternError(f"pattern {pattern!r} would match the empty sentence; name a word that must be there")
    return tree


def _sequence(parts: list, at: int, pattern: str, classes: frozenset[str], depth: int) -> tuple[Seq | Alt, int]:
    if depth > 40:
        raise PatternError(f"pattern {pattern[:60]!r} nests more than 40 brackets")
    options, items = [], []
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
        wide = part["gap"] == "..."
        n = int(part["n"] or (8 if wide else 4))
        if n > 40:
            raise PatternError(f"a gap spans at most 40 words; pattern {pattern!r} asks for {n}")
        gap: Seq | Alt = Seq(())
        for _ in range(n):  # right-nested options: n states, not n²
            gap = Alt((Seq(()), Seq((Word("anything" if wide else "any"), gap))))
        return [gap]
    if part["cls"]:
        if part["cls"] not in classes:
            raise PatternError(f"slot <{part['cls']}> of pattern {pattern!r} is not defined under \"words\"")
        return [Word("class", part["cls"])]
    if part["op"] == "^":
        return [Word("start")]
    if part["op"] == "$":
        return [Word("end")]
    return _literal(part["word"], pattern)


def _literal(text: str, pattern: str) -> list:
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
        return node.kind in ("any", "anything", "start", "end")  # a match of gaps alone says nothing
    if isinstance(node, Alt):
        return any(map(_may_be_empty, node.options))
    return all(map(_may_be_empty, node.items))


class Vocabulary:
    """Which tests a token passes. Tokens that pass the same ones share a class, an integer.

    *classes* holds, by name, the entries of every word class: literals, globs, `verb~`, phrases.
    """

    def __init__(self, classes: dict[str, list[str]]) -> None:
        self._single: dict[str, set[str]] = {}
        self._prefix: dict[str, set[str]] = {}
        self._globs: list[tuple[re.Pattern, str]] = []
        self._known: dict[str, int] = {}
        self._aliases: dict[str, frozenset[str]] = {}
        self._signatures: dict[frozenset[str], int] = {}
        self.atoms: list[frozenset[str]] = []  # by class
        self.phrases: dict[str, list[Seq]] = {}
        for name, entries in classes.items():
            self.phrases[name] = []
            for entry in entries:
                tree = parse(entry, classes) if re.search(r"[<(\[|]|\.\.", entry) else Seq(
                    tuple(item for word in entry.split() for item in _literal(word, entry)))
                plain = _choices(tree)
                if plain is None:
                    self.phrases[name].append(tree)
                for test in plain or ():
                    self._enter(test, "<" + name)

    def _enter(self, test: Word, atom: str) -> None:
        if test.kind == "word":
            self._single.setdefault(test.text, set()).add(atom)
        elif test.text.endswith("*") and "*" not in test.text[:-1]:
            self._prefix.setdefault(test.text[:-1], set()).add(atom)
        else:
            self._globs.append((re.compile(translate(test.text)), atom))

    def atom(self, test: Word) -> str:
        """The name under which the automata know *test*; entered on first use."""
        if test.kind == "class":
            return "<" + test.text
        if test.kind in ("any", "anything"):
            return test.kind
        self._enter(test, test.text)
        return test.text

    def alias(self, atom: str, also: str) -> None:
        """Tokens that pass *atom* pass *also*."""
        self._aliases[atom] = self._aliases.get(atom, frozenset()) | {also}

    def of(self, token: str) -> int:
        """The class of *token* as written. Memoised; the memory of words is bounded."""
        known = self._known.get(token)
        if known is None:
            if len(self._known) > 200_000:
                self._known.clear()
            known = self._known[token] = self._classify(token)
        return known

    def _classify(self, token: str) -> int:
        word = token.lower()
        found = set(self._single.get(word, ()))
        stem = word[:-2] if word.endswith("'s") else word
        if stem != word:
            found |= self._single.get(stem, set())
        for n in range(1, min(len(stem), 40) + 1):
            found |= self._prefix.get(stem[:n], set())
        found |= {atom for glob, atom in self._globs if glob.match(stem[:200])}
        if tokens.is_word(token):
            found |= {"any", "anything"}
            if _NUMBER.fullmatch(word) or word in _NUMBER_WORDS:
                found.add("<number")
            if token[0].isupper():
                found.add("<name")
        elif token == "," or token in tokens.QUOTES:
            found.add("anything")
        elif token in "()":
            found.add(token)  # a class of its own, so that remarks in brackets can be passed over
        for atom, also in self._aliases.items():
            if atom in found:
                found |= also
        signature = frozenset(found)
        if signature not in self._signatures:
            self._signatures[signature] = len(self.atoms)
            self.atoms.append(signature)
        return self._signatures[signature]


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:m|bn|k|mn|st|nd|rd|th)?")
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand "
    "thousands several many some more fifteen twenty thirty forty fifty sixty seventy eighty ninety half".split())
BUILT_IN = ("number", "name", "money", "company", "place", "here")


def _choices(tree: Seq) -> tuple[Word, ...] | None:
    """The single tokens that *tree* matches, or None where it is more than one token long."""
    if len(tree.items) != 1:
        return None
    item = tree.items[0]
    if isinstance(item, Word):
        return (item,) if item.kind in ("word", "glob") else None
    single = [_choices(option) for option in item.options if isinstance(option, Seq)]
    if len(single) != len(item.options) or None in single:
        return None
    return tuple(word for words in single for word in words)


class Automaton:
    """One or more patterns as one automaton; `spans` finds where they match."""

    def __init__(self, trees: Iterable[Seq], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._eps: list[list[int]] = [[], []]  # state 0 starts, state 1 accepts
        self._edges: list[list[tuple[str, int]]] = [[], []]
        self._start_only: set[tuple[int, int]] = set()
        self._end_only: set[tuple[int, int]] = set()
        for tree in trees:
            self._build(tree, 0, 1)
        self._forward = _Deterministic(self._eps, self._edges, 0, 1, vocabulary, floating=True)
        self._backward = _Deterministic(*_reversed(self._eps, self._edges), 1, 0, vocabulary, floating=False)

    def _state(self) -> int:
        if len(self._eps) >= MAX_STATES:
            raise PatternError(f"the patterns need more than {MAX_STATES} states; shorten gaps or split the rule")
        self._eps.append([])
        self._edges.append([])
        return len(self._eps) - 1

    def _build(self, node: Seq | Alt | Word, begin: int, end: int) -> None:
        if isinstance(node, Alt):
            for option in node.options:
                self._build(option, begin, end)
        elif isinstance(node, Seq):
            at = begin
            for item in node.items:
                then = self._state()
                self._build(item, at, then)
                at = then
            self._eps[at].append(end)
        elif node.kind in ("start", "end"):
            self._edges[begin].append(("^" if node.kind == "start" else "$", end))
        else:
            phrases = self._vocabulary.phrases.get(node.text, ()) if node.kind == "class" else ()
            self._edges[begin].append((self._vocabulary.atom(node), end))
            for phrase in phrases:
                self._build(phrase, begin, end)

    def spans(self, classes: list[int]) -> Iterator[tuple[int, int]]:
        """Matches as (first token, end), the shortest that ends earliest, none overlapping.

        *classes* are the token classes of a sentence between `EDGE` at both ends.
        """
        floor = 0
        forward = self._forward
        state, table, accepts = 0, forward.table, forward.accepts
        for i, cls in enumerate(classes):
            following = table[state].get(cls)
            state = forward.step(state, cls) if following is None else following
            if accepts[state]:
                start = self._backward.first(classes, i, floor)
                yield start, i + 1
                floor = i + 1
                state = 0


EDGE = -1  # the class of both ends of a sentence


def _reversed(eps: list[list[int]], edges: list[list[tuple[str, int]]]) -> tuple[list, list]:
    back_eps: list[list[int]] = [[] for _ in eps]
    back_edges: list[list[tuple[str, int]]] = [[] for _ in eps]
    for state, targets in enumerate(eps):
        for target in targets:
            back_eps[target].append(state)
    for state, steps in enumerate(edges):
        for atom, target in steps:
            back_edges[target].append((atom, state))
    return back_eps, back_edges


class _Deterministic:
    """Subset construction, a state at a time when first met."""

    def __init__(self, eps: list, edges: list, begin: int, accept: int, vocabulary: Vocabulary, *, floating: bool) -> None:
        self._eps, self._edges, self._accept = eps, edges, accept
        self._vocabulary, self._floating = vocabulary, floating
        self._begin = self._closure({begin})
        self._forget()

    def _forget(self) -> None:
        self.table: list[dict[int, int]] = [{}]
        self.accepts = [False]
        self._sets = [self._begin]
        self._numbers = {self._begin: 0}

    def _closure(self, states: set[int]) -> frozenset[int]:
        stack = list(states)
        while stack:
            for target in self._eps[stack.pop()]:
                if target not in states:
                    states.add(target)
                    stack.append(target)
        return frozenset(states)

    def step(self, state: int, cls: int) -> int:
        atoms = _EDGE_ATOMS if cls == EDGE else self._vocabulary.atoms[cls]
        reached = {target for s in self._sets[state] for atom, target in self._edges[s] if atom in atoms}
        closed = self._closure(reached)
        if self._floating:
            closed |= self._begin
        number = self._numbers.get(closed)
        if number is None:
            if len(self._sets) >= _KEPT_STATES:
                # keep working from this one state in a fresh table
                self.table.clear()
                self.accepts.clear()
                self._sets.clear()
                self._numbers.clear()
                for fresh in (self._begin, closed):
                    if fresh not in self._numbers:
                        self._numbers[fresh] = len(self._sets)
                        self._sets.append(fresh)
                        self.table.append({})
                        self.accepts.append(self._accept in fresh)
                return self._numbers[closed]
            number = self._numbers[closed] = len(self._sets)
            self._sets.append(closed)
            self.table.append({})
            self.accepts.append(self._accept in closed)
        self.table[state][cls] = number
        return number

    def first(self, classes: list[int], end: int, floor: int) -> int:
        """Where the shortest match that ends with token *end* begins."""
        state = 0
        for i in range(end, floor - 1, -1):
            cls = classes[i]
            following = self.table[state].get(cls)
            state = self.step(state, cls) if following is None else following
            if self.accepts[state]:
                return i
        return end


_EDGE_ATOMS = frozenset("^$")
