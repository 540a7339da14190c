"""What a sentence may hold, told by its words alone; so most are passed over at the cost of splitting them.

Every pattern of a rule has an anchor, the rarest word it cannot do without, and needs further words. What
a chunk between blanks holds of these is found out once and remembered, together with the marks of those
who read on: the words that may name a speaker or a site.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cached_property, reduce
from itertools import chain
from operator import or_
from typing import NamedTuple

from slackwater.reading import patterns, tokens
from slackwater.reading.automata import EDGE, Vocabulary, choices
from slackwater.reading.memory import Memory
from slackwater.reading.patterns import Alt, Seq, Word

# how often a word is met in news, roughly, per 10,000: what it costs to have it for an anchor
_FREQUENT = {
    word: weight
    for weight, words in (
        (400.0, ", . the of to and a in"),
        (
            70.0,
            "for that is with on it as by its said be at this are from was an has will have not or but he they their",
        ),
        (
            25.0,
            "new more than up out about into also all one we you i if which can when would year company time some "
            "over other what do had his been who your her she first two no so after could last how may them there "
            "just where while now only",
        ),
        (
            8.0,
            "people most make made use us use market markets many through week around plan plans because well want "
            "need much open down back next work works home get build long high deal days day south city world three "
            "million billion percent business million sales jobs industry production stores store project workers "
            "set costs cost top service services since end between part take taken based using used global across "
            "great good best top going go off before move being start small states state told report reports under "
            "big value chief look keep second here then any these were our",
        ),
        (
            3.0,
            "building management low create area built quality center employees investment capital space united "
            "largest public without financial less customers close cut price own find pay few products quarter "
            "review plant plants prices place come major lower step growing growth model team teams offer offers site "
            "sites current statement group run running share shares agreement did near likely operations due expected "
            "making option options information design includes including line lines number office risk training "
            "marketing give given found add added help live early late later research right local power control "
            "network network machine data technology staff unit economic economy foreign another four five six some "
            "several early final latest future hours month months years months term act call called see think "
            "general system systems family house money food water game games school board law court case",
        ),
    )
    for word in words.split()
}
_WEIGHT = {
    "<number": 200.0,
    "<name": 1500.0,
    "<company": 20.0,
    "<place": 20.0,
    "any": 1e9,
    "anything": 1e9,
    "phrase": 1e9,
    "<money": 40.0,
}
_RARE = 0.1  # any other word
_COMMON = 300.0  # what is needed but met so often asks too little to be asked
_WAYS = 100  # told apart in one pattern
_ANYHOW: set[Way] = {frozenset()}  # no word is needed
_NONE: frozenset[int] = frozenset()

Asked = tuple[int, int]  # the rule of a pattern, and the needs that must be met for it, as bits
Need = frozenset[str]  # token tests, one of which must be met
Way = frozenset[Need]
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
            self._kept = tokens.without_remarks(list(range(len(classes))), self._written)
            classes = [classes[n] for n in self._kept]
        self.classes = [EDGE, *classes, EDGE]

    @cached_property
    def _parts(self) -> list[tuple[tuple[str, int, int], ...]]:
        """Of each chunk: its words, with their places in it."""
        return list(map(self._index.parts.__getitem__, self._chunks))

    @cached_property
    def _written(self) -> list[str]:
        return [word for part in self._parts for word, _, _ in part]

    @cached_property
    def words(self) -> list[str]:
        """The words and marks, as written."""
        return self._written if self._kept is None else [self._written[n] for n in self._kept]

    @cached_property
    def lowered(self) -> list[str]:
        """The words in lower case."""
        return [word.lower() for word in self.words]

    @cached_property
    def watches(self) -> int:
        """The `Watch`es of which it holds a word, as bits."""
        return self._index.watched(self.classes)

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """Where each word stands in the text, those in brackets among them."""
        places, at = [], 0
        for chunk, part in zip(self._chunks, self._parts, strict=True):
            at = self.text.index(chunk, at)
            places += [(at + start, at + end) for _, start, end in part]
            at += len(chunk)
        return places

    def _place(self, word: int) -> tuple[int, int]:
        return self._places[word if self._kept is None else self._kept[word]]

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
        self._anchors: dict[str, set[Asked]] = {}
        self._needs: dict[frozenset[str], int] = {}
        self._held: dict[str, int] = {}  # by token test: its mark and the needs it meets
        self._watches: dict[str, int] = {}
        self._unasked = 0  # watches that need no word
        self._n_watches = 0
        self.marks: dict[str, int] = {}
        self._rarities: dict[Need, tuple[float, list[str]]] = Memory(self._rarity)
        self._slots: dict[Word, set[Way]] = Memory(self._slot)
        self._asked: dict[str, set[Asked]] = Memory(self._fewest)
        self._meanings: dict[int, tuple[int, Note | None]] = Memory(self._meaning)
        self._notes: dict[str, Note | None] = Memory(self._note)
        self.classes: dict[str, tuple[int, ...]] = Memory(self._classes)
        self.parts: dict[str, tuple[tuple[str, int, int], ...]] = Memory(tokens.of_chunk)

    def rule(self, number: int, tree: Seq | Alt) -> None:
        """Note by which words the pattern *tree* of rule *number* is recognised, and which others it needs."""
        for way in self._ways(tree):
            anchor, *others = sorted(way, key=self._rarities.__getitem__)
            wanted = reduce(or_, [self._need(need) for need in others if self._rarities[need][0] < _COMMON], 0)
            for atom in anchor:
                self._anchors.setdefault(atom, set()).add((number, wanted))

    def watch(self, trees: Iterable[Seq | Alt]) -> int:
        """The bit of a sentence's `watches` without which none of *trees* matches it."""
        rarest = [self._rarest(way) for tree in trees for way in self._ways(tree)]
        bit = 1 << self._n_watches
        self._n_watches += 1
        if not all(rarest):
            self._unasked |= bit
        for atom in frozenset().union(*rarest):
            self._watches[atom] = self._watches.get(atom, 0) | bit
        return bit

    def mark(self, name: str, words: Iterable[str]) -> None:
        """Mark texts that hold one of *words* as `marks[name]`."""
        bit = self.marks[name] = self._bit()
        for word in set(words):
            for test in choices(Seq(tuple(patterns.literal(word, word)[:1]))) or ():
                self._vocabulary.enter(test, "@" + name)
        self._held["@" + name] = bit

    def _need(self, atoms: frozenset[str]) -> int:
        bit = self._needs.get(atoms)
        if bit is None:
            bit = self._needs[atoms] = self._bit()
            for atom in atoms:
                self._held[atom] = self._held.get(atom, 0) | bit
        return bit

    def _bit(self) -> int:
        return 1 << (len(self._needs) + len(self.marks))

    def _rarity(self, need: Need) -> tuple[float, list[str]]:
        """How many words in 10,000 meet *need*, roughly; of equals the first by name."""
        return sum(map(self._weight, need)), sorted(need)

    def _weight(self, atom: str) -> float:
        weight = sum(_WEIGHT.get(other, 0.0) for other in self._vocabulary.passing(atom))
        if atom in _WEIGHT:
            return weight + _WEIGHT[atom]
        if atom.startswith("<"):
            return weight + sum(map(self._weight, self._words.get(atom[1:], ())))
        return 10.0 if "*" in atom and len(atom) < 5 else _FREQUENT.get(atom, _RARE)

    def _ways(self, node: Seq | Alt | Word) -> set[Way]:
        """The ways in which *node* may match, few enough; wherever it does, all needs of one of them are met."""
        if isinstance(node, Word):
            if node.kind in ("any", "anything", "phrase", "start", "end"):
                return _ANYHOW
            return self._slots[node]
        if isinstance(node, Alt):
            if tests := choices(Seq((node,))):
                return {frozenset([frozenset(map(self._vocabulary.atom, tests))])}
            ways = {way for option in node.options for way in self._ways(option)}
            return _ANYHOW if frozenset() in ways else ways
        found = _ANYHOW
        for item in node.items:
            ways = self._ways(item)
            if len(found) * len(ways) > _WAYS:
                found, ways = self._narrowed(found), self._narrowed(ways)
            found = {one | other for one in found for other in ways}
        return found

    def _slot(self, word: Word) -> set[Way]:
        """The one way of a word, or of a class: one of its words, or the rarest of one of its phrases."""
        phrases = self._vocabulary.phrases.get(word.text, ()) if word.kind == "class" else ()
        rarest = [self._rarest(way) for phrase in phrases for way in self._ways(phrase)]
        return {frozenset([frozenset([self._vocabulary.atom(word)]).union(*rarest)])}

    def _narrowed(self, ways: set[Way]) -> set[Way]:
        """One way in place of many: one of the rarest needs of each is met."""
        rarest = list(map(self._rarest, ways))
        return {frozenset([frozenset().union(*rarest)])} if all(rarest) else _ANYHOW

    def _rarest(self, way: Way) -> Need:
        return min(way, key=self._rarities.__getitem__, default=frozenset())

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
        return reduce(or_, [self._meanings[cls][0] for cls in classes[1:-1]], self._unasked)

    def _note(self, written: str) -> Note | None:
        """What is notable of a chunk; None where nothing is, as of most."""
        word = written.strip(self._mute)
        if word.isalpha() and self._vocabulary.strange(word.lower()):
            return self._plain[word[0].isupper()]
        notes = [note for cls in self._classes(written) if (note := self._meanings[cls][1])]
        if len(notes) < 2:
            return notes[0] if notes else None
        held, asked = zip(*notes, strict=True)
        return reduce(or_, held), tuple(chain.from_iterable(asked))

    @cached_property
    def _mute(self) -> str:
        """The marks that may stand before or after a word, of which nothing is notable."""
        return "".join(mark for mark in ",.;:?!“”\"()" if self._meanings[self._vocabulary.of(mark)][1] is None)

    @cached_property
    def _plain(self) -> list[Note | None]:
        """The notes of a strange word, in small letters and with a capital."""
        return [self._meanings[self._vocabulary.plain[capital, False]][1] for capital in (False, True)]

    def _classes(self, written: str) -> tuple[int, ...]:
        """The classes of a chunk's words."""
        return tuple(map(self._vocabulary.of, tokens.of_one(written)))

    def _meaning(self, cls: int) -> tuple[int, Note | None]:
        """Of a token class: the watches it is for, and its note."""
        watches = held = 0
        asked: set[Asked] = set()
        for atom in self._vocabulary.atoms[cls]:
            watches |= self._watches.get(atom, 0)
            held |= self._held.get(atom, 0)
            if atom in self._anchors:
                asked |= self._asked[atom]
        return watches, (held, tuple(sorted(asked))) if held or asked else None

    def _fewest(self, atom: str) -> set[Asked]:
        """What *atom* anchors, but for what needs more than another of the same rule."""
        asked = self._anchors[atom]
        return {(rule, wanted) for rule, wanted in asked if not any(
            rule == other and less != wanted and less & wanted == less for other, less in asked)}
