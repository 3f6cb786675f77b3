from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from eval.intervals import Statistic, bootstrap, bootstrap_weights, mean, percentiles, wilson

VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_wilson_agrees_with_a_textbook_example() -> None:
    interval = wilson(0.8, 10)
    assert interval.low == pytest.approx(0.4901625)
    assert interval.high == pytest.approx(0.9433178)


@pytest.mark.parametrize(("right", "n"), [(0, 1), (1, 1), (0, 20), (7, 20), (20, 20), (999, 1000)])
def test_wilson_agrees_with_scipy(right: int, n: int) -> None:
    expected = binomtest(right, n).proportion_ci(method="wilson")
    interval = wilson(right / n, n)
    assert interval.low == pytest.approx(expected.low, abs=1e-12)
    assert interval.high == pytest.approx(expected.high, abs=1e-12)


def test_wilson_ends_exactly_at_the_border() -> None:
    assert wilson(0, 9).low == 0
    assert wilson(1, 9).high == 1


@pytest.mark.parametrize(("share", "n"), [(0.5, 0), (1.1, 3), (-0.1, 3)])
def test_wilson_refuses_what_is_no_proportion(share: float, n: int) -> None:
    with pytest.raises(ValueError, match="has no interval"):
        wilson(share, n)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_itself(pair: tuple[int, int]) -> None:
    right, n = pair
    interval = wilson(right / n, n)
    assert 0 <= interval.low <= right / n <= interval.high <= 1


def test_bootstrap_of_equal_values_has_no_width() -> None:
    interval = bootstrap([0.25] * 8, resamples=200)
    assert (interval.low, interval.high) == (0.25, 0.25)


def test_bootstrap_is_near_the_normal_interval_of_a_large_sample() -> None:
    values = np.random.default_rng(1).normal(10, 2, size=400)
    interval = bootstrap(list(values))
    reach = 1.96 * values.std() / 20
    assert interval.low == pytest.approx(values.mean() - reach, abs=0.02)
    assert interval.high == pytest.approx(values.mean() + reach, abs=0.02)


def test_bootstrap_of_the_median_stays_among_the_values() -> None:
    interval = bootstrap([1, 2, 3, 4, 100], Statistic.MEDIAN, resamples=1000)
    assert interval.low == 1
    assert interval.high == 100


def test_bootstrap_depends_on_its_seed_alone() -> None:
    values = [0.1, 0.5, 0.9, 0.2, 0.7]
    assert bootstrap(values, resamples=1000) == bootstrap(values, resamples=1000)
    assert bootstrap(values, resamples=1000, seed=1) != bootstrap(values, resamples=1000, seed=2)


@settings(deadline=None)
@given(VALUES.flatmap(lambda values: st.tuples(st.just(values), st.permutations(values))))
def test_the_order_of_the_values_does_not_matter(pair: tuple[list[float], list[float]]) -> None:
    values, shuffled = pair
    assert mean(values) == mean(shuffled)
    assert bootstrap(values, resamples=100) == bootstrap(shuffled, resamples=100)


def test_no_values_have_neither_mean_nor_interval() -> None:
    with pytest.raises(ValueError, match="no mean"):
        mean([])
    with pytest.raises(ValueError, match="no interval"):
        bootstrap([])


def test_weights_say_how_often_each_case_is_drawn() -> None:
    blocks = list(bootstrap_weights(3, resamples=1200))
    drawn = np.concatenate(blocks)
    assert drawn.shape == (1200, 3)
    assert set(drawn.sum(axis=1)) == {3.0}
    assert drawn.mean() == 1


def test_weights_and_values_are_drawn_alike() -> None:
    values = np.array([0.1, 0.4, 0.9, 0.2])
    means = np.concatenate([block @ np.sort(values) / 4 for block in bootstrap_weights(4)])
    expected = bootstrap(list(values))
    assert percentiles(means).low == pytest.approx(expected.low, abs=1e-12)
    assert percentiles(means).high == pytest.approx(expected.high, abs=1e-12)


def test_a_resample_without_a_value_is_left_out() -> None:
    interval = percentiles(np.array([np.nan, 1.0, 1.0]))
    assert (interval.low, interval.high) == (1, 1)
