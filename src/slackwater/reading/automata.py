"""Patterns as automata over tokens: matching is linear in the sentence, whatever the pattern.

The deterministic states are made when first met and kept, as RE2 does; where more are met than
are kept, they are made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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
        self._starts: dict[str, tuple[str, ...]] = {}  # those prefixes, by their first two letters
        self._globs: list[tuple[re.Pattern, str]] = []
        self._known: dict[str, int] = {}
        self._plain: dict[bool, int] = {}
        self._aliases: dict[str, frozenset[str]] = {}
        self._signatures: dict[frozenset[str], int] = {}
        self.atoms: list[frozenset[str]] = []  # by class
        self.phrases: dict[str, list[Seq | Alt]] = {}
        for name, entries in classes.items():
            self.phrases[name] = []
            for entry in entries:
                tree = member(entry, classes)
                plain = choices(tree)
                if plain is None:
                    self.phrases[name].append(tree)
                for test in plain or ():
                    self.enter(test, "<" + name)

    def enter(self, test: Word, atom: str) -> None:
        """Tokens that pass *test* pass *atom*."""
        if test.kind == "word":
            self._single.setdefault(test.text, set()).add(atom)
        elif test.text.endswith("*") and "*" not in test.text[:-1] and len(test.text) > 2:
            start = test.text[:-1]
            self._prefix.setdefault(start, set()).add(atom)
            self._starts[start[:2]] = tuple({*self._starts.get(start[:2], ()), start})
        else:
            self._globs.append((re.compile(translate(test.text)), atom))

    def atom(self, test: Word) -> str:
        """The name under which the automata know *test*; entered on first use."""
        if test.kind == "class":
            return "<" + test.text
        if test.kind in ("any", "anything", "phrase"):
            return test.kind
        self.enter(test, test.text)
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
        stem = word.removesuffix("'s")
        found = set(self._single[word]) if word in self._single else set()
        if stem != word and stem in self._single:
            found |= self._single[stem]
        starts = self._starts.get(stem[:2])
        if starts and stem.startswith(starts):
            for n in range(2, min(len(stem), 40) + 1):
                found.update(self._prefix.get(stem[:n], ()))
        for glob, atom in self._globs:
            if glob.match(stem[:200]):
                found.add(atom)
        if not found and word.isalpha() and word not in _PREPOSITIONS and word not in _NUMBER_WORDS:
            return self._untested(token[0].isupper())
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
        return self._class(found)

    def _untested(self, capital: bool) -> int:
        """The class of a word that passes no test but those of any word, which most words are."""
        if capital not in self._plain:
            self._plain[capital] = self._class({"any", "anything", "phrase", *(["<name"] if capital else [])})
        return self._plain[capital]

    def _class(self, atoms: set[str]) -> int:
        for atom, also in self._aliases.items():
            if atom in atoms:
                atoms |= also
        signature = frozenset(atoms)
        if signature not in self._signatures:
            self._signatures[signature] = len(self.atoms)
            self.atoms.append(signature)
        return self._signatures[signature]


_PREPOSITIONS = frozenset(
    "at in on for from with by after before outside near against to over under between into onto inside through "
    "during until since about around across behind beside that which who whose where when while because if as "
    "amid amidst despite following via per".split()
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:m|bn|k|mn|st|nd|rd|th)?")
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand "
    "thousands several many some more fifteen twenty thirty forty fifty sixty seventy eighty ninety half".split()
)


def choices(tree: Seq | Alt) -> tuple[Word, ...] | None:
    """The single tokens that *tree* matches, or None where it is more than one token long."""
    if isinstance(tree, Alt) or len(tree.items) != 1:
        return None
    item = tree.items[0]
    if isinstance(item, Word):
        return (item,) if item.kind in ("word", "glob") else None
    single = [choices(option) for option in item.options if isinstance(option, Seq)]
    if len(single) != len(item.options) or None in single:
        return None
    return tuple(word for words in single if words for word in words)


class Automaton:
    """One or more patterns as one automaton; `spans` finds where they match."""

    def __init__(self, trees: Iterable[Seq | Alt], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._eps: list[list[int]] = [[], []]  # state 0 starts, state 1 accepts
        self._edges: list[list[tuple[str, int]]] = [[], []]
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

    def spans(self, classes: list[int]) -> list[tuple[int, int]]:
        """Matches as (first token, end), the shortest that ends earliest, none overlapping.

        *classes* are the token classes of a sentence between `EDGE` at both ends.
        """
        found = []
        floor = 0
        state = begin = self._forward.begin
        for i, cls in enumerate(classes):
            state = state[cls]
            if state.accepts:
                found.append((self._backward.first(classes, i, floor), i + 1))
                floor = i + 1
                state = begin
        return found


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


class _State(dict[int, "_State"]):
    """A state of a deterministic automaton: token class → the state that follows, made when first asked for.

    `by_atoms` has the same by what this automaton knows of a class, so that a new class costs little.
    """

    __slots__ = ("accepts", "by_atoms", "inside", "machine")

    def __init__(self, inside: frozenset[int], machine: _Deterministic) -> None:
        self.inside, self.machine = inside, machine
        self.accepts = machine.accept in inside
        self.by_atoms: dict[frozenset[str], _State] = {}

    def __missing__(self, cls: int) -> _State:
        following = self[cls] = self.machine.after(self, cls)
        return following


class _Deterministic:
    """Subset construction, a state at a time when first met."""

    def __init__(
        self, eps: list, edges: list, begin: int, accept: int, vocabulary: Vocabulary, *, floating: bool
    ) -> None:
        self._eps, self.accept = eps, accept
        self._steps: dict[str, dict[int, list[int]]] = {}  # atom → states that it leads on from, and where to
        for state, steps in enumerate(edges):
            for atom, target in steps:
                self._steps.setdefault(atom, {}).setdefault(state, []).append(target)
        self._vocabulary, self._floating = vocabulary, floating
        self._asked = frozenset(self._steps)
        self._known: dict[int, frozenset[str]] = {EDGE: self._asked & _EDGE_ATOMS}
        self.begin = _State(self._closure({begin}), self)
        self._states = {self.begin.inside: self.begin}

    def _closure(self, states: set[int]) -> frozenset[int]:
        stack = list(states)
        while stack:
            for target in self._eps[stack.pop()]:
                if target not in states:
                    states.add(target)
                    stack.append(target)
        return frozenset(states)

    def after(self, state: _State, cls: int) -> _State:
        """The state that a token of class *cls* leads to from *state*."""
        atoms = self._known.get(cls)
        if atoms is None:
            atoms = self._known[cls] = self._asked & self._vocabulary.atoms[cls]
        found = state.by_atoms.get(atoms)
        if found is None:
            found = state.by_atoms[atoms] = self._made(state, atoms)
        return found

    def _made(self, state: _State, atoms: frozenset[str]) -> _State:
        reached: set[int] = set()
        for atom in atoms:
            steps = self._steps[atom]
            for source in steps.keys() & state.inside:
                reached.update(steps[source])
        closed = self._closure(reached)
        if self._floating:
            closed |= self.begin.inside
        found = self._states.get(closed)
        if found is None:
            if len(self._states) >= _KEPT_STATES:
                for old in self._states.values():  # states name each other: let go of all at once
                    old.clear()
                    old.by_atoms.clear()
                self._states = {self.begin.inside: self.begin}
            found = self._states[closed] = _State(closed, self)
        return found

    def first(self, classes: list[int], end: int, floor: int) -> int:
        """Where the shortest match that ends with token *end* begins."""
        state = self.begin
        for i in range(end, floor - 1, -1):
            state = state[classes[i]]
            if state.accepts:
                return i
        return end
