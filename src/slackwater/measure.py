"""How sure one may be: intervals, agreement, and what one case less would change.

Every function takes plain numbers and returns plain floats, the same on every run:
what is random draws from a generator with a fixed seed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

SEED = 20190117  # any fixed number does; it is part of what makes two editions equal


@lru_cache(maxsize=4096)  # pages have few directional sentences, so the same shares come again and again
def interval(hits: float, trials: float, *, level: float = 0.95) -> tuple[float, float]:
    """Jeffreys interval of a share: *hits* of *trials*, as (low, high) in [0, 1].

    Chosen over the bootstrap because 4 of 4 must not read as certainty: the
    bootstrap gives (1.0, 1.0), Jeffreys (0.55, 1.0). No trials gives (0, 1).
    Source: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.
    Raises ValueError unless 0 <= hits <= trials and 0 < level < 1.
    """
    if not 0 <= hits <= trials:
        raise ValueError(f"{hits} of {trials} is not a share")
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not between 0 and 1")
    if trials == 0:
        return 0.0, 1.0
    from scipy.special import betaincinv

    tail, a, b = (1 - level) / 2, hits + 0.5, trials - hits + 0.5
    low = 0.0 if hits == 0 else float(betaincinv(a, b, tail))
    high = 1.0 if hits == trials else float(betaincinv(a, b, 1 - tail))
    return low, high


def net(expansion: int, retreat: int, *, level: float = 0.95) -> tuple[float, float, float]:
    """Balance (E - R) / (E + R) in [-1, 1] with its Jeffreys interval: (net, low, high).

    No directional sentence gives (nan, -1, 1): nothing is known, not "balanced".
    """
    low, high = interval(expansion, expansion + retreat, level=level)
    total = expansion + retreat
    middle = (expansion - retreat) / total if total else math.nan
    return middle, 2 * low - 1, 2 * high - 1


def majority(hits: float, trials: float) -> float:
    """Probability that more than half of all such cases are hits, after *hits* of *trials*.

    Posterior of Jeffreys' prior Beta(1/2, 1/2): no case gives 0.5, one of one 0.82, three of three 0.97.
    It counts cases as independent; whoever quotes it says which cases it counted.
    Raises ValueError unless 0 <= hits <= trials.
    """
    if not 0 <= hits <= trials:
        raise ValueError(f"{hits} of {trials} is not a share")
    from scipy.special import betainc

    return 1.0 - float(betainc(hits + 0.5, trials - hits + 0.5, 0.5))


def mean(values: Iterable[float]) -> float:
    """Exact mean (`math.fsum`: the order of the values does not matter); nan for no values."""
    values = list(values)
    return math.fsum(values) / len(values) if values else math.nan


def bootstrap(
    values: Sequence[float], *, resamples: int = 2000, level: float = 0.95, seed: int = SEED
) -> tuple[float, float]:
    """Percentile bootstrap interval of the mean of *values*, as (low, high).

    Fewer than two values say nothing about their spread: (nan, nan). With few values
    the interval is too narrow rather than too wide; say n beside it.
    """
    return next(bootstraps([values], resamples=resamples, level=level, seed=seed))


def bootstraps(
    many: Sequence[Sequence[float]], *, resamples: int = 2000, level: float = 0.95, seed: int = SEED
) -> Iterator[tuple[float, float]]:
    """What `bootstrap` gives for each of *many*, in a third of the time.

    A quantile lies between two neighbours of the sorted means (`numpy.quantile`, method linear): only these two
    are made, for all of *many* first.
    """
    import numpy as np

    places = [(resamples - 1) * share for share in ((1 - level) / 2, (1 + level) / 2)]
    ranks = [min(int(place), resamples - 2) for place in places]
    around = np.full((len(many), 2, 2), math.nan)
    for bounds, values in zip(around, many, strict=True):
        data = np.asarray(values, dtype=float)
        if len(data) > 1 and np.isfinite(data).all():
            means = _few_means if len(data) <= 64 and resamples <= 2000 else _all_means
            bounds[:] = means(data, ranks, resamples, seed)
    low, high = (np.quantile(around[:, n], places[n] - ranks[n], axis=1).tolist() for n in (0, 1))
    yield from zip(low, high, strict=True)


def _few_means(data: np.ndarray, ranks: list[int], resamples: int, seed: int) -> list[np.ndarray]:
    """For each of *ranks*, the mean there and the next of the sorted means of the samples of *data*, 64 at most.

    Rough sums of all samples (a product of matrices) tell which may stand there; the exact means of these do.
    """
    import numpy as np

    drawn, times = _few_draws(len(data), resamples, seed)
    rough = (data / (np.abs(data).max() or 1)).astype(np.float32) @ times
    ordered = np.sort(rough)
    margin = len(data) ** 2 * 2**-22  # no rough sum is out by more than half of it
    found = []
    for rank in ranks:
        low, high = ordered[rank] - margin, ordered[rank + 1] + margin
        means = np.sort(data[drawn[np.flatnonzero((low <= rough) & (rough <= high))]].mean(axis=1))
        first = rank - np.searchsorted(ordered, low)
        found.append(means[first : first + 2])
    return found


def _all_means(data: np.ndarray, ranks: list[int], resamples: int, seed: int) -> list[np.ndarray]:
    """The same, however long *data*: every mean is made."""
    import numpy as np

    means = np.empty(resamples)
    step = max(1, 2_000_000 // len(data))  # at most 16 MB of draws at a time
    parts = _draws(len(data), resamples, step, seed)
    for start, drawn in zip(range(0, resamples, step), parts, strict=True):
        means[start : start + step] = data[drawn].mean(axis=1)
    means.sort()
    return [means[rank : rank + 2] for rank in ranks]


def _draws(n: int, resamples: int, step: int, seed: int) -> Iterator[np.ndarray]:
    """*resamples* samples of *n* row numbers with replacement, at most *step* at a time."""
    import numpy as np

    draws = np.random.Generator(np.random.PCG64(seed))
    for start in range(0, resamples, step):
        yield draws.integers(0, n, (min(step, resamples - start), n))


@lru_cache(maxsize=64)  # pages of as many sentences share their draws; 0.6 MB each at most
def _few_draws(n: int, resamples: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The same at once, a sample a row; and how often each number is in each sample, a sample a column."""
    import numpy as np

    (drawn,) = _draws(n, resamples, resamples, seed)
    times = np.stack([(drawn == number).sum(axis=1) for number in range(n)]).astype(np.float32)
    return drawn.astype(np.uint8), times


