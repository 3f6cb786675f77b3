"""Results made by hand, for what comes after a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eval.cases import Case, Gold
from eval.runner import CaseResult, run_case
from tests.eval.fakes import FakeAssistant, fake_subject


def asked(case: Case, assistant: FakeAssistant | None = None, set_name: str = "own") -> CaseResult:
    """Put a case to the small subject."""
    return run_case(case, set_name, fake_subject(assistant), lambda: 0.0)


def single(name: str, gold: Gold, tags: Sequence[str] = ()) -> Case:
    return Case(name, (gold,), tags=tuple(tags))


def with_scores(result: CaseResult, **scores: float | None) -> CaseResult:
    """Return a result with other scores; the names have underscores where metrics have signs."""
    turns = tuple(replace(turn, scores={**turn.scores, **scores}) for turn in result.turns)
    return replace(result, turns=turns)
