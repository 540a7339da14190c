"""From pages to one judgement: which way, since when, how sure, and what holds it back.

Pages are the cases, not sentences: ten sentences of one article are one voice. Dates
are spans, so a page stands before or after a day only where its whole span does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from slackwater import crowd, measure, tables
from slackwater.findings import words

if TYPE_CHECKING:
    import pandas as pd

OPPOSITE = {"expansion": "retreat", "retreat": "expansion"}
EARLIEST, LATEST = "0001-01-01", "9999-12-31"
# A turn is called only where it explains the pages: so many of the placed ones fit, and each side leans clearly.
FIT, LEAN = 0.8, 2 / 3
RECENT = 183  # days


@dataclass(frozen=True)
class Page:
    """What the judgement needs of a page: its direction and the span of days it may be from."""

    file: str
    direction: str  # expansion, retreat, mixed, neutral
    low: str
    high: str
    clear: bool
    publisher: str


@dataclass(frozen=True)
class Judgement:
    """`course` is growing, shrinking, turned, contested or silent; `direction` is what holds at the end.

    `hits` of `trials` directional pages of the last phase point that way; `probability`
    is that of a majority (`measure.majority`), `word` its ICD 203 word, lowered for each
    reason in `held_back`. Of many pages `worth` of the trials count, for pages of one outlet are alike
    (`crowd.worth`). Of a turn, `last_before` and `first_after` are the pages on
    either side, and `between` the days it lies between ("" for an open end); the contrary
    pages of the half-year before it (`recent`) count among the trials. A contested course that
    has these too is a turn that too few pages carry.
    """

    course: str
    direction: str
    pages: tuple[Page, ...]
    hits: int = 0
    trials: int = 0
    worth: float = 0.0
    probability: float = 0.5
    word: str = "roughly an even chance"
    held_back: tuple[str, ...] = ()
    confidence: str = "low"
    because: tuple[str, ...] = ()
    last_before: str = ""
    first_after: str = ""
    between: tuple[str, str] = ("", "")
    phase: tuple[Page, ...] = field(default=())
    against: tuple[Page, ...] = field(default=())
    recent: tuple[Page, ...] = field(default=())


def of_documents(documents: pd.DataFrame) -> list[Page]:
    """The pages that count: read, and not the copy of another page."""
    rows = documents[documents["fault"].isna() & documents["duplicate_of"].isna()]
    columns = ("file", "direction", "published_low", "published_high", "verdict", "publisher")
    return [
        Page(
            file,
            direction,
            words.text(low, EARLIEST),
            words.text(high, LATEST),
            verdict == "clear",
            words.text(publisher),
        )
        for file, direction, low, high, verdict, publisher in tables.rows(rows, *columns)
    ]


def judge(documents: pd.DataFrame, sentences: pd.DataFrame) -> Judgement:
    """The judgement on all pages of table `documents`, with the words of table `sentences` as witnesses."""
    pages = of_documents(documents)
    drawn = course_of(pages)
    if drawn.course == "silent":
        return drawn
    word = words.likelihood(drawn.probability)
    if drawn.course == "contested" and drawn.probability <= words.RANGES["roughly an even chance"][1]:
        word = "roughly an even chance"
    told = counting(sentences, documents)
    sites = set(sentences[told | (sentences["region"] != "caption") & _points(sentences)]["site"].dropna())
    sentences = sentences[told]
    caps = _caps(drawn, sentences, sites)
    for cap, _ in caps:
        word = words.weaker(word, cap)
    confidence, because = _confidence(drawn, sentences)
    held = tuple(reason for cap, reason in caps if word == cap != words.likelihood(drawn.probability))
    return Judgement(**{**vars(drawn), "word": word, "held_back": held, "confidence": confidence, "because": because})


def course_of(pages: Sequence[Page]) -> Judgement:
    """Course, direction and odds by the pages' directions and dates alone."""
    pages = tuple(pages)
    telling = [page for page in pages if page.direction in OPPOSITE]
    if not telling:
        return Judgement("silent", "neutral", pages)
    directions = {page.direction for page in telling}
    if len(directions) == 1:
        only = directions.pop()
        return _with_odds("growing" if only == "expansion" else "shrinking", only, pages, telling)
    turn = _turn(telling)
    expansions = sum(page.direction == "expansion" for page in telling)
    lean = "expansion" if expansions * 2 > len(telling) else "retreat"
    if turn is None:
        return _with_odds("contested", lean, pages, telling)
    day, after_direction = turn
    before = [p for p in telling if p.high < day and p.direction != after_direction]
    after = [p for p in telling if p.low >= day and p.direction == after_direction]
    last, first = max(before, key=lambda p: (p.high, p.file)), min(after, key=lambda p: (p.high, p.low, p.file))
    ends = (last.high, first.high if first.high != LATEST else "")
    sides = {"last_before": last.file, "first_after": first.file, "between": ends}
    # two pages do not turn what four told a month ago: those of the half-year before count as well
    recent = tuple(p for p in before if first.high != LATEST and _days(p.high, first.high) <= RECENT)
    found = _with_odds("turned", after_direction, pages, [*(p for p in telling if p.high >= day), *recent])
    if found.hits * 2 <= found.trials:
        return Judgement(**{**vars(_with_odds("contested", lean, pages, telling)), **sides})
    misfits = tuple(
        p
        for p in telling
        if (p.high < day and p.direction == after_direction) or (p.low >= day and p.direction != after_direction)
    )
    return Judgement(**{**vars(found), **sides, "against": misfits, "recent": recent})


