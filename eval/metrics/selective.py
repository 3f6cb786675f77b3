"""What the confidence is worth: whether it tells what can be answered from what cannot.

One turn is one question that is either answerable or not. Where several turns have the same confidence
no threshold can part them, so they count together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float64]

ERROR = 0.05


@dataclass(frozen=True, slots=True)
class Judged:
    """The confidence of one turn, and whether its question can be answered."""

    confidence: float
    answerable: bool


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What answering from one threshold on would bring."""

    threshold: float
    coverage: float
    """Share of the answerable questions that would be answered."""
    error: float
    """Share of what would be answered that is not answerable."""


def auroc(turns: Sequence[Judged]) -> float | None:
    """Return how often an answerable question has more confidence than another, equal ones counting half.

    None unless there are both. Source: Hanley and McNeil 1982.
    """
    return _known(aurocs(turns, _ones(turns)))


def coverage_at(turns: Sequence[Judged], error: float = ERROR) -> float | None:
    """Return the largest share of the answerable questions that one threshold answers within an error.

    The error is the share of what is answered that is not answerable. None unless there are both.
    """
    return _known(coverages(turns, _ones(turns), error))


def coverage_curve(turns: Sequence[Judged]) -> tuple[CurvePoint, ...]:
    """Return coverage and error at every threshold, the highest first; empty unless there are both."""
    if len({turn.answerable for turn in turns}) < 2:
        return ()
    thresholds = sorted({turn.confidence for turn in turns}, reverse=True)
    good, bad = _answered(turns, _ones(turns))
    return tuple(
        CurvePoint(threshold, float(g / good[0, -1]), float(b / (g + b)))
        for threshold, g, b in zip(thresholds, good[0], bad[0], strict=True)
    )


def aurocs(turns: Sequence[Judged], weights: Weights) -> Weights:
    """Return the AUROC for each row of weights of the turns, shape (rows, turns); nan where it has none."""
    good, bad = _answered(turns, weights)
    rise = np.diff(good, axis=1, prepend=0.0)
    fall = np.diff(bad, axis=1, prepend=0.0)
    below = bad[:, -1:] - bad
    return _ratio((rise * (below + fall / 2)).sum(axis=1), good[:, -1] * bad[:, -1])


def coverages(turns: Sequence[Judged], weights: Weights, error: float = ERROR) -> Weights:
    """Return the coverage within an error for each row of weights, as ``aurocs`` does."""
    good, bad = _answered(turns, weights)
    within = bad <= error * (good + bad) + 1e-12
    best = np.where(within, good, 0.0).max(axis=1)
    both = (good[:, -1] > 0) & (bad[:, -1] > 0)
    return np.where(both, _ratio(best, good[:, -1]), np.nan)


def _answered(turns: Sequence[Judged], weights: Weights) -> tuple[Weights, Weights]:
    """Return the weight of answerable and other turns from each threshold on, the highest first."""
    if not turns:
        return np.zeros((len(weights), 1)), np.zeros((len(weights), 1))
    confidence = np.array([turn.confidence for turn in turns])
    answerable = np.array([turn.answerable for turn in turns])
    order = np.argsort(-confidence, kind="stable")
    ends = np.flatnonzero(np.diff(confidence[order], append=np.nan) != 0)
    good = np.cumsum(np.where(answerable, weights, 0.0)[:, order], axis=1)[:, ends]
    bad = np.cumsum(np.where(answerable, 0.0, weights)[:, order], axis=1)[:, ends]
    return good, bad


def _ones(turns: Sequence[Judged]) -> Weights:
    return np.ones((1, len(turns)))


def _ratio(part: Weights, whole: Weights) -> Weights:
    ratio = np.full(part.shape, np.nan)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio


def _known(values: Weights) -> float | None:
    return None if np.isnan(values[0]) else float(values[0])
