"""Small change of language: numbers, plurals, lists, dates, and words for how sure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from slackwater import dates

# ICD 203, Analytic Standards (2015), D.6.e: the words and the probabilities they stand for.
LADDER = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly an even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)
RANGES = {word: (low, min(high, 0.99)) for (low, _), (high, word) in zip(((0.01, ""), *LADDER), LADDER, strict=False)}

_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

ADJECTIVE = {"expansion": "growth", "retreat": "retreat"}
SPEAKERS = {
    "company": "the company",
    "government": "a government",
    "press": "the press itself",
    "workers": "workers",
    "insiders": "insiders",
    "partner": "a partner",
    "other": "others",
    "none": "nobody named",
    "unnamed": "sources not named",
}
BY = {"none": "by nobody named", "press": "by the press"} | {
    who: f"by {name}" for who, name in SPEAKERS.items() if who not in {"none", "press"}
}
CERTAINTIES = {
    "asserted": "stated as fact",
    "planned": "announced or planned",
    "reported": "reported from others",
    "hedged": "hedged or rumoured",
    "denied": "denied",
    "none": "no claim",
}
KINDS = {
    "news": ("news article", "news articles"),
    "press release": ("press release", "press releases"),
    "reprint": ("reprint", "reprints"),
    "promotional": ("promotional page", "promotional pages"),
    "unknown": ("page of unknown kind", "pages of unknown kind"),
}
TOLD = {"expansion": "growth", "retreat": "retreat", "mixed": "both alike", "neutral": "neither"}
# what dates a page that does not date itself
OUTSIDE = {"corpus.yaml": "the analyst’s word", "sources.jsonl": "the record of its feed or import"}
BRIEFLY = CERTAINTIES | {"asserted": "fact", "planned": "planned", "reported": "reported", "hedged": "hedged"}


def tellers(told: Iterable[Any]) -> list[str]:
    """Who speaks in each row of table `sentences` or `claims`, a key of SPEAKERS.

    What a page only hedges or passes on as a rumour, without saying from whom, is not the press's own word.
    """
    said = [(row.certainty, text(row.speaker, "none")) for row in told]
    return ["unnamed" if certainty == "hedged" and speaker in {"press", "none"} else speaker
            for certainty, speaker in said]


def tally(told: Iterable[Any]) -> list[tuple[str, int]]:
    """Who speaks in how many of the rows, as `tellers`, the most frequent first."""
    return sorted(Counter(tellers(told)).items(), key=lambda item: (-item[1], item[0]))


_KEYS = {
    "not_before": "earliest day",
    "not_after": "latest day",
    "saved_not_before": "earliest day of saving",
    "published": "day of publication",
}


def reasons(because: Any) -> str:
    """The analyst's reasons with the keys of corpus.yaml in words: "not_before: x" as "earliest day: x"."""
    key = r"(?:^|(?<=; ))([a-z]+(?:_[a-z]+)*)(?=: )"
    return sentence(re.sub(key, lambda found: _KEYS.get(found[1], found[1].replace("_", " ")), text(because)))


def known(value: Any) -> bool:
    """Whether a cell of a table holds something (not None, NaN, NA or "")."""
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return not missing and str(value) not in {"", "<NA>"}


def text(value: Any, otherwise: str = "") -> str:
    """*value* of a table's cell as text; *otherwise* where the cell is empty."""
    return str(value) if known(value) else otherwise


def number(n: int) -> str:
    """Words up to twelve, digits with thousands commas beyond."""
    return _NUMBERS[n] if 0 <= n < len(_NUMBERS) else f"{n:,}"


def count(n: int, noun: str, nouns: str = "") -> str:
    """As "one page", "12 pages", "no pages": *n* with its noun, singular or plural."""
    n = int(n)
    return f"{number(n)} {noun if n == 1 else nouns or noun + 's'}"


def none(n: int) -> str:
    """As `number`, with "none" for zero, where the number stands for a noun."""
    return number(n) if n else "none"


def share(n: int, of: int, what: str) -> str:
    """As "both pages", "neither of the two pages", "three of the five pages", "all five pages"; of one, "page"."""
    if of == 1:
        return what if n else f"not {what}"
    if n == of:
        return f"both {what}" if of == 2 else f"all {number(of)} {what}"
    return f"{number(n) if n else 'neither' if of == 2 else 'none'} of the {number(of)} {what}"


