"""Patterns as automata over tokens: matching is linear in the sentence, whatever the pattern.

The deterministic states are made when first met and kept, as RE2 does; where more are met than
are kept, they are made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import translate

from slackwater.reading import tokens
from slackwater.reading.patterns import Alt, PatternError, Seq, Word, member

MAX_STATES = 4_000  # of one rule, before determinising: a pattern with more is refused
_KEPT_STATES = 2_000  # deterministic states kept a rule
EDGE = -1  # the class of both ends of a sentence
_EDGE_ATOMS = frozenset("^$")


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
        self.phrases: dict[str, list[Seq | Alt]] = {}
        for name, entries in classes.items():
            self.phrases[name] = []
            for entry in entries:
                tree = member(entry, classes)
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
        if test.kind in ("any", "anything", "phrase"):
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
            found |= {"any", "anything"} if word in _PREPOSITIONS else {"any", "anything", "phrase"}
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


_PREPOSITIONS = frozenset(
    "at in on for from with by after before outside near against to over under between into onto inside through "
    "during until since about around across behind beside that which who whose where when while because if as".split()
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:m|bn|k|mn|st|nd|rd|th)?")
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand "
    "thousands several many some more fifteen twenty thirty forty fifty sixty seventy eighty ninety half".split()
)


def _choices(tree: Seq | Alt) -> tuple[Word, ...] | None:
    """The single tokens that *tree* matches, or None where it is more than one token long."""
    if isinstance(tree, Alt) or len(tree.items) != 1:
        return None
    item = tree.items[0]
    if isinstance(item, Word):
        return (item,) if item.kind in ("word", "glob") else None
    single = [_choices(option) for option in item.options if isinstance(option, Seq)]
    if len(single) != len(item.options) or None in single:
        return None
    return tuple(word for words in single if words for word in words)


class Automaton:
    """One or more patterns as one automaton; `spans` finds where they match."""

    def __init__(self, trees: Iterable[Seq | Alt], vocabulary: Vocabulary) -> None:
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
            raise PatternError(
                f"the patterns need more than {MAX_STATES} states; shorten gaps or split the rule"
            )
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

    def __init__(
        self, eps: list, edges: list, begin: int, accept: int, vocabulary: Vocabulary, *, floating: bool
    ) -> None:
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
