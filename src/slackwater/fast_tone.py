"""TextBlob's sentiment, the same floats at a fraction of the time.

Where TextBlob's time goes (0.20.1, news sentences): 39 % its tokeniser, 36 % its lexicon's
indirection, 19 % a new namedtuple class at each call; and 93 % of `import textblob` is NLTK,
which sentiment never uses. So:

- the tokeniser's result is remembered per run of characters without a space ("chunk"), already
  looked up in the library's own lexicon and reduced to the steps that can change a score;
- a chunk's result is independent of its neighbours but for emoticons and "(!)", which the
  library joins across spaces ("8 )" is a smile). Wherever one could arise, the library itself
  reads the whole text;
- the library's one file that holds all this is loaded on its own, without the package.

Only for the TextBlob versions it was proven on (`PROVEN`); with any other, TextBlob itself
is asked. tests/test_fast_tone.py compares both on fuzzed strings (`make fuzz`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import metadata, util
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

PROVEN = frozenset({"0.20.0", "0.20.1"})  # byte for byte the same tokeniser, lexicon and arithmetic
MEMO_SIZE = 2**17  # chunks remembered (about 20 MB), then forgotten all at once: memory stays flat
LONGEST_REMEMBERED = 64  # characters; a longer chunk is no word and will not come again

Assessment = tuple[list[str], float, float, str | None]  # words, polarity, subjectivity, label


def sentiment(text: str) -> tuple[float, float]:
    """(polarity, subjectivity) of *text*: the floats of `TextBlob(text).sentiment`, bit for bit."""
    return _reader().score(text)


def assessments(text: str) -> list[Assessment]:
    """What moved the score of *text*: `TextBlob(text).sentiment_assessments.assessments`, by the library."""
    return _reader().assess(text)


class _Reader(NamedTuple):
    score: Callable[[str], tuple[float, float]]
    assess: Callable[[str], list[Assessment]]


@cache
def _reader() -> _Reader:
    if metadata.version("textblob") in PROVEN:
        lexicon, library = _library()
        return _Reader(FastTone(lexicon, library).sentiment, lambda text: lexicon(text).assessments)
    from textblob import TextBlob

    def score(text: str) -> tuple[float, float]:
        polarity, subjectivity = TextBlob(text).sentiment
        return polarity, subjectivity

    return _Reader(score, lambda text: TextBlob(text).sentiment_assessments.assessments)


def _library() -> tuple[Any, ModuleType]:
    """TextBlob's English sentiment, loaded, and the module it lives in, without `import textblob`.

    The arguments and the adverbs are those of `textblob/en/__init__.py` of the proven versions,
    which cannot be imported without the package and so without NLTK (1.2 s against 0.03 s).
    """
    package = util.find_spec("textblob")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'textblob'", name="textblob")
    folder = Path(package.submodule_search_locations[0])
    spec = util.spec_from_file_location("slackwater._textblob_text", folder / "_text.py")
    assert spec is not None and spec.loader is not None, "a .py file has a loader"
    library = util.module_from_spec(spec)
    spec.loader.exec_module(library)
    lexicon = library.Sentiment(
        path=str(folder / "en" / "en-sentiment.xml"),
        synset="wordnet_id",
        negations=("no", "not", "n't", "never"),
        modifiers=("RB",),
        modifier=lambda word: word.endswith("ly"),
        tokenizer=library.Parser(language="en").find_tokens,
        language="en",
    )
    lexicon.load()
    for word, pos in list(dict.items(lexicon)):  # "terrible" scores as "terribly" too
        if "JJ" in pos:
            stem = word[:-1] + "i" if word.endswith("y") else word
            stem = stem.removesuffix("le")
            lexicon.annotate(stem + "ly", "RB", *pos["JJ"])
    return lexicon, library


class Known(NamedTuple):
    """A word of the lexicon; `modifier` is 1 where it modifies the next word, 2 where it also ends in -ly."""

    polarity: float
    subjectivity: float
    intensity: float
    modifier: int
    negation: bool


class Other(NamedTuple):
    """A word the lexicon does not know: what it does to the modifier and the negation before it."""

    negation: bool
    ends_negation: bool
    ends_modifier: bool
    exclamation: bool


class Guard(NamedTuple):
    """The chunk starts like the end of an emoticon: the library reads the text if one of `after` stands before."""

    after: frozenset[str]


Steps = tuple[Known | Other | Guard, ...]

_END = Other(negation=False, ends_negation=True, ends_modifier=True, exclamation=False)
_NOTHING = Other(negation=False, ends_negation=False, ends_modifier=False, exclamation=False)
QUOTES = re.compile('([“”‘’"])')
RESET: Steps = (_END,)  # most chunks: an unknown word, after which nothing is pending


class FastTone(dict[str, Steps | None]):
    """Chunk → the steps it takes, None where only the library can tell. Fills itself; holds `MEMO_SIZE` at most.

    *lexicon* is TextBlob's `Sentiment`, loaded, and *library* its module `_text`.
    """

    def __init__(self, lexicon: Any, library: ModuleType) -> None:
        super().__init__()
        self.lexicon, self.library = lexicon, library
        self.signs = library.PUNCTUATION.replace(".", "")
        icons = {icon for group in library.EMOTICONS.values() for icon in group}
        self.icons = {icon.lower() for icon in icons}
        # What the library joins ends in a token of its own: for ":-)" that is ")" after "-", or "-)" after ":".
        self.ends: dict[str, frozenset[str]] = {")": frozenset("!")}  # "(!)"
        for icon in icons:
            for k in range(1, len(icon)):
                self.ends[icon[k:]] = self.ends.get(icon[k:], frozenset()) | {icon[k - 1]}

    def sentiment(self, text: str) -> tuple[float, float]:
        """(polarity, subjectivity): the arithmetic of the library's `Sentiment.assessments`, in its order."""
        polarities: float = 0
        subjectivities: float = 0
        n = 0  # assessments; p, s, i, negated are the latest, not yet in the sums
        p = s = i = 0.0
        negated = False
        modifier = 0  # pending: the word before modifies
        negation = False  # pending: a negation stands before
        before = ""
        for chunk in text.split():
            steps = self[chunk]
            if steps is RESET:
                modifier, negation, before = 0, False, chunk
                continue
            if steps is None:
                return self.ask_library(text)
            for step in steps:
                if isinstance(step, Other):
                    if step.negation:
                        negation = True
                    elif step.ends_negation:
                        negation = False
                    if negation and modifier == 2:
                        negated, negation = True, False
                    elif step.ends_modifier:
                        modifier = 0
                    if step.exclamation and n:
                        p = max(-1.0, min(p * 1.25, 1.0))
                elif isinstance(step, Known):
                    if modifier:
                        p = max(-1.0, min(step.polarity * i, 1.0))
                        s = max(-1.0, min(step.subjectivity * i, 1.0))
                        i = step.intensity
                    else:
                        if n:
                            polarities += p * -0.5 if negated else p
                            subjectivities += s
                        p, s, i, modifier, _ = step
                        negated = False
                        n += 1
                    if negation:
                        i = 1.0 / i
                        negated = True
                    modifier, negation = step.modifier, step.negation
                elif before[-1:] in step.after:
                    return self.ask_library(text)
            before = chunk
        if n == 0:
            return 0.0, 0.0
        polarities += p * -0.5 if negated else p
        return polarities / n, (subjectivities + s) / n

    def ask_library(self, text: str) -> tuple[float, float]:
        """(polarity, subjectivity) by the library's own code."""
        polarity, subjectivity = self.lexicon(text)
        return polarity, subjectivity

    def __missing__(self, chunk: str) -> Steps | None:
        steps = self._steps(chunk)
        if len(chunk) <= LONGEST_REMEMBERED:
            if len(self) >= MEMO_SIZE:
                self.clear()
            self[chunk] = steps
        return steps

    def _steps(self, chunk: str) -> Steps | None:
        """The steps of *chunk*; None where it holds, or may be joined to, an emoticon, "(!)" or a paragraph mark."""
        if chunk.isalnum():  # nothing to split or to join
            tokens = [chunk]
        elif self.library.EOS in chunk:
            return None
        else:
            joined = " ".join(self._tokens(chunk) or self.library.find_tokens(chunk))
            tokens = joined.split()
            if self.library.RE_SARCASM.search(joined) or self.library.RE_EMOTICONS.search(joined):
                return None
            if any(a[-1] in self.ends.get(b, "") for a, b in pairwise(tokens)):
                return None
        if not self.icons.isdisjoint(map(str.lower, tokens)):
            return None
        steps: list[Known | Other | Guard] = [Guard(self.ends[tokens[0]])] if tokens[0] in self.ends else []
        for token in tokens:
            step = self._step(token.lower())
            silent = isinstance(step, Other) and not step.negation and not step.exclamation
            if step is _NOTHING or (silent and steps and steps[-1] is _END):
                continue
            steps.append(step)
        return RESET if steps == [_END] else tuple(steps)

    def _tokens(self, chunk: str) -> list[str] | None:
        """The tokens of a plain *chunk*, as the library would cut it (it looks for nine patterns first); else None.

        Quotes stand alone wherever they are, other signs at both ends of a word, a full stop behind
        it unless it abbreviates. Contractions, several stops, and stops after signs are not plain.
        """
        if "'" in chunk:
            return None
        tokens: list[str] = []
        for part in QUOTES.split(chunk):
            word = part.lstrip(self.signs)
            before, stem = part[:len(part) - len(word)], word.rstrip(self.signs + ".")
            after = word[len(stem):]
            if "." in after:
                if not stem or after.rindex("."):
                    return None
                if self._abbreviates(stem + "."):
                    stem, after = stem + ".", after[1:]
            tokens += [*before, stem, *after] if stem else before
        return tokens

    def _abbreviates(self, word: str) -> bool:
        library = self.library
        return word in library.ABBREVIATIONS or any(
            abbreviation.match(word) for abbreviation in (library.RE_ABBR1, library.RE_ABBR2, library.RE_ABBR3))

    def _step(self, word: str) -> Known | Other:
        lexicon = self.lexicon
        negation, pos = word in lexicon.negations, dict.get(lexicon, word)  # loaded; it need not look whether it is
        if pos is not None:
            polarity, subjectivity, intensity = pos[None]
            modifies = any(map(pos.__contains__, lexicon.modifiers))
            modifier = 0 if not modifies else 2 if lexicon.modifier(word) else 1
            return Known(polarity, subjectivity, intensity, modifier, negation)
        if not negation and len(word) > 2 and "'" not in word:
            return _END
        step = Other(negation, len(word.strip("'")) > 1, len(word) > 2, word == "!")
        return _END if step == _END else _NOTHING if step == _NOTHING else step
