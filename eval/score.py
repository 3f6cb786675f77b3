"""One number of a report: with its n, its interval and its target."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eval.intervals import Interval, wilson


@dataclass(frozen=True, slots=True)
class Target:
    """What a score is to reach."""

    value: float
    at_most: bool = False

    def is_reached(self, score: float) -> bool:
        """Tell whether the score, unrounded, reaches it."""
        return score <= self.value if self.at_most else score >= self.value


class Unit(StrEnum):
    """What n counts."""

    CASES = "cases"
    TURNS = "turns"
    PAIRS = "pairs"


class IntervalKind(StrEnum):
    """How an interval was found."""

    BOOTSTRAP = "bootstrap"
    WILSON = "wilson"


@dataclass(frozen=True, slots=True)
class Score:
    """One number of the report. Without anything to score, n is 0 and the value is None."""

    name: str
    n: int
    unit: Unit = Unit.CASES
    value: float | None = None
    interval: Interval | None = None
    interval_kind: IntervalKind | None = None
    target: Target | None = None

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; None without a target or a value."""
        if self.target is None or self.value is None:
            return None
        return self.target.is_reached(self.value)


@dataclass(frozen=True, slots=True)
class Group:
    """Scores that belong together."""

    name: str
    scores: tuple[Score, ...]


def proportion(name: str, part: int, n: int, unit: Unit, target: Target | None = None) -> Score:
    """Return the score that ``part`` of ``n`` makes; without a value if n is 0."""
    return share_score(name, part / n if n else None, n, unit, target)


def share_score(name: str, value: float | None, n: int, unit: Unit, target: Target | None = None) -> Score:
    """Return the score of a share of ``n`` with its Wilson interval; without both if it is not known."""
    if value is None:
        return Score(name, n, unit, target=target)
    return Score(name, n, unit, value, wilson(value, n), IntervalKind.WILSON, target)
