import math
import random

import numpy as np
import pytest

from slackwater import measure


@pytest.mark.parametrize(("hits", "trials", "low", "high"), [
    (4, 4, 0.555, 1.0),
    (0, 4, 0.0, 0.445),
    (0, 0, 0.0, 1.0),
    (1, 2, 0.061, 0.939),
    (5, 10, 0.224, 0.776),
])
def test_jeffreys_interval(hits, trials, low, high):
    assert measure.interval(hits, trials) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(("hits", "trials", "level"), [(-1, 3, 0.95), (4, 3, 0.95), (1, 3, 1.0), (1, 3, 0)])
def test_what_is_no_share_is_refused(hits, trials, level):
    with pytest.raises(ValueError, match="not"):
        measure.interval(hits, trials, level=level)


def test_net_is_unknown_without_a_directional_sentence():
    middle, low, high = measure.net(0, 0)
    assert math.isnan(middle)
    assert (low, high) == (-1, 1)
    assert measure.net(3, 1)[0] == 0.5


@pytest.mark.parametrize(("hits", "trials", "probability"), [
    (0, 0, 0.5), (1, 1, 0.818), (3, 3, 0.967), (1, 2, 0.5), (0, 3, 0.033),
])
def test_majority(hits, trials, probability):
    assert measure.majority(hits, trials) == pytest.approx(probability, abs=0.001)


def test_the_mean_does_not_depend_on_the_order():
    values = [0.1, 1e16, -1e16, 0.3]
    assert measure.mean(values) == measure.mean(sorted(values)) == pytest.approx(0.1)
    assert math.isnan(measure.mean([]))


def test_the_bootstrap_is_the_same_every_time_and_silent_on_one_value():
    values = [0.0, 0.1, 0.5, -0.2, 0.3]
    low, high = measure.bootstrap(values)
    assert measure.bootstrap(values) == (low, high)
    assert low < measure.mean(values) < high
    assert all(math.isnan(v) for v in measure.bootstrap([0.4]))


def test_agreement():
    assert measure.agreement("EERN", "EENN") == 0.75
    assert math.isnan(measure.agreement([], []))
    with pytest.raises(ValueError, match="shorter"):
        measure.agreement([1, 2], [1])


def test_alpha_gives_krippendorffs_own_example():
    # Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section C: four observers, missing data.
    ratings = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    assert measure.alpha(ratings) == pytest.approx(0.743, abs=0.001)
    assert measure.alpha(ratings, scale="interval") == pytest.approx(0.849, abs=0.001)


def test_alpha_is_undefined_where_nothing_varies():
    assert math.isnan(measure.alpha([[1, 1], [1, 1]]))
    assert math.isnan(measure.alpha([[1, None], [None, 1]]))
    with pytest.raises(ValueError, match="nominal"):
        measure.alpha([[1], [1]], scale="ratio")


def test_many_intervals_at_once_are_those_of_each_by_itself():
    draw = random.Random(1)
    pages = [[draw.choice((0.0, draw.gauss(0, 0.3))) for _ in range(n)] for n in (*range(2, 70), 200)]
    found = list(measure.bootstraps(pages, level=0.9))
    for values, interval in zip(pages, found, strict=True):
        draws = np.random.Generator(np.random.PCG64(measure.SEED))
        means = np.array(values)[draws.integers(0, len(values), (2000, len(values)))].mean(axis=1)
        assert interval == tuple(np.quantile(means, [(1 - 0.9) / 2, (1 + 0.9) / 2]))
