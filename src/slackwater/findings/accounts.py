"""What the pages say happened, site by site: where they agree, where they conflict, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from slackwater import tables
from slackwater.findings import many, words
from slackwater.findings.blocks import Blocks, Cell, Run, Table, Words, escaped, one_line

if TYPE_CHECKING:
    import pandas as pd

    from slackwater.findings.story import Story

UNNAMED = "a site that is not named"
MOST_SITES = 8  # told of in words
MOST_CLAIMS = 80  # rows of the table; the rest is in the tables beside the report


def sites(story: Story) -> Words:
    """One line a site: each dated event told of it, in the order of time, with how and by whom."""
    if story.claims.empty:
        return Words("No page tells of an opening or a closing that could be dated or compared.")
    # a site that one page leaves unnamed need not be the one that another does
    alone = story.claims["site"].isna()
    if story.many:
        named = story.claims["site"].fillna("")
        return _most_named(story, named)
    nowhere = UNNAMED + ", in " + story.claims["file"].map(story.name)
    named = story.claims["site"].fillna(nowhere)
    loose = set(named[alone])
    order = sorted(set(named), key=lambda site: (site in loose, -int((named == site).sum()), site))
    lines = [
        f"- **{escaped(words.sentence(site), 120)}**: {_history(story, story.claims[named == site])}."
        for site in order[:MOST_SITES]
    ]
    if len(order) > MOST_SITES:
        more = words.sentence(words.count(len(order) - MOST_SITES, "further entry", "further entries"))
        lines.append(f"- {more}: see the table of claims.")
    if len(loose) > 1:
        lines += ["", "Sites that are not named need not be the same place."]
    if len(set(order) - loose) > 1:
        lines += ["", "What opened at one site is not closed by news of another: each line stands for itself."]
    return Words("\n".join(lines))


def _most_named(story: Story, named: pd.Series) -> Words:
    """The sites that most claims name; what is told of the others, and without a site, is counted alone."""
    counts = named[named != ""].value_counts()
    order = sorted(counts.index, key=lambda site: (-counts[site], site))
    lines = [f"- **{escaped(words.sentence(site), 120)}**: {_history(story, story.claims[named == site])}."
             for site in order[:MOST_SITES]]
    rest = [words.count(len(order) - MOST_SITES, "further site")] if len(order) > MOST_SITES else []
    if loose := int((named == "").sum()):
        rest.append(f"{words.count(loose, 'claim')} of sites that are not named")
    if rest:
        lines.append(f"- {words.sentence(words.listing(rest))}: see the table “claims” beside the report.")
    if len(order) > 1:
        lines += ["", "What opened at one site is not closed by news of another: each line stands for itself."]
    return Words("\n".join(lines))


def _history(story: Story, claims: pd.DataFrame) -> str:
    """Event by event: the times told of it, each with its pages; then who tells of it without a time."""
    events = []
    for event, of_event in claims.groupby("event", sort=False):
        told = [
            f"{words.at(when)}, {_hows(same)} ({_cited(story, same)})"
            for when, same in of_event[of_event["when"].notna()].groupby("when", sort=False)
        ]
        timeless = of_event[
            of_event["when"].isna() & ~of_event["file"].isin(of_event[of_event["when"].notna()]["file"])
        ]
        if len(timeless):
            time = "told without a time" if not told else "also told without a time"
            told.append(f"{time}, {_hows(timeless)} ({_cited(story, timeless)})")
        more = [f"{words.number(len(told) - 5)} more"] if len(told) > 5 else []
        events.append(f"{escaped(event)}: {'; '.join([*told[:5], *more])}")
    return ". ".join(words.sentence(event) for event in events)


def _hows(claims: pd.DataFrame) -> str:
    return words.listing(words.CERTAINTIES[how] for how in dict.fromkeys(claims["certainty"].fillna("none")))


def _cited(story: Story, claims: pd.DataFrame) -> str:
    first = claims.drop_duplicates("file")
    return words.some(tables.rows(first, "file", "sentence"), lambda row: story.cite(*row), limit=3)


def agreement(story: Story) -> Words:
    """Where two pages or more speak of the same event: which agree, which conflict, which were plans."""
    told = []
    for (event, site), group in story.claims.groupby(["event", story.claims["site"].fillna("")], sort=False):
        if group["file"].nunique() < 2 or not site:
            continue
        pages = group["file"].nunique()
        told.append((pages, f"- {words.sentence(escaped(event))} at {escaped(site, 60)}: {_compared(group)}"))
    if not told:
        return Words("No event of a named site is told by two pages, so none confirms or contradicts another.")
    if story.many and len(told) > many.ROWS // 2:
        left = len(told) - many.ROWS // 2
        told = sorted(told, key=lambda item: (-item[0], item[1]))[: many.ROWS // 2]
        told.append((0, f"- And {words.count(left, 'further event')} that fewer pages tell of."))
    return Words("\n".join(line for _, line in told))


def _compared(group: pd.DataFrame) -> str:
    """One event at one site as several pages tell it: times that fit or clash, the plan, denials."""
    told = group[~group["certainty"].isin(["planned", "denied"])]
    dated = finest(told[told["when"].notna()])
    times = words.listing((words.at(when) for when in dict.fromkeys(dated["when"])), limit=5)
    said = [f"{words.count(group['file'].nunique(), 'page')} tell of it."]
    clashing = group[group["conflicts_with"].notna()]
    if len(clashing):
        ways = list(dict.fromkeys(clashing["when"].dropna()))
        said.append(
            f"They **conflict**: {words.listing((words.at(way) for way in ways), limit=5)}."
            if len(ways) > 1
            else "They **conflict**: one denies what another tells."
        )
    elif told[told["when"].notna()]["file"].nunique() > 1:
        said.append(f"Their times **agree**, as far as each goes: {times}.")
    elif times:
        said.append(f"Only one gives a time: {times}.")
    elif len(told):
        said.append("None gives a time.")
    if len(told):
        said.append(_plan(group[group["certainty"] == "planned"], dated))
    denials = int((group["certainty"] == "denied").sum())
    if denials and clashing.empty:
        said.append(f"{words.sentence(words.count(denials, 'sentence'))} {'denies' if denials == 1 else 'deny'} it.")
    return " ".join(part for part in said if part)


def _plan(plans: pd.DataFrame, dated: pd.DataFrame) -> str:
    """What was planned beside what is told to have come of it: a plan is no outcome and conflicts with none."""
    if plans.empty:
        return ""
    timed = plans[plans["when"].notna()]
    if timed.empty:
        return "It had been planned, without a time."
    planned = words.listing((words.day(when) for when in dict.fromkeys(timed["when"])), last="or", limit=3)
    told = f"It had been planned for {planned}"
    if len(dated) and dated["low"].min() > timed["high"].max():
        return f"{told}; it came later."
    if len(dated) and dated["high"].max() < timed["low"].min():
        return f"{told}; it came earlier."
    return f"{told}."


def finest(claims: pd.DataFrame) -> pd.DataFrame:
    """*claims* without those whose time only contains another's: "January 2025" says all that "2025" does."""
    told = claims[["low", "high", "when"]].drop_duplicates()
    coarse = {
        (low, high, when)
        for low, high, when in told.itertuples(index=False)
        if ((told["low"] >= low) & (told["high"] <= high) & (told["when"] != when)).any()
    }
    # by `loc`: an empty list of flags would otherwise leave no column
    return claims.loc[[key not in coarse for key in zip(claims["low"], claims["high"], claims["when"], strict=True)]]


