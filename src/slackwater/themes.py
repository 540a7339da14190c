"""A sentence → its direction, certainty and speaker, with the rules that say so as evidence.

Tone is not asked here. A sentence that holds no trigger of the lexicon is neutral, and costs
no more than splitting it at its blanks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from slackwater.reading import actors, modes, places, sites, speakers
from slackwater.reading.verdicts import verdicts, without_one_rule

if TYPE_CHECKING:
    from slackwater.lexicon import Lexicon
    from slackwater.reading.matcher import Match
    from slackwater.reading.scan import Scan, Sentence

__all__ = ["Hit", "Reader", "Reading", "read", "read_page", "verdicts", "without_one_rule"]

MAX_HITS = 200  # evidence kept of one sentence; a sentence of 100,000 characters is no sentence


class Hit(NamedTuple):
    """A rule met: where (characters, end exclusive), by which words, and whether it was counted."""

    rule: str
    theme: str
    direction: str
    start: int
    end: int
    matched: str
    outcome: str


@dataclass(frozen=True)
class Reading:
    """What a sentence says of the company's presence.

    direction: expansion, retreat, both, neutral. certainty: asserted, planned, reported, hedged,
    denied, none. speaker: company, government, press, workers, insiders, partner, other, none.
    about: company, other, place, or none where nothing was found. site and theme: text or None.
    """

    direction: str = "neutral"
    certainty: str = "none"
    speaker: str = "none"
    about: str = "none"
    site: str | None = None
    theme: str | None = None
    evidence: list[Hit] = field(default_factory=list)

    def __repr__(self) -> str:
        said = (self.certainty, self.speaker, f"about {self.about}", self.site, self.theme)
        words = [word for word in said if word and word not in ("none", "about none")]
        hits = f"{len(self.evidence)} hit{'' if len(self.evidence) == 1 else 's'}"
        return f"Reading: {', '.join([self.direction, *words, hits])}"

    def as_dict(self) -> dict:
        """The reading as `slackwater read` prints it."""
        shown = ("rule", "start", "end", "matched", "outcome")
        return {
            "direction": self.direction,
            "certainty": self.certainty,
            "speaker": self.speaker,
            "about": self.about,
            "site": self.site,
            "theme": self.theme,
            "evidence": [{key: getattr(hit, key) for key in shown} for hit in self.evidence],
        }


class Reader:
    """A lexicon made ready for one *company* in one *place*, each a tuple of names; sites: name → patterns.

    No company: any firm's act counts. No place: what happens anywhere counts. "A / B" names two.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        *,
        company: tuple[str, ...] = (),
        place: tuple[str, ...] = (),
        sites: dict[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.lexicon = lexicon
        self.company = tuple(
            piece.strip() for name in company for piece in name.split(" / ") if piece.strip()
        )
        self.names = tuple(name.lower() for name in self.company)
        self.given, self.place = tuple(place), places.expand(tuple(place))
        self.sites = dict(sites or {})
        self.matcher = lexicon.matcher(self.company, self.place)
        self._silent: dict[tuple[str, str | None], Reading] = {}
        self.nothing = self.silent("none", None)

    def silent(self, speaker: str, site: str | None) -> Reading:
        """The reading of a sentence that no rule meets; the same one each time, for most sentences are."""
        known = self._silent.get((speaker, site))
        if known is None:
            known = self._silent[speaker, site] = Reading(speaker=speaker, site=site)
        return known

    def __repr__(self) -> str:
        whom, where = (*self.company, "any firm")[0], (*self.given, "any place")[0]
        return f"Reader: {self.lexicon!r}, for {whom} in {where}"


@dataclass
class _Found:
    """A hit on its way: the match, its verb, and what it says."""

    match: Match
    head: int
    mode: modes.Mode
    hit: Hit
    about: str
    priority: int


def read(sentence: str, reader: Reader) -> Reading:
    """What *sentence* says, read on its own. Any text is answered, in time linear in its length."""
    scan = reader.matcher.scan(sentence)
    return _read(scan, reader) if scan.rules else reader.nothing


def _read(scan: Scan, reader: Reader, *, speaker: str | None = None, site: str | None = None) -> Reading:
    """*speaker* and *site* are what the page around it says; None on its own."""
    if not scan.rules:
        return reader.silent(speaker or "none", site)
    sentence = reader.matcher.sentence(scan.text, scan.chunks)
    matches = reader.matcher.matches(sentence, scan.rules)
    if not matches:
        return reader.silent(speaker or "none", site)
    found = _hits(sentence, matches[:MAX_HITS], reader)
    speaker = speaker or speakers.of(scan.text, reader, scan=scan)
    evidence = [f.hit for f in found]
    counted = [f for f in found if f.mode.direction in ("expansion", "retreat")]
    denials = [f.head for f in found if f.mode.certainty == "denied"]
    # what is denied first speaks for the sentence: the rest explains the denial
    if denials and (not counted or min(denials) < min(f.head for f in counted)):
        return Reading(
            certainty="denied",
            speaker=speaker,
            about="company",
            site=site,
            evidence=evidence,
            theme=next(f.hit.theme for f in found if f.mode.certainty == "denied"),
        )
    if not counted:
        about = next((f.about for f in found if f.about != "company"), "none")
        return Reading(speaker=speaker, about=about, site=site, evidence=evidence)
    lead = _lead(counted)
    return Reading(
        direction=lead.mode.direction,
        certainty=lead.mode.certainty,
        speaker=speaker,
        about=lead.about,
        site=site,
        theme=_theme(lead, counted),
        evidence=evidence,
    )


def _theme(lead: _Found, counted: list[_Found]) -> str:
    """The theme of most of the hits that say what *lead* says; of equals the first."""
    themes = [f.hit.theme for f in counted if f.mode.direction == lead.mode.direction]
    return max(themes, key=lambda theme: (themes.count(theme), -themes.index(theme)))


def _lead(counted: list[_Found]) -> _Found:
    """The hit that speaks for the sentence: of the highest priority; then the one whose verb comes first."""
    return min(counted, key=lambda f: (-f.priority, f.head, -f.match.end))


def _hits(sentence: Sentence, matches: list[Match], reader: Reader) -> list[_Found]:
    matcher = reader.matcher
    found: list[_Found] = []
    cues: modes.Cues | None = None
    where: tuple[str, str | None] | None = None
    for match in matches:
        rule = reader.lexicon.rules[match.rule]
        head = matcher.head(match, sentence)
        about = "company"
        veto = matcher.vetoed(match, sentence)
        if veto is not None:
            mode = modes.Mode("neutral", "none", f"vetoed by “{veto}”")
        else:
            cues = cues or modes.Cues(matcher, sentence)
            where = where or actors.where(sentence, reader)
            mode = modes.settle(rule.direction, cues.of(match, head))
            lies = actors.where(sentence, reader, match) if rule.theme == "offshoring" else where
            if lies[0] == "elsewhere" and rule.theme != "relocation":
                about, mode = "place", modes.Mode("neutral", "none", f"elsewhere: {lies[1]}")
            elif (about := actors.whose(sentence, match, head, reader)) == "other":
                mode = modes.Mode("neutral", "none", "another's act")
        start, end = sentence.place(match.first, match.end)
        direction = rule.direction if mode.direction == "neutral" else mode.direction
        hit = Hit(rule.id, rule.theme, direction, start, end, sentence.text[start:end], mode.outcome)
        found.append(_Found(match, head, mode, hit, about, rule.priority))
    return sorted(found, key=lambda f: (f.match.first, f.match.end, f.match.rule))


def read_page(
    sentences: list[tuple[str, str]],
    reader: Reader,
    *,
    lines: list[int] | None = None,
    publisher: str | None = None,
    kind: str | None = None,
) -> list[Reading]:
    """What each of a page's *sentences*, (region, text), says, read in order and in context.

    *lines*: the line that each stands on, one a paragraph. Who speaks goes on speaking to the end of the
    paragraph, or of the quotation; who is named for nothing is the page's publisher: the company in a
    press release, else the press. The site is the one that the sentence names, else the page's.
    """
    scans = [reader.matcher.scan(text) for _, text in sentences]
    own = kind == "press release" or any(c.lower() == (publisher or "").lower() for c in reader.company)
    voices = speakers.of_page(scans, reader, default="company" if own else "press", lines=lines)
    where = sites.of_page(scans, reader)
    readings = [
        _read(scan, reader, speaker=voice.speaker, site=site)
        for scan, voice, site in zip(scans, voices, where, strict=True)
    ]
    return [
        _as_told(reading) if voice.carried else reading
        for reading, voice in zip(readings, voices, strict=True)
    ]


_SOURCES = ("insiders", "workers", "other")  # what these say is reported, as where the sentence names them


def _as_told(reading: Reading) -> Reading:
    """*reading* of a sentence whose speaker was named before it: a source's fact is a report."""
    if reading.certainty != "asserted" or reading.speaker not in _SOURCES:
        return reading
    told = f"counted, reported: by {reading.speaker} named before"
    evidence = [hit._replace(outcome=told) if hit.outcome == "counted" else hit for hit in reading.evidence]
    return replace(reading, certainty="reported", evidence=evidence)
