"""What a sentence may hold, told by its words alone; so most are passed over at the cost of splitting them.

Every pattern of a rule has an anchor, the rarest word it cannot do without, and needs further words. What
a chunk between blanks holds of these is found out once and remembered, together with the marks of those
who read on: the words that may name a speaker or a site.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Set
from functools import cached_property, reduce
from itertools import accumulate, chain
from operator import or_
from typing import NamedTuple

from slackwater.reading import patterns, tokens
from slackwater.reading.memory import Memory
from slackwater.reading.needs import Need, Needs
from slackwater.reading.patterns import Alt, Seq
from slackwater.reading.vocabulary import EDGE, Vocabulary, choices

_NONE: frozenset = frozenset()

Asked = tuple[int, int]  # the rule of a pattern, and the needs that must be met for it, as bits
Note = tuple[int, tuple[Asked, ...]]  # of a word: its marks and the needs it meets, as bits; patterns it anchors


class Scan(NamedTuple):
    """A text with its chunks, the marks that it holds (as bits), and the rules whose rarer words it holds."""

    text: str
    chunks: list[str]
    marks: int
    rules: Set[int]


class Sentence:
    """A sentence as the automata see it: the classes of its words between two `EDGE`s.

    What only a sentence that a rule meets is asked for is made when it is. found: spans already looked for,
    by `Watch`.
    """

    def __init__(self, text: str, chunks: list[str], index: Index) -> None:
        self.text, self._chunks, self._index = text, chunks, index
        self.found: dict[int, list[tuple[int, int]]] = {}
        self._kept: list[int] | None = None
        classes = list(chain.from_iterable(map(index.classes.__getitem__, chunks)))
        if "(" in text:
            self._kept = tokens.without_remarks(list(range(len(classes))), classes, *index.brackets)
            classes = [classes[n] for n in self._kept]
        self.classes = [EDGE, *classes, EDGE]

    @cached_property
    def _parts(self) -> list[tuple[tuple[str, int, int], ...]]:
        """Of each chunk: its words, with their places in it."""
        return list(map(self._index.parts.__getitem__, self._chunks))

    @cached_property
    def words(self) -> list[str]:
        """The words and marks, as written."""
        words = [word for part in self._parts for word, _, _ in part]
        return words if self._kept is None else [words[n] for n in self._kept]

    @cached_property
    def lowered(self) -> list[str]:
        """The words in lower case."""
        return [word.lower() for word in self.words]

    @cached_property
    def watches(self) -> int:
        """The `Watch`es of which it holds a word, as bits."""
        return self._index.watched(self.classes)

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        """Of each chunk: where it starts in the text, and how many words stand before its end."""
        starts, at = [], 0
        for chunk in self._chunks:
            at = self.text.index(chunk, at)
            starts.append(at)
            at += len(chunk)
        return starts, list(accumulate(map(len, self._parts)))

    def _place(self, word: int) -> tuple[int, int]:
        word = word if self._kept is None else self._kept[word]
        starts, ends = self._starts
        number = bisect_right(ends, word)
        _, start, end = self._parts[number][word - ends[number]]  # counted from the chunk's last word
        return starts[number] + start, starts[number] + end

    def place(self, first: int, end: int) -> tuple[int, int]:
        """Where words *first* to *end* (exclusive, one at least) stand in the text, in characters, end exclusive."""
        return self._place(first)[0], self._place(end - 1)[1]

    def quote(self, first: int, end: int) -> str:
        """The text of words *first* to *end*."""
        if end <= first:
            return ""
        start, stop = self.place(first, end)
        return self.text[start:stop]


class Index:
    """Which patterns, watches and marks each word may be part of. All are entered before the first text is scanned."""

    def __init__(self, vocabulary: Vocabulary, words: dict[str, list[str]]) -> None:
        self._vocabulary, self._needs = vocabulary, Needs(vocabulary, words)
        self._anchors: dict[str, set[Asked]] = {}
        self._bits: dict[Need, int] = {}
        self._held: dict[str, int] = {}  # by token test: its mark and the needs it meets
        self._watches: dict[str, int] = {}
        self._n_watches = 0
        self.marks: dict[str, int] = {}
        self._meanings: dict[int, tuple[int, Note | None]] = Memory(self._meaning)
        self._plain: dict[tuple[bool, bool], Note | None] = Memory(
            lambda kind: self._meanings[vocabulary.plain[kind]][1]
        )
        self._notes: dict[str, Note | None] = Memory(self._note)
        self.classes: dict[str, tuple[int, ...]] = Memory(self._classes)
        self.parts: dict[str, tuple[tuple[str, int, int], ...]] = Memory(tokens.of_chunk)

    def rule(self, number: int, tree: Seq | Alt) -> None:
        """Note by which words the pattern *tree* of rule *number* is recognised, and which others it needs."""
        for way in self._needs.ways(tree):
            anchor, *others = self._needs.rarest_first(way)
            wanted = reduce(or_, [self._bit_of(need) for need in others if self._needs.tells(need)], 0)
            for atom in anchor:
                self._anchors.setdefault(atom, set()).add((number, wanted))

    def watch(self, trees: Iterable[Seq | Alt]) -> int:
        """The bits of a sentence's `watches` without all of which none of *trees* matches it."""
        ways = [self._needs.rarest_first(way) for tree in trees for way in self._needs.ways(tree)]
        bits = 0
        for needs in zip(*ways, strict=False):  # the rarest of each way, then the next, as far as all have one
            bit = 1 << self._n_watches
            self._n_watches += 1
            bits |= bit
            for atom in frozenset().union(*needs):
                self._watches[atom] = self._watches.get(atom, 0) | bit
        return bits

    def mark(self, name: str, words: Iterable[str]) -> None:
        """Mark texts that hold one of *words* as `marks[name]`."""
        bit = self.marks[name] = self._bit()
        for word in set(words):
            longest = max(patterns.literal(word, word), key=lambda test: len(getattr(test, "text", "")))
            for test in choices(Seq((longest,))) or ():
                self._vocabulary.enter(test, "@" + name)
        self._held["@" + name] = bit

    def _bit_of(self, need: Need) -> int:
        bit = self._bits.get(need)
        if bit is None:
            bit = self._bits[need] = self._bit()
            for atom in need:
                self._held[atom] = self._held.get(atom, 0) | bit
        return bit

    def _bit(self) -> int:
        return 1 << (len(self._bits) + len(self.marks))

    def scan(self, text: str) -> Scan:
        """What *text* may hold."""
        chunks = text.split()
        held = 0
        asked: list[Asked] = []
        for holds, asks in filter(None, map(self._notes.__getitem__, chunks)):
            held |= holds
            asked += asks
        rules = {rule for rule, wanted in asked if held & wanted == wanted} if asked else _NONE
        return Scan(text, chunks, held, rules)

    def marked(self, chunks: list[str], mark: int) -> list[str]:
        """Those of *chunks* that hold *mark*."""
        notes = self._notes
        return [chunk for chunk in chunks if (note := notes[chunk]) and note[0] & mark]

    def sentence(self, text: str, chunks: list[str] | None = None) -> Sentence:
        """*text* as the automata see it; *chunks* are those of its `Scan`, where there is one."""
        return Sentence(text, text.split() if chunks is None else chunks, self)

    def watched(self, classes: list[int]) -> int:
        """The watches for which *classes*, between two `EDGE`s, hold a word, as bits."""
        return reduce(or_, [self._meanings[cls][0] for cls in classes[1:-1]], 0)

    def _note(self, written: str) -> Note | None:
        """What is notable of a chunk; None where nothing is, as of most."""
        word = written.strip(self._mute)
        if word.isalpha() or word.isdecimal():
            if self._vocabulary.strange(word.lower()):
                return self._plain[word[0].isupper(), word.isdecimal()]
            return self._meanings[self._vocabulary.of(word)][1]
        notes = [note for cls in self._classes(written) if (note := self._meanings[cls][1])]
        if len(notes) < 2:
            return notes[0] if notes else None
        held = reduce(or_, [holds for holds, _ in notes])
        return held, tuple(dict.fromkeys(chain.from_iterable(asks for _, asks in notes)))

    @cached_property
    def brackets(self) -> tuple[int, int]:
        """The classes of the two brackets."""
        return self._vocabulary.of("("), self._vocabulary.of(")")

    @cached_property
    def _mute(self) -> str:
        """The marks that may stand before or after a word, of which nothing is notable."""
        return "".join(mark for mark in ",.;:?!“”\"()" if self._meanings[self._vocabulary.of(mark)][1] is None)

    def _classes(self, written: str) -> tuple[int, ...]:
        """The classes of a chunk's words."""
        return tuple(map(self._vocabulary.of, tokens.of_one(written)))

    def _meaning(self, cls: int) -> tuple[int, Note | None]:
        """Of a token class: the watches it is for, and its note."""
        watches = held = 0
        asked: set[Asked] = set()
        for atom in self._vocabulary.atoms[cls] & self._notable:
            watches |= self._watches.get(atom, 0)
            held |= self._held.get(atom, 0)
            asked |= self._anchors.get(atom, _NONE)
        return watches, (held, tuple(asked)) if held or asked else None

    @cached_property
    def _notable(self) -> frozenset[str]:
        """The token tests that something is noted of."""
        return frozenset(self._watches) | frozenset(self._held) | frozenset(self._anchors)
