"""How a hit is meant: done, planned, reported, hedged, denied, not answered; and what failed, was put off or kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from slackwater.reading.tokens import STOPS, is_word

if TYPE_CHECKING:
    from slackwater.reading.matcher import Match, Matcher
    from slackwater.reading.scan import Sentence

# where a silence ends: what follows is told by somebody after all ("did not comment, but workers said …")
_SPEAKS = frozenset("but though although while however yet after because since".split())
_OTHER = {"expansion": "retreat", "retreat": "neutral"}


class Mode(NamedTuple):
    """What a hit says after its cues: direction, certainty, and the outcome shown as evidence."""

    direction: str
    certainty: str
    outcome: str


class Cues:
    """The cues that a sentence holds, found once for all of its hits."""

    def __init__(self, matcher: Matcher, sentence: Sentence) -> None:
        self._sentence = sentence
        self._spans = matcher.cues(sentence)

    def of(self, match: Match, head: int) -> dict[str, str]:
        """The modes that bear on *match*, whose verb is token *head*, each with the words that say so."""
        found: dict[str, str] = {}
        for cue, first, end in self._spans:
            # "plans a second factory", "vowed to stay", "scope for expansion": the hit's own head is the cue
            own = cue.mode in ("planned", "hedged", "unanswered") and cue.scope == "before" and first <= head < end
            if cue.mode == "unanswered" and cue.scope == "before" and not self._asked(end, head):
                continue
            if cue.mode not in found and (own or self._bears(cue.scope, cue.within, first, end, match, head)):
                found[cue.mode] = self._sentence.quote(first, end)
        return found

    def _bears(self, scope: str, within: int, first: int, end: int, match: Match, head: int) -> bool:
        if scope == "sentence":
            return True
        if scope == "before":
            # the cue must stand apart from the verb itself, and in its clause
            return first < head and end <= head and self._near(end, head, within, commas=within > 9)
        return first >= match.end and self._near(match.end, first, within, commas=False)

    def _asked(self, end: int, head: int) -> bool:
        """Whether what was not answered, from token *end*, goes on to *head*: a remark between two commas apart."""
        between = self._sentence.lowered[end:head]
        return between.count(",") % 2 == 0 and _SPEAKS.isdisjoint(between)

    def _near(self, left: int, right: int, within: int, *, commas: bool) -> bool:
        between = self._sentence.words[left:right]
        if any(t in STOPS or (t == "," and not commas) for t in between):
            return False
        return sum(map(is_word, between)) <= within


def settle(direction: str, modes: dict[str, str]) -> Mode:
    """What a hit of *direction* says under *modes*.

    Denied, or asked and not answered, it says nothing; an expansion that was stalled is a retreat,
    a retreat that was is neither. Hedged outweighs reported, reported outweighs planned.
    """
    if direction == "neutral":
        return Mode("neutral", "none", "noted")
    if "unanswered" in modes:
        return Mode("neutral", "none", f"not answered: “{modes['unanswered']}”")
    if "denied" in modes:
        return Mode("neutral", "denied", f"denied by “{modes['denied']}”")
    if "kept" in modes:
        return Mode("neutral", "none", f"kept: “{modes['kept']}”")
    certainty = next((m for m in ("hedged", "reported", "planned") if m in modes), "asserted")
    outcome = "counted" if certainty == "asserted" else f"counted, {certainty} by “{modes[certainty]}”"
    if "stalled" in modes:
        turned = _OTHER.get(direction, direction)
        if certainty == "planned":  # "scrapped plans to build": the scrapping is done
            certainty = "asserted"
        return Mode(turned, certainty if turned != "neutral" else "none", f"turned by “{modes['stalled']}”")
    return Mode(direction, certainty, outcome)
