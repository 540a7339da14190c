"""The top of the report: what, since when, where, who says so, how sure, up to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slackwater.findings import judgement, words
from slackwater.findings.accounts import finest, voices
from slackwater.findings.blocks import Words, escaped, one_line
from slackwater.findings.lead import apart, done, lead, strongest

if TYPE_CHECKING:
    import pandas as pd

    from slackwater.findings.story import Story

ENOUGH = 5  # pages below which a percentage would say more than they can
FATE = {"expansion": "growing", "retreat": "being wound down, at least in part"}


def bottom_line(story: Story) -> Words:
    """What, since when, who says so, how sure, up to when, and what would change it."""
    found = story.judgement
    if found.course == "silent":
        return Words(" ".join(filter(None, [_silent(story), which_company(story)])))
    points = [
        ("Which company", which_company(story)),
        ("Since when", since_when(story)),
        ("Where", where(story)),
        ("Who says so", who_says_so(story)),
        ("How sure", how_sure(story)),
        ("Up to when", up_to_when(story)),
    ]
    return Words("\n".join([_verdict(story), "", *(f"- **{label}.** {text}" for label, text in points if text)]))


def which_company(story: Story) -> str:
    """A warning where no page names the company at all, as where corpus.yaml misspells it; else ""."""
    if len(story.unnamed) < max(len(story.own), 1):
        return ""
    return (f"No page names {escaped(story.company)}, nor any other name that corpus.yaml gives it: what is told here "
            "may be of another company.")


def headline(story: Story) -> str:
    """The bottom line as one plain sentence without markup, for a mail's subject and the next edition."""
    found, subject = story.judgement, one_line(f"{story.company}’s presence in {story.place}")
    if not len(story.own):
        return f"Nothing can be said about {subject}: no page could be read."
    if found.course == "silent":
        return f"{words.sentence(words.count(len(story.own), 'page'))} on {subject}, and no side taken."
    if found.course == "contested":
        return f"The pages do not settle whether {subject} is growing or being wound down."
    whole = f"{subject}{' as a whole' if apart(story) else ''} is {found.word} {FATE[found.direction]}."
    fact = strongest(story)
    if fact is None:
        return whole
    return f"{one_line(done(story, fact), 120)} ({story.name(fact.file)}); {whole}"


def _subject(story: Story) -> str:
    return f"{escaped(story.company)}’s presence in {escaped(story.place)}"


def _silent(story: Story) -> str:
    n = len(story.own)
    if not n:
        unread = len(story.documents)
        return (
            f"**No page could be read**, so nothing can be said about {_subject(story)}. "
            f"{words.sentence(words.count(unread, 'page'))} in the folder: the reasons are listed under the sources."
        )
    mixed = int((story.own["direction"] == "mixed").sum())
    pages = words.count(n, "page")
    if mixed:
        tell = "it weighs" if mixed == 1 else "each weighs"
        return (
            f"**The {pages} read here do not settle** whether {_subject(story)} is growing or being wound down: "
            f"{words.count(mixed, 'page')} of {words.number(n)} told of either, and {tell} both ways alike."
            if n > 1
            else f"**The page read here does not settle** whether {_subject(story)} is growing or "
            "being wound down: it weighs both ways alike."
        )
    subject = f"The {pages} read here do" if n > 1 else "The one page read here does"
    return (
        f"**{subject} not say** whether {_subject(story)} is growing or being wound down: "
        "no sentence counted here tells of either. That is a result of the pages, not proof that nothing happened."
    )


def _verdict(story: Story) -> str:
    found = story.judgement
    sure = words.likelihood_with_range(found.word)
    tally = _tally(story)
    if found.course == "contested":
        order = "the later ones are too few, too soon after the others, to call it a turn"
        if not found.first_after:
            order = "no day divides the one from the other"
        question = f"whether {_subject(story)} is growing or being wound down"
        opening = f"**The pages do not settle** {question}: {tally}, and {order}."
        if found.word == words.likelihood(0.5):
            return f"{opening} There is {sure} either way."
        return f"{opening} Of the two, {words.ADJECTIVE[found.direction]} is {sure} the stronger."
    whole = " as a whole" if apart(story) else ""
    opening = f"{lead(story)}**{_subject(story)}{whole} is {sure} {FATE[found.direction]}**, judged by these pages. "
    if len(found.pages) == 1:
        return f"{opening}{words.sentence(tally)}."
    if found.course == "turned":
        was, now = words.ADJECTIVE[judgement.OPPOSITE[found.direction]], words.ADJECTIVE[found.direction]
        return f"{opening}The news turned: earlier pages tell of {was}, later ones of {now}. {words.sentence(tally)}."
    other = words.ADJECTIVE[judgement.OPPOSITE[found.direction]]
    return f"{opening}{words.sentence(tally)}; no page tells of {other}."