def claims_table(story: Story) -> Table | Words:
    """Every claim with its sentences, who says it, how firmly, and which pages agree or conflict."""
    if story.claims.empty:
        return Words("There is no claim to list.")
    if story.many:
        return many.happenings(story)
    told = story.claims.sort_values(["event", "low", "high", "file", "sentence"], kind="stable").fillna("")
    groups = list(told.groupby(["event", "site", "when", "file"], sort=False))
    groups.sort(key=lambda group: (group[0][0], not group[0][2]))  # a claim with a time says more: it comes first
    rows = [_claim(story, claims) for _, claims in groups[:MOST_CLAIMS]]
    left_out = len(groups) - len(rows)
    more = f" The other {left_out:,} are in the table “claims” beside the report." if left_out else ""
    return Table(
        "tbl-claims",
        f"What is said to have opened or closed, where and when. Each claim leads to its sentences.{more}",
        ["Event", "Site", "When", "How firmly", "Who says so", "Where it stands", "Agrees with", "Conflicts with"],
        rows,
        wide=True,
    )


def _claim(story: Story, claims: pd.DataFrame) -> list[Cell]:
    """One event as one page tells it, at one time: a row with a link to each sentence."""
    row = claims.iloc[0]
    when = words.sentence(words.day(row["when"])) if row["when"] else "not told"
    literal = one_line(row["when_text"], 60)
    if literal and literal.lower() not in when.lower():
        when += f" (“{literal}”)"
    stands: list[Run] = []
    for n, sentence in enumerate(claims["sentence"]):
        noun = "sentence" if len(claims) == 1 else "sentences"
        label = f"{story.name(row['file'])}, {noun} {sentence}" if n == 0 else str(sentence)
        stands += [{"text": ", "}] if n else []
        stands.append({"text": label, "href": story.target(row["file"], sentence)})
    return [
        words.sentence(one_line(row["event"], 40)),
        one_line(row["site"] or "not named", 60),
        when,
        words.listing(words.CERTAINTIES[how or "none"] for how in dict.fromkeys(claims["certainty"])),
        words.listing(words.SPEAKERS[who] for who in dict.fromkeys(words.tellers(claims.itertuples()))),
        stands,
        _others(story, claims["agrees_with"], besides=row["file"]) if row["when"] else "tells it without a time",
        _others(story, claims["conflicts_with"]),
    ]


