"""Which of many pages are shown with their sentences, by a rule that the report states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slackwater import tables
from slackwater.findings import lead, words

if TYPE_CHECKING:
    from slackwater.findings.story import Story

PAGES, SENTENCES = 24, 3  # shown of many pages, and sentences quoted of each
RULE = (
    f"Shown are {PAGES} pages at most, with up to {SENTENCES} sentences of each: those on either side of the turn and "
    "that of the strongest fact; then, by turns of growth and of retreat, pages with a dated event before those "
    "without, pages clear in themselves before those that are not, those that state most as fact first, of equals the "
    "later; and no outlet a second time before every other has had its turn."
)


def chosen(story: Story) -> set[str]:
    """The files of the pages to show, by `RULE`."""
    found = story.judgement
    first = [found.last_before, found.first_after, getattr(lead.strongest(story), "file", "")]
    picked = dict.fromkeys(file for file in first if file)
    queues = [_queue(story, way) for way in ("expansion", "retreat")]
    while any(queues) and len(picked) < PAGES:
        for queue in queues:
            if queue and len(picked) < PAGES:
                picked.setdefault(queue.pop())
    return set(picked)


def _queue(story: Story, way: str) -> list[str]:
    """The pages of direction *way*, the last first: by round of their outlet, then by what they state."""
    own = story.own[story.own["direction"] == way]
    told = story.telling[story.telling["direction"].isin([way, "both"])]
    firm = told.loc[told["certainty"] == "asserted", "file"].value_counts()
    dated = set(story.claims.loc[story.claims["when"].notna() & (story.claims["direction"] == way), "file"])
    ranked = sorted(
        ((file in dated, verdict == "clear", int(firm.get(file, 0)), words.text(high), file, words.text(outlet))
         for file, verdict, high, outlet in tables.rows(own, "file", "verdict", "published_high", "publisher")),
        reverse=True,
    )
    seen: dict[str, int] = {}
    rounds = []
    for at, (*_, file, outlet) in enumerate(ranked):
        seen[outlet] = seen.get(outlet, 0) + 1
        rounds.append((seen[outlet], at, file))
    return [file for _, _, file in sorted(rounds, reverse=True)]
