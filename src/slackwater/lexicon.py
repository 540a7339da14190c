"""A lexicon: the YAML file that says which words are news of expansion or retreat.

    name: expansion_retreat
    words:                       # word classes, used in patterns as <site>
      site: [lab*, data center*]
    mask: [artificial intelligence]   # domain terms that a tone scorer misreads
    rules:
      - id: site-opens
        theme: opening
        direction: expansion
        patterns: ["open~ .. <site>"]
        unless: ["open~ source"]           # overlapping the match: it does not count
        unless_anywhere: ["<market> index"] # anywhere in the sentence
        priority: 0                        # where rules disagree, the higher speaks for the sentence
        catches: ["Acme opens a lab in Lyon."]
        spares: ["Acme opens its lab to visitors."]
    unless: [(your|my)]          # as in a rule, for all of them
    modes: …                     # see english.yaml, which every lexicon starts from
    speakers: …

The examples of a rule that asks for <own> or <here> are those of the company Acme in Lyon.
The pattern language is told in `patterns`. Scalars are read as text, so `no` and `on` are words;
anchors and aliases are refused.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater.errors import InputError
from slackwater.reading import located, places

if TYPE_CHECKING:
    from slackwater.reading.matcher import Matcher

FOLDER = Path(__file__).parent / "lexicons"
DIRECTIONS = ("expansion", "retreat", "neutral")
MODES = ("unanswered", "denied", "hedged", "reported", "planned", "stalled", "kept", "past")
SCOPES = ("before", "after", "sentence")
SPEAKERS = ("company", "government", "press", "workers", "insiders", "partner", "other")
_KEYS = ("name", "title", "words", "mask", "unless", "rules", "modes", "speakers", "themes")
_RULE_KEYS = (
    "id",
    "theme",
    "direction",
    "patterns",
    "unless",
    "unless_anywhere",
    "catches",
    "spares",
    "priority",
    "note",
)
_MODE_KEYS = ("id", "mode", "scope", "within", "patterns", "unless", "note")


@dataclass(frozen=True)
class Rule:
    """One rule: any of its patterns is a hit, unless a veto is met. `line` is where it stands."""

    id: str
    theme: str
    direction: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    unless_anywhere: tuple[str, ...] = ()
    catches: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()
    line: int = 0
    priority: int = 0


@dataclass(frozen=True)
class Cue:
    """Words that change how a hit is meant: denied, planned … `within` words of its verb."""

    id: str
    mode: str
    scope: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    within: int = 6
    line: int = 0


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Rules, word classes and cues, as `load` read them. `hash` changes with any byte of them."""

    name: str
    path: Path
    rules: tuple[Rule, ...]
    words: dict[str, list[str]]
    mask: tuple[str, ...]
    cues: tuple[Cue, ...]
    speakers: dict[str, list[str]]
    unless: tuple[str, ...]
    hash: str
    _matchers: dict[tuple, Matcher] = field(default_factory=dict, repr=False)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_matchers": {}}  # made again where it is sent to

    def __repr__(self) -> str:
        return f"Lexicon {self.name}: {len(self.rules)} rules"

    def matcher(self, company: tuple[str, ...] = (), place: tuple[str, ...] = ()) -> Matcher:
        """The rules compiled for *company* in *place*; kept. Raises InputError naming rule and line."""
        key = (company, place)
        if key not in self._matchers:
            from slackwater.reading.matcher import Matcher

            self._matchers[key] = Matcher(self, company, place)
        return self._matchers[key]


def load(path: Path | str | None = None) -> Lexicon:
    """The lexicon of the YAML file *path*; by default the package's `expansion_retreat`.

    Every pattern is parsed. Raises InputError with file, line and rule for any fault.
    """
    path = Path(path) if path else FOLDER / "expansion_retreat.yaml"
    base = FOLDER / "english.yaml"
    own, common = located.read(path, _KEYS), located.read(base, _KEYS)
    words = {"country": list(places.names()), **_classes(common, base), **_classes(own, path)}
    found = Lexicon(
        name=located.text(own, "name", path) or path.stem,
        path=path,
        rules=tuple(_rules(own, path)),
        words=words,
        mask=tuple(located.texts(own, "mask", path)),
        cues=tuple(_cues(own, path) or _cues(common, base)),
        speakers=_speakers(own, path) or _speakers(common, base),
        unless=tuple(located.texts(own, "unless", path)),
        hash=hashlib.sha256(path.read_bytes() + base.read_bytes()).hexdigest(),
    )
    _check_patterns(found)
    return found


