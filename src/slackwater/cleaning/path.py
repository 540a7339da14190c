"""The best reading of a page: which stretch of lines is the article, and which lines in it are not.

A page is read as: lines before the article, article lines with gaps (pictures,
teasers, advertisements), lines after it. Every line of the article earns the sum of
its weighted features, every gap line and every passage between the states costs its
own; the reading with the highest sum wins (Viterbi over a chain of four states, one
pass, linear in the lines). A page may stay "before" to its end: then no article was
found.

The contiguous stretch of highest sum carries most of the quality (+.07 F1 over
single lines); the chain is that idea with gaps allowed.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from slackwater.cleaning import features as F

BEFORE, IN, GAP, AFTER = range(4)


class Weights(NamedTuple):
    """What `weights.yaml` says, as arrays in the order of `features`."""

    emission: np.ndarray
    start: np.ndarray
    end: np.ndarray
    gap: np.ndarray
    into_gap: float
    out_of_gap: float


@cache
def data() -> dict[str, dict[str, float]]:
    """`weights.yaml` as it is written. Read once."""
    import yaml

    return yaml.safe_load(files("slackwater.cleaning").joinpath("weights.yaml").read_text(encoding="utf-8"))


@cache
def load() -> Weights:
    """The fitted weights of the package, as arrays."""
    return from_dict(data())


def from_dict(data: dict) -> Weights:
    """Weights from their readable form. Raises KeyError for a feature without a weight."""
    emission, start, end, gap = (
        np.array([data[part][name] for name in names], dtype=float)
        for part, names in (("emission", F.EMISSION), ("start", F.START), ("end", F.END), ("gap", F.GAP))
    )
    return Weights(
        emission,
        start,
        end,
        gap,
        float(data["passages"]["into a gap"]),
        float(data["passages"]["out of a gap"]),
    )


def scores(page: F.Features, weights: Weights) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Per line: what it earns in the article, what starting or ending there earns, what it costs as a gap."""
    # summed in the order of the columns: a product of matrices (@) leaves the order to the cores there are
    return (
        np.einsum("ij,j->i", page.emission, weights.emission),
        np.einsum("ij,j->i", page.start, weights.start),
        np.einsum("ij,j->i", page.end, weights.end),
        np.einsum("ij,j->i", page.gap, weights.gap),
    )


def best(page: F.Features, weights: Weights) -> tuple[list[int], float]:
    """The states of the lines in the best reading, and how much it beats "no article" by (log odds)."""
    line, start, end, gap = (s.tolist() for s in scores(page, weights))
    into, out = weights.into_gap, weights.out_of_gap
    lowest = -1e18
    before, inside, pause, after = 0.0, lowest, lowest, lowest
    back: list[tuple[int, int, int]] = []
    for here, starts, ends, gaps in zip(line, start, end, gap, strict=True):
        if inside + ends > after:
            next_after, from_after = inside + ends, IN
        else:
            next_after, from_after = after, AFTER
        if inside + into > pause:
            next_pause, from_pause = inside + into + gaps, IN
        else:
            next_pause, from_pause = pause + gaps, GAP
        top, from_in = inside, IN
        if before + starts > top:
            top, from_in = before + starts, BEFORE
        if pause + out > top:
            top, from_in = pause + out, GAP
        back.append((from_in, from_pause, from_after))
        inside, pause, after = top + here, next_pause, next_after
    state, _ = max(((BEFORE, before), (IN, inside), (AFTER, after)), key=lambda s: s[1])
    states = [BEFORE] * len(back)
    for i in range(len(back) - 1, -1, -1):
        states[i] = state
        if state != BEFORE:
            state = back[i][state - 1]
    return states, max(inside, after) - before if back else lowest


def prose_words(page: F.Features) -> np.ndarray:
    """Words of each line that ends as a sentence and has eight words or more, else 0."""
    return np.where(page.emission[:, F.EMISSION.index("long sentence")] > 0, page.words, 0)
