"""A lexicon compiled for one company and place: which rules a sentence meets, and where.

Most sentences of the news meet none. So every rule has an anchor, the rarest word it cannot do
without; a sentence none of whose chunks between blanks holds an anchor is passed over at the cost
of splitting it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from slackwater import patterns, tokens
from slackwater.errors import InputError
from slackwater.patterns import EDGE, Alt, Automaton, PatternError, Seq, Vocabulary, Word
from slackwater.verbs import forms

if TYPE_CHECKING:
    from slackwater.lexicon import Cue, Lexicon, Rule

_COMMON = frozenset(
    "a an the of to in on at by for from with and or its it is are was were be been has have had will would not no "
    "up out down off over into new plan plans planned say says said more than as that this".split())
_VERB = re.compile(r"([^\W\d_]+)~")
_SLOT = re.compile(r"<([\w-]+)>")
_WEIGHT = {"<number": 400.0, "<name": 900.0, "<company": 60.0, "<place": 60.0, "any": 1e9, "anything": 1e9,
           "<money": 100.0}


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


class Matcher:
    """The rules of *lexicon* for *company* and *place*. Raises InputError for a pattern too large."""

    def __init__(self, lexicon: Lexicon, company: tuple[str, ...], place: tuple[str, ...]) -> None:
        self.lexicon = lexicon
        self.company, self.place = company, place
        quoted = {"company": [_literally(c) for c in company if _literally(c)],
                  "place": [_literally(p) for p in place if _literally(p)]}
        words = {**lexicon.words, **quoted, "number": [], "name": [],
                 "money": ["$", "€", "£", "¥", "usd", "eur", "million", "billion", "bn", "mln", "crore", "*bn"]}
        self.names = frozenset(words) | frozenset(patterns.BUILT_IN)
        self.vocabulary = Vocabulary(words)
        if not company:
            self.vocabulary.alias("<name", "<company")
        if not place:
            self.vocabulary.alias("<name", "<place")
        self._vetoes: dict[tuple[str, ...], Automaton] = {}
        self.automata: list[Automaton] = []
        anchors: dict[str, list[int]] = {}
        for number, rule in enumerate(lexicon.rules):
            trees = [self._parse(p) for p in rule.patterns]
            try:
                self.automata.append(Automaton(trees, self.vocabulary))
            except PatternError as fault:
                raise InputError(f"{lexicon.path}:{rule.line}: rule {rule.id}: {fault}.") from None
            for atom in {a for tree in trees for a in self._anchor(tree)}:
                anchors.setdefault(atom, []).append(number)
        for veto in {v for rule in lexicon.rules for v in (rule.unless, rule.unless_anywhere) if v}:
            self.veto(veto)  # every test enters the vocabulary before the first word is looked up
        for slot in ("<company>", "<place>", "<country>"):
            if slot[1:-1] in self.names:
                self.veto((slot,))
        for cue in lexicon.cues:
            self.veto(cue.patterns)
            if cue.unless:
                self.veto(cue.unless)
        self._anchors = anchors
        self._by_class: dict[int, tuple[int, ...]] = {}
        self._plain: set[str] = set()
        self._verbs = frozenset(form for rule in lexicon.rules for p in rule.patterns for form in self._verb_forms(p))

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

    def veto(self, vetoes: tuple[str, ...]) -> Automaton:
        """The automaton of a tuple of patterns, made once."""
        if vetoes not in self._vetoes:
            try:
                self._vetoes[vetoes] = Automaton([self._parse(v) for v in vetoes], self.vocabulary)
            except PatternError as fault:
                raise InputError(f"{self.lexicon.path}: {vetoes[0]}: {fault}.") from None
        return self._vetoes[vetoes]

    def _weight(self, atom: str) -> float:
        if atom in _WEIGHT:
            return _WEIGHT[atom]
        if atom.startswith("<"):
            return sum(self._weight(word) for word in self.lexicon.words.get(atom[1:], ()))
        return 50.0 if atom in _COMMON else 1.0

    def _anchor(self, node: Seq | Alt | Word) -> frozenset[str]:
        """Of the token tests one of which must be met wherever *node* matches, the rarest set."""
        if isinstance(node, Word):
            if node.kind in ("any", "anything", "start", "end"):
                return frozenset()
            found = {self.vocabulary.atom(node)}
            for phrase in self.vocabulary.phrases.get(node.text, ()) if node.kind == "class" else ():
                found |= self._anchor(phrase)
            return frozenset(found)
        parts = [self._anchor(part) for part in (node.items if isinstance(node, Seq) else node.options)]
        if isinstance(node, Alt):
            return frozenset() if not all(parts) else frozenset().union(*parts)
        sure = [part for part in parts if part]
        return min(sure, key=lambda part: (sum(map(self._weight, part)), sorted(part)), default=frozenset())

    def _rules_of(self, cls: int) -> tuple[int, ...]:
        found = self._by_class.get(cls)
        if found is None:
            atoms = self.vocabulary.atoms[cls]
            found = self._by_class[cls] = tuple(sorted({n for a in atoms for n in self._anchors.get(a, ())}))
        return found

    def may_match(self, text: str) -> bool:
        """Whether *text* holds an anchor of some rule; False is sure, True is not."""
        chunks = text.split()
        if self._plain.issuperset(chunks):
            return False
        fresh = [c for c in chunks if c not in self._plain]
        found = False
        for chunk in fresh:
            # a skipped bracket may hold the anchor, and a mark may glue two words: look at every token
            if any(self._rules_of(self.vocabulary.of(w)) for w in tokens.words(chunk)):
                found = True
            elif len(self._plain) < 300_000:
                self._plain.add(chunk)
        return found

    def sentence(self, text: str) -> Sentence:
        """*text* as tokens and classes."""
        found = tokens.tokens(text)
        of = self.vocabulary.of
        return Sentence(text, found, [EDGE, *[of(t.text) for t in found], EDGE])

    def matches(self, sentence: Sentence) -> list[Match]:
        """Every match of every rule, in the order of rules; vetoes are not yet asked."""
        classes = sentence.classes
        rules: set[int] = set()
        for cls in set(classes):
            if cls != EDGE:
                rules.update(self._rules_of(cls))
        last = len(sentence.tokens)
        return [Match(rule, max(first - 1, 0), min(end - 1, last))
                for rule in sorted(rules) for first, end in self.automata[rule].spans(classes)]

    def spans(self, these: tuple[str, ...], sentence: Sentence) -> list[tuple[int, int]]:
        """Where the patterns *these* match, as (first, end) tokens."""
        last = len(sentence.tokens)
        return [(max(first - 1, 0), min(end - 1, last)) for first, end in self.veto(these).spans(sentence.classes)]

    def vetoed(self, rule: Rule, match: Match, sentence: Sentence) -> str | None:
        """Why *match* does not count: the words of the veto, or None."""
        if rule.unless:
            for first, end in self.spans(rule.unless, sentence):
                if first < match.end and match.first < end:
                    return self.quote(sentence, first, end)
        if rule.unless_anywhere:
            for first, end in self.spans(rule.unless_anywhere, sentence):
                return self.quote(sentence, first, end)
        return None

    @staticmethod
    def quote(sentence: Sentence, first: int, end: int) -> str:
        """The text of tokens *first* to *end*."""
        return sentence.text[sentence.tokens[first].start : sentence.tokens[end - 1].end] if end > first else ""

    def cue_spans(self, cue: Cue, sentence: Sentence) -> list[tuple[int, int]]:
        """Where the words of *cue* stand and none of its exceptions overlaps them."""
        spans = self.spans(cue.patterns, sentence)
        if spans and cue.unless:
            barred = self.spans(cue.unless, sentence)
            spans = [s for s in spans if not any(f < s[1] and s[0] < e for f, e in barred)]
        return spans


def _literally(name: str) -> str:
    """*name* as a pattern of plain words: its marks mean nothing."""
    return " ".join(w for w in tokens.words(name) if tokens.is_word(w))
