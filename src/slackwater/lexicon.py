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

import difflib
import functools
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater.errors import InputError
from slackwater.reading import places

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
    own, common = _read(path), _read(base)
    words = {"country": list(places.names()), **_classes(common, base), **_classes(own, path)}
    found = Lexicon(
        name=_text(own, "name", path) or path.stem,
        path=path,
        rules=tuple(_rules(own, path)),
        words=words,
        mask=tuple(_texts(own, "mask", path)),
        cues=tuple(_cues(own, path) or _cues(common, base)),
        speakers=_speakers(own, path) or _speakers(common, base),
        unless=tuple(_texts(own, "unless", path)),
        hash=hashlib.sha256(path.read_bytes() + base.read_bytes()).hexdigest(),
    )
    _check_patterns(found)
    return found


class _Map(dict):
    """A YAML mapping that remembers on which line it and each of its keys stand."""

    line: int
    lines: dict[str, int]


def _read(path: Path) -> _Map:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=loader)
    except FileNotFoundError:
        raise InputError(f"{path}: no such lexicon. Name a YAML file, or leave `lexicon` out.") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({fault}).") from None
    except (yaml.YAMLError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        line = f"{mark.line + 1}: " if mark else " "
        problem = getattr(fault, "problem", None) or "it nests too deeply or holds a forbidden character"
        raise InputError(f"{path}:{line}not YAML: {problem}. Mind indents and quotes.") from None
    if node is None:
        raise InputError(f"{path}: the file is empty. A lexicon needs at least `rules:`.")
    try:
        built = _build(node, path, set())
    except RecursionError:
        raise InputError(f"{path}: nests too deeply. Write it flatter.") from None
    if not isinstance(built, _Map):
        raise InputError(f"{path}:1: a lexicon is a mapping with `rules:`, not a {type(built).__name__}.")
    _known(built, _KEYS, path, "lexicon")
    return built


def _build(node: Any, path: Path, seen: set[int]) -> Any:
    """*node* as dicts, lists and text; text stays text. Aliases could multiply without end: refused."""
    if id(node) in seen:
        raise InputError(
            f"{path}:{node.start_mark.line + 1}: anchors and aliases (&, *) are not allowed here; "
            "write the words again, or quote a word that begins with *."
        )
    seen.add(id(node))
    if node.id == "scalar":
        return node.value
    if node.id == "sequence":
        return [_build(item, path, seen) for item in node.value]
    mapping = _Map()
    mapping.line, mapping.lines = node.start_mark.line + 1, {}
    for key, value in node.value:
        if key.id != "scalar":
            raise InputError(f"{path}:{key.start_mark.line + 1}: a key must be a word.")
        if key.value in mapping:
            raise InputError(f"{path}:{key.start_mark.line + 1}: `{key.value}` is given twice; keep one.")
        mapping[key.value] = _build(value, path, seen)
        mapping.lines[key.value] = key.start_mark.line + 1
    return mapping


def _known(mapping: _Map, keys: tuple[str, ...], path: Path, what: str) -> None:
    for key in mapping:
        if key not in keys:
            near = difflib.get_close_matches(key, keys, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(keys)}."
            raise InputError(f"{path}:{mapping.lines[key]}: {what}: unknown key `{key}`; {hint}")


def _text(mapping: _Map, key: str, path: Path) -> str:
    value = mapping.get(key, "")
    if not isinstance(value, str):
        raise InputError(f"{path}:{mapping.lines[key]}: `{key}` must be one text.")
    return value.strip()


def _texts(mapping: _Map, key: str, path: Path, what: str = "lexicon") -> list[str]:
    value = mapping.get(key, [])
    value = [value] if isinstance(value, str) and value.strip() else value or []
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise InputError(f"{path}:{mapping.lines[key]}: {what}: `{key}` must be a text or a list of texts.")
    return [v.strip() for v in value]


def _classes(mapping: _Map, path: Path) -> dict[str, list[str]]:
    words = mapping.get("words") or _Map()
    if not isinstance(words, _Map):
        raise InputError(f"{path}:{mapping.lines['words']}: `words` maps a name to a list of words.")
    return {name: _texts(words, name, path, "words") for name in words}


def _items(mapping: _Map, key: str, keys: tuple[str, ...], path: Path) -> list[_Map]:
    value = mapping.get(key) or []
    if not isinstance(value, list) or not all(isinstance(v, _Map) for v in value):
        raise InputError(
            f"{path}:{mapping.lines[key]}: `{key}` must be a list of mappings, each with an `id`."
        )
    for item in value:
        _known(item, keys, path, f"{key} {item.get('id', '?')}")
    return value


def _chosen(item: _Map, key: str, allowed: tuple[str, ...], path: Path) -> str:
    value = _text(item, key, path) if key in item else ""
    if value not in allowed:
        raise InputError(
            f"{path}:{item.lines.get(key, item.line)}: {item.get('id', 'an entry')}: "
            f"`{key}` must be one of {', '.join(allowed)}, not {value!r}."
        )
    return value


def _rules(mapping: _Map, path: Path) -> list[Rule]:
    rules: dict[str, Rule] = {}
    for item in _items(mapping, "rules", _RULE_KEYS, path):
        name = _text(item, "id", path)
        if not name:
            raise InputError(f"{path}:{item.line}: a rule without `id`; give it a short name.")
        if name in rules:
            raise InputError(
                f"{path}:{item.line}: rule {name}: line {rules[name].line} has the same id; rename one."
            )
        lists = {
            key: tuple(_texts(item, key, path, f"rule {name}"))
            for key in ("patterns", "unless", "unless_anywhere", "catches", "spares")
        }
        if not lists["patterns"]:
            raise InputError(f"{path}:{item.line}: rule {name}: no `patterns`; give at least one.")
        priority = _text(item, "priority", path) or "0"
        if not priority.isdigit():
            raise InputError(
                f"{path}:{item.lines['priority']}: rule {name}: `priority` must be a whole number, not {priority!r}."
            )
        rules[name] = Rule(
            id=name,
            priority=int(priority),
            theme=_text(item, "theme", path) or "other",
            line=item.line,
            direction=_chosen(item, "direction", DIRECTIONS, path),
            **lists,
        )
    return list(rules.values())


def _cues(mapping: _Map, path: Path) -> list[Cue]:
    cues = []
    for item in _items(mapping, "modes", _MODE_KEYS, path):
        within = _text(item, "within", path) or "6"
        if not within.isdigit():
            raise InputError(
                f"{path}:{item.lines['within']}: `within` must be a number of words, not {within!r}."
            )
        cues.append(
            Cue(
                id=_text(item, "id", path),
                mode=_chosen(item, "mode", MODES, path),
                scope=_chosen(item, "scope", SCOPES, path),
                within=int(within),
                line=item.line,
                patterns=tuple(_texts(item, "patterns", path)),
                unless=tuple(_texts(item, "unless", path)),
            )
        )
    return cues


def _speakers(mapping: _Map, path: Path) -> dict[str, list[str]]:
    speakers = mapping.get("speakers") or _Map()
    if not isinstance(speakers, _Map):
        raise InputError(f"{path}:{mapping.lines['speakers']}: `speakers` maps a kind of speaker to words.")
    _known(speakers, (*SPEAKERS, "says"), path, "speakers")
    return {name: _texts(speakers, name, path, "speakers") for name in speakers}


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
