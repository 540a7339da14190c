"""A lexicon compiled for one company and place: which rules a sentence meets, and where.

Most sentences of the news meet none. So every rule has an anchor, the rarest word it cannot do
without; a sentence none of whose chunks between blanks holds an anchor is passed over at the cost
of splitting it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from slackwater.errors import InputError
from slackwater.reading import patterns, tokens
from slackwater.reading.automata import EDGE, Automaton, Vocabulary
from slackwater.reading.patterns import Alt, PatternError, Seq, Word
from slackwater.reading.verbs import forms

if TYPE_CHECKING:
    from slackwater.lexicon import Cue, Lexicon, Rule

# how often a word is met, roughly, per 10,000: what it costs to have it for an anchor
_FREQUENT = {
    word: weight
    for weight, words in (
        (
            600.0,
            "the of to in and a for on is that with at by as from it its be are was an has have will or "
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
_VERB = re.compile(r"([^\W\d_]+)~")
_SLOT = re.compile(r"<([\w-]+)>")
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


class Match(NamedTuple):
    """Rule number *rule* met by tokens first to end (exclusive)."""

    rule: int
    first: int
    end: int


class Sentence(NamedTuple):
    """A sentence as the automata see it: tokens, and their classes between two `EDGE`s."""

    text: str
    tokens: list[tokens.Token]
    classes: list[int]
    held: int  # the tests that its words pass, as bits
    found: dict[int, list[tuple[int, int]]]  # spans already looked for, by the number of their `Watch`


class Watch(NamedTuple):
    """Patterns that a sentence is asked for by name: vetoes, cues, slots.

    Most sentences are answered by `wanted` alone, the tests (as bits) of which they hold one
    where the patterns match; 0 where the patterns need no word.
    """

    number: int
    automaton: Automaton
    wanted: int


class Matcher:
    """The rules of *lexicon* for *company* and *place*. Raises InputError for a pattern too large."""

    def __init__(self, lexicon: Lexicon, company: tuple[str, ...], place: tuple[str, ...]) -> None:
        self.lexicon = lexicon
        self.company, self.place = company, place
        quoted = {
            "company": [_literally(c) for c in company if _literally(c)],
            "place": [_literally(p) for p in place if _literally(p)],
        }
        quoted["own"], quoted["here"] = quoted["company"], quoted["place"]
        words = {
            **lexicon.words,
            **quoted,
            "number": [],
            "name": [],
            "money": ["$", "€", "£", "¥", "usd", "eur", "million", "billion", "bn", "mln", "crore", "*bn"],
        }
        self.names = frozenset(words) | frozenset(patterns.BUILT_IN)
        self.vocabulary = Vocabulary(words)
        if not company:
            self.vocabulary.alias("<name", "<company")
        if not place:  # what is done in any country is done somewhere
            self.vocabulary.alias("<country", "<place")
        self._vetoes: dict[tuple[str, ...], Watch] = {}
        self.automata: list[Automaton] = []
        self._anchors: dict[str, list[int]] = {}
        self._bits: dict[str, int] = {}
        self._patterns: list[tuple[int, tuple[int, ...]]] = []
        for number, rule in enumerate(lexicon.rules):
            trees = [self._parse(p) for p in rule.patterns]
            try:
                self.automata.append(Automaton(trees, self.vocabulary))
            except PatternError as fault:
                raise InputError(f"{lexicon.path}:{rule.line}: rule {rule.id}: {fault}.") from None
            for tree in trees:
                self._enter(number, tree)
        for veto in {v for rule in lexicon.rules for v in (rule.unless, rule.unless_anywhere) if v}:
            self.veto(veto)  # every test enters the vocabulary before the first word is looked up
        if lexicon.unless:
            self.veto(lexicon.unless)
        for slot in ("<company>", "<place>", "<country>"):
            if slot[1:-1] in self.names:
                self.veto((slot,))
        for cue in lexicon.cues:
            self.veto(cue.patterns)
            if cue.unless:
                self.veto(cue.unless)
        self._by_class: dict[int, tuple[int, tuple[int, ...]]] = {}
        self._chunks: dict[str, tuple[int, tuple[int, ...], tuple[int, ...]]] = {}
        self._plain: set[str] = set()  # chunks that anchor nothing
        self._verbs = frozenset(
            form for rule in lexicon.rules for p in rule.patterns for form in self._verb_forms(p)
        )

    def _parse(self, pattern: str) -> Seq | Alt:
        from slackwater.lexicon import parsed

        return parsed(pattern, self.names)

    def _verb_forms(self, pattern: str) -> set[str]:
        """Every form of every verb that *pattern* writes with ~, itself or in a class."""
        found: set[str] = set()
        for verb in _VERB.findall(pattern.lower()):
            found.update(forms(verb))
        for name in _SLOT.findall(pattern):
            for entry in self.lexicon.words.get(name, ()):
                if name not in entry:
                    found |= self._verb_forms(entry)
        return found

    def head(self, match: Match, sentence: Sentence) -> int:
        """The token of *match* that is its verb; its first token where none is."""
        for i in range(match.first, match.end):
            if sentence.tokens[i].text.lower() in self._verbs:
                return i
        return match.first

    def veto(self, vetoes: tuple[str, ...]) -> Watch:
        """A tuple of patterns made ready, once."""
        found = self._vetoes.get(vetoes)
        if found is None:
            trees = [self._parse(v) for v in vetoes]
            rarest = [self._rarest(option) for tree in trees for option in _options(tree)]
            wanted = self._mask(frozenset().union(*rarest)) if all(rarest) else 0
            try:
                automaton = Automaton(trees, self.vocabulary)
            except PatternError as fault:
                raise InputError(f"{self.lexicon.path}: {vetoes[0]}: {fault}.") from None
            found = self._vetoes[vetoes] = Watch(len(self._vetoes), automaton, wanted)
        return found

    def _weight(self, atom: str) -> float:
        if atom in _WEIGHT:
            return _WEIGHT[atom]
        if atom.startswith("<"):
            return sum(self._weight(word) for word in self.lexicon.words.get(atom[1:], ()))
        return 30.0 if "*" in atom and len(atom) < 5 else _FREQUENT.get(atom, 1.0)

    def _needs(self, node: Seq | Alt | Word) -> list[frozenset[str]]:
        """Sets of token tests; wherever *node* matches, one of each set is met."""
        if isinstance(node, Word):
            if node.kind in ("any", "anything", "phrase", "start", "end"):
                return []
            found = {self.vocabulary.atom(node)}
            for phrase in self.vocabulary.phrases.get(node.text, ()) if node.kind == "class" else ():
                found |= self._rarest(phrase)
            return [frozenset(found)]
        if isinstance(node, Seq):
            return [need for item in node.items for need in self._needs(item)]
        options = [self._rarest(option) for option in node.options]
        return [frozenset().union(*options)] if all(options) else []

    def _rarest(self, node: Seq | Alt | Word) -> frozenset[str]:
        return min(
            self._needs(node),
            key=lambda need: (sum(map(self._weight, need)), sorted(need)),
            default=frozenset(),
        )

    def _enter(self, rule: int, tree: Seq | Alt) -> None:
        """Note by which words the pattern *tree* of *rule* is recognised, and which others it needs."""
        for option in _options(tree):
            needs = self._needs(option)
            number = len(self._patterns)
            self._patterns.append((rule, tuple(self._mask(need) for need in needs)))
            for atom in self._rarest(option):
                self._anchors.setdefault(atom, []).append(number)

    def _mask(self, atoms: Iterable[str]) -> int:
        mask = 0
        for atom in atoms:
            mask |= 1 << self._bits.setdefault(atom, len(self._bits))
        return mask

    def _known(self, cls: int) -> tuple[int, tuple[int, ...]]:
        """Of a token class: its tests as bits, and the patterns it is an anchor of."""
        found = self._by_class.get(cls)
        if found is None:
            atoms = self.vocabulary.atoms[cls]
            found = self._by_class[cls] = (
                self._mask(a for a in atoms if a in self._bits),
                tuple(sorted({n for a in atoms for n in self._anchors.get(a, ())})),
            )
        return found

    def glance(self, text: str) -> tuple[list[int], set[int], int] | None:
        """Token classes of *text*, the rules all of whose needed words it holds, and the tests its words pass.

        None where no rule is left.

        Works on the chunks between blanks, whose words are looked up once and remembered.
        """
        chunks = text.split()
        if self._plain.issuperset(chunks):
            return None
        known = self._chunks
        held, anchored = 0, []
        entries = []
        for chunk in chunks:
            entry = known.get(chunk) or self._chunk(chunk)
            entries.append(entry)
            held |= entry[0]
            if entry[1]:
                anchored.append(entry[1])
        rules: set[int] = set()
        for numbers in anchored:
            for number in numbers:
                rule, needs = self._patterns[number]
                for need in needs:
                    if not held & need:
                        break
                else:
                    rules.add(rule)
        if not rules:
            return None
        classes = [cls for entry in entries for cls in entry[2]]
        if "(" in text:
            opens, closes = self.vocabulary.of("("), self.vocabulary.of(")")
            marks = {opens: "(", closes: ")"}
            # brackets share no class with words: both are known to no rule but by themselves
            classes = tokens.without_remarks(classes, [marks.get(c, "") for c in classes])
        return [EDGE, *classes, EDGE], rules, held

    def _chunk(self, chunk: str) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
        """Of a chunk: the tests that its words pass, the patterns they anchor, their classes."""
        mask = 0
        numbers: tuple[int, ...] = ()
        classes = tuple(map(self.vocabulary.of, tokens.words(chunk)))
        for cls in classes:
            bits, found = self._known(cls)
            mask, numbers = mask | bits, numbers + found
        if len(self._chunks) > 300_000:
            self._chunks.clear()
            self._plain.clear()
        if not numbers:
            self._plain.add(chunk)
        self._chunks[chunk] = mask, numbers, classes
        return mask, numbers, classes

    def sentence(self, text: str, classes: list[int] | None = None, held: int = 0) -> Sentence:
        """*text* as tokens and classes; *classes* and *held* are what `glance` found, where it was asked."""
        found = tokens.tokens(text)
        if classes is not None:
            return Sentence(text, found, classes, held, {})
        classes = [self.vocabulary.of(t.text) for t in found]
        held = 0
        for cls in set(classes):
            held |= self._known(cls)[0]
        return Sentence(text, found, [EDGE, *classes, EDGE], held, {})

    def matches(self, classes: list[int], rules: Iterable[int] | None = None) -> list[Match]:
        """Every match of *rules* (by default of all), in their order; vetoes are not yet asked."""
        last = len(classes) - 2
        return [
            Match(rule, max(first - 1, 0), min(end - 1, last))
            for rule in (range(len(self.automata)) if rules is None else sorted(rules))
            for first, end in self.automata[rule].spans(classes)
        ]

    def spans(self, these: tuple[str, ...], sentence: Sentence) -> list[tuple[int, int]]:
        """Where the patterns *these* match, as (first, end) tokens; kept with the sentence."""
        number, automaton, wanted = self.veto(these)
        spans = sentence.found.get(number)
        if spans is None:
            spans, last = [], len(sentence.tokens)
            if not wanted or sentence.held & wanted:
                spans = [
                    (max(first - 1, 0), min(end - 1, last))
                    for first, end in automaton.spans(sentence.classes)
                ]
            sentence.found[number] = spans
        return spans

    def vetoed(self, rule: Rule, match: Match, sentence: Sentence) -> str | None:
        """Why *match* does not count: the words of the veto, or None."""
        for vetoes in (rule.unless, self.lexicon.unless):
            for first, end in self.spans(vetoes, sentence) if vetoes else ():
                if first < match.end and match.first < end:
                    return self.quote(sentence, first, end)
        if rule.unless_anywhere:
            for first, end in self.spans(rule.unless_anywhere, sentence):
                return self.quote(sentence, first, end)
        return None

    @staticmethod
    def quote(sentence: Sentence, first: int, end: int) -> str:
        """The text of tokens *first* to *end*."""
        return (
            sentence.text[sentence.tokens[first].start : sentence.tokens[end - 1].end] if end > first else ""
        )

    def cue_spans(self, cue: Cue, sentence: Sentence) -> list[tuple[int, int]]:
        """Where the words of *cue* stand and none of its exceptions overlaps them."""
        spans = self.spans(cue.patterns, sentence)
        if spans and cue.unless:
            barred = self.spans(cue.unless, sentence)
            spans = [s for s in spans if not any(f < s[1] and s[0] < e for f, e in barred)]
        return spans


def _options(tree: Seq | Alt) -> Iterable[Seq | Alt | Word]:
    return tree.options if isinstance(tree, Alt) else (tree,)


def _literally(name: str) -> str:
    """*name* as a pattern of plain words: its marks mean nothing."""
    return " ".join(w for w in tokens.words(name) if tokens.is_word(w))
