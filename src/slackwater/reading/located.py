"""YAML that remembers its lines, so that a fault in a lexicon is told with file and line."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

from slackwater.errors import InputError


class Map(dict):
    """A YAML mapping that remembers on which line it and each of its keys stand."""

    line: int
    lines: dict[str, int]


def read(path: Path, keys: tuple[str, ...]) -> Map:
    """The mapping in the file *path*, of no other *keys*. Raises InputError with file and line for any fault."""
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
    if not isinstance(built, Map):
        raise InputError(f"{path}:1: a lexicon is a mapping with `rules:`, not a {type(built).__name__}.")
    known(built, keys, path, "lexicon")
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
    mapping = Map()
    mapping.line, mapping.lines = node.start_mark.line + 1, {}
    for key, value in node.value:
        if key.id != "scalar":
            raise InputError(f"{path}:{key.start_mark.line + 1}: a key must be a word.")
        if key.value in mapping:
            raise InputError(f"{path}:{key.start_mark.line + 1}: `{key.value}` is given twice; keep one.")
        mapping[key.value] = _build(value, path, seen)
        mapping.lines[key.value] = key.start_mark.line + 1
    return mapping


def known(mapping: Map, keys: tuple[str, ...], path: Path, what: str) -> None:
    """Raise InputError for a key of *mapping* (*what* it is) that is none of *keys*, with the nearest of them."""
    for key in mapping:
        if key not in keys:
            near = difflib.get_close_matches(key, keys, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(keys)}."
            raise InputError(f"{path}:{mapping.lines[key]}: {what}: unknown key `{key}`; {hint}")


def text(mapping: Map, key: str, path: Path) -> str:
    """The one text under *key*, "" where there is none. Raises InputError for anything else."""
    value = mapping.get(key, "")
    if not isinstance(value, str):
        raise InputError(f"{path}:{mapping.lines[key]}: `{key}` must be one text.")
    return value.strip()


def texts(mapping: Map, key: str, path: Path, what: str = "lexicon") -> list[str]:
    """The text or texts under *key* as a list. Raises InputError for anything else, and for blank ones."""
    value = mapping.get(key, [])
    value = [value] if isinstance(value, str) and value.strip() else value or []
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise InputError(f"{path}:{mapping.lines[key]}: {what}: `{key}` must be a text or a list of texts.")
    return [v.strip() for v in value]


def items(mapping: Map, key: str, keys: tuple[str, ...], path: Path) -> list[Map]:
    """The list of mappings under *key*, each of no other *keys*. Raises InputError for anything else."""
    value = mapping.get(key) or []
    if not isinstance(value, list) or not all(isinstance(v, Map) for v in value):
        raise InputError(
            f"{path}:{mapping.lines[key]}: `{key}` must be a list of mappings, each with an `id`."
        )
    for item in value:
        known(item, keys, path, f"{key} {item.get('id', '?')}")
    return value
