"""What leads replies against what should: counted by the most serious category of each turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.safety import Category
from eval.runner import CaseResult, TurnResult

NONE = "none"
_ORDER = [category.value for category in Category] + [NONE]


@dataclass(frozen=True, slots=True)
class ConfusionMatrix:
    """Counts of labelled turns, by what was due (rows) and what was seen (columns)."""

    names: tuple[str, ...]
    """The categories that occur, the most serious first, then "none"."""
    counts: tuple[tuple[int, ...], ...]

    def share(self, row: int, column: int) -> float:
        """Return the share of a row's turns that fell into a column; 0 for an empty row."""
        whole = sum(self.counts[row])
        return self.counts[row][column] / whole if whole else 0.0


def lead_confusion(results: Iterable[CaseResult]) -> ConfusionMatrix:
    """Count labelled turns; one that was seen as something that is allowed besides counts as right."""
    counts = Counter(
        _due_and_seen(turn) for result in results for turn in result.turns if turn.gold.categories is not None
    )
    present = {name for pair in counts for name in pair}
    names = tuple(name for name in _ORDER if name in present)
    return ConfusionMatrix(names, tuple(tuple(counts[due, seen] for seen in names) for due in names))


def _due_and_seen(turn: TurnResult) -> tuple[str, str]:
    due, seen = _lead(turn.gold.categories or ()), _lead(turn.observed.categories)
    return due, due if seen in {category.value for category in turn.gold.also} else seen


def _lead(categories: Collection[Category]) -> str:
    return next((category.value for category in Category if category in categories), NONE)
