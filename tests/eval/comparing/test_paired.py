from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import permutation_test

from eval.comparing.paired import holm, randomisation_p

DIFFERENCES = st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.25, 1.0]), max_size=30)


def test_few_differences_are_counted_exactly() -> None:
    # of the eight ways to sign three equal differences, two are as far from 0
    assert randomisation_p([1, 1, 1, 0, 0]) == 2 / 8
    # of 1 + 1 - 1, only the four sums of +-1 and the two of +-3 are possible: all reach 1
    assert randomisation_p([1, 1, -1]) == 1
    assert randomisation_p([0.5] * 6) == 2 / 64


def test_without_a_difference_nothing_is_significant() -> None:
    assert randomisation_p([]) == 1
    assert randomisation_p([0.0, 0.0]) == 1


def test_sampled_values_are_near_those_of_scipy() -> None:
    numbers = np.random.default_rng(4)
    differences = numbers.normal(0.3, 1, size=40)
    expected = permutation_test(
        (differences, np.zeros(40)),
        lambda a, b, axis: np.mean(a - b, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=20_000,
        rng=np.random.default_rng(5),
    ).pvalue
    assert randomisation_p(list(differences)) == pytest.approx(expected, abs=0.02)


def test_many_equal_wins_are_certain_and_never_exactly_zero() -> None:
    assert randomisation_p([1.0] * 50) == pytest.approx(1 / 10_001)


@settings(deadline=None, max_examples=30)
@given(DIFFERENCES.flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))))
def test_neither_order_nor_direction_matters(pair: tuple[list[float], list[float]]) -> None:
    plain, shuffled = pair
    p = randomisation_p(plain, resamples=200)
    assert randomisation_p(shuffled, resamples=200) == p
    assert randomisation_p([-each for each in plain], resamples=200) == p
    assert 0 < p <= 1


def test_holm_steps_down_and_never_below_an_earlier_one() -> None:
    # 0.01 x 4, 0.02 x 3, then max(0.06, 0.03 x 2), then 0.5 x 1
    found = holm({"a": 0.5, "b": 0.01, "c": 0.03, "d": 0.02})
    assert found == {
        "a": 0.5,
        "b": pytest.approx(0.04),
        "c": pytest.approx(0.06),
        "d": pytest.approx(0.06),
    }
    assert holm({"a": 0.6, "b": 0.7}) == {"a": 1, "b": 1}
    assert holm({}) == {}
