"""Whose act, and where: the company's or another's, in the corpus's place or elsewhere.

No grammar is parsed. A name directly before the verb is its subject; a sentence that names only
other places tells of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slackwater.reading import places
from slackwater.reading.tokens import STOPS, is_word

if TYPE_CHECKING:
    from slackwater.reading.matcher import Match
    from slackwater.reading.scan import Sentence
    from slackwater.themes import Reader

_AUXILIARY = frozenset(
    "will would shall may might could can has have had is are was were be been being to not also "
    "now already recently plans plan planned intends expects agreed decided said says announced "
    "wants hopes aims considers mulls set seen further soon formally officially today yesterday "
    "quietly reportedly likely just still it they he she".split()
)
_NOT_NAMES = frozenset(
    "the a an in on at by for from with as after before while when since if it its he she they we "
    "this that these those but and or monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december "
    "company firm group ceo chief president mr ms mrs dr new no exclusive update factbox analysis "
    "reuters afx ap u.s us uk eu why how what first latest breaking report meanwhile however also".split()
)
_HOME = frozenset(
    "retailer retailers company companies carmaker carmakers automaker automakers group firm "
    "giant bank maker manufacturer airline planemaker chain brewer owner owned based parent rival "
    "conglomerate billionaire dollar dollars government biggest largest based listed number".split()
)
_RIVALS = frozenset(
    "rival rivals competitor competitors supplier suppliers customer customers contractor landlord".split()
)
# "the Swedish arm of Brown closed": here the name behind "of" is the one that acts
_PARTS = frozenset("arm unit subsidiary division affiliate branch".split())
_APPOSITION = frozenset("a an the one which who whose".split())
_FIRM = frozenset(
    "co corp corporation company inc incorporated ltd limited plc llc ag sa se nv spa gmbh group holdings"
    " motors".split()
)
_WHEN = frozenset(
    "last this next on week weekend month quarter year earlier later monday tuesday wednesday thursday friday saturday "
    "sunday".split()
)
_COMPARED = frozenset("unlike like as against beating than besides".split())
_SAYS = frozenset("said says told reported reports wrote added according quoted cited".split())


def whose(sentence: Sentence, match: Match, head: int, reader: Reader) -> str:
    """Whether it is the "company", or "other" where somebody else's name stands as the subject of the hit's verb."""
    if not reader.company:
        return "company"
    mentions = reader.matcher.mentions("company", sentence)
    tokens = sentence.words
    if any(first < match.end and match.first < end for first, end in mentions):
        return "company"
    subject = _subject(tokens, sentence.lowered, head)
    if subject is None:
        return "company"
    first, end = subject
    if any(f < end and first < e for f, e in mentions):
        return "company"
    for f, e in mentions:
        between, aside = sentence.lowered[e:first], sentence.lowered[end:head]
        # "Acme and Brown open": coordinated with the company, or "Acme's Fresh & Easy": its possession
        if e <= first <= e + 3 and _RIVALS.isdisjoint(between) and (
            tokens[e - 1].endswith("'s") or "and" in between or ("," in between and not _told_apart(sentence, f))
        ):
            return "company"
        # "Ann Lee, Acme's chief executive, opened": whose officer does it
        if end <= f < head and tokens[e - 1].endswith("'s") and _RIVALS.isdisjoint(aside):
            return "company"
    return "other"


def _told_apart(sentence: Sentence, mention: int) -> bool:
    """Whether the name at word *mention* is only compared with: "unlike Acme, Brown"."""
    return mention > 0 and sentence.lowered[mention - 1] in _COMPARED


def _subject(tokens: list[str], lowered: list[str], head: int) -> tuple[int, int] | None:
    """The run of names that ends right before *head*, auxiliaries, adverbs and times apart."""
    at = head - 1
    skipped = 0
    while at >= 0 and skipped < 9 and (
        lowered[at] in _AUXILIARY or lowered[at] in _WHEN or lowered[at].endswith("ly")
    ):
        at -= 1
        skipped += 1
    aside: list[str] = []
    if at >= 0 and tokens[at] == ",":  # "Brown, a rival, will close": the name before what is said of it
        opens = _opens(tokens, lowered, at)
        aside = lowered[opens + 1 : at] if opens else []
        at = opens - 1 if opens else at
    end = at + 1
    while at >= 0 and (_is_name(tokens[at]) or (lowered[at] == "com" and at > 1 and tokens[at - 1] == ".")):
        at -= 1 if lowered[at] != "com" else 2  # "Brown.com Inc" is one name
    if at + 1 == end:
        return None
    part = at > 0 and lowered[at] == "of" and lowered[at - 1] in _PARTS
    if at >= 0 and not part and lowered[at] in {"in", "at", "of", "from", "to", "for", "near", "on"}:
        return None  # "the plant in Ohio closed": the place is not the subject
    if " ".join(lowered[at + 1 : end]).removesuffix("'s") in places.names():
        return None
    if not _SAYS.isdisjoint(lowered[end:head]) and not (
        "it" in lowered[end:head] and _is_firm(tokens[at + 1 : end], lowered[at + 1 : end], aside)
    ):
        return None  # "Smith said he will close"; but what Brown Corp said it will close, it closes itself
    return at + 1, end


def _opens(tokens: list[str], lowered: list[str], closes: int) -> int:
    """The comma that opens the remark which the comma *closes* ends; 0 where there is none.

    The first with a name before it and "a", "the" or "which" behind, as remarks hold commas themselves; else the
    nearest.
    """
    commas = [n for n in range(max(closes - 40, 1), closes - 1) if tokens[n] == ","]
    told = next((n for n in commas if lowered[n + 1] in _APPOSITION and _is_name(tokens[n - 1])), 0)
    return told or (commas[-1] if commas and commas[-1] > closes - 15 else 0)


def _is_firm(name: list[str], lowered: list[str], aside: list[str]) -> bool:
    """Whether *name* is surely a firm and not a person: by its form, or by what is said *aside* of it."""
    return (
        not _FIRM.isdisjoint(word.rstrip(".") for word in lowered)
        or any(len(word) > 1 and word.isupper() and word.isalpha() for word in name)
        or not _PARTS.isdisjoint(aside)
    )


def _is_name(token: str) -> bool:
    return token[:1].isupper() and token.lower().removesuffix("'s") not in _NOT_NAMES and is_word(token)


def where(sentence: Sentence, reader: Reader, besides: Match | None = None) -> tuple[str, str | None]:
    """("inside" | "elsewhere" | "unknown", name): elsewhere only where no name lies in or around the place.

    What is named in *besides* is not asked: where work is moved to is not where it is moved from.
    """
    if not reader.place:
        return "unknown", None
    found: tuple[str, str | None] = ("unknown", None)
    if reader.matcher.mentions("place", sentence):
        return "inside", None
    tokens = sentence.words
    for first, end in reader.matcher.mentions("country", sentence):
        if besides and besides.first <= first < besides.end:
            continue
        name = " ".join(sentence.lowered[first:end]).removesuffix("'s")
        if not _HOME.isdisjoint(sentence.lowered[end : end + 2]) or not tokens[first][:1].isupper():
            continue  # "Britain's biggest retailer": its home, not where it acts
        if end < len(tokens) and (tokens[end] in STOPS or tokens[end] == "-") and first < 2:
            continue  # dateline
        relation = places.relation(name, reader.place)
        if relation in ("inside", "around"):
            return "inside", name
        if relation == "elsewhere":
            found = "elsewhere", name
    return found
