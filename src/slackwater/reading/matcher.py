"""A lexicon compiled for one company and place: which rules a sentence meets, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from slackwater.errors import InputError
from slackwater.reading import patterns, sites, speakers, tokens
from slackwater.reading.automata import Automaton
from slackwater.reading.patterns import Alt, PatternError, Seq
from slackwater.reading.scan import Index, Sentence
from slackwater.reading.verbs import forms
from slackwater.reading.vocabulary import Vocabulary

if TYPE_CHECKING:
    from slackwater.lexicon import Cue, Lexicon

_VERB = re.compile(r"([^\W\d_]+)~")
_SLOT = re.compile(r"<([\w-]+)>")


class Match(NamedTuple):
    """Rule number *rule* met by tokens first to end (exclusive)."""

    rule: int
    first: int
    end: int


class Watch(NamedTuple):
    """Patterns that a sentence is asked for by name: vetoes, cues, slots.

    Most sentences are answered by `bits` alone: all are set where they hold the words without which none matches.
    """

    number: int
    automaton: Automaton
    bits: int


class Matcher:
    """The rules of *lexicon* for *company* and *place*. Raises InputError for a pattern too large."""

    def __init__(self, lexicon: Lexicon, company: tuple[str, ...], place: tuple[str, ...]) -> None:
        self.lexicon = lexicon
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
            "money": "$ € £ ¥ usd eur million billion bn bln mln mn crore rs *bn".split(),
        }
        self._names = frozenset(words) | frozenset(patterns.BUILT_IN)
        self._vocabulary = Vocabulary(words)
        if not company:
            self._vocabulary.alias("<name", "<company")
        if not place:  # what is done in any country is done somewhere
            self._vocabulary.alias("<country", "<place")
        self._watches: dict[tuple[str, ...], Watch] = {}
        self._automata: list[Automaton] = []
        # every test enters the vocabulary before the first word is looked up; marks first, for their bits are
        # asked for of every sentence, and low ones cost least
        self._index = Index(self._vocabulary, lexicon.words)
        here = {"here": [max(name.split(), key=len) for name in quoted["here"]]}
        for name, marking in {**speakers.marks(lexicon.speakers), **sites.MARKS, **here}.items():
            self._index.mark(name, marking)
        self.marks = self._index.marks
        self.placed = reduce(or_, [self.marks[name] for name in (*sites.MARKS, "here")])  # where a site may be named
        for number, rule in enumerate(lexicon.rules):
            trees = [self._parse(p) for p in rule.patterns]
            try:
                self._automata.append(Automaton(trees, self._vocabulary))
            except PatternError as fault:
                raise InputError(f"{lexicon.path}:{rule.line}: rule {rule.id}: {fault}.") from None
            for tree in trees:
                self._index.rule(number, tree)
        always = self._watch(lexicon.unless)
        self._vetoes = [
            ([w for w in (self._watch(rule.unless), always) if w], self._watch(rule.unless_anywhere))
            for rule in lexicon.rules
        ]
        self._cues = [(cue, self._watch(cue.patterns), self._watch(cue.unless)) for cue in lexicon.cues]
        self._slots: dict[str, Watch | None] = {
            name: self._watch((f"<{name}>",)) for name in ("company", "place", "country") if name in self._names
        }
        self.scan, self.sentence, self.marked = self._index.scan, self._index.sentence, self._index.marked
        self._verbs = self._verb_forms([pattern for rule in lexicon.rules for pattern in rule.patterns])

    def _parse(self, pattern: str) -> Seq | Alt:
        from slackwater.lexicon import parsed

        return parsed(pattern, self._names)

    def _verb_forms(self, texts: list[str]) -> set[str]:
        """Every form of every verb that the patterns *texts* write with ~, themselves or in a class."""
        found: set[str] = set()
        asked: set[str] = set()
        texts = list(texts)
        while texts:
            text = texts.pop()
            for verb in _VERB.findall(text.lower()):
                found.update(forms(verb))
            for name in set(_SLOT.findall(text)) - asked:
                asked.add(name)
                texts += self.lexicon.words.get(name, ())
        return found

    def head(self, match: Match, sentence: Sentence) -> int:
        """The word of *match* that is its verb; its first word where none is."""
        for i in range(match.first, match.end):
            if sentence.lowered[i] in self._verbs:
                return i
        return match.first

    def _watch(self, these: tuple[str, ...]) -> Watch | None:
        """The patterns *these* made ready, once; None where there are none."""
        if not these:
            return None
        found = self._watches.get(these)
        if found is None:
            trees = [self._parse(pattern) for pattern in these]
            try:
                automaton = Automaton(trees, self._vocabulary)
            except PatternError as fault:
                raise InputError(f"{self.lexicon.path}: {these[0]}: {fault}.") from None
            found = self._watches[these] = Watch(len(self._watches), automaton, self._index.watch(trees))
        return found

    def matches(self, sentence: Sentence, rules: Iterable[int] | None = None) -> list[Match]:
        """Every match of *rules* (by default of all), in their order; vetoes are not yet asked."""
        last = len(sentence.classes) - 2
        return [
            Match(rule, max(first - 1, 0), min(end - 1, last))
            for rule in (range(len(self._automata)) if rules is None else sorted(rules))
            for first, end in self._automata[rule].spans(sentence.classes)
        ]

    def _spans(self, watch: Watch, sentence: Sentence) -> list[tuple[int, int]]:
        """Where the patterns of *watch* match, as (first, end) words; kept with the sentence."""
        spans = sentence.found.get(watch.number)
        if spans is None:
            spans, last = [], len(sentence.classes) - 2
            if sentence.watches & watch.bits == watch.bits:
                spans = [
                    (max(first - 1, 0), min(end - 1, last))
                    for first, end in watch.automaton.spans(sentence.classes)
                ]
            sentence.found[watch.number] = spans
        return spans

    def mentions(self, slot: str, sentence: Sentence) -> list[tuple[int, int]]:
        """Where *slot* (company, place, country) is named, as (first, end) words."""
        watch = self._slots.get(slot)
        return self._spans(watch, sentence) if watch else []

    def vetoed(self, match: Match, sentence: Sentence) -> str | None:
        """Why *match* does not count: the words of the veto, or None."""
        overlapping, anywhere = self._vetoes[match.rule]
        for watch in overlapping:
            for first, end in self._spans(watch, sentence):
                if first < match.end and match.first < end:
                    return sentence.quote(first, end)
        for first, end in self._spans(anywhere, sentence) if anywhere else ():
            return sentence.quote(first, end)
        return None

    def cues(self, sentence: Sentence) -> list[tuple[Cue, int, int]]:
        """Each cue of *sentence* with the words (first, end) that say so, where none of its exceptions overlaps."""
        found = []
        watches = sentence.watches
        for cue, watch, unless in self._cues:
            if watch is None or watches & watch.bits != watch.bits:
                continue
            spans = self._spans(watch, sentence)
            if spans and unless:
                barred = self._spans(unless, sentence)
                spans = [s for s in spans if not any(f < s[1] and s[0] < e for f, e in barred)]
            found += [(cue, first, end) for first, end in spans]
        return found


def _literally(name: str) -> str:
    """*name* as a pattern of plain words: its marks mean nothing."""
    return " ".join(w for w in tokens.words(name) if tokens.is_word(w))
