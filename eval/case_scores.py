"""The numbers of one case by name: every metric, and per safety category its recall and false alarms."""

from __future__ import annotations

from bot.safety import Category
from eval.changes import READINGS, Reading
from eval.rounding import rounded
from eval.runner import CaseResult
from eval.scoring import TURN_METRICS
from eval.summary import case_value

_CATEGORIES = frozenset(Category)


def name_of(reading: Reading) -> str:
    """Return the name of a reading, one and the same in rows, comparisons and gates."""
    return f"{reading.name}:{reading.group}" if reading.group in _CATEGORIES else reading.name


NAMES = tuple(dict.fromkeys([*TURN_METRICS, *(name_of(reading) for reading in READINGS)]))
LESS_IS_BETTER = frozenset(name_of(reading) for reading in READINGS if reading.less_is_better)


def case_scores(result: CaseResult) -> dict[str, float | None]:
    """Return the rounded numbers of a case; those of a part of the turns only where there are any."""
    scores = {name: rounded(case_value(result, name)) for name in TURN_METRICS}
    for reading in READINGS:
        value = reading.of(result)
        if value is not None:
            scores[name_of(reading)] = rounded(value)
    return scores
