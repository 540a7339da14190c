"""Patterns as automata over tokens: matching is linear in the sentence, whatever the pattern.

The deterministic states are made when first met and kept, as RE2 does; where more are met than
are kept, they are made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from operator import or_

from slackwater.reading.memory import Memory
from slackwater.reading.patterns import Alt, PatternError, Seq, Word
from slackwater.reading.vocabulary import EDGE, Vocabulary, choices

MAX_STATES = 2_500  # of one rule, before determinising: a pattern with more is refused
_KEPT_STATES = 2_000  # deterministic states kept a rule
_EDGE_ATOMS = frozenset("^$")


class Automaton:
    """One or more patterns as one automaton; `spans` finds where they match.

    Each test that the patterns write is a state, a bit of an integer: that a token has passed it (Glushkov's
    construction). A set of states is then an integer, and the next set two of them joined by `&`.
    """

    def __init__(self, trees: Iterable[Seq | Alt], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._tests: dict[str, int] = {}  # atom → the states that a token which passes it may lead to
        self._after: list[int] = []  # by state: those that may follow
        self._joints: list[tuple[int, int]] = []  # of these states one may be followed by one of those
        self._first, self._last, _ = self._either(trees)
        self._passed: dict[int, int] = Memory(self._lead)
        self._forward = _Deterministic(self._passed, self._after, self._first, self._last, floating=True)

    @cached_property
    def _backward(self) -> _Deterministic:
        """The same, read from the end: asked for only where something matched."""
        before = [0] * len(self._after)
        for ends, begins in self._joints:
            for state in _bits(begins):
                before[state] |= ends
        return _Deterministic(self._passed, before, self._last, self._first, floating=False)

    def _lead(self, cls: int) -> int:
        """The states that a token of class *cls* may lead to."""
        tests, states = self._tests, 0
        for atom in self._vocabulary.atoms[cls] if cls != EDGE else _EDGE_ATOMS:
            if atom in tests:
                states |= tests[atom]
        return states

    def _state(self, *atoms: str) -> tuple[int, int, bool]:
        if len(self._after) >= MAX_STATES:
            raise PatternError(
                f"the patterns need more than {MAX_STATES} states; shorten gaps or split the rule"
            )
        bit = 1 << len(self._after)
        self._after.append(0)
        for atom in atoms:
            self._tests[atom] = self._tests.get(atom, 0) | bit
        return bit, bit, False

    def _build(self, node: Seq | Alt | Word) -> tuple[int, int, bool]:
        """*node* made states: where it may begin, where it may end, and whether it may be empty."""
        if isinstance(node, Alt):
            tests = choices(Seq((node,)))  # one word of many: one state
            return self._state(*map(self._vocabulary.atom, tests)) if tests else self._either(node.options)
        if isinstance(node, Word):
            if node.kind in ("start", "end"):
                return self._state("^" if node.kind == "start" else "$")
            word = self._state(self._vocabulary.atom(node))
            phrases = self._vocabulary.phrases.get(node.text) if node.kind == "class" else None
            return _joined([word, self._either(phrases)]) if phrases else word
        first = last = 0
        empty = True
        for item in node.items:
            begins, ends, optional = self._build(item)
            if last and begins:
                self._joints.append((last, begins))
                for state in _bits(last):
                    self._after[state] |= begins
            first |= begins if empty else 0
            last = ends | (last if optional else 0)
            empty = empty and optional
        return first, last, empty

    def _either(self, nodes: Iterable[Seq | Alt | Word]) -> tuple[int, int, bool]:
        return _joined(list(map(self._build, nodes)))

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


def _joined(parts: list[tuple[int, int, bool]]) -> tuple[int, int, bool]:
    firsts, lasts, optional = zip(*parts, strict=True)
    return reduce(or_, firsts), reduce(or_, lasts), any(optional)


def _bits(states: int) -> Iterator[int]:
    """The numbers of the bits of *states*, lowest first."""
    while states:
        lowest = states & -states
        yield lowest.bit_length() - 1
        states ^= lowest


class _State(dict[int, "_State"]):
    """A state of a deterministic automaton: token class → the state that follows, made when first asked for."""

    __slots__ = ("accepts", "following", "machine")

    def __init__(self, inside: int, following: int, machine: _Deterministic) -> None:
        self.following, self.machine = following, machine
        self.accepts = bool(inside & machine.last)

    def __missing__(self, cls: int) -> _State:
        found = self[cls] = self.machine.after(self.following, cls)
        return found


class _Deterministic:
    """Subset construction, a state at a time when first met."""

    def __init__(
        self, passed: dict[int, int], after: list[int], first: int, last: int, *, floating: bool
    ) -> None:
        self._passed, self._after, self.last = passed, after, last
        self._always = first if floating else 0
        self.begin = _State(0, first, self)
        self._states: dict[int, _State] = {}

    def after(self, following: int, cls: int) -> _State:
        """The state that a token of class *cls* leads to, where *following* may follow."""
        inside = following & self._passed[cls]
        if not inside and self._always:
            return self.begin
        found = self._states.get(inside)
        if found is None:
            if len(self._states) >= _KEPT_STATES:
                for old in self._states.values():  # states name each other: let go of all at once
                    old.clear()
                self.begin.clear()
                self._states.clear()
            after = self._after
            following = reduce(or_, [after[state] for state in _bits(inside)], self._always)
            found = self._states[inside] = _State(inside, following, self)
        return found

    def first(self, classes: list[int], end: int, floor: int) -> int:
        """Where the shortest match that ends with token *end* begins."""
        state = self.begin
        for i in range(end, floor - 1, -1):
            state = state[classes[i]]
            if state.accepts:
                return i
        return end
