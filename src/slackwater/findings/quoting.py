"""Which sentences of a page are quoted: those that decided its direction first; then what else it tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from slackwater.findings import featuring, words

if TYPE_CHECKING:
    from slackwater.findings.story import Story

_FIRM = {"asserted": 0, "reported": 1, "planned": 1, "hedged": 2}
# what a company answers when it is asked, or that it does not; a general way of speaking, not one corpus's
_ANSWER = re.compile(
    r"\b(?:(?:did|does|do|has|have|had|would|will|could|can)(?: not|n[’']t)(?: \w+ly)? (?:yet )?"
    r"(?:respond|responded|reply|replied|answer|answered|comment|commented|be (?:immediately )?reached)"
    r"|(?:declined|refused) to (?:\w+ly )?(?:comment|answer|respond|discuss|say|confirm)"
    r"|no (?:comment|response|reply)|(?:in response to|responding to|asked about|when asked)"
    r"|(?:did|would|could) not (?:say|confirm|specify|disclose))\b",
    re.I,
)


def answers(text: str) -> bool:
    """Whether *text* tells what somebody answered when asked, or that they gave no answer."""
    return bool(_ANSWER.search(text))


def is_answer(story: Story, sentence: Any) -> bool:
    """Whether a row of table `sentences` points no way and tells of an answer, or that none was given."""
    hits = story.hits.get((sentence.file, sentence.sentence), [])
    unanswered = any(hit.outcome.startswith("not answered") for hit in hits)
    return sentence.direction == "neutral" and (unanswered or answers(sentence.text))


def chosen(story: Story) -> dict[str, list[int]]:
    """File → at most `story.quoted` sentences of each page that is shown, in reading order.

    First those that count and point where the page points, the ones that carry a rule its verdict hangs on
    foremost; then the others that count; then what is denied, recalled or told under a picture. The
    company's answer, or that it gave none, is always among them.
    """
    ways = dict(zip(story.read["file"], story.read["direction"], strict=True))
    most = min(story.quoted, featuring.SENTENCES) if story.many else story.quoted
    rows = story.report.sentences[story.report.sentences["file"].isin(story.featured)]
    claims = story.claims[story.claims["file"].isin(story.featured)]
    dated = {
        (file, n): words.known(when)
        for file, n, when in zip(claims["file"], claims["sentence"], claims["when"], strict=True)
    }
    decisive = {file: set(rules.split("; ")) for file, (_, _, rules) in story.rests.items() if rules}
    wanted: dict[str, list[tuple]] = {}
    asked: dict[str, int] = {}
    for row in rows.itertuples():
        key = (row.file, int(row.sentence))
        if is_answer(story, row):
            asked.setdefault(*key)
        if key in story.counted:
            way = 0 if ways[row.file] in (row.direction, "mixed", "neutral") or row.direction == "both" else 1
        elif key in dated or row.direction != "neutral":
            way = 2
        else:
            continue
        rules = {hit.rule for hit in story.hits.get(key, []) if hit.outcome.startswith(("counted", "turned"))}
        carries = 0 if rules & decisive.get(row.file, set()) else 1
        order = (way, carries, 0 if dated.get(key) else 1, _FIRM.get(row.certainty, 3), key[1])
        wanted.setdefault(row.file, []).append(order)
    found = {}
    for file in wanted.keys() | asked.keys():
        answer = {asked[file]} if file in asked else set()
        told = [order[-1] for order in sorted(wanted.get(file, [])) if order[-1] not in answer]
        found[file] = sorted(answer | set(told[: most - len(answer)]))
    return found
