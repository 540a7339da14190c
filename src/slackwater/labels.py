"""A person's word on thirty sentences, with two keys, and how right the lexicon is by it.

A file of labels is JSON Lines: {"file", "sentence" (its text), "direction", "stratum", "of"}. So
`slackwater evaluate sentences` reads it, too.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater import measure
from slackwater.errors import InputError
from slackwater.findings.blocks import Words, one_line

if TYPE_CHECKING:
    import pandas as pd

    from slackwater.tuning import Bench

DIRECTIONS = ("expansion", "retreat", "neutral", "both")
KEYS = {"g": "expansion", "r": "retreat", "": "neutral"}
_ASK = "[g] growth  [r] retreat  [Enter] neither  [q] stop: "


def file(bench: Bench) -> Path:
    """Where the labels of a corpus lie by default: tuning/labels.jsonl in its folder, no page of it."""
    return bench.desk.corpus.folder / "tuning" / "labels.jsonl"


def sample(bench: Bench, *, n: int = 30) -> list[dict[str, Any]]:
    """*n* sentences to label: a third each of those read as expansion, as retreat, as neither; mixed.

    Where one kind has too few, the others fill up. The same sentences on every call: another reading of
    the corpus is another draw. `of` is how many sentences of that kind there are, `stratum` the kind.
    """
    draw = random.Random(measure.SEED)
    kinds: dict[str, list[dict[str, Any]]] = {"expansion": [], "retreat": [], "neutral": []}
    columns = (bench.sentences[name] for name in ("file", "text", "direction"))
    for name, text, direction in zip(*columns, strict=True):
        for kind in ("expansion", "retreat") if direction == "both" else (direction,):
            kinds[kind].append({"file": name, "sentence": text})
    for found in kinds.values():
        draw.shuffle(found)
    chosen: list[dict[str, Any]] = []
    turns = max(map(len, kinds.values()), default=0)
    for turn in range(turns):
        for kind, found in kinds.items():
            if turn < len(found) and len(chosen) < n:
                chosen.append({**found[turn], "stratum": kind, "of": len(found)})
    draw.shuffle(chosen)
    return chosen


def load(path: Path | str) -> list[dict[str, Any]]:
    """The labels in *path*; none where there is no such file. Raises InputError naming the line that is no label."""
    path = Path(path)
    if not path.exists():
        return []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{path}: is no text. Name a file of labels, or delete it and label again.") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            assert row["direction"] in DIRECTIONS
            assert isinstance(row["file"], str) and isinstance(row["sentence"], str)
            row = {"stratum": row["direction"], "of": 0, **row}
            assert row["stratum"] in DIRECTIONS and isinstance(row["of"], int)
        except (ValueError, TypeError, KeyError, AssertionError, RecursionError):
            raise InputError(f'{path}, line {number}: is not a label. A label is {{"file": …, "sentence": its text, '
                             f'"direction": one of {", ".join(DIRECTIONS)}}}; mend or delete the line.') from None
        found.append(row)
    return found


def ask(bench: Bench, path: Path | str | None = None, *, n: int = 30, key: Callable[[str], str] = input) -> Words:
    """Show sentence after sentence and note the key pressed for each: g, r, or Enter for neither; q stops.

    Each answer is saved at once, so that stopping loses nothing and the next call goes on from there.
    Where nobody can be asked, as in a run without a person, nothing is asked. Returns how far you are.
    """
    path = Path(path) if path else file(bench)
    chosen = sample(bench, n=n)
    done = {(row["file"], row["sentence"]) for row in load(path)}
    left = [row for row in chosen if (row["file"], row["sentence"]) not in done]
    for number, row in enumerate(left):
        said = _key(key, f"{len(chosen) - len(left) + number + 1}/{len(chosen)}  {one_line(row['sentence'], 600)}\n")
        if said is None:
            break
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps({**row, "direction": said}, ensure_ascii=False) + "\n")
        done.add((row["file"], row["sentence"]))
    there = sum((row["file"], row["sentence"]) in done for row in chosen)
    more = "." if there == len(chosen) else "; run this cell in JupyterLab to go on."
    return Words(f"{there} of {len(chosen)} sentences labelled{more}")


def _key(key: Callable[[str], str], shown: str) -> str | None:
    """The direction that was pressed; None for stop, or where nobody can be asked."""
    while True:
        try:
            pressed = key(shown + _ASK).strip().lower()
        except (EOFError, NotImplementedError):  # no terminal; a notebook run by a program
            return None
        if pressed == "q":
            return None
        if pressed in KEYS:
            return KEYS[pressed]
        shown = ""


def accuracy(bench: Bench, path: Path | str | None = None) -> pd.DataFrame:
    """Precision and recall of expansion and retreat by the labels so far, with 95 % Jeffreys intervals.

    Columns direction, precision, precision_low, precision_high, recall, recall_low, recall_high, found
    (labelled sentences that are read so), labelled (so by you). Kinds of sentences were not drawn at
    equal rates: each label counts for the sentences it stands for, and an interval for what such weights
    leave of the number of labels (Kish 1965). Raises InputError where no label is of this corpus.
    """
    import pandas as pd

    path = Path(path) if path else file(bench)
    read = {(name, text): direction for name, text, direction
            in zip(*(bench.sentences[c] for c in ("file", "text", "direction")), strict=True)}
    rows = load(path)
    there = [row for row in rows if (row["file"], row["sentence"]) in read]
    if rows and not there:
        name = bench.desk.corpus.name
        raise InputError(f"{path}: holds no label of a sentence of {name}. Name this corpus's labels.")
    drawn = {kind: sum(row["stratum"] == kind for row in there) for kind in DIRECTIONS}
    cases = [(read[row["file"], row["sentence"]], row["direction"], max(row["of"] / drawn[row["stratum"]], 1.0))
             for row in there]
    found = []
    for direction in ("expansion", "retreat"):
        so = {direction, "both"}
        precision = _share([(said in so, weight) for was, said, weight in cases if was in so])
        recall = _share([(was in so, weight) for was, said, weight in cases if said in so])
        found.append((direction, *precision, *recall, sum(was in so for was, _, _ in cases),
                      sum(said in so for _, said, _ in cases)))
    return pd.DataFrame(found, columns=["direction", "precision", "precision_low", "precision_high", "recall",
                                        "recall_low", "recall_high", "found", "labelled"])


def _share(cases: list[tuple[bool, float]]) -> tuple[float, float, float]:
    """Weighted share of hits with its interval; (nan, 0, 1) of nothing."""
    if not cases:
        return math.nan, 0.0, 1.0
    total = math.fsum(weight for _, weight in cases)
    share = math.fsum(weight for hit, weight in cases if hit) / total
    effective = max(1, round(total**2 / math.fsum(weight**2 for _, weight in cases)))
    low, high = measure.interval(round(share * effective), effective)
    return share, min(low, share), max(high, share)