def _turn(telling: Sequence[Page]) -> tuple[str, str] | None:
    """First possible day after the turn and the direction that follows it; None where no day divides the pages."""
    ends = {d: sorted(p.high for p in telling if p.direction == d) for d in OPPOSITE}
    starts = {d: sorted(p.low for p in telling if p.direction == d) for d in OPPOSITE}
    best: tuple[int, str, str] | None = None
    for day in sorted({page.low for page in telling if page.low > EARLIEST}):
        before = {d: bisect_left(ends[d], day) for d in OPPOSITE}
        after = {d: len(starts[d]) - bisect_left(starts[d], day) for d in OPPOSITE}
        placed_before, placed_after = sum(before.values()), sum(after.values())
        placed = placed_before + placed_after
        for direction, other in OPPOSITE.items():
            leans, fits = before[other], after[direction]
            if not fits or not leans or fits + leans < FIT * placed or placed * 2 < len(telling):
                continue
            if fits < LEAN * placed_after or leans < LEAN * placed_before:
                continue
            score = 2 * (fits + leans) - placed
            if best is None or score > best[0]:
                best = (score, day, direction)
    return best[1:] if best else None


def _with_odds(course: str, direction: str, pages: tuple[Page, ...], phase: Sequence[Page]) -> Judgement:
    hits, trials = sum(page.direction == direction for page in phase), len(phase)
    worth = _worth(phase) if len(pages) > crowd.MANY else float(trials)
    odds = measure.majority(hits, trials) if worth == trials else measure.majority(hits / trials * worth, worth)
    return Judgement(course, direction, pages, hits, trials, worth, odds, phase=tuple(phase))


def _worth(phase: Sequence[Page]) -> float:
    """As how many independent pages those of *phase* count, by how alike each outlet's pages of a quarter are."""
    cells: dict[tuple[str, str], tuple[int, int]] = {}
    sizes: dict[str, int] = {}
    for page in phase:
        if page.direction in OPPOSITE:
            when = crowd.period(page.low, page.high, "quarter") if page.high != LATEST else None
            e, r = cells.get((when or "", page.publisher), (0, 0))
            growth = page.direction == "expansion"
            cells[when or "", page.publisher] = (e + growth, r + (not growth))
            sizes[page.publisher] = sizes.get(page.publisher, 0) + 1
    return crowd.worth(sizes.values(), crowd.likeness(cells))


def witnesses(found: Judgement, sentences: pd.DataFrame) -> pd.DataFrame:
    """Of *sentences* that count, those of the last phase's pages that point the judgement's way."""
    files = {page.file for page in found.phase if page.direction == found.direction}
    return sentences[sentences["file"].isin(files) & sentences["direction"].isin([found.direction, "both"])]


def counting(sentences: pd.DataFrame, documents: pd.DataFrame) -> pd.Series:
    """Which sentences count, everywhere in a report, as they do for a page's verdict (`verdicts.verdicts`).

    They point a way, stand in the article and not under a picture, tell of no other firm's act, and do not
    recall what was long past when the page was published.
    """
    from slackwater.reading import times

    rows = documents[["file", "published_low", "published"]].itertuples(index=False)
    days = {file: words.text(low) or words.text(published) or None for file, low, published in rows}
    counts = _points(sentences) & (sentences["region"] != "caption")
    there = sentences[counts]
    past = [times.recalled(text, low=days.get(file)) for file, text in zip(there["file"], there["text"], strict=True)]
    return counts & ~counts.index.isin(there.index[past])


def _points(sentences: pd.DataFrame) -> pd.Series:
    directional = sentences["direction"].isin(["expansion", "retreat", "both"])
    return directional & (sentences["about"].fillna("company") != "other")


