"""The readings of a page: which stretch of lines is the article, and which lines in it are not.

A page is read as: lines before the article, article lines with gaps (pictures,
teasers, advertisements), lines after it. Every line of the article earns the sum of
its weighted features, every gap line and every passage between the states costs its
own; a page may stay "before" to its end.

The one reading with the highest sum (`best`: Viterbi over a chain of four states, one
pass, linear in the lines) is what the page is judged by. The lines themselves are taken
by their odds over all readings (`reading`: forward and backward over the same chain):
the one best reading is as good on most pages, but ends lists of short lines early, and
now and then it bets a whole page on the wrong block.

The contiguous stretch of highest sum carries most of the quality (+.07 F1 over
single lines); the chain is that idea with gaps allowed.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from math import exp
from typing import NamedTuple

import numpy as np

from slackwater.cleaning import features as F

BEFORE, IN, GAP, AFTER = range(4)
_MOST = 200.0  # what a line or a passage may earn: three of them still fit into a float
_TO_COME = F.START.index("prose to come"), F.END.index("prose to come")


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
    """The states of the lines in the one best reading, and how much it beats "no article" by (log odds).

    What its ends earn by the prose to come is left out of the odds: a page without an article has prose to come, too.
    """
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
    if IN not in states:
        return states, 0.0
    lead, first = max(inside, after), states.index(IN)
    lead -= page.start[first, _TO_COME[0]] * weights.start[_TO_COME[0]]
    if AFTER in states:
        lead -= page.end[states.index(AFTER), _TO_COME[1]] * weights.end[_TO_COME[1]]
    return states, float(lead)


def reading(page: F.Features, weights: Weights) -> list[int]:
    """The states of the lines when those are taken whose words promise the highest F1; at least one line is IN."""
    odds = marginals(*scores(page, weights), weights.into_gap, weights.out_of_gap)
    inside = np.sort(_likeliest(odds, page.words))
    states = np.full(len(odds), BEFORE)
    states[inside[0] :] = GAP
    states[inside[-1] + 1 :] = AFTER
    states[inside] = IN
    return states.tolist()


def marginals(
    line: np.ndarray, start: np.ndarray, end: np.ndarray, gap: np.ndarray, into: float, out: float
) -> np.ndarray:
    """How likely each line is the article's over all readings of a page that has one.

    Of all readings that lead to a line (forward) and of all that may follow it (backward), only the shares of the
    states are kept, divided at each line by the sum of those that lead to it, as the sums themselves outgrow a float.
    """
    here, starts, ends, gaps = (np.exp(np.clip(values, -_MOST, _MOST)).tolist() for values in (line, start, end, gap))
    into, out = exp(into), exp(out)
    before, inside, pause, after = 1.0, 0.0, 0.0, 0.0
    led, sums = [], []
    for earns, begins, leaves, costs in zip(here, starts, ends, gaps, strict=True):
        after += inside * leaves
        inside, pause = (before * begins + inside + pause * out) * earns, (inside * into + pause) * costs
        whole = before + inside + pause + after
        before, inside, pause, after = before / whole, inside / whole, pause / whole, after / whole
        led.append(inside)
        sums.append(whole)
    inside = after = 1.0 / (inside + after) if inside + after else 0.0
    pause = 0.0
    odds = np.zeros(len(led))
    for row in range(len(led) - 1, -1, -1):
        odds[row] = led[row] * inside
        goes_on, pauses, whole = inside * here[row], pause * gaps[row], sums[row]
        inside, pause = (goes_on + pauses * into + after * ends[row]) / whole, (goes_on * out + pauses) / whole
        after /= whole
    return np.nan_to_num(odds)


def _likeliest(odds: np.ndarray, words: np.ndarray) -> np.ndarray:
    """The rows, at least one, whose words promise the highest F1: the likeliest, as long as each adds to it."""
    order = np.argsort(-odds, kind="stable")
    hits = np.cumsum((odds * words)[order])
    promise = hits / (np.cumsum(words[order]) + hits[-1])
    return order[: int(np.argmax(promise)) + 1]


def prose_words(page: F.Features) -> np.ndarray:
    """Words of each line that ends as a sentence and has eight words or more, else 0."""
    return np.where(page.emission[:, F.EMISSION.index("long sentence")] > 0, page.words, 0)