def _others(story: Story, listed: Iterable[str], *, besides: str = "") -> Cell:
    """A link to each page in *listed* ("file:sentence; file:sentence"), once, at its first sentence there."""
    first: dict[str, int] = {}
    for key in (key for keys in listed if keys for key in keys.split("; ")):
        file, _, sentence = key.rpartition(":")
        if file == besides:  # a page does not confirm itself
            continue
        first[file] = min(int(sentence), first.get(file, int(sentence)))
    runs: list[Run] = []
    for n, (page, at) in enumerate(sorted(first.items())[:2]):
        runs += [{"text": "; "}] if n else []
        runs.append({"text": story.name(page), "href": story.target(page, at)})
    return [*runs, {"text": f" and {len(first) - 2} more"}] if len(first) > 2 else runs or "none"


def voices(story: Story) -> Words:
    """Who tells of growth and of retreat, and what the company itself says."""
    if story.telling.empty:
        return Words("No sentence tells of growth or retreat, so nobody can be named for it.")
    told = []
    for direction in ("expansion", "retreat"):
        heard = story.telling[story.telling["direction"].isin([direction, "both"])]
        if heard.empty:
            told.append(f"No sentence tells of {words.ADJECTIVE[direction]}.")
            continue
        ranked = words.tally(heard.itertuples())
        own = dict(ranked).get("company", 0)
        names = words.listing(f"{words.SPEAKERS[who]} ({n:,})" for who, n in ranked)
        firm = int((heard["certainty"] == "asserted").sum())
        fact = f"{words.number(firm) if firm else 'none'} {'is' if firm == 1 else 'are'} stated as fact"
        what = words.ADJECTIVE[direction]
        told.append(
            f"{words.sentence(words.count(len(heard), 'sentence'))} of {what}, by {names}; {fact}."
            if len(heard) > 1
            else f"The one sentence of {what} is by {words.SPEAKERS[ranked[0][0]]}, "
            f"{words.CERTAINTIES[words.text(heard.iloc[0]['certainty'], 'none')]}."
        )
        if not own:
            told.append(f"{escaped(story.company)} itself is not among them.")
    return Words(" ".join(told))


def firmness(story: Story) -> Words:
    """How much of what points the judgement's way is fact, plan, report or hearsay."""
    heard = story.witnesses
    if heard.empty:
        return Words("No sentence stands behind a judgement, so there is nothing to weigh.")
    tally = heard["certainty"].fillna("none").value_counts()
    parts = [f"{words.number(int(tally[c]))} {label}" for c, label in words.CERTAINTIES.items() if c in tally]
    n, rest = parts[0].split(" ", 1)
    parts[0] = f"{n} {'is' if n == 'one' else 'are'} {rest}"
    return Words(
        f"Of {words.count(len(heard), 'sentence')} behind the judgement, {words.listing(parts)}."
        if len(heard) > 1
        else f"The one sentence behind the judgement {parts[0].split(' ', 1)[1]}."
    )


def themes(story: Story) -> Blocks:
    """The themes that carry growth and retreat; of many pages, the words beside them too."""
    told = []
    for direction in ("expansion", "retreat"):
        heard = story.telling[story.telling["direction"].isin([direction, "both"])]
        tally = heard["theme"].fillna("no theme").value_counts()
        ranked = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
        if ranked:
            names = [f"{escaped(str(theme).replace('_', ' '), 40)} ({n:,})" for theme, n in ranked]
            what = words.sentence(words.ADJECTIVE[direction])
            told.append(f"{what} is told as {words.listing(names, limit=4)}.")
    found = Words(" ".join(told) or "No sentence tells of growth or retreat, so no theme stands out.")
    return Blocks([found, *many.telling_words(story).parts])
