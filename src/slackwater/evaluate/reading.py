"""How well directions are read: against labelled sentences and against labelled pages.

Own scoring, small and with intervals, over the three classes expansion, retreat and neutral.
A gold "both" may be answered by either direction; a gold "mixed" page is left out of the macro-F1.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater import measure
from slackwater.errors import InputError

if TYPE_CHECKING:
    from slackwater.lexicon import Lexicon

CLASSES = ("expansion", "retreat", "neutral")
OTHER = {"expansion": "retreat", "retreat": "expansion"}
ACCURACY = Path(__file__).parents[1] / "accuracy.json"
_SEED, _RESAMPLES = 20190117, 1000

Pairs = Sequence[tuple[str, str]]


def scores(pairs: Pairs, cls: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of *cls* over (gold, answer) pairs; 0 where not defined."""
    hits = sum(g == a == cls for g, a in pairs)
    answered, gold = sum(a == cls for _, a in pairs), sum(g == cls for g, _ in pairs)
    p, r = hits / answered if answered else 0.0, hits / gold if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def macro(pairs: Pairs, classes: Iterable[str] = CLASSES) -> float:
    """Mean F1 of the *classes* that occur in *pairs*."""
    present = [c for c in classes if any(c in pair for pair in pairs)]
    return sum(scores(pairs, c)[2] for c in present) / len(present) if present else 0.0


def interval(pairs: Pairs, figure: Callable[[Pairs], float] = macro) -> tuple[float, float]:
    """95 % bootstrap interval of *figure*, the pairs redrawn; fixed seed."""
    if not pairs:
        return 0.0, 1.0
    draw = random.Random(_SEED)
    values = sorted(figure([pairs[draw.randrange(len(pairs))] for _ in pairs]) for _ in range(_RESAMPLES))
    return values[int(_RESAMPLES * 0.025)], values[int(_RESAMPLES * 0.975) - 1]


def half(name: str) -> str:
    """Which half an item of gold belongs to: rules are written on "dev", "untouched" is only measured."""
    return "untouched" if hashlib.sha256(name.encode()).digest()[0] % 2 else "dev"