def of_them(n: int, of: int, what: str) -> str:
    """As "both dated", "one of them dated", "neither of them dated", "none of them dated"; "dated" for one of one."""
    return share(n, of, what) if n == of or of == 1 else f"{share(n, of, '').split(' of ')[0]} of them {what}"


def who(row: Any, limit: int = 60) -> str:
    """Who published a page, as plain text; its title where that is not known, its file where it has none."""
    from slackwater.findings.blocks import one_line

    if known(row.publisher):
        return one_line(row.publisher, limit)
    return f"publisher unknown: “{one_line(row.title, limit)}”" if known(row.title) else one_line(row.file, 40)


def sentence(words: str) -> str:
    """*words* with a capital first letter; the rest stays."""
    return words[:1].upper() + words[1:]


def listing(items: Iterable[str], *, last: str = "and", limit: int = 0) -> str:
    """As "a", "a and b", "a, b and c"; with *limit*, "a, b and 7 more"."""
    items = list(items)
    if limit and len(items) > limit:
        items = [*items[:limit], f"{number(len(items) - limit)} more"]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def some(items: Iterable[Any], tell: Callable[[Any], str], *, limit: int) -> str:
    """`listing` of what *tell* makes of the first *limit* of *items*; of the others only their number is asked."""
    items = list(items)
    told = [tell(item) for item in items[:limit]]
    return listing([*told, *[""] * (len(items) - len(told))], limit=limit)


def signed(value: float) -> str:
    """As "+0.12", "−0.02", "0.00": two digits and a true minus sign; "–" where there is no value."""
    if math.isnan(value):
        return "–"
    rounded = round(value, 2)
    return "0.00" if rounded == 0 else f"{rounded:+.2f}".replace("-", "−")


def percent(share: float) -> str:
    """As "7 %", with 0 and 100 kept for what is exactly so."""
    whole = round(100 * share)
    whole = 1 if whole == 0 and share > 0 else 99 if whole == 100 and share < 1 else whole
    return f"{whole} %"


def day(iso: Any) -> str:
    """Partial date in words: "17 January 2019", "2019"; a choice "2025-01/2025-02" as "January or February 2025"."""
    parts = [dates.in_words(part) for part in str(iso).split("/")]
    if len(parts) == 2 and parts[0].split()[-1] == parts[1].split()[-1] and len(parts[0].split()) > 1:
        parts[0] = " ".join(parts[0].split()[:-1])
    return " or ".join(parts)


def at(iso: Any) -> str:
    """A date with its preposition: "on 17 January 2019", "in 2019", "in January or February 2025"."""
    return f"{'on' if len(str(iso)) == 10 else 'in'} {day(iso)}"


def bounds(when: Any) -> tuple[str, str]:
    """First and last day that an event's date may mean, a choice "2025-01/2025-02" included; "" where it has none."""
    if not known(when):
        return "", ""
    spans = [dates.bounds(part) for part in str(when).split("/")]
    return min(low for low, _ in spans), max(high for _, high in spans)


def span(low: Any, high: Any) -> str:
    """As "on 3 May 2019", "between 5 and 9 May 2019", "after …", "before …", "at an unknown date"."""
    if known(low) and known(high):
        low, high = str(low), str(high)
        if low == high:
            return f"on {day(low)}"
        if low[:4] == high[:4] and low[4:] == "-01-01" and high[4:] == "-12-31":
            return f"in {low[:4]}"
        # what both days share is said once
        first = day(low).split(" ")[: 1 if low[:7] == high[:7] else 2 if low[:4] == high[:4] else 3]
        return f"between {' '.join(first)} and {day(high)}"
    if known(low):
        return f"on or after {day(low)}"
    return f"on or before {day(high)}" if known(high) else "at an unknown date"


def likelihood(probability: float) -> str:
    """The ICD 203 word for *probability*: 0.6 is "likely", 0.9 "very likely"."""
    return next(word for top, word in LADDER if probability <= top)


def likelihood_with_range(word: str) -> str:
    """As "likely (55–80 %)": the word with the probabilities it stands for."""
    low, high = RANGES[word]
    return f"{word} ({low * 100:.0f}–{high * 100:.0f} %)"


def weaker(first: str, second: str) -> str:
    """Of two words of the upper half of the ladder, the one that claims less."""
    order: Sequence[str] = [word for _, word in LADDER]
    return min(first, second, key=order.index)


def saved(when: str) -> str:
    """Date of saving in words: "2025-04 or later" as "in April 2025 or later"."""
    date, _, more = when.partition(" ")
    try:
        dates.bounds(date)
    except ValueError:
        return when
    return f"{at(date)} {more}".strip()
