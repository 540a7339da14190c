"""Is an edition what its inputs make? It is made again from its run.json and compared."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from slackwater import run
from slackwater.corpus import printable
from slackwater.errors import InputError

DIGITS = 6  # to which tables agree where platform or packages differ


def edition(folder: Path | str, *, corpus: Path | str | None = None,
            tell: Callable[[str], None] = lambda line: None, watch: run.Watch = lambda *_: None) -> str | None:
    """Make the edition in *folder* again; None where it comes out the same, else the first difference in words.

    The inputs are those of *corpus*, by default the folder that run.json names. With the same platform
    and packages the files must be equal to the byte; elsewhere the tables to 6 digits and the report's
    text exactly. Raises InputError where the edition or its inputs are not there as they were.
    """
    folder = Path(folder).resolve()
    record = _record(folder)
    out = folder.parents[2]
    if not corpus and not record["corpus"]:
        raise InputError(f"{printable(folder)}: its corpus lies elsewhere. Name it with --corpus.")
    source = Path(corpus) if corpus else out / record["corpus"]
    given = record["given"]
    settings = run.Settings(out=out, param=tuple(given["param"]), quotes=given["quotes"],
                            max_bytes=given["max_bytes"], watch=watch)
    line = run.prepare(source, settings, tell)
    _same_inputs(record["fingerprint"], line.mark, source)
    exact = all(record["fingerprint"][key] == line.mark[key] for key in ("platform", "packages"))
    with tempfile.TemporaryDirectory(prefix="slackwater-") as private:
        staging = Path(private) / "edition"
        line.run(staging, record["previous"])
        again = json.loads((staging / "run.json").read_text("utf-8"))
        if exact:
            return _first_unequal(record["outputs"], again["outputs"], folder, staging)
        return _first_unlike(folder, staging)


def _record(folder: Path) -> dict[str, Any]:
    try:
        record = json.loads((folder / "run.json").read_text("utf-8"))
        return record if record["fingerprint"] and "given" in record else {}
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{printable(folder)}: holds no run.json of an edition. Name the folder of one.") from None


def _same_inputs(then: dict[str, Any], now: dict[str, Any], source: Path) -> None:
    """Raise InputError naming what of the inputs is no longer as it was."""
    for kind, key in (("", "inputs"), ("notebook ", "notebooks")):
        before, after = then[key], now[key]
        for name in sorted({*before, *after}):
            if before.get(name) != after.get(name):
                how = "is new" if name not in before else "is gone" if name not in after else "has changed"
                raise InputError(f"{printable(source)}: {kind}{name} {how} since the edition was made. "
                                 "Verify against the inputs of that day (--corpus).")
    for key, words in (("lexicon", "the lexicon has"), ("code", "Slackwater itself has")):
        if then[key] != now[key]:
            raise InputError(f"{printable(source)}: {words} changed since the edition was made. Use that version.")


def _first_unequal(before: dict[str, str], after: dict[str, str], old: Path, new: Path) -> str | None:
    for name in sorted({*before, *after}):
        if not (old / name).is_file() or not (new / name).is_file():
            return f"{name}: is in only one of the two editions"
        first, second = (old / name).read_bytes(), (new / name).read_bytes()
        if first != second:
            at = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
                      min(len(first), len(second)))
            return f"{name}: differs from byte {at:,} on ({len(first):,} bytes, made again {len(second):,})"
    return None


def _first_unlike(old: Path, new: Path) -> str | None:
    import pandas as pd

    from slackwater import tables

    for name in tables.SCHEMAS:
        try:
            pd.testing.assert_frame_equal(tables.load(old / "working" / "tables", name),
                                          tables.load(new / "working" / "tables", name),
                                          check_exact=False, rtol=10 ** -DIGITS, atol=10 ** -DIGITS)
        except (AssertionError, FileNotFoundError) as error:
            return f"table {name}: {' '.join(str(error).split())[:300]}"
    first, second = (_words(folder / "report.html") for folder in (old, new))
    if first != second:
        at = next(n for n, (a, b) in enumerate(zip([*first, ""], [*second, ""], strict=False)) if a != b)
        return (f"report.html: text differs at “{' '.join(first[at:at + 8])}”, "
                f"made again “{' '.join(second[at:at + 8])}”")
    return None


def _words(path: Path) -> list[str]:
    from lxml import html

    tree = html.fromstring(path.read_bytes())
    for gone in tree.xpath("//style|//svg|//*[local-name()='svg']"):
        gone.drop_tree()
    return " ".join(tree.text_content().split()).split(" ")