def gold(path: Path | str, keys: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The lines of a JSONL file, each with all of *keys*. Raises InputError naming file and line."""
    path = Path(path)
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as fault:
        raise InputError(f"{path}: cannot be read ({fault.strerror}). Name a JSONL file of gold.") from None
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except ValueError:
                raise InputError(f"{path}:{number}: not JSON. One object a line is expected.") from None
            missing = [key for key in keys if not isinstance(found[-1], dict) or key not in found[-1]]
            if missing:
                raise InputError(
                    f"{path}:{number}: {', '.join(missing)} missing. Every line of this gold needs it."
                )
    return found


def sentences(path: Path | str, lexicon: Lexicon) -> dict[str, Any]:
    """Figures over the gold sentences of *path* ({"sentence", "direction"[, "id", "certainty", "borderline"]}).

    Without an id the sentence itself says which half it is of. Borderline ones are left out. Each sentence is
    read on its own, with no company: any firm's act counts.
    """
    from slackwater import themes

    reader = themes.Reader(lexicon)
    items = [item for item in gold(path, ("sentence", "direction")) if not item.get("borderline")]
    readings = [themes.read(item["sentence"], reader) for item in items]
    out = {"what": "sentences", "of": Path(path).name, **_of_sentences(items, readings)}
    sides = [half(str(item.get("id") or item["sentence"])) for item in items]
    halves = {name: [n for n, side in enumerate(sides) if side == name] for name in ("dev", "untouched")}
    for name, chosen in halves.items():
        out[name] = _of_sentences([items[n] for n in chosen], [readings[n] for n in chosen])
    return out


def _of_sentences(items: list[dict], readings: list) -> dict[str, Any]:
    pairs = [_settled(i["direction"], r.direction) for i, r in zip(items, readings, strict=True)]
    denied = [
        r.direction
        for i, r in zip(items, readings, strict=True)
        if i.get("certainty") == "denied" and i["direction"] == "neutral"
    ]
    certain = [
        (i["certainty"], r.certainty)
        for i, r in zip(items, readings, strict=True)
        if i.get("certainty") and i["direction"] != "neutral" and r.direction != "neutral"
    ]
    return {
        **_figures(pairs),
        "denials": [sum(d == "neutral" for d in denied), len(denied)],
        "certainty": {"n": len(certain), "macro_f1": macro(certain, sorted({c for c, _ in certain}))},
    }


def _settled(gold: str, answer: str) -> tuple[str, str]:
    """(gold, answer) with "both" resolved: gold "both" in the answer's favour, an answer "both" against it."""
    if gold == "both":
        gold = answer if answer in OTHER else "expansion" if answer == "both" else "retreat"
        answer = gold if answer == "both" else answer
    elif answer == "both":
        answer = OTHER.get(gold, "expansion")
    return gold, answer


def _figures(pairs: Pairs) -> dict[str, Any]:
    opposite = sum(OTHER.get(g) == a for g, a in pairs)
    return {
        "n": len(pairs),
        "macro_f1": macro(pairs),
        "interval": list(interval(pairs)),
        "classes": {
            c: dict(zip(("precision", "recall", "f1"), scores(pairs, c), strict=True))
            | {"n": sum(g == c for g, _ in pairs)}
            for c in CLASSES
        },
        "opposite": [opposite, len(pairs)],
        "opposite_interval": list(measure.interval(opposite, len(pairs))),
    }


def corpora(
    labels: Path | str, folder: Path | str, lexicon: Lexicon, *, seen: Collection[str] = ()
) -> dict[str, Any]:
    """Figures over the labelled pages: *labels* (corpus, file, company, place, direction), *folder*/CORPUS/file.

    A corpus is told its company and place and nothing else; pages are cleaned as in a report. "A / B" names
    two firms. The halves are split by corpus, so that no company is in both; those *seen* while rules were
    written belong to "dev", whatever half they would be of. Raises InputError for a name that no label has.
    """
    rows = gold(labels, ("corpus", "file", "company", "place", "direction"))
    by_corpus: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        by_corpus[row["corpus"]].append(row)
    if unknown := sorted(set(seen) - set(by_corpus)):
        raise InputError(f"{labels}: no label names the corpus {unknown[0]}. Known: {', '.join(sorted(by_corpus))}.")
    answers: dict[tuple[str, str], str] = {}
    for name, pages in by_corpus.items():
        answers |= {(name, file): way for file, way in _answers(Path(folder) / name, pages, lexicon).items()}
    out: dict[str, Any] = {"what": "corpora", "of": Path(labels).name, **_of_pages(rows, answers)}
    side = {name: "dev" if name in seen else half(name) for name in by_corpus}
    for part in ("dev", "untouched"):
        out[part] = _of_pages([r for r in rows if side[r["corpus"]] == part], answers)
    return out


def _answers(folder: Path, pages: list[dict], lexicon: Lexicon) -> dict[str, str]:
    """File → direction of each of a corpus's *pages*."""
    import pandas as pd

    from slackwater import clean, dates, themes
    from slackwater import sentences as splitter

    place = tuple(p.strip() for p in re.split(r" / ", pages[0]["place"]) if p.strip())
    reader = themes.Reader(lexicon, company=(pages[0]["company"],), place=place)
    rows, documents = [], []
    for page in pages:
        try:
            cleaned = clean.page((folder / page["file"]).read_text("utf-8", errors="replace"))
        except OSError as fault:
            raise InputError(f"{folder / page['file']}: cannot be read ({fault.strerror}).") from None
        found = splitter.of_page(cleaned.lines)
        readings = themes.read_page(
            [(s.region, s.text) for s in found],
            reader,
            lines=[s.line for s in found],
            publisher=cleaned.publisher,
            kind=cleaned.kind,
        )
        rows += [
            {
                "file": page["file"],
                "sentence": s.number,
                "region": s.region,
                "text": s.text,
                "direction": r.direction,
                "certainty": r.certainty,
            }
            for s, r in zip(found, readings, strict=True)
        ]
        low = dates.bounds(cleaned.published)[0] if cleaned.published else None
        documents.append({"file": page["file"], "published": cleaned.published, "published_low": low})
    if not rows:
        return {}
    verdicts = themes.verdicts(pd.DataFrame(rows), documents=pd.DataFrame(documents))
    return dict(zip(verdicts["file"], verdicts["direction"], strict=True))


def _of_pages(rows: list[dict], answers: dict[tuple[str, str], str]) -> dict[str, Any]:
    pairs = [(r["direction"], answers.get((r["corpus"], r["file"]), "neutral")) for r in rows]
    table = Counter(pairs)
    names = (*CLASSES, "mixed")
    return {
        **_figures([p for p in pairs if p[0] != "mixed"]),
        "pages": len(pairs),
        "accuracy_of_four": sum(g == a for g, a in pairs) / len(pairs) if pairs else 0.0,
        "confusion": {g: {a: table[g, a] for a in names} for g in names},
    }


def lines(figures: dict[str, Any]) -> list[str]:
    """*figures* as the table that `slackwater evaluate` prints: all, then the dev and the untouched half."""
    out = []
    for name in (None, "dev", "untouched"):
        part = figures if name is None else figures[name]
        low, high = part["interval"]
        out.append(
            f"{figures['what']} of {figures['of']}, {name or 'all'}: n={part['n']} "
            f"macro-F1={part['macro_f1']:.3f} [{low:.3f}, {high:.3f}]"
        )
        for cls, figure in part["classes"].items():
            out.append(
                f"  {cls:<10} P={figure['precision']:.3f} R={figure['recall']:.3f} "
                f"F1={figure['f1']:.3f} n={figure['n']}"
            )
        wrong, n = part["opposite"]
        out.append(
            f"  opposite   {wrong}/{n} [{part['opposite_interval'][0]:.3f}, {part['opposite_interval'][1]:.3f}]"
        )
        if part.get("denials", [0, 0])[1]:
            out.append(f"  denials    {part['denials'][0]}/{part['denials'][1]} answered neutral")
        if part.get("certainty", {}).get("n"):
            out.append(
                f"  certainty  macro-F1={part['certainty']['macro_f1']:.3f} n={part['certainty']['n']}"
            )
        if "confusion" in part:
            out.append("  label \\ answer".ljust(18) + "".join(a.rjust(11) for a in part["confusion"]))
            out += [
                "  " + g.ljust(16) + "".join(str(n).rjust(11) for n in row.values())
                for g, row in part["confusion"].items()
            ]
    return out


def record(
    figures: Sequence[dict[str, Any]], lexicon: Lexicon, *, date: str, path: Path | str = ACCURACY
) -> None:
    """Write *figures* to accuracy.json with the lexicon they were measured with and the *date* the caller gives.

    The report's method page shows these, and warns where the lexicon has changed since.
    """
    content = {
        "date": date,
        "lexicon": lexicon.name,
        "lexicon_hash": lexicon.hash,
        "figures": [row for figure in figures for row in shown(figure)],
        "measured": [_rounded(figure) for figure in figures],
    }
    Path(path).write_text(json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")


def shown(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """*figures* as rows for a reader: what, value, low, high, n; the half that rules were not written on."""
    part, kind = figures["untouched"], figures["what"]
    unseen = "pages of companies" if kind == "corpora" else "sentences"
    rows = [
        {
            "what": f"direction of {unseen} that rules were not written on, macro-F1",
            "value": part["macro_f1"],
            "low": part["interval"][0],
            "high": part["interval"][1],
            "n": part["n"],
        },
        {
            "what": f"the same, share of {unseen} read as the opposite",
            "value": part["opposite"][0] / max(part["n"], 1),
            "low": part["opposite_interval"][0],
            "high": part["opposite_interval"][1],
            "n": part["n"],
        },
    ]
    right, n = figures.get("denials", (0, 0))
    if n:
        low, high = measure.interval(right, n)
        rows.append(
            {
                "what": "denials answered neutral, share of all",
                "value": right / n,
                "low": low,
                "high": high,
                "n": n,
            }
        )
    return _rounded(rows)


def recorded(path: Path | str = ACCURACY) -> dict[str, Any] | None:
    """What `record` wrote; None where nothing was recorded."""
    path = Path(path)
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else value
