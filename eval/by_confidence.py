"""What the confidence of replies is worth, over all turns that are either answerable or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from eval.intervals import bootstrap_weights, percentiles
from eval.metrics import is_answerable
from eval.metrics.selective import Judged, Weights, auroc, aurocs, coverage_at, coverages
from eval.runner import CaseResult
from eval.score import IntervalKind, Score, Unit

Weighted = Callable[[Sequence[Judged], Weights], Weights]


def judged_turns(results: Sequence[CaseResult]) -> list[tuple[int, Judged]]:
    """Return the turns that count, each with the place of its case."""
    return [
        (place, Judged(turn.observed.confidence, answerable))
        for place, result in enumerate(results)
        for turn in result.turns
        if (answerable := is_answerable(turn.gold.kinds)) is not None
    ]


def confidence_scores(results: Sequence[CaseResult]) -> tuple[Score, ...]:
    """Return AUROC and the coverage at 5 % error; the interval draws whole cases, not single turns."""
    placed = judged_turns(results)
    turns = [turn for _, turn in placed]
    places = sorted({place for place, _ in placed})
    column = {place: k for k, place in enumerate(places)}
    columns = [column[place] for place, _ in placed]
    return (
        _score("auroc", auroc(turns), turns, columns, aurocs),
        _score("coverage_at_5_error", coverage_at(turns), turns, columns, coverages),
    )


def _score(
    name: str, value: float | None, turns: Sequence[Judged], columns: Sequence[int], weighted: Weighted
) -> Score:
    if value is None:
        return Score(name, len(turns), Unit.TURNS)
    drawn = [weighted(turns, block[:, columns]) for block in bootstrap_weights(len(set(columns)))]
    interval = percentiles(np.concatenate(drawn))
    return Score(name, len(turns), Unit.TURNS, value, interval, IntervalKind.BOOTSTRAP)
