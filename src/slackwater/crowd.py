"""Statistics that only many documents can carry: periods, pages that are alike within an outlet, words beyond chance.

Below `MANY` pages the report shows each page and uses none of this: with few pages every page can be looked at,
and an interval of a month's two pages would only look like knowledge.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from slackwater import measure, tables

if TYPE_CHECKING:
    import pandas as pd

MANY = 100  # pages read, above which a report sums up by period and outlet and quotes a choice of pages
PERIODS = 60  # most of them in a chart
ENOUGH = 5  # pages with a direction that a period has on average, else the next longer one is taken


class Balance(NamedTuple):
    """(E − R) / (E + R) of pages with its interval; `pages` counted, `worth` as many independent ones."""

    net: float
    low: float
    high: float
    pages: int
    worth: float


class Word(NamedTuple):
    """A word, its log-odds of standing with growth rather than retreat, z, adjusted p, and how often with either."""

    word: str
    odds: float
    z: float
    q: float
    n_expansion: int
    n_retreat: int


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


STEPS: dict[str, Callable[[date], date]] = {
    "week": _week,
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: date(day.year, day.month - (day.month - 1) % 3, 1),
    "year": lambda day: date(day.year, 1, 1),
}


def step(days: Iterable[str]) -> str:
    """The finest of week, month, quarter and year that suits pages of these *days* (ISO): at most `PERIODS` of them."""
    known = [date.fromisoformat(day) for day in days]
    if not known:
        return "year"
    length = (max(known) - min(known)).days + 1
    for name, most in (("week", 7), ("month", 30), ("quarter", 91)):
        if length / most <= PERIODS - 1 and len(known) / (length / most + 1) >= ENOUGH:
            return name
    return "year"


def period(low: str | None, high: str | None, name: str) -> str | None:
    """First day (ISO) of the *name* that days *low* to *high* lie in; None where they do not lie in one."""
    if not low or not high:
        return None
    first, last = (STEPS[name](date.fromisoformat(day)) for day in (low, high))
    return first.isoformat() if first == last else None


def following(start: str, name: str) -> str:
    """First day of the period after the one that starts on day *start*."""
    return STEPS[name](date.fromisoformat(start) + timedelta(days={"week": 7, "month": 31, "quarter": 92}.get(
        name, 366))).isoformat()


def likeness(cells: Mapping[tuple[str, str], tuple[int, int]]) -> float:
    """How alike pages of one outlet and period are, 0 (as any two of the period) to 1 (one voice).

    *cells*: (period, outlet) → pages of growth, of retreat. The intraclass correlation by analysis of variance
    within periods, cut to [0, 1]; 1 where the pages cannot tell, so that an outlet is then one voice.
    Source: Ridout, Demétrio & Firth 1999, doi:10.1111/j.0006-341X.1999.00137.x.
    """
    periods: dict[str, list[tuple[int, int]]] = {}
    for (when, _), (e, r) in sorted(cells.items()):
        if e + r:
            periods.setdefault(when, []).append((e, e + r))
    between, within, spread, n_cells, n = [], [], [], 0, 0
    for found in periods.values():
        total = sum(of for _, of in found)
        share = sum(e for e, _ in found) / total
        between += [of * (e / of - share) ** 2 for e, of in found]
        within += [e * (of - e) / of for e, of in found]
        spread.append(sum(of * of for _, of in found) / total)
        n_cells, n = n_cells + len(found), n + total
    free, inner = n_cells - len(periods), n - n_cells
    if free < 1 or inner < 1:
        return 1.0
    msb, msw = math.fsum(between) / free, math.fsum(within) / inner
    size = (n - math.fsum(spread)) / free
    whole = msb + (size - 1) * msw
    return min(1.0, max(0.0, (msb - msw) / whole)) if whole > 0 else 1.0


def worth(sizes: Iterable[int], alike: float) -> float:
    """As how many independent pages those of outlets of these *sizes* count: n / (1 + (Σm²/n − 1) · *alike*).

    Kish's design effect, 1965, §5.4.
    """
    sizes = [size for size in sizes if size]
    n = sum(sizes)
    return n / (1 + (sum(size * size for size in sizes) / n - 1) * alike) if n else 0.0


def balance(outlets: Iterable[tuple[int, int]], alike: float, *, level: float = 0.95) -> Balance:
    """The balance of pages with its Jeffreys interval, clustered: one (growth, retreat) an outlet, see `worth`."""
    outlets = list(outlets)
    e, n = sum(e for e, _ in outlets), sum(e + r for e, r in outlets)
    if not n:
        return Balance(math.nan, -1.0, 1.0, 0, 0.0)
    count = worth((e + r for e, r in outlets), alike)
    hits = min(count, e / n * count)  # no rounding may lift a share above 1
    low, high = measure.interval(hits, count, level=level)
    return Balance((2 * e - n) / n, 2 * low - 1, 2 * high - 1, n, count)


def telling(expansion: Counter[str], retreat: Counter[str], *, prior: float = 500, rate: float = 0.05,
            least: int = 5) -> list[Word]:
    """The words that stand with growth or with retreat more often than chance explains, the surest first.

    *expansion*, *retreat*: word → how often it stands with either. Log-odds with an informative Dirichlet prior:
    all the words together, weighing as much as *prior* words, draw rare ones towards no difference. Of those
    called telling a share of *rate* at most is expected to be so by chance. Words met fewer than *least* times
    are not tested. Sources: Monroe, Colaresi & Quinn 2008, doi:10.1093/pan/mpn018; Benjamini & Hochberg 1995,
    doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    n_e, n_r = expansion.total(), retreat.total()
    total = n_e + n_r
    tested = sorted(word for word in expansion.keys() | retreat.keys() if expansion[word] + retreat[word] >= least)
    rows = []
    for word in tested:
        e, r = expansion[word], retreat[word]
        a = prior * (e + r) / total
        odds = math.log((e + a) / (n_e + prior - e - a)) - math.log((r + a) / (n_r + prior - r - a))
        rows.append((word, odds, odds / math.sqrt(1 / (e + a) + 1 / (r + a)), e, r))
    adjusted = discoveries([math.erfc(abs(z) / math.sqrt(2)) for _, _, z, _, _ in rows])
    found = [Word(word, odds, z, q, e, r) for (word, odds, z, e, r), q in zip(rows, adjusted, strict=True) if q <= rate]
    return sorted(found, key=lambda row: (-abs(row.z), row.word))