def _tally(story: Story) -> str:
    n = story.own["direction"].value_counts()
    if len(story.own) == 1:
        return f"the one page read here tells of {words.ADJECTIVE[story.judgement.direction]}"
    said = [(int(n.get("expansion", 0)), "growth"), (int(n.get("retreat", 0)), "retreat")]
    tells = [f"{words.number(k)} {'tells' if k == 1 else 'tell'} of {what}" for k, what in said if k]
    if mixed := int(n.get("mixed", 0)):
        tells.append(f"{words.number(mixed)} {'tells' if mixed == 1 else 'tell'} of both alike")
    if silent := int(n.get("neutral", 0)):
        tells.append(f"{words.number(silent)} of neither")
    return f"of {words.count(len(story.own), 'page')}, {words.listing(tells)}"


def since_when(story: Story) -> str:
    """When the news turned, and when the pages put the events: two different times, both told."""
    found = story.judgement
    told = []
    if found.course == "turned":
        low, high = found.between
        told.append(
            f"The news turned {words.span(low, high)}: after {story.page(found.last_before)} "
            f"and by {story.page(found.first_after)}."
        )
    else:
        first = min((p for p in found.phase if p.direction == found.direction), key=lambda p: (p.high, p.low, p.file))
        if found.course != "contested" and first.high != judgement.LATEST:
            told.append(f"The first page to say so is {story.page(first.file)}.")
    events = story.claims[(story.claims["direction"] == found.direction) & story.claims["when"].notna()]
    events = events[events["file"].isin({page.file for page in found.phase})]
    if found.course != "contested" and len(events):
        told.append(f"The events themselves are put at other times than the pages: {_events(story, events)}.")
    elif found.course != "contested":
        told.append("No page gives the events themselves a date.")
    return " ".join(told)


def _events(story: Story, events: pd.DataFrame) -> str:
    phrases = []
    for (event, site), group in events.groupby(["event", events["site"].fillna("")], sort=False):
        at = f" at {escaped(site, 60)}" if site else ""
        whens = []
        for when, same in finest(group).groupby("when", sort=False):
            first = same.iloc[0]
            hows = ", and ".join(words.CERTAINTIES[how] for how in dict.fromkeys(same["certainty"].fillna("none")))
            by = words.listing(words.BY[who] for who in dict.fromkeys(words.tellers(same.itertuples())))
            preposition, label = words.at(when).split(" ", 1)
            cite = story.cite(first["file"], first["sentence"], label)
            whens.append(f"{preposition} {cite} ({by}; {hows})")
        phrases.append(f"{escaped(event)}{at} {words.listing(whens, last='or', limit=3)}")
    return "; ".join(phrases[:4]) + (f"; and {words.number(len(phrases) - 4)} more" if len(phrases) > 4 else "")


def who_says_so(story: Story) -> str:
    """Who speaks in the sentences behind the judgement, most frequent first, and whether the company does."""
    found = story.judgement
    if found.course == "contested":
        return voices(story)
    heard = story.witnesses
    if heard.empty:
        return "The direction of these pages is the analyst’s word, not that of a sentence."
    ranked = words.tally(heard.itertuples())
    n, what = len(heard), words.ADJECTIVE[found.direction]
    names = words.listing(f"{words.SPEAKERS[who]}{f' ({k:,})' if n > 1 else ''}" for who, k in ranked)
    told = f"{words.sentence(words.count(n, 'sentence'))} of {what}, by {names}."
    if "company" not in dict(ranked):
        told += f" {'It is not' if n == 1 else 'None of them is'} {escaped(story.company)}’s own word."
    return told


