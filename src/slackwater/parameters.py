"""Notebook parameters: declared once, in the notebook's own cell, and checked before a kernel starts.

A line of the cell tagged `parameters` declares one:

    min_hits: int = 3  # fewest directional sentences for a clear verdict [1..100]

The annotation is the type (bool, int, float, str); the brackets at the end of the
comment hold what is allowed: a range [low..high] or a choice {a, b}. papermill alone
lets an unknown name pass with a warning and a wrong type pass in silence.
"""

from __future__ import annotations

import ast
import json
import math
import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from slackwater.errors import InputError

Value = bool | int | float | str
# Set by the run itself, not by --param.
OWN = {"corpus", "work"}
_TYPES: dict[str, type] = {"bool": bool, "int": int, "float": float, "str": str}
_RANGE = re.compile(r"\[\s*(?P<low>[-\d.eE]+)\s*\.\.\s*(?P<high>[-\d.eE]+)\s*\]\s*$")
_CHOICE = re.compile(r"\{(?P<choices>[^{}]+)\}\s*$")


@dataclass(frozen=True)
class Parameter:
    """One line of a parameter cell."""

    name: str
    kind: str
    default: Value
    comment: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What a value may be, in words."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        noun = {"bool": "true or false", "int": "a whole number", "float": "a number", "str": "text"}[self.kind]
        return noun if self.low is None else f"{noun} from {self.low:g} to {self.high:g}"

    def parse(self, text: str) -> Value:
        """*text* as a value of this parameter. Raises ValueError where it is none."""
        if self.kind == "bool":
            if text.lower() not in {"true", "false", "1", "0", "yes", "no"}:
                raise ValueError(text)
            return text.lower() in {"true", "1", "yes"}
        if self.kind == "str":
            if self.choices and text not in self.choices:
                raise ValueError(text)
            return text
        value = _TYPES[self.kind](text)
        if not math.isfinite(value) or (self.low is not None and self.high is not None
                                        and not self.low <= value <= self.high):
            raise ValueError(text)
        return value


def declared(notebook: Path) -> dict[str, Parameter]:
    """Name → parameter that *notebook* declares. Raises InputError for a cell that cannot be read."""
    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{notebook}: is not a notebook that can be read. Save it again from JupyterLab.") from None
    for cell in cells:
        if "parameters" in cell.get("metadata", {}).get("tags", []):
            return _cell("".join(cell["source"]), notebook)
    raise InputError(f"{notebook}: has no cell tagged `parameters`. Tag its first code cell with that word.")


def _cell(source: str, notebook: Path) -> dict[str, Parameter]:
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise InputError(f"{notebook}: parameter cell, line {error.lineno}: {error.msg}. Mend the line.") from None
    lines = source.split("\n")
    found = {}
    for node in tree.body:
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name) or node.value is None:
            raise InputError(f"{notebook}: parameter cell, line {node.lineno}: expected `name: type = value  # what it "
                             "is`. Write it so; other code belongs in another cell.")
        kind, name = ast.unparse(node.annotation), node.target.id
        if kind not in _TYPES:
            raise InputError(f"{notebook}: parameter {name}: type {kind} is not one of {', '.join(_TYPES)}. Use one.")
        comment = lines[(node.end_lineno or node.lineno) - 1][node.end_col_offset:].partition("#")[2].strip()
        limits, choice = _RANGE.search(comment), _CHOICE.search(comment)
        found[name] = Parameter(
            name, kind, ast.literal_eval(node.value), comment,
            low=float(limits["low"]) if limits else None, high=float(limits["high"]) if limits else None,
            choices=tuple(c.strip() for c in choice["choices"].split(",")) if choice else ())
    return found


def checked(given: list[str], notebooks: list[Path]) -> dict[str, dict[str, Value]]:
    """Notebook's stem → the parameters of *given* (`name=value` each) that it declares, parsed.

    Raises InputError naming the parameter, what was given and what is allowed.
    """
    known = {notebook.stem: declared(notebook) for notebook in notebooks}
    names = sorted({name for cell in known.values() for name in cell} - OWN)
    chosen: dict[str, dict[str, Value]] = {stem: {} for stem in known}
    for pair in given:
        name, equals, text = pair.partition("=")
        if not equals:
            raise InputError(f"--param {pair}: expected name=value. Known parameters: {', '.join(names)}.")
        if name not in names:
            close = get_close_matches(name, names, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise InputError(f"--param {pair}: no notebook has a parameter {name!r}.{hint} "
                             f"Known parameters: {', '.join(names)}.")
        for stem, cell in known.items():
            if name in cell:
                try:
                    chosen[stem][name] = cell[name].parse(text)
                except ValueError:
                    raise InputError(f"--param {name}={text}: {text!r} is not allowed; {name} is "
                                     f"{cell[name].allowed} (default {cell[name].default}).") from None
    return chosen