def agreement(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Share of cases with the same answer in both lists; nan for no cases.

    Raises ValueError for lists of different lengths.
    """
    same = [a == b for a, b in zip(first, second, strict=True)]
    return sum(same) / len(same) if same else math.nan


def alpha(ratings: Sequence[Sequence], *, scale: str = "nominal") -> float:
    """Krippendorff's alpha of *ratings*: one list per reader, one place per case, None where silent.

    1 is perfect agreement, 0 what chance gives, below 0 worse. *scale* is `nominal`
    (labels) or `interval` (numbers: a squared distance). nan where nothing can be compared
    or nothing varies. Source: Krippendorff 2011, repository.upenn.edu/asc_papers/43.
    """
    if scale not in {"nominal", "interval"}:
        raise ValueError(f"scale {scale!r} is neither nominal nor interval")

    def apart(a, b) -> float:
        return float(a != b) if scale == "nominal" else float(a - b) ** 2

    units = [[v for v in unit if v is not None] for unit in zip(*ratings, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    total = sum(len(unit) for unit in units)
    if total < 2:
        return math.nan
    observed = math.fsum(
        apart(a, b) / (len(unit) - 1) for unit in units for i, a in enumerate(unit)
        for j, b in enumerate(unit) if i != j
    ) / total
    counts = Counter(value for unit in units for value in unit)
    expected = math.fsum(
        n * m * apart(a, b) for a, n in counts.items() for b, m in counts.items()
    ) / (total * (total - 1))
    return 1 - observed / expected if expected else math.nan
