from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from eval.metrics.selective import CurvePoint, Judged, auroc, aurocs, coverage_at, coverage_curve, coverages

LEVELS = st.integers(0, 6).map(lambda level: level / 6)
TURNS = st.lists(st.builds(Judged, LEVELS, st.booleans()), max_size=30)


def judged(answerable: list[float], others: list[float]) -> list[Judged]:
    return [Judged(c, True) for c in answerable] + [Judged(c, False) for c in others]


def test_hand_worked_areas() -> None:
    assert auroc(judged([0.9, 0.8], [0.1])) == 1
    assert auroc(judged([0.1], [0.9])) == 0
    assert auroc(judged([0.5], [0.5])) == 0.5
    # of six pairs four are in order, one is level
    assert auroc(judged([0.9, 0.5, 0.2], [0.5, 0.1])) == pytest.approx(4.5 / 6)


def test_hand_worked_coverage() -> None:
    # from 0.6 on, 19 of 20 answers are right: an error of exactly 5 %
    turns = judged([0.9] * 10 + [0.6] * 9 + [0.2], [0.7, 0.2])
    assert coverage_at(turns) == pytest.approx(19 / 20)
    assert coverage_at(turns, 0.049) == pytest.approx(10 / 20)
    assert coverage_at(judged([0.2], [0.9])) == 0


def test_equal_confidences_cannot_be_parted() -> None:
    assert coverage_at(judged([0.5, 0.5], [0.5])) == 0


def test_the_curve_goes_through_every_threshold() -> None:
    points = coverage_curve(judged([0.9, 0.5, 0.5], [0.5]))
    assert points == (CurvePoint(0.9, 1 / 3, 0.0), CurvePoint(0.5, 1.0, 0.25))


@pytest.mark.parametrize("turns", [[], judged([0.5], []), judged([], [0.5])])
def test_without_both_sorts_there_is_no_score(turns: list[Judged]) -> None:
    assert auroc(turns) is None
    assert coverage_at(turns) is None
    assert coverage_curve(turns) == ()


@given(TURNS)
def test_the_area_is_that_of_the_rank_sum_test(turns: list[Judged]) -> None:
    answerable = [turn.confidence for turn in turns if turn.answerable]
    others = [turn.confidence for turn in turns if not turn.answerable]
    if not answerable or not others:
        assert auroc(turns) is None
        return
    u = mannwhitneyu(answerable, others).statistic
    assert auroc(turns) == pytest.approx(u / (len(answerable) * len(others)), abs=1e-12)


@given(
    TURNS.flatmap(
        lambda turns: st.tuples(
            st.just(turns), st.lists(st.integers(0, 3), min_size=len(turns), max_size=len(turns))
        )
    )
)
def test_a_weight_counts_as_so_many_equal_turns(pair: tuple[list[Judged], list[int]]) -> None:
    turns, counts = pair
    repeated = [turn for turn, count in zip(turns, counts, strict=True) for _ in range(count)]
    weights = np.array([counts], dtype=float)
    for weighted, plain in [(aurocs, auroc), (coverages, coverage_at)]:
        expected = plain(repeated)
        found = weighted(turns, weights)[0]
        assert np.isnan(found) if expected is None else found == pytest.approx(expected, abs=1e-9)
