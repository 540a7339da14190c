"""How well pages are cleaned, against pages whose article text is known: `slackwater evaluate pages`.

The measure is the one published for article extraction: overlap of word 4-grams as
multisets (a word is a run of letters, digits or underscores, case kept), precision and
recall as means over the pages, F1 their harmonic mean. An empty answer has no
precision and a recall of 0. Scored here anew, so that the figure needs no other tool.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from slackwater.errors import InputError

_WORD = re.compile(r"\w+")
N = 4
# word 4-gram F1 on unseen pages as others and we measured it before: (aeb, wcxb)
PUBLISHED = [
    ("keep everything", ".672", ".816"),
    ("C4 line rules", ".807", ".809"),
    ("jusText on lines", ".785", ".854"),
    ("longest paragraph run", ".846", ".757"),
    ("hand-scored lines, best segment", ".909", ".851"),
    ("98-weight two-pass logistic", ".914", ".925"),
    ("hybrid of the two", ".916", ".929"),
    ("readability, from the HTML", ".948", ".944"),
    ("trafilatura, from the HTML", ".959", ".959"),
]


class Score(NamedTuple):
    """One page: precision (None where nothing was answered), recall, F1, all in [0, 1]."""

    precision: float | None
    recall: float
    f1: float


class Row(NamedTuple):
    """A set of pages: n, mean precision and recall, their F1 with a 95 % interval, mean page F1, share under .5."""

    n: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    page_f1: float
    bad: float


def grams(text: str) -> Counter[tuple[str, ...]]:
    """The word 4-grams of *text* with their counts; a shorter text is one gram of all its words."""
    words = _WORD.findall(text)
    return (
        Counter(zip(*(words[k:] for k in range(N)), strict=False))
        if len(words) >= N
        else Counter([tuple(words)] if words else [])
    )


def score(truth: str, answer: str) -> Score:
    """How well *answer* gives *truth*. Two empty texts agree."""
    wanted, given = grams(truth), grams(answer)
    hits, n_wanted, n_given = (wanted & given).total(), wanted.total(), given.total()
    if not n_wanted and not n_given:
        return Score(1.0, 1.0, 1.0)
    return Score(
        hits / n_given if n_given else None, hits / n_wanted if n_wanted else 0.0, 2 * hits / (n_wanted + n_given)
    )


def summarise(scores: list[Score], *, draws: int = 1000, seed: int = 0) -> Row:
    """*scores* of a set of pages; the interval is a percentile bootstrap over pages with a fixed seed."""
    import numpy as np

    p = np.array([np.nan if s.precision is None else s.precision for s in scores])
    r, f = np.array([s.recall for s in scores]), np.array([s.f1 for s in scores])
    means = _f1(p, r)
    chosen = np.random.default_rng(seed).integers(0, len(scores), (draws, len(scores)))
    spread = np.array([_f1(p[c], r[c])[2] for c in chosen])
    low, high = np.quantile(spread, (0.025, 0.975))
    return Row(len(scores), *means, float(low), float(high), float(f.mean()), float((f < 0.5).mean()))


def _f1(p: object, r: object) -> tuple[float, float, float]:
    import numpy as np

    mean_p, mean_r = (0.0 if np.isnan(x).all() else float(np.nanmean(x)) for x in (np.asarray(p), np.asarray(r)))
    return mean_p, mean_r, 2 * mean_p * mean_r / (mean_p + mean_r) if mean_p + mean_r else 0.0


def read(path: Path) -> Iterator[dict]:
    """The JSON lines of *path*, gzipped or not. Raises InputError for a file that is none."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path}: is not a set of pages ({error}). Give JSON lines with id, source, dump and truth."
        ) from None


def cropped(row: dict) -> str:
    """The lines of a page's dump near its article, as a reader's browser selection would give them."""
    first, last = row.get("crop") or (0, None)
    return "\n".join(row["dump"].split("\n")[first:last])


def evaluate(rows: list[dict], html: dict[str, str] | None = None) -> dict[tuple[str, str], Row]:
    """(variant, source) → Row; variants whole, cropped and, where *html* is given (id → HTML), html."""
    from slackwater import clean

    ways: dict[str, Callable[[dict], str]] = {
        "whole": lambda r: clean.page(r["dump"]).text,
        "cropped": lambda r: clean.page(cropped(r)).text,
    }
    if html:
        ways["html"] = lambda r: clean.page(html[r["id"]], html=True).text
    out = {}
    for name, way in ways.items():
        scores = [
            (row["source"], score(row["truth"], way(row)))
            for row in rows
            if name != "html" or row["id"] in (html or {})
        ]
        for source in sorted({s for s, _ in scores}):
            out[name, source] = summarise([x for s, x in scores if s == source])
    return out


def main(
    path: Path | str, html: Path | str | None = None, *, show: Callable[[str], None] = print
) -> dict[tuple[str, str], Row]:
    """Clean every page of *path* and print the comparison; *html*: the same pages as HTML (by default beside *path*).

    Where rows state `meta`, what was read of title, author and date is counted, too.
    Raises InputError for a file that holds no pages.
    """
    from slackwater import clean
    from slackwater.evaluate import pages_metadata

    path = Path(path)
    rows = list(read(path))
    if not rows or not all({"id", "source", "dump", "truth"} <= set(row) for row in rows):
        raise InputError(f"{path}: holds no pages. Give JSON lines with id, source, dump and truth.")
    beside = path.with_name(path.name.replace("pages", "pages_html")) if html is None else Path(html)
    pages = {r["id"]: r["html"] for r in read(beside)} if beside != path and beside.exists() else None
    table = evaluate(rows, pages)
    for line in _table(table):
        show(line)
    stated = [(row["meta"], clean.page(row["dump"])) for row in rows if row.get("meta")]
    if stated:
        for line in ("", *pages_metadata.table(pages_metadata.count(stated))):
            show(line)
    return table


def _table(table: dict[tuple[str, str], Row]) -> Iterable[str]:
    yield f"{'word 4-gram F1':<36}{'aeb':>8}{'wcxb':>8}   (others: as published)"
    for name, aeb, wcxb in PUBLISHED:
        yield f"{name:<36}{aeb:>8}{wcxb:>8}"
    yield ""
    yield f"{'Slackwater':<18}{'n':>4}{'P':>7}{'R':>7}{'F1':>7}   95 % interval   page F1   under .5"
    for (variant, source), row in table.items():
        yield (
            f"{variant + ', ' + source:<18}{row.n:>4}{row.precision:>7.3f}{row.recall:>7.3f}{row.f1:>7.3f}"
            f"   {row.low:.3f} to {row.high:.3f}{row.page_f1:>10.3f}{row.bad:>11.3f}"
        )
    yield "The dump weights were fitted on pages like these; benchmarks/pages_fit.py prints the cross-validated figure."
