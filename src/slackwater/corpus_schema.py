"""Is what corpus.yaml says of the form that corpus.schema.json asks for? Faults in words a person can act on."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from slackwater.errors import InputError


def _plain(said: Any) -> Any:
    """YAML's dates and bare numbers back as the text that was typed: 2019 is a date here, not a number."""
    if isinstance(said, dict):
        return {_plain(key): _plain(value) for key, value in said.items()}
    if isinstance(said, list):
        return [_plain(item) for item in said]
    if isinstance(said, date) and not isinstance(said, datetime):
        return said.isoformat()
    if isinstance(said, int) and not isinstance(said, bool):
        return str(said)
    return said


@cache
def _validator() -> Callable[[Any], Any]:
    import fastjsonschema

    schema = json.loads((Path(__file__).parent / "corpus.schema.json").read_text("utf-8"))
    return fastjsonschema.compile(schema, use_default=False, detailed_exceptions=True)


def checked(said: Any, shown: str) -> dict[str, Any]:
    """What YAML read of corpus.yaml, numbers and dates as text again. Raises InputError for what the schema refuses."""
    import fastjsonschema

    said = _plain(said)
    if not isinstance(said, dict):
        raise InputError(f"{shown}: expected keys such as title, company and place. Write `key: value` lines.")
    try:
        _validator()(said)
    except fastjsonschema.JsonSchemaValueException as error:
        raise InputError(f"{shown}: {_in_words(error, said)}") from None
    return said


def _way(name: str, said: Any) -> list[str]:
    """The keys that lead to what the validator calls *name*: data.pages.000.txt, where a key may hold dots."""
    way: list[str] = []
    rest = name.removeprefix("data")
    while rest:
        inside = said if isinstance(said, dict) else dict(enumerate(said)) if isinstance(said, list) else {}
        fitting = [key for key in inside if rest.startswith((f".{key}", f"[{key}]"))]
        if not fitting:
            return [*way, rest.strip(".[]")]
        key = max(fitting, key=lambda key: len(str(key)))
        rest, said = rest[len(str(key)) + (2 if rest[0] == "[" else 1):], inside[key]
        way.append(str(key))
    return way


def _in_words(error: Any, said: dict[str, Any]) -> str:
    """The validator's finding as place, fault and fix."""
    where = ": ".join(_way(error.name, said))
    lead, value, rules = f"{where}: " if where else "", error.value, error.definition
    known = list(rules.get("properties", {}))
    unknown = next((str(key) for key in value if key not in known), "") if isinstance(value, dict) else ""
    # a misspelt key is told before the one that it leaves missing
    if error.rule == "additionalProperties" or (error.rule == "required" and unknown and known):
        return f"{lead}unknown key {unknown!r}.{suggest(unknown, known)} Known keys: {', '.join(known)}."
    if error.rule == "required":
        missing = next(key for key in rules["required"] if key not in value)
        return f"{lead}the key {missing!r} is missing. Add a line `{missing}: …`."
    wanted = rules.get("description") or ""
    if error.rule == "enum":
        wanted = "one of " + ", ".join(rules["enum"])
    kinds = {"object": "keys with values", "array": "a list", "string": "text"}
    wanted = wanted or kinds.get(str(rules.get("type")), "another value")
    given = json.dumps(value, ensure_ascii=False, default=str)
    given = given if len(given) <= 80 else given[:77] + "…"
    return f"{lead}expected {wanted}, got {given}. Correct it."


def suggest(given: str, known: Any) -> str:
    """The question whether another key was meant, where one of *known* is near to what was *given*; else nothing."""
    close = get_close_matches(str(given), [str(k) for k in known], n=1, cutoff=0.7)
    return f" Did you mean {close[0]!r}?" if close else ""
