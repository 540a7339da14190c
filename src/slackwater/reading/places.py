"""Places that hold others: Zhangjiang is in Shanghai, Shanghai in China. Data: lexicons/places.yaml."""

from __future__ import annotations

import functools
import re
from pathlib import Path

_FILE = Path(__file__).parents[1] / "lexicons" / "places.yaml"


@functools.cache
def _tree() -> dict[str, tuple[str, ...]]:
    """Every name in lower case, with its chain of groups: own group first, then those that hold it."""
    import yaml

    found: dict[str, tuple[str, ...]] = {}

    def enter(names: str, above: tuple[str, ...], parts: dict | list | None) -> None:
        for name in names.split(", "):
            found.setdefault(name, (names, *above))
        for part in parts or ():
            enter(part, (names, *above), parts[part] if isinstance(parts, dict) else None)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for names, parts in yaml.load(_FILE.read_text(encoding="utf-8"), Loader=loader).items():
        enter(names, (), parts)
    return found


@functools.cache
def names() -> dict[str, None]:
    """Every place's name and other names, in lower case and in order, but for "us", which is a pronoun too."""
    return dict.fromkeys(name for name in _tree() if name != "us")


def expand(place: tuple[str, ...]) -> tuple[str, ...]:
    """*place* with the other names of each and of the places within: ("Shanghai / China",) names two.

    "Seattle area" is Seattle too, "United Kingdom (Swindon)" the United Kingdom and Swindon.
    """
    given = [piece.strip() for name in place for piece in re.split(r" / |[(),]", name) if piece.strip()]
    given += [
        bare
        for name in given
        if (bare := re.sub(r" (?:area|region|state|city|county|province)$", "", name, flags=re.I)) != name
    ]
    tree = _tree()
    found = dict.fromkeys(given)
    for name in given:
        if group := tree.get(name.lower()):
            found |= dict.fromkeys(
                other for other, chain in tree.items() if group[0] in chain and other != "us"
            )
    return tuple(found)


def same(name: str, other: str) -> bool:
    """Whether both are names of one place, as "America" and "USA"."""
    group = _tree().get(name.lower())
    return group is not None and group == _tree().get(other.lower())


@functools.lru_cache(maxsize=4096)
def relation(name: str, place: tuple[str, ...]) -> str:
    """How *name* lies to *place* (its names): inside, around, elsewhere, or unknown."""
    tree = _tree()
    group = tree.get(name.lower())
    targets = [tree[p.lower()] for p in place if p.lower() in tree]
    if name.lower() in {p.lower() for p in place}:
        return "inside"
    if group is None or not targets:
        return "unknown"
    if any(target[0] in group for target in targets):
        return "inside"
    return "around" if any(group[0] in target for target in targets) else "elsewhere"
