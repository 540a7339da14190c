"""What a sentence may hold, told by its words alone; so most are passed over at the cost of splitting them.

Every pattern of a rule has an anchor, the rarest word it cannot do without, and needs further words. What
a chunk between blanks holds of these is found out once and remembered, together with the marks of those
who read on: the words that may name a speaker or a site.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property, reduce
from itertools import accumulate, chain
from operator import or_
from typing import Any, NamedTuple

from slackwater.reading import patterns, tokens
from slackwater.reading.automata import EDGE, Vocabulary, choices
from slackwater.reading.patterns import Alt, Seq, Word

SIZE = 300_000  # chunks remembered, then forgotten all at once
# how often a word is met, roughly, per 10,000: what it costs to have it for an anchor
_FREQUENT = {
    word: weight
    for weight, words in (
        (
            600.0,
            ", . the of to in and a for on is that with at by as from it its be are was an has have will or "
            "this not",
        ),
        (
            120.0,
            "new more than up out about into first one after all time over also their they he his who "
            "which were been would can had but if when what some could may get make take go work business "
            "people home no so other back down off",
        ),
        (
            25.0,
            "said says company market cost costs design want wants long based including include build "
            "create set step team add space information service services plan plans planned number second "
            "line office global industry making going found customers give building built instead risk "
            "option options training marketing production job jobs end open use made top keep start week "
            "sales share shares report group big major part way lead move growth deal cut sell buy",
        ),
    )
    for word in words.split()
}
_WEIGHT = {
    "<number": 400.0,
    "<name": 900.0,
    "<company": 60.0,
    "<place": 60.0,
    "any": 1e9,
    "anything": 1e9,
    "phrase": 1e9,
    "<money": 100.0,
}
_COMMON = 450.0  # what is needed but met so often asks too little to be asked


Asked = tuple[int, int]  # the rule of a pattern, and the needs that must be met for it, as bits
Note = tuple[int, int, tuple[Asked, ...]]  # of a word: its marks and the needs it meets, as bits; patterns it anchors


class Chunk(NamedTuple):
    """What a chunk is to the automata: its words, their places in it and classes, the `Watch`es they are for."""

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    classes: tuple[int, ...]
    watches: int


class Scan(NamedTuple):
    """A text with its chunks, the marks that it holds (as bits), and the rules whose rarer words it holds."""

    text: str
    chunks: list[str]
    marks: int
    rules: set[int]


class Sentence:
    """A sentence as the automata see it: the classes of its words between two `EDGE`s.

    What only a sentence that a rule meets is asked for is made when it is. found: spans already looked for,
    by `Watch`.
    """

    def __init__(self, text: str, written: list[str], chunks: list[Chunk]) -> None:
        self.text, self._written, self._chunks = text, written, chunks
        self.found: dict[int, list[tuple[int, int]]] = {}
        self._kept: list[int] | None = None
        classes = list(chain.from_iterable([chunk[2] for chunk in chunks]))
        if "(" in text:
            words = [word for chunk in chunks for word in chunk[0]]
            self._kept = tokens.without_remarks(list(range(len(words))), words)
            classes = [classes[n] for n in self._kept]
        self.classes = [EDGE, *classes, EDGE]

    @cached_property
    def words(self) -> list[str]:
        """The words and marks, as written."""
        words = list(chain.from_iterable([chunk[0] for chunk in self._chunks]))
        return words if self._kept is None else [words[n] for n in self._kept]

    @cached_property
    def lowered(self) -> list[str]:
        """The words in lower case."""
        return [word.lower() for word in self.words]

    @cached_property
    def watches(self) -> int:
        """The `Watch`es of which it holds a word, as bits."""
        return reduce(or_, [chunk[3] for chunk in self._chunks], 0)

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        """Of each chunk: where it starts in the text, and how many words stand before its end."""
        starts, at = [], 0
        for written in self._written:
            at = self.text.index(written, at)
            starts.append(at)
            at += len(written)
        return starts, list(accumulate([len(chunk[0]) for chunk in self._chunks]))

    def _place(self, word: int) -> tuple[int, int]:
        word = word if self._kept is None else self._kept[word]
        starts, ends = self._starts
        number = bisect_right(ends, word)
        start, end = self._chunks[number][1][word - ends[number]]  # counted from the chunk's last word
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
        self._vocabulary, self._words = vocabulary, words
        self._anchors: dict[str, list[Asked]] = {}
        self._needs: dict[frozenset[str], int] = {}
        self._met: dict[str, int] = {}
        self._watches: dict[str, int] = {}
        self._unasked = 0  # watches that need no word
        self._n_watches = 0
        self.marks: dict[str, int] = {}
        self._marking: dict[str, int] = {}
        self._classes: dict[int, tuple[int, Note | None]] = {}
        self._notes: dict[str, Note | None] = _Memory(self._note)
        self._chunks: dict[str, Chunk] = _Memory(self._chunk)

    def rule(self, number: int, tree: Seq | Alt) -> None:
        """Note by which words the pattern *tree* of rule *number* is recognised, and which others it needs."""
        for option in _options(tree):
            needs = sorted(self._needed(option), key=self._rarity)
            wanted = 0
            for need in needs:
                if self._met_by(need) < _COMMON:
                    wanted |= self._need(need)
            for atom in needs[0] if needs else ():
                self._anchors.setdefault(atom, []).append((number, wanted))

    def watch(self, trees: Iterable[Seq | Alt]) -> int:
        """The bit of a sentence's `watches` without which none of *trees* matches it."""
        rarest = [self._rarest(option) for tree in trees for option in _options(tree)]
        bit = 1 << self._n_watches
        self._n_watches += 1
        if not all(rarest):
            self._unasked |= bit
        for atom in frozenset().union(*rarest):
            self._watches[atom] = self._watches.get(atom, 0) | bit
        return bit

    def mark(self, name: str, words: Iterable[str]) -> None:
        """Mark texts that hold one of *words* as `marks[name]`."""
        bit = self.marks[name] = 1 << len(self.marks)
        for word in set(words):
            for test in choices(Seq(tuple(patterns.literal(word, word)[:1]))) or ():
                self._vocabulary.enter(test, "@" + name)
        self._marking["@" + name] = bit

    def _need(self, atoms: frozenset[str]) -> int:
        bit = self._needs.get(atoms)
        if bit is None:
            bit = self._needs[atoms] = 1 << len(self._needs)
            for atom in atoms:
                self._met[atom] = self._met.get(atom, 0) | bit
        return bit

    def _rarity(self, need: frozenset[str]) -> tuple[float, list[str]]:
        return sum(map(self._weight, need)), sorted(need)

    def _met_by(self, need: frozenset[str]) -> float:
        """How many words in 10,000 meet *need*, counting the frequent ones."""
        return sum(
            _WEIGHT.get(atom) or _FREQUENT.get(atom, 0.0) if atom[0] != "<" or atom in _WEIGHT
            else sum(_FREQUENT.get(word, 0.0) for word in self._words.get(atom[1:], ()))
            for atom in need
        )

    def _weight(self, atom: str) -> float:
        if atom in _WEIGHT:
            return _WEIGHT[atom]
        if atom.startswith("<"):
            return sum(self._weight(word) for word in self._words.get(atom[1:], ()))
        return 30.0 if "*" in atom and len(atom) < 5 else _FREQUENT.get(atom, 1.0)

    def _needed(self, node: Seq | Alt | Word) -> list[frozenset[str]]:
        """Sets of token tests; wherever *node* matches, one of each set is met."""
        if isinstance(node, Word):
            if node.kind in ("any", "anything", "phrase", "start", "end"):
                return []
            found = {self._vocabulary.atom(node)}
            for phrase in self._vocabulary.phrases.get(node.text, ()) if node.kind == "class" else ():
                found |= self._rarest(phrase)
            return [frozenset(found)]
        if isinstance(node, Seq):
            return [need for item in node.items for need in self._needed(item)]
        options = [self._rarest(option) for option in node.options]
        return [frozenset().union(*options)] if all(options) else []

    def _rarest(self, node: Seq | Alt | Word) -> frozenset[str]:
        return min(self._needed(node), key=self._rarity, default=frozenset())

    def scan(self, text: str) -> Scan:
        """What *text* may hold."""
        chunks = text.split()
        marks = met = 0
        anchored = []
        for mark, needs, asked in filter(None, map(self._notes.__getitem__, chunks)):
            marks |= mark
            met |= needs
            if asked:
                anchored.append(asked)
        rules = {rule for asked in anchored for rule, wanted in asked if met & wanted == wanted}
        return Scan(text, chunks, marks, rules)

    def marked(self, chunks: list[str], mark: int) -> list[str]:
        """Those of *chunks* that hold *mark*."""
        notes = self._notes
        return [chunk for chunk in chunks if (note := notes[chunk]) and note[0] & mark]

    def sentence(self, text: str, chunks: list[str] | None = None) -> Sentence:
        """*text* as the automata see it; *chunks* are those of its `Scan`, where there is one."""
        written = text.split() if chunks is None else chunks
        return Sentence(text, written, list(map(self._chunks.__getitem__, written)))

    def _note(self, written: str) -> Note | None:
        """What is notable of a chunk; None where nothing is, as of most."""
        words = tokens.of_one(written)
        notes = [note for word in words if (note := self._of_class(self._vocabulary.of(word))[1])]
        if len(notes) < 2:
            return notes[0] if notes else None
        marks, needs, asked = zip(*notes, strict=True)
        return reduce(or_, marks), reduce(or_, needs), tuple(chain.from_iterable(asked))

    def _chunk(self, written: str) -> Chunk:
        found = tokens.of_chunk(written)
        classes = tuple([self._vocabulary.of(word) for word, _, _ in found])
        return Chunk(
            tuple([word for word, _, _ in found]),
            tuple([(start, end) for _, start, end in found]),
            classes,
            reduce(or_, [self._of_class(cls)[0] for cls in classes], self._unasked),
        )

    def _of_class(self, cls: int) -> tuple[int, Note | None]:
        """Of a token class: the watches it is for, and its note."""
        found = self._classes.get(cls)
        if found is None:
            watches = marks = needs = 0
            asked: set[Asked] = set()
            for atom in self._vocabulary.atoms[cls]:
                watches |= self._watches.get(atom, 0)
                marks |= self._marking.get(atom, 0)
                needs |= self._met.get(atom, 0)
                asked.update(self._anchors.get(atom, ()))
            found = watches, (marks, needs, tuple(sorted(asked))) if marks or needs or asked else None
            self._classes[cls] = found
        return found


class _Memory(dict[str, Any]):
    """Chunk → what *find* finds of it. Fills itself; bounded."""

    def __init__(self, find: Callable[[str], Any]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, written: str) -> Any:
        if len(self) >= SIZE:
            self.clear()
        found = self[written] = self._find(written)
        return found


def _options(tree: Seq | Alt) -> Iterable[Seq | Alt | Word]:
    return tree.options if isinstance(tree, Alt) else (tree,)
