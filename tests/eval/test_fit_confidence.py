from __future__ import annotations

import numpy as np
import pytest

from bot.answer.evidence import Evidence
from eval.fit_confidence import Sample, as_toml, choose_threshold, fit, invented, missed


def sample(score: float, *, answerable: bool) -> Sample:
    evidence = Evidence(
        score,
        score,
        score,
        score,
        score,
        score,
        strange=0.0 if answerable else 1.0,
        unknown_share=0.0,
        foreign=False,
    )
    return Sample(evidence, evidence, answerable)


SAMPLES = [sample(0.5 + n / 50, answerable=True) for n in range(20)] + [
    sample(0.1 + n / 50, answerable=False) for n in range(10)
]
CONFIDENCES = np.array([0.5] + [0.8] * 19 + [0.3] * 9 + [0.6])


def test_missed_and_invented_answers_are_shares_of_what_ought_to_be_answered_or_not() -> None:
    assert missed(SAMPLES, CONFIDENCES, 0.7) == pytest.approx(1 / 20)
    assert invented(SAMPLES, CONFIDENCES, 0.55) == pytest.approx(1 / 10)


def test_the_threshold_is_amid_those_that_invent_the_least_and_miss_few() -> None:
    assert choose_threshold(SAMPLES, CONFIDENCES) == 0.71


def test_a_threshold_that_misses_too_many_is_not_taken_whatever_it_prevents() -> None:
    unsure = np.array([0.4] * 20 + [0.6] * 10)
    assert choose_threshold(SAMPLES, unsure) <= 0.4


def test_the_fitted_model_answers_what_it_should_and_reads_as_toml() -> None:
    model = fit(SAMPLES)
    confidences = [model.confidence(one.evidence) for one in SAMPLES]
    assert min(confidences[:20]) > model.threshold > max(confidences[20:])
    assert model.strange < 0 < model.score
    assert f"threshold = {model.threshold}" in as_toml(model).splitlines()