def where(story: Story) -> str:
    """The sites that the judgement's sentences name, and the named sites they say nothing of: never joined."""
    found = story.judgement
    told = set(story.witnesses["site"].dropna())
    every = story.sites
    if found.course == "contested":
        return ""
    now = words.ADJECTIVE[found.direction]
    if not told:
        return f"No sentence of {now} names its site: where it was, and whether it was one place, is not told."
    shown = words.listing((escaped(site, 60) for site in sorted(told)), limit=5)
    rest = sorted(every - told)
    silent = (
        f"; of {words.listing((escaped(site, 60) for site in rest), limit=5)} these pages tell no {now}" if rest else ""
    )
    apart = " Sites are kept apart: what opened is closed only by news of the same site." if len(every) > 1 else ""
    return f"The {now} told of is at {shown}{silent}.{apart}"


def how_sure(story: Story) -> str:
    """The odds behind the word, what held the word back, and how good the sources are."""
    found = story.judgement
    scope = " since the turn" if found.course == "turned" else ""
    scope += " or in the half-year before it" if found.recent else ""
    side = (
        f"The one page that takes a side{scope} points"
        if found.trials == 1
        else f"{words.sentence(words.share(found.hits, found.trials, f'pages that take a side{scope} point'))}"
    )
    sample = "it is" if found.trials == 1 else "they are"
    odds = (
        f"; if {sample} a fair sample of what could be found, the chance that most such pages do is "
        f"{'more than 99 %' if found.probability > 0.995 else words.percent(found.probability)}."
        if found.trials >= ENOUGH
        else "; so few carry no percentage."
    )
    if story.many and found.worth < found.trials:
        odds = odds.rstrip(".") + (
            f", where the {found.trials:,} count as {words.number(round(found.worth))}: pages of one outlet are alike."
        )
    told = f"{side} to {words.ADJECTIVE[found.direction]}{odds}{_undated(story)}"
    if found.held_back:
        told += f" The word is held at “{found.word}” because {words.listing(found.held_back)}."
    return f"{told} Confidence in the sources is {found.confidence}: {words.listing(found.because)}."


def _undated(story: Story) -> str:
    """Which pages stand after the turn although their day is not known."""
    found = story.judgement
    loose = [p.file for p in found.phase if p.low == judgement.EARLIEST or p.high == judgement.LATEST]
    if found.course != "turned" or not loose:
        return ""
    which = words.some(loose, story.page, limit=3)
    are = "is" if len(loose) == 1 else "are"
    return f" {words.sentence(which)} {are} counted among them, though of unknown date."


def up_to_when(story: Story) -> str:
    """The date of the latest page, or of a later event that an undated page tells of: nothing is known beyond it."""
    dated = story.own[story.own["published"].notna() & story.own["published_high"].notna()]
    if dated.empty:
        return f"None of the pages has a date, so it cannot be said up to when this holds.{_latest_event(story)}"
    latest = dated.sort_values(["published_high", "file"]).iloc[-1]
    undated = int(story.own["published"].isna().sum())
    more = (
        f" {words.sentence(words.count(undated, 'page'))} {'has' if undated == 1 else 'have'} no date."
        if undated
        else ""
    )
    later = _latest_event(story, after=latest["published_high"])
    beyond = f".{later}" if later else "; what happened later is not in these pages."
    return f"The latest dated page is {story.page(latest['file'])}{beyond}{more}"


def _latest_event(story: Story, *, after: str = "") -> str:
    """The latest event told of as done, where it was later than day *after*; "" where none was."""
    events = story.claims[story.claims["when"].notna() & ~story.claims["certainty"].isin(["planned", "denied"])]
    events = events[events["file"].isin(story.own["file"])]
    events = events[[low > after for low in events["low"]]]
    if events.empty:
        return ""
    row = events.sort_values(["low", "file", "sentence"]).iloc[-1]
    what = f"{escaped(row['event'])}{' at ' + escaped(row['site'], 60) if words.known(row['site']) else ''}"
    return (
        f" {words.sentence(what)} is told of {words.at(row['when'])} by {story.cite(row['file'], row['sentence'])}; "
        "what happened later than that is not in these pages."
    )
