"""Paired tests: whether the same cases do better or worse, or whether that is chance."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from eval.intervals import RESAMPLES, SEED

_BLOCK = 500
_MOST_EXACT = 13
"""Differences up to which every way to swap the two runs is counted: 8,192 ways."""
_LEVEL = 1e-9
"""Sums nearer than this are equal: they differ by rounding alone."""


def randomisation_p(differences: Sequence[float], *, resamples: int = RESAMPLES, seed: int = SEED) -> float:
    """Return the two-sided p value of a paired randomisation test of the mean difference.

    Under the null hypothesis the two runs could be swapped in each case, so each difference could as well
    have the other sign (Fisher 1935). Few differences are counted exactly, many are sampled. The order of
    the differences does not matter. Without any difference p is 1.
    """
    sizes = np.sort(np.abs(np.array([each for each in differences if each], dtype=np.float64)))
    if not len(sizes):
        return 1.0
    observed = abs(float(np.sum(np.sort(np.asarray(differences, dtype=np.float64))))) - _LEVEL
    if len(sizes) <= _MOST_EXACT:
        signs = np.array(list(itertools.product((-1.0, 1.0), repeat=len(sizes))))
        return float(np.mean(np.abs(signs @ sizes) >= observed))
    numbers = np.random.default_rng(seed)
    extreme = 0
    for start in range(0, resamples, _BLOCK):
        rows = min(_BLOCK, resamples - start)
        signs = numbers.integers(0, 2, size=(rows, len(sizes))) * 2.0 - 1.0
        extreme += int(np.sum(np.abs(signs @ sizes) >= observed))
    return (extreme + 1) / (resamples + 1)


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Return the p values corrected for their number by Holm's step-down procedure (Holm 1979)."""
    corrected: dict[str, float] = {}
    highest = 0.0
    ordered = sorted(p_values, key=lambda name: (p_values[name], name))
    for place, name in enumerate(ordered):
        highest = max(highest, min(1.0, p_values[name] * (len(ordered) - place)))
        corrected[name] = highest
    return {name: corrected[name] for name in p_values}