def _caps(found: Judgement, sentences: pd.DataFrame, sites: set[str]) -> list[tuple[str, str]]:
    """The most that may be said, with the reason, for each thing that is missing."""
    telling = [page for page in found.phase if page.direction == found.direction]
    heard = witnesses(found, sentences)
    caps = [("very likely", "a rule-based reading of saved pages never supports more")]
    if len(telling) < 3:
        caps.append(("likely", f"it rests on {words.count(len(telling), 'page')}"))
    if len(telling) > 1 and len({page.publisher for page in telling}) == 1:
        caps.append(
            ("likely", "all of it comes from one publisher" if telling[0].publisher else "no publisher is known")
        )
    if not any(page.clear for page in telling):
        caps.append(("likely", "no page has enough directional sentences for a clear verdict of its own"))
    if len(heard) and not (heard["certainty"] == "asserted").any():
        caps.append(("likely", "nothing is stated as fact: it is all planned, reported or hedged"))
    part = set(heard["site"].dropna())
    if part and sites - part:
        at = words.listing(sorted(map(_shown, part)), limit=3)
        caps.append(("likely", f"it is told of {at} alone while the pages name other sites"))
    return caps


def _shown(site: str) -> str:
    from slackwater.findings.blocks import escaped

    return escaped(site, 60)


def _confidence(found: Judgement, sentences: pd.DataFrame) -> tuple[str, tuple[str, ...]]:
    """How good the sources are (ICD 203 keeps this apart from how likely it is): level and reasons."""
    telling = [page for page in found.phase if page.direction == found.direction]
    heard = witnesses(found, sentences)
    publishers = {page.publisher for page in telling if page.publisher}
    dated = sum(page.high != LATEST and page.low != EARLIEST for page in telling)
    company = int((heard["speaker"] == "company").sum())
    reasons = [
        f"{words.count(len(telling), 'page')} from "
        + (words.count(len(publishers), "known publisher") if publishers else "no known publisher"),
        words.of_them(dated, len(telling), "dated"),
        f"{words.count(company, 'sentence')} in the company’s own words"
        if company
        else "no word of the company’s own among them",
    ]
    weak = [len(telling) < 2, len(publishers) < 2, dated * 2 <= len(telling), not len(heard)]
    strong = [len(telling) >= 5, len(publishers) >= 3, dated * 5 >= len(telling) * 4, company > 0]
    level = "high" if all(strong) else "low" if any(weak) else "moderate"
    return level, tuple(reasons)


def without_each(found: Judgement) -> dict[str, Judgement]:
    """File → course and direction without that page, for the pages whose absence changes either."""
    changed = {}
    for page in found.pages:
        rest = course_of([other for other in found.pages if other is not page])
        moved = rest.course != found.course or (rest.direction != found.direction and rest.course != "contested")
        if page.direction in OPPOSITE and moved:
            changed[page.file] = rest
    return changed


def without_outlets(found: Judgement, *, most: int = 12) -> dict[str, Judgement]:
    """Outlet → course and direction without all its pages, for those of the *most* frequent that change either."""
    counts = Counter(page.publisher for page in found.pages if page.direction in OPPOSITE and page.publisher)
    changed = {}
    for outlet, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]:
        rest = course_of([page for page in found.pages if page.publisher != outlet])
        if rest.course != found.course or (rest.direction != found.direction and rest.course != "contested"):
            changed[outlet] = rest
    return changed


def contrary_pages(found: Judgement) -> tuple[int, int]:
    """How many further pages the other way would make it no longer likely, and how many would reverse it."""
    even, most = words.RANGES["likely"][0], 2 * found.trials + 1

    def odds(n: int) -> float:
        return measure.majority(found.hits, found.trials + n)

    doubt = bisect_left(range(most), True, key=lambda n: odds(n) <= even)
    return doubt, bisect_left(range(most), True, key=lambda n: odds(n) < 0.5)


def gap(found: Judgement, *, days: int = 180) -> tuple[str, str]:
    """The longest stretch without a dated page among the directional ones; ("", "") where none exceeds *days*."""
    dated = sorted(
        (p.low, p.high) for p in found.pages if p.direction in OPPOSITE and p.low != EARLIEST and p.high != LATEST
    )
    stretches = [(a[1], b[0]) for a, b in pairwise(dated) if a[1] < b[0] and _days(a[1], b[0]) > days]
    return max(stretches, key=lambda s: _days(s[0], s[1]), default=("", ""))


def _days(low: str, high: str) -> int:
    from datetime import date

    return date.fromisoformat(high).toordinal() - date.fromisoformat(low).toordinal()