def _classes(mapping: located.Map, path: Path) -> dict[str, list[str]]:
    words = mapping.get("words") or located.Map()
    if not isinstance(words, located.Map):
        raise InputError(f"{path}:{mapping.lines['words']}: `words` maps a name to a list of words.")
    return {name: located.texts(words, name, path, "words") for name in words}


def _chosen(item: located.Map, key: str, allowed: tuple[str, ...], path: Path) -> str:
    value = located.text(item, key, path) if key in item else ""
    if value not in allowed:
        raise InputError(
            f"{path}:{item.lines.get(key, item.line)}: {item.get('id', 'an entry')}: "
            f"`{key}` must be one of {', '.join(allowed)}, not {value!r}."
        )
    return value


def _rules(mapping: located.Map, path: Path) -> list[Rule]:
    rules: dict[str, Rule] = {}
    for item in located.items(mapping, "rules", _RULE_KEYS, path):
        name = located.text(item, "id", path)
        if not name:
            raise InputError(f"{path}:{item.line}: a rule without `id`; give it a short name.")
        if name in rules:
            raise InputError(
                f"{path}:{item.line}: rule {name}: line {rules[name].line} has the same id; rename one."
            )
        lists = {
            key: tuple(located.texts(item, key, path, f"rule {name}"))
            for key in ("patterns", "unless", "unless_anywhere", "catches", "spares")
        }
        if not lists["patterns"]:
            raise InputError(f"{path}:{item.line}: rule {name}: no `patterns`; give at least one.")
        priority = located.text(item, "priority", path) or "0"
        if not priority.isdigit():
            raise InputError(
                f"{path}:{item.lines['priority']}: rule {name}: `priority` must be a whole number, not {priority!r}."
            )
        rules[name] = Rule(
            id=name,
            priority=int(priority),
            theme=located.text(item, "theme", path) or "other",
            line=item.line,
            direction=_chosen(item, "direction", DIRECTIONS, path),
            **lists,
        )
    return list(rules.values())


def _cues(mapping: located.Map, path: Path) -> list[Cue]:
    cues = []
    for item in located.items(mapping, "modes", _MODE_KEYS, path):
        within = located.text(item, "within", path) or "6"
        if not within.isdigit():
            raise InputError(
                f"{path}:{item.lines['within']}: `within` must be a number of words, not {within!r}."
            )
        cues.append(
            Cue(
                id=located.text(item, "id", path),
                mode=_chosen(item, "mode", MODES, path),
                scope=_chosen(item, "scope", SCOPES, path),
                within=int(within),
                line=item.line,
                patterns=tuple(located.texts(item, "patterns", path)),
                unless=tuple(located.texts(item, "unless", path)),
            )
        )
    return cues


def _speakers(mapping: located.Map, path: Path) -> dict[str, list[str]]:
    speakers = mapping.get("speakers") or located.Map()
    if not isinstance(speakers, located.Map):
        raise InputError(f"{path}:{mapping.lines['speakers']}: `speakers` maps a kind of speaker to words.")
    located.known(speakers, (*SPEAKERS, "says"), path, "speakers")
    return {name: located.texts(speakers, name, path, "speakers") for name in speakers}


def _check_patterns(lexicon: Lexicon) -> None:
    from slackwater.reading import patterns

    known = {*lexicon.words, *patterns.BUILT_IN}
    for name, members in lexicon.words.items():
        for entry in members:
            try:
                patterns.member(entry, known)
            except patterns.PatternError as fault:
                raise InputError(f"{lexicon.path}: words: {name}: {fault}.") from None
    entries = [
        (f"rule {rule.id}", rule.line, p)
        for rule in lexicon.rules
        for p in (*rule.patterns, *rule.unless, *rule.unless_anywhere)
    ]
    entries += [("unless", 0, p) for p in lexicon.unless]
    entries += [(f"mode {cue.id}", cue.line, p) for cue in lexicon.cues for p in (*cue.patterns, *cue.unless)]
    for what, line, pattern in entries:
        try:
            parsed(pattern, frozenset(known))
        except patterns.PatternError as fault:
            raise InputError(f"{lexicon.path}:{line}: {what}: {fault}.") from None


@functools.lru_cache(maxsize=65_536)
def parsed(pattern: str, classes: frozenset[str]) -> Any:
    """`patterns.parse`, kept: a lexicon is compiled anew for every company and place."""
    from slackwater.reading import patterns

    return patterns.parse(pattern, classes)


def lint(lexicon: Lexicon) -> list[str]:
    """What is wrong or doubtful in *lexicon*, a line each; no line means all examples hold."""
    from slackwater.reading import lint

    return lint.lines(lexicon)
