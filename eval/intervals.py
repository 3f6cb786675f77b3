"""Intervals that say how far a score can be trusted. Seeded, and the same for any order of the values."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95
RESAMPLES = 10_000
SEED = 20_240_901

_BLOCK = 500


class Statistic(StrEnum):
    """How the values of the cases become one number."""

    MEAN = "mean"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class Interval:
    """A range around a score, both ends included."""

    low: float
    high: float


def mean(values: Sequence[float]) -> float:
    """Return the mean, the same to the last bit for any order. Raises ValueError for no values."""
    if not values:
        raise ValueError("no values have no mean")
    return math.fsum(values) / len(values)


def wilson(share: float, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Return the score interval of a proportion (Wilson 1927).

    ``share`` is the mean of ``n`` values from 0 to 1. Where a value is itself a share (the turns of one
    conversation) the interval is on the wide side. Raises ValueError if ``share`` or ``n`` is out of range.
    """
    if n < 1 or not 0 <= share <= 1:
        raise ValueError(f"a share of {share} over {n} has no interval")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    centre = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if share == 0 else max(0.0, (centre - reach) / scale)
    high = 1.0 if share == 1 else min(1.0, (centre + reach) / scale)
    return Interval(low, high)


def bootstrap(
    values: Sequence[float],
    statistic: Statistic = Statistic.MEAN,
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    confidence: float = CONFIDENCE,
) -> Interval:
    """Return the percentile bootstrap interval (Efron and Tibshirani 1993) of the mean or median.

    The values are sorted first, so that their order cannot matter. Raises ValueError for no values.
    """
    if not values:
        raise ValueError("no values have no interval")
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    numbers = np.random.default_rng(seed)
    reduce = np.median if statistic is Statistic.MEDIAN else np.mean
    drawn = np.empty(resamples)
    for start in range(0, resamples, _BLOCK):
        stop = min(start + _BLOCK, resamples)
        picks = numbers.integers(0, len(ordered), size=(stop - start, len(ordered)))
        drawn[start:stop] = reduce(ordered[picks], axis=1)
    return percentiles(drawn, confidence)


def bootstrap_weights(
    n: int, *, resamples: int = RESAMPLES, seed: int = SEED
) -> Iterator[NDArray[np.float64]]:
    """Yield how often each of ``n`` cases is drawn, in blocks of shape (resamples of the block, n)."""
    numbers = np.random.default_rng(seed)
    for start in range(0, resamples, _BLOCK):
        rows = min(_BLOCK, resamples - start)
        picks = numbers.integers(0, n, size=(rows, n)) + n * np.arange(rows)[:, None]
        yield np.bincount(picks.ravel(), minlength=rows * n).reshape(rows, n).astype(np.float64)


def percentiles(drawn: NDArray[np.float64], confidence: float = CONFIDENCE) -> Interval:
    """Return the middle part of resampled values; nan, a resample without a value, is left out."""
    tail = (1 - confidence) / 2
    low, high = np.nanquantile(drawn, [tail, 1 - tail])
    return Interval(float(low), float(high))
