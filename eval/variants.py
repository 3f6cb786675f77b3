"""Running the same cases more than once, each time a little differently, and comparing the runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from eval.cases import Case
from eval.changes import Change, changes
from eval.engine import Subject
from eval.intervals import CONFIDENCE, RESAMPLES, SEED
from eval.report import rounded
from eval.runner import CaseResult, run_cases


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to run the cases."""

    name: str
    says: str
    """What is different, in words for the reader of a table."""
    cases: Sequence[tuple[str, Case]]
    subject: Subject


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one variant does to every metric."""

    variant: Variant
    changes: tuple[Change, ...]
    failed: tuple[CaseResult, ...]
    """Cases that ended in an error; they are in no number."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run as it is, and the variants of it."""

    base: tuple[CaseResult, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """All cases that ended in an error in any of the runs."""
        ended = [result for result in self.base if result.error is not None]
        return (*ended, *(result for outcome in self.outcomes for result in outcome.failed))


def run_variants(base: Variant, variants: Sequence[Variant], progress: Callable[[int], None]) -> Comparison:
    """Run the cases of every variant; ``progress`` is told how many cases of all are done."""
    done = 0

    def run(variant: Variant) -> tuple[CaseResult, ...]:
        nonlocal done
        results = tuple(
            run_cases(variant.cases, variant.subject, clock=_no_time, progress=lambda n: progress(done + n))
        )
        done += len(results)
        return results

    first = run(base)
    outcomes = []
    for variant in variants:
        results = run(variant)
        failed = tuple(result for result in results if result.error is not None)
        outcomes.append(Outcome(variant, tuple(changes(first, results)), failed))
    return Comparison(first, tuple(outcomes))


def _no_time() -> float:
    """Stand in for a clock where times are not looked at."""
    return 0.0


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return all changes as plain values; keys and order are stable, numbers have six digits."""
    return {
        "statistics": {"confidence": CONFIDENCE, "resamples": RESAMPLES, "seed": SEED},
        "cases": len(comparison.base),
        "errors": len(comparison.failed),
        "variants": {
            outcome.variant.name: {
                "says": outcome.variant.says,
                "failed": {result.case.id: result.error for result in outcome.failed},
                "changes": _changes_json(outcome.changes),
            }
            for outcome in comparison.outcomes
        },
    }


def _changes_json(found: Sequence[Change]) -> dict[str, Any]:
    groups: dict[str, Any] = {}
    for change in found:
        groups.setdefault(change.reading.group, {})[change.reading.name] = {
            "n": change.n,
            "unpaired": change.unpaired,
            "before": rounded(change.before),
            "after": rounded(change.after),
            "change": rounded(change.value),
            "low": rounded(change.interval.low),
            "high": rounded(change.interval.high),
        }
    return groups
