"""Which lines are known furniture of the web: `phrases.yaml` as a fast look-up."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

# bullets, arrows and punctuation that surround a label without being part of it
TRIM = " \t\xa0\u200b\ufeff-–—*•·|>»›<«‹→←↑↓▶►▼▲●■◦:…+#_=~.!?,;/\\"

# what a line must hold, in lower case, for a group of the patterns of `looks` to be tried on it
CREDIT, COMMENT, AGO, MONTH, ROLE = (1 << bit for bit in range(5))
SIGNS = {
    CREDIT: "photo image picture illustration credit graphic video / getty afp shutterstock unsplash istock pixabay"
    " pexels alamy",
    COMMENT: "comment repl respons reaction thought",
    AGO: "ago",
    MONTH: "jan feb mar apr may jun jul aug sep oct nov dec",
    # the last are no i and no s, but match one where case is ignored
    ROLE: "staff senior chief contribut correspondent reporter editor columnist writer journalist author producer"
    " analyst freelance guest special ı i\u0307 ſ",
}


class Hint(NamedTuple):
    """What a line looks like on its own: a label, and the reason in a few words."""

    label: str
    why: str

    @property
    def sure(self) -> bool:
        """Whether a line that looks so is never article text, however long it is."""
        return self.label in ("legal", "faq") or self.why in (
            "cookie or consent notice",
            "source credit line",
            "anti-spam notice",
            "note on the author",
            "a headline glued to its teaser",
        )


class Phrases(NamedTuple):
    """`phrases.yaml`: what a whole line may be, and `finder` of what it may start with or hold, each with its hint.

    Of *found*, the number of a match says which, and the lowest number of a line is what the line looks like.
    The numbers from there on are those of *signs*.
    """

    whole: dict[str, Hint]
    found: list[tuple[str, Hint]]
    signs: list[int]
    finder: AhoCorasick


def key(line: str) -> str:
    """*line* as it is looked up: lower case, straight quotes, no bullet, no closing punctuation."""
    return line.strip(TRIM).lower().replace("’", "'")


def keys(lines: list[str]) -> list[str]:
    """The `key` of each of *lines*, of which none holds a line end."""
    return "\n".join([line.strip(TRIM).lower() for line in lines]).replace("’", "'").split("\n")


@cache
def load() -> Phrases:
    """The phrases of the package. Read once."""
    import yaml

    text = files("slackwater.cleaning").joinpath("phrases.yaml").read_text(encoding="utf-8")
    whole: dict[str, Hint] = {}
    starts: list[tuple[str, Hint]] = []
    parts: list[tuple[str, Hint]] = []
    for label, reasons in yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)).items():
        for why, phrases in reasons.items():
            hint = Hint(label, why)
            for phrase in phrases:
                words = str(phrase).lower()
                if words.startswith("*") and len(words) > 1:
                    parts.append((words.strip("*"), hint))
                elif words.endswith("*") and not words.endswith(" *"):
                    starts.append(("\n" + words[:-1].strip(), hint))
                else:
                    whole.setdefault(key(words), hint)
    found = [*starts, *parts]
    signs = {part: sign for sign, parts in SIGNS.items() for part in parts.split()}
    forms = [*(phrase for phrase, _ in found), *signs]
    # every state of the automaton laid out: the library's slower kinds take twice the time
    finder = AhoCorasick(forms, implementation=Implementation.DFA, store_patterns=False)
    return Phrases(whole, found, list(signs.values()), finder)


def hints(keys: list[str]) -> tuple[list[Hint | None], list[int]]:
    """For every looked-up line (`key`), the hint of the phrase it is, starts with or holds, in this order; its SIGNS.

    Linear in the text: one dictionary look-up a line, and one sweep of the page for all other phrases at once.
    """
    whole, phrases, signs, finder = load()
    found = [whole.get(line) for line in keys]
    held = [0] * len(keys)
    page = "\n" + "\n".join(keys)
    ends: list[int] = []
    for number, start, _ in sorted(matches(finder, page)):
        ends = ends or list(accumulate(len(line) + 1 for line in keys))
        row = bisect_right(ends, start)
        if number >= len(phrases):
            held[row] |= signs[number - len(phrases)]
            continue
        phrase, hint = phrases[number]
        if found[row] is None and (phrase[0] != "\n" or _ends_a_word(phrase[1:], keys[row])):
            found[row] = hint
    return found, held


def matches(finder: AhoCorasick, text: str) -> list[tuple[int, int, int]]:
    """Number, start and end of every match of *finder* in *text*; half of a surrogate pair matches nothing."""
    try:
        return finder.find_matches_as_indexes(text, overlapping=True)
    except UnicodeEncodeError:  # the library reads UTF-8, which has no such half; "?" is as long
        return finder.find_matches_as_indexes(text.encode("utf-8", "replace").decode(), overlapping=True)


def _ends_a_word(start: str, line: str) -> bool:
    if len(line) == len(start):
        return True
    return not (start[-1].isascii() and start[-1].isalpha() and line[len(start)].isalpha())
