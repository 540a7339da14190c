"""Where the news turned, and what would change the judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slackwater.findings import judgement, many, words
from slackwater.findings.blocks import Blocks, Quote, Quotes, Words, escaped
from slackwater.findings.quotes import quote

if TYPE_CHECKING:
    from slackwater.findings.story import Story


def turning_point(story: Story) -> Blocks:
    """Where the news turned, with a sentence from either side, or why no turn is called; of many pages, by period."""
    found = story.judgement
    if found.course != "turned":
        return Blocks([Words(_no_turn(story)), *many.periods(story).parts])
    was, now = judgement.OPPOSITE[found.direction], found.direction
    low, high = found.between
    told = [
        f"The last page before the turn that tells of {words.ADJECTIVE[was]} is {story.page(found.last_before)}; "
        f"the first after it that surely tells of {words.ADJECTIVE[now]} is {story.page(found.first_after)}. "
        f"So the news turned {words.span(low, high)}."
    ]
    if found.against:
        n = len(found.against)
        told.append(
            f"{words.sentence(words.count(n, 'page'))} {'does' if n == 1 else 'do'} not fit this division: "
            f"{words.some((p.file for p in found.against), story.page, limit=5)}."
        )
    placed = {p.file for p in found.phase if p.direction == now and p.low == judgement.EARLIEST}
    placed |= {p.file for p in found.pages if p.direction in judgement.OPPOSITE and p.low < high < p.high}
    if placed:
        told.append(
            f"The day of {words.some(sorted(placed), story.page, limit=5)} is not known well enough "
            "to narrow it further."
        )
    quotes = _either_side(story, found.last_before, was) + _either_side(story, found.first_after, now)
    return Blocks([Words(" ".join(told)), *([Quotes(quotes)] if quotes else []), *many.periods(story).parts])


def _either_side(story: Story, file: str, direction: str) -> list[Quote]:
    telling = story.telling[(story.telling["file"] == file) & story.telling["direction"].isin([direction, "both"])]
    shown = telling[telling["sentence"].isin(story.shown.get(file, []))]
    return [quote(story, row, prefix="turn-") for row in shown.head(2).itertuples()]


def _no_turn(story: Story) -> str:
    found = story.judgement
    if found.course == "silent":
        return "No turning point: the pages take no side that could change."
    if found.course in {"growing", "shrinking"}:
        return (
            f"No turning point: every page that takes a side tells of {words.ADJECTIVE[found.direction]}. "
            "A change before the first page or after the last would not be seen here."
        )
    if found.first_after:
        return (
            f"No turning point is called: {story.page(found.first_after)} and what follows it point another way "
            f"than the pages up to {story.page(found.last_before)}, but too few, too soon after them, to carry a turn."
        )
    return (
        "No turning point is called: pages of growth and of retreat follow one another in no order, "
        f"or their dates are too uncertain to order them. A day would have to divide at least "
        f"{words.percent(judgement.FIT)} of the pages rightly."
    )


def what_would_change_it(story: Story) -> Words:
    """Pages, dates and words that would move the judgement, each computed."""
    found = story.judgement
    if found.course == "silent":
        return Words("- One page that tells of growth or of retreat would be the first evidence either way.")
    other = words.ADJECTIVE[judgement.OPPOSITE[found.direction]]
    told = []
    doubt, reverse = judgement.contrary_pages(found)
    since = " since the turn" if found.course == "turned" else ""
    if found.course == "contested":
        told.append("**More pages.** Every further page that takes a side moves the balance.")
    elif doubt:
        more = words.sentence(words.count(doubt, "further page"))
        told.append(
            f"**More pages.** {more} of {other}{since} would make it an open question, "
            f"{words.number(reverse)} would reverse it."
        )
    carried = {} if story.many else judgement.without_each(found)
    if story.many:
        told.append(_one_outlet_less(found))
    elif carried:
        pages = words.listing((f"{story.page(file)} ({_course(rest)})" for file, rest in carried.items()), limit=6)
        which = "this page alone" if len(carried) == 1 else "any one of these"
        told.append(f"**One page less.** Without {which} the judgement would differ: {pages}.")
    elif found.course != "contested":
        told.append("**One page less.** Leaving out any single page changes neither the course nor the direction.")
    effect = (
        "could put the pages in order" if found.course == "contested" else "could move when it is said to have begun"
    )
    loose = story.own[story.own["published"].isna() & story.own["direction"].isin(["expansion", "retreat", "mixed"])]
    if len(loose):
        names = words.some(loose["file"], lambda file: f"{story.page(file)} ({_window(story.row(file))})", limit=4)
        told.append(f"**Dates.** A date for {names} {effect}.")
    low, high = judgement.gap(found)
    if low:
        told.append(
            f"**The gap.** No dated page takes a side between {words.day(low)} and {words.day(high)}; "
            "one from that time would narrow or move the account."
        )
    heard = story.witnesses
    if len(heard) and not (heard["speaker"] == "company").any():
        told.append(
            f"**{escaped(story.company)}’s word.** A statement by the company, confirming or denying, "
            "would weigh more than any of the sentences here."
        )
    return Words("\n".join(f"- {point}" for point in told))


def _one_outlet_less(found: judgement.Judgement) -> str:
    """What leaving out all pages of one outlet would change, for the most frequent outlets."""
    carried = judgement.without_outlets(found)
    if not carried:
        return "**One outlet less.** Leaving out all pages of any one of the most frequent outlets changes nothing."
    named = words.listing((f"{escaped(outlet, 60)} ({_course(rest)})" for outlet, rest in carried.items()), limit=6)
    return f"**One outlet less.** Without all pages of one of these the judgement would differ: {named}."


def _course(rest: judgement.Judgement) -> str:
    return {
        "growing": "growth only",
        "shrinking": "retreat only",
        "contested": "unsettled",
        "silent": "nothing to go by",
        "turned": f"a turn to {words.ADJECTIVE.get(rest.direction, '')}",
    }[rest.course]


def _window(row: Any) -> str:
    low, high = words.text(row.published_low), words.text(row.published_high)
    return f"now placed {words.span(low, high)}" if low or high else "now without any bound"
