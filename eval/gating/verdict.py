"""What a gate says of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eval.comparing.comparison import Comparison, Difference, difference_json
from eval.rounding import rounded
from eval.score import Score


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is broken, what fell, and what the gate did not look at."""

    failed: tuple[str, ...]
    """Cases that ended in an error."""
    broken: tuple[Score, ...]
    """Invariants and limits that do not hold; the target is the one of the gate file."""
    comparison: Comparison
    """With the baseline, in the metrics that may not fall."""

    @property
    def falls(self) -> tuple[Difference, ...]:
        """The metrics that fell by more than chance leaves open."""
        return tuple(each for each in self.comparison.differences if each.is_fall)

    @property
    def holds(self) -> bool:
        """Whether nothing is broken and nothing fell."""
        return not (self.failed or self.broken or self.falls)


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as plain values."""
    comparison = verdict.comparison
    return {
        "holds": verdict.holds,
        "failed": list(verdict.failed),
        "broken": {score.name: rounded(score.value) for score in verdict.broken},
        "falls": {each.metric: difference_json(each) for each in verdict.falls},
        "compared": len(comparison.common),
        "new": len(comparison.only_new),
        "removed": list(comparison.only_old),
        "relabelled": list(comparison.relabelled),
    }
