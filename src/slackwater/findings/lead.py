"""The strongest single fact behind the judgement, said of its site: what the bottom line opens with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slackwater.findings import words
from slackwater.findings.blocks import escaped, one_line

if TYPE_CHECKING:
    from slackwater.findings.story import Story

RANK = ["asserted", "reported", "planned", "hedged"]
DONE = {"opening": ("open", "opened"), "closing": ("close", "closed")}


def strongest(story: Story) -> Any:
    """The firmest claim that counts, points the judgement's way and names its site; None where there is none.

    Of many pages (`crowd.MANY`), of the event that most outlets tell of.
    """
    found = story.judgement
    if found.course in {"silent", "contested"}:
        return None
    phase = {page.file for page in found.phase if page.direction == found.direction}
    rows = [
        row
        for row in story.claims[story.claims["site"].notna() & story.claims["event"].isin(DONE)].itertuples()
        if row.certainty in RANK and row.direction == found.direction
        and row.file in phase and (row.file, int(row.sentence)) in story.counted
    ]
    tellers: dict[tuple[str, str], set[str]] = {}
    for row in rows if story.many else ():
        tellers.setdefault((row.event, row.site), set()).add(story.outlets[row.file])
    return min(rows, default=None, key=lambda row: (
        -len(tellers.get((row.event, row.site), ())), RANK.index(row.certainty), row.file, row.sentence))


def apart(story: Story) -> bool:
    """Whether what the judgement rests on is told of some sites while the pages name others."""
    told = set(story.witnesses["site"].dropna())
    return bool(told and story.sites - told)


def done(story: Story, fact: Any) -> str:
    """As "Microsoft’s site at Zhangjiang is reported to have closed, in May 2019"; plain text."""
    verb, past = DONE[fact.event]
    how = {"planned": f"is to {verb}, as announced or planned", "hedged": f"is rumoured to have {past}"}.get(
        fact.certainty, f"is reported to have {past}"
    )
    if (fact.certainty, fact.speaker) == ("asserted", "company"):
        how = f"has {past}, by the company’s own word"
    # only the time that this very claim gives: another's time has another source
    when = f", {words.at(fact.when)}" if words.known(fact.when) else ""
    return f"{one_line(story.company, 60)}’s site at {one_line(fact.site, 60)} {how}{when}"


def lead(story: Story) -> str:
    """The strongest fact with its source, site by site; "" where no claim of a site stands behind the judgement."""
    fact = strongest(story)
    if fact is None:
        return ""
    how = f"{words.CERTAINTIES[fact.certainty]} {words.BY[words.tellers([fact])[0]]}"
    source = story.cite(fact.file, fact.sentence, f"{escaped(story.name(fact.file))}, sentence {fact.sentence}")
    rest = sorted(story.sites - set(story.witnesses["site"].dropna()))
    silent = (
        f" Of {words.listing((escaped(site, 60) for site in rest), limit=5)} these pages tell no "
        f"{words.ADJECTIVE[story.judgement.direction]}."
        if rest
        else ""
    )
    return f"**{escaped(done(story, fact))}** ({how}: {source}).{silent} "