def discoveries(chances: Sequence[float]) -> list[float]:
    """Each of *chances* (p-values) adjusted for the number of tests, in their order (Benjamini & Hochberg)."""
    order = sorted(range(len(chances)), key=lambda at: -chances[at])
    adjusted, least = [0.0] * len(chances), 1.0
    for behind, at in enumerate(order):
        least = min(least, chances[at] * len(chances) / (len(chances) - behind))
        adjusted[at] = least
    return adjusted


class Tide(NamedTuple):
    """Pages by period. *counts*: first day of the period → pages of growth, of retreat, of neither or both."""

    step: str
    counts: dict[str, tuple[int, int, int]]  # every period from the first to the last, empty ones too
    balances: dict[str, Balance]  # of the periods with a page that takes a side
    alike: float
    unplaced: int  # pages whose date is not known to the period


def tide(pages: Iterable[tuple[str | None, str | None, str, str]]) -> Tide:
    """*pages* as (first possible day, last possible day, direction, outlet), summed up by the period that suits them.

    Leave copies out: a reprint counts once. Pages whose outlet is "" count as of one.
    """
    pages = list(pages)
    name = step(high for low, high, direction, _ in pages
                if low and high and direction in ("expansion", "retreat") and period(low, high, "quarter"))
    cells: dict[tuple[str, str], tuple[int, int]] = {}
    others: Counter[str] = Counter()
    unplaced = 0
    for low, high, direction, outlet in pages:
        when = period(low, high, name)
        if when is None:
            unplaced += 1
        elif direction in ("expansion", "retreat"):
            e, r = cells.get((when, outlet), (0, 0))
            cells[when, outlet] = (e + (direction == "expansion"), r + (direction == "retreat"))
        else:
            others[when] += 1
    by_period: dict[str, list[tuple[int, int]]] = {}
    for (when, _), cell in sorted(cells.items()):
        by_period.setdefault(when, []).append(cell)
    alike = likeness(cells)
    placed = sorted({*by_period, *others})
    counts: dict[str, tuple[int, int, int]] = {}
    at = placed[0] if placed else ""
    while placed and at <= placed[-1]:
        found = by_period.get(at, [])
        counts[at] = sum(e for e, _ in found), sum(r for _, r in found), others[at]
        at = following(at, name)
    balances = {when: balance(found, alike) for when, found in by_period.items()}
    return Tide(name, counts, balances, alike, unplaced)


def of_documents(documents: pd.DataFrame) -> Tide:
    """`tide` of the pages of table `documents` that were read and are no copy."""
    own = documents[documents["fault"].isna() & documents["duplicate_of"].isna()]
    columns = ("published_low", "published_high", "direction", "publisher")
    return tide((low, high, way, outlet or "") for low, high, way, outlet in tables.rows(own, *columns))
