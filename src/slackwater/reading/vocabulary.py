"""Which tests of the patterns a word passes: words that pass the same ones are one class to the automata."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import translate

from slackwater.reading import tokens
from slackwater.reading.memory import Memory
from slackwater.reading.patterns import Alt, Seq, Word, member

_LONGEST = 200  # letters of a token whose end is looked at
EDGE = -1  # the class of both ends of a sentence


class Vocabulary:
    """Which tests a token passes. Tokens that pass the same ones share a class, an integer.

    *classes* holds, by name, the entries of every word class: literals, globs, `verb~`, phrases.
    """

    def __init__(self, classes: dict[str, list[str]]) -> None:
        self._single: dict[str, set[str]] = {word: set() for word in (*_PREPOSITIONS, *_NUMBER_WORDS)}
        self._starts: dict[str, dict[str, set[str]]] = {}  # first two letters → beginnings of words
        self._begun: dict[str, tuple[str, ...]] = {}  # those beginnings
        self._ends: dict[str, set[str]] = {}
        self._ended: tuple[str, ...] = ()
        self._globs: list[tuple[re.Pattern, str]] = []
        self._aliases: dict[str, frozenset[str]] = {}
        self._signatures: dict[frozenset[str], int] = {}
        self.plain: dict[tuple[bool, bool], int] = Memory(self._untested)
        self.of: Callable[[str], int] = Memory(self._classify).__getitem__  # the class of a token as written
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
        text = test.text
        bare = text.strip("*")
        if test.kind == "word":
            self._single.setdefault(text, set()).add(atom)
        elif text == bare + "*" and len(bare) > 1:
            self._starts.setdefault(bare[:2], {}).setdefault(bare, set()).add(atom)
            self._begun[bare[:2]] = tuple(self._starts[bare[:2]])
        elif text == "*" + bare:
            self._ends.setdefault(bare, set()).add(atom)
            self._ended = tuple(self._ends)
        else:
            self._globs.append((re.compile(translate(text)), atom))

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

    def passing(self, atom: str) -> list[str]:
        """Those whose tokens pass *atom* too."""
        return [other for other, also in self._aliases.items() if atom in also]

    def strange(self, word: str) -> bool:
        """Whether *word*, in small letters, passes no test of its own, as most that are new."""
        return (
            word not in self._single
            and not word.startswith(self._begun.get(word[:2], ()))
            and not word[:_LONGEST].endswith(self._ended)
            and not self._globs
        )

    def _classify(self, token: str) -> int:
        word = token.lower()
        stem = word.removesuffix("'s")
        is_word = tokens.is_word(token)
        if is_word and self.strange(stem) and (stem == word or word not in self._single):
            return self.plain[token[0].isupper(), _NUMBER.fullmatch(word) is not None]
        found = set(self._single.get(word, ()))
        if stem != word:
            found.update(self._single.get(stem, ()))
        if stem.startswith(self._begun.get(stem[:2], ())):
            for start, atoms in self._starts[stem[:2]].items():
                if stem.startswith(start):
                    found |= atoms
        if stem[:_LONGEST].endswith(self._ended):
            for end, atoms in self._ends.items():
                if stem[:_LONGEST].endswith(end):
                    found |= atoms
        for glob, atom in self._globs:
            if glob.match(stem[:_LONGEST]):
                found.add(atom)
        if is_word:
            found.update(("any", "anything") if word in _PREPOSITIONS else ("any", "anything", "phrase"))
            if _NUMBER.fullmatch(word) or word in _NUMBER_WORDS:
                found.add("<number")
            if token[0].isupper():
                found.add("<name")
        elif token == "," or token in tokens.QUOTES:
            found.add("anything")
        elif token in "()":
            found.add(token)  # a class of its own, so that remarks in brackets can be passed over
        return self._class(found)

    def _untested(self, kind: tuple[bool, bool]) -> int:
        """The class of a word that passes no test of its own, by whether it has a capital and is a number."""
        capital, number = kind
        return self._class({"any", "anything", "phrase", *["<name"] * capital, *["<number"] * number})

    def _class(self, atoms: set[str]) -> int:
        for atom, also in self._aliases.items():
            if atom in atoms:
                atoms |= also
        signature = frozenset(atoms)
        known = self._signatures.get(signature)
        if known is None:
            known = self._signatures[signature] = len(self.atoms)
            self.atoms.append(signature)
        return known


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
