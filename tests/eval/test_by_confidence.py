from __future__ import annotations

from bot.reply import Kind
from eval.by_confidence import confidence_scores
from eval.cases import Case, Gold
from eval.runner import CaseResult, TurnResult
from eval.score import Unit
from eval.scoring import TURN_METRICS, Observed

SCORES = dict.fromkeys(TURN_METRICS, None)


def case(name: str, *turns: tuple[Kind | None, float]) -> CaseResult:
    found = [
        TurnResult(
            Gold("?", kinds=(kind,) if kind else ()),
            Observed(Kind.ANSWER, None, (), (), (), (), (), (), (), confidence),
            SCORES,
        )
        for kind, confidence in turns
    ]
    return CaseResult(Case(name, tuple(turn.gold for turn in found)), "own", tuple(found))


def test_only_turns_that_are_answerable_or_not_count() -> None:
    results = [
        case("a", (Kind.ANSWER, 0.9), (Kind.ANSWER, 0.4)),
        case("b", (Kind.NOT_COVERED, 0.5)),
        case("c", (Kind.BOUNDARY, 0.0)),
        case("d", (None, 0.0)),
    ]
    area, coverage = confidence_scores(results)
    assert (area.name, area.value, area.n, area.unit) == ("auroc", 0.5, 3, Unit.TURNS)
    assert (coverage.value, coverage.n) == (0.5, 3)


def test_the_interval_draws_whole_cases() -> None:
    # with one case of each sort every resample that has both is the whole
    results = [case("a", (Kind.ANSWER, 0.9), (Kind.ANSWER, 0.4)), case("b", (Kind.NOT_COVERED, 0.5))]
    interval = confidence_scores(results)[0].interval
    assert interval is not None
    assert (interval.low, interval.high) == (0.5, 0.5)


def test_without_both_sorts_the_scores_are_empty() -> None:
    for score in confidence_scores([case("a", (Kind.ANSWER, 0.9))]):
        assert (score.value, score.interval) == (None, None)
