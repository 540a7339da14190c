"""Sentences → dated claims: what is said to have opened or closed, where, when, by whom; and whether they agree."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from slackwater import tables
from slackwater.reading import times

if TYPE_CHECKING:
    import pandas as pd

# theme of the lexicon → the event that a claim states
EVENTS = {"opening": "opening", "closure": "closing", "exit": "exit", "market entry": "entry"}
LISTED = 100  # claims named beside one: a story that thousands of pages repeat must not list them thousands of times
_LOOKED_AT = 4096  # claims at a time
_PUBLISHED = ("published", "published_low", "published_high")


def find(sentences: pd.DataFrame, documents: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Table `claims`: one row per sentence, captions too, that states such an event or denies it.

    *evidence* tells where in a sentence the event is named; of several times the nearest to it is taken.
    `when` is partial ISO text, or an interval (2025-01/2025-02); null where the sentence gives no time or
    the page's date cannot complete it. Claims of one event at one site agree where both give a time and
    these can be the same, and conflict where they cannot; a plan does not conflict with what came of it.
    Claims whose site is null are compared with none: they need not be of one place.
    """
    told = stated(sentences, documents, evidence)
    stories = Stories()
    stories.add(told, documents)
    return stories.compared(told)


def stated(sentences: pd.DataFrame, documents: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Table `claims` of these pages by themselves: nothing is compared yet."""
    named = _named(evidence)
    known = {
        file: dict(zip(_PUBLISHED, days, strict=True))
        for file, *days in tables.rows(documents, "file", *_PUBLISHED)
    }
    found: list[dict[str, Any]] = []
    for theme, direction, certainty, about, site, speaker, file, sentence, text in tables.rows(
        sentences[sentences["theme"].isin(list(EVENTS))],
        "theme", "direction", "certainty", "about", "site", "speaker", "file", "sentence", "text",
    ):
        if (direction == "neutral" and certainty != "denied") or about == "other":
            continue
        page = known.get(file, {})
        when = _when(text, page, certainty, named.get((file, sentence, theme)))
        if certainty == "asserted" and when and _ahead(when.iso, page):
            certainty = "planned"  # "is closing its plant in October", said in May
        found.append(
            {
                "event": EVENTS[theme],
                "site": site,
                "when": when.iso if when else None,
                "when_text": when.text if when else None,
                "certainty": certainty,
                "speaker": speaker,
                "file": file,
                "sentence": sentence,
            }
        )
    return tables.frame(found, "claims")


class Stories:
    """Claims in the order they come, by the story they are of: one event at one named site.

    All are added first, some pages at a time, and compared then, again some at a time, in the same order. A claim
    takes some twelve bytes meanwhile, and claims of one time and standing are compared once, however many pages
    repeat them.
    """

    def __init__(self) -> None:
        self._stories: dict[tuple[str, str], int] = {}
        self._kinds: dict[tuple[int, tuple[str, str] | None, str], int] = {}  # (story, days, certainty)
        self._kind, self._file, self._sentence = array("i"), array("i"), array("i")  # of each claim; -1: of no site
        self._files: list[str] = []
        self._told = 0
        self._alike = lru_cache(maxsize=2048)(self._compare)

    def add(self, claims: pd.DataFrame, documents: pd.DataFrame) -> None:
        """Take in table *claims* of the pages *documents*."""
        last: str | None = None
        days = spans(claims, documents)
        columns = ("event", "site", "certainty", "file", "sentence")
        for (event, site, certainty, file, sentence), span in zip(tables.rows(claims, *columns), days, strict=True):
            if file != last:
                last = file
                self._files.append(file)
            kind = -1
            if site is not None:
                story = self._stories.setdefault((event, site), len(self._stories))
                kind = self._kinds.setdefault((story, span, certainty), len(self._kinds))
            self._kind.append(kind)
            self._file.append(len(self._files) - 1)
            self._sentence.append(sentence)

    def compared(self, claims: pd.DataFrame) -> pd.DataFrame:
        """Table *claims*, the next that were added, with `agrees_with` and `conflicts_with` filled."""
        numbers = range(self._told, self._told + len(claims))
        self._told = numbers.stop
        lists = [self._others(number) for number in numbers]
        return tables.shaped(claims.assign(agrees_with=[agree for agree, _ in lists],
                                           conflicts_with=[conflict for _, conflict in lists]), "claims")

    def _others(self, number: int) -> tuple[str | None, str | None]:
        if self._kind[number] < 0:
            return None, None
        listed = self._alike(self._kind[number])
        # a claim is left out of its own lists, so that one more than is listed was looked for
        agree, conflict = (text if number not in found else self._shown(n for n in found if n != number)
                           for found, text in listed)
        return agree, conflict

    @cached_property
    def _by_story(self) -> tuple[Any, Any, list[Any], list[Any]]:
        """Kinds as arrays, the story of each; of each story its kinds, and its claims in order."""
        import numpy as np

        low, high = ([days[n] if days else "" for _, days, _ in self._kinds] for n in (0, 1))
        hows = [how for _, _, how in self._kinds]
        kinds = {"low": np.array(low, "U10"), "high": np.array(high, "U10"), "has": np.array(low, "U10") != "",
                 "denied": np.array([how == "denied" for how in hows]),
                 "planned": np.array([how == "planned" for how in hows])}
        of_kind = np.array([story for story, _, _ in self._kinds], int)
        kind_of = np.array(self._kind, int)
        placed = np.flatnonzero(kind_of >= 0)
        order = placed[np.argsort(of_kind[kind_of[placed]], kind="stable")]
        ends = np.searchsorted(of_kind[kind_of[order]], range(1, len(self._stories) + 1))
        members = np.split(order, ends[:-1])
        return kinds, of_kind, [np.flatnonzero(of_kind == n) for n in range(len(self._stories))], members

    def _compare(self, kind: int) -> list[tuple[list[int], str | None]]:
        """The first claims that agree and that conflict with one of *kind*, as numbers and as they are listed."""
        import numpy as np

        kinds, of_kind, in_story, members = self._by_story
        others, ours = in_story[of_kind[kind]], members[of_kind[kind]]
        told = {name: values[others] for name, values in kinds.items()}
        one = {name: values[kind] for name, values in kinds.items()}
        apart = told["denied"] != one["denied"]
        both = told["has"] & one["has"]
        overlap = (one["low"] <= told["high"]) & (told["low"] <= one["high"])
        agree = ~apart & both & overlap
        conflict = apart | (~(told["planned"] | one["planned"]) & both & ~overlap)
        found = []
        for flags in (agree, conflict):
            alike = np.zeros(len(of_kind), bool)
            alike[others] = flags
            numbers: list[int] = []
            for start in range(0, len(ours) if flags.any() else 0, _LOOKED_AT):
                some = ours[start:start + _LOOKED_AT]
                numbers += some[alike[np.asarray(self._kind)[some]]].tolist()
                if len(numbers) > LISTED:
                    break
            numbers = numbers[:LISTED + 1]
            found.append((numbers, self._shown(numbers)))
        return found

    def _shown(self, numbers: Iterable[int]) -> str | None:
        """As "file:sentence; file:sentence"."""
        return "; ".join(f"{self._files[self._file[n]]}:{self._sentence[n]}" for n in islice(numbers, LISTED)) or None


def spans(claims: pd.DataFrame, documents: pd.DataFrame) -> list[tuple[str, str] | None]:
    """First and last day that each claim's event may have been, in the order of table *claims*; None where no time.

    What a page tells as done was done by the last day on which it can have been published: "closed in
    2025" of a page of 2 April 2025 or before is 2025-01-01 to 2025-04-02.
    """
    published = {file: {"published_high": day} for file, day in tables.rows(documents, "file", "published_high")}
    return [
        _days(when, certainty, published.get(file, {})) if when else None
        for when, certainty, file in tables.rows(claims, "when", "certainty", "file")
    ]


def _days(when: str, certainty: str, page: Mapping[str, str | None]) -> tuple[str, str]:
    first, last = times.bounds(when)
    published = page.get("published_high")
    if certainty == "planned" or not published or published < first:  # what lies ahead in any case is a plan
        return first, last
    return first, min(last, published)


def _ahead(when: str | None, page: Mapping[str, str | None]) -> bool:
    """Whether *when* begins after the last day on which the page can have been published."""
    published = page.get("published_high")
    return bool(when and published) and times.bounds(str(when))[0] > str(published)


def _named(evidence: pd.DataFrame) -> dict[tuple[str, int, str], tuple[int, int]]:
    """Where the first hit of each (file, sentence, theme) stands that a claim may rest on, in characters."""
    found: dict[tuple[str, int, str], tuple[int, int]] = {}
    columns = ("file", "sentence", "theme", "start", "end", "outcome")
    for file, sentence, theme, start, end, outcome in tables.rows(
        evidence[evidence["theme"].isin(list(EVENTS))], *columns
    ):
        if outcome.startswith(("counted", "denied", "turned")):
            found.setdefault((file, sentence, theme), (start, end))
    return found


def _when(
    text: str, page: dict[str, str | None], certainty: str, named: tuple[int, int] | None
) -> times.When | None:
    """The time of the event that *named* tells in *text*: of several the one with the fewest clauses between.

    One with a year comes before one without. The day on which something was said or a photograph taken is none, nor is
    a time in a remark, in brackets or between dashes, beside it.
    """
    start, end = named or (0, 0)
    found = times.find(
        text,
        published=page.get("published"),
        low=page.get("published_low"),
        high=page.get("published_high"),
        future=certainty == "planned" or _UNDER_WAY.search(text[max(0, start - 12) : end]) is not None,
    )
    apart = [span for m in _ASIDE.finditer(text) if not (span := m.span())[0] <= start < span[1]]
    found = [
        w for w in found
        if not _ELSE.search(text[max(0, w.start - 30) : w.start])
        and not any(a <= w.start < b and w.end - w.start < b - a - 6 for a, b in apart[:_FEW])
        and not (w.end < start and _SAID.search(text[max(w.end, start - _NEAR) : start]))
    ]

    def far(when: times.When) -> tuple[bool, int, int]:
        between = text[end : when.start] if when.start >= end else text[when.end : start]
        return when.iso is None, len(_CLAUSE.findall(between[:_NEAR])), len(between)

    return min(found, key=far, default=None)


# "the now-closed lab seen on March 31", "said in May that": the time of another act
_ELSE = re.compile(
    r"\b(?:(?:seen|pictured|photographed|taken|shown)\b(?!.*,)|(?:said|says|told \w+)(?: on| in| late| early)* *$)",
    re.I,
)
_UNDER_WAY = re.compile(r"\b(?:is|are) (?:\w+ly )?\w+ing\b")  # "is closing its plant in October": the next one
_SAID = re.compile(r"\b(?:that|when)\b[^,]*$")  # "shares fell in April when it said that it would close"
_CLAUSE = re.compile(r"[,;:]|\s[-–—]\s|\b(?:that|which|who|after|before|since|while|when|although)\b")
_ASIDE = re.compile(r"\([^()]*\)|\s[-–—]\s.*?\s[-–—]\s")
_NEAR, _FEW = 400, 20  # characters, remarks: no more are looked at, so that an endless sentence takes no longer
