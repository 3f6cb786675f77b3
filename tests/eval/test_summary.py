from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reply import Kind
from bot.safety import Category
from eval.cases import Case, Gold
from eval.intervals import wilson
from eval.runner import CaseResult, TurnResult
from eval.scoring import TURN_METRICS, Observed
from eval.summary import CATEGORY_TARGETS, IntervalKind, Score, Summary, Target, Unit, summarise


def seen(*categories: Category) -> Observed:
    return Observed(Kind.ANSWER, None, categories, (), (), (), (), (), (), 0.0)


def turn(
    scores: Mapping[str, float], gold: Gold | None = None, observed: Observed | None = None
) -> TurnResult:
    full: dict[str, float | None] = {name: scores.get(name) for name in TURN_METRICS}
    return TurnResult(gold or Gold("?"), observed or seen(), full)


def case(name: str, *turns: TurnResult) -> CaseResult:
    return CaseResult(Case(name, tuple(each.gold for each in turns)), "own", turns)


def score(summary: Summary, name: str) -> Score:
    return next(each for group in summary.groups for each in group.scores if each.name == name)


def category_score(summary: Summary, category: Category, name: str) -> Score:
    group = next(each for each in summary.categories if each.name == category.value)
    return next(each for each in group.scores if each.name == name)


def test_a_score_is_the_mean_over_cases_of_the_mean_over_turns() -> None:
    results = [
        case("a", turn({"vital_recall": 1.0}), turn({"vital_recall": 0.5}), turn({})),
        case("b", turn({"vital_recall": 0.25})),
        case("c", turn({})),
    ]
    found = score(summarise(results), "vital_recall")
    assert (found.value, found.n, found.unit) == (0.5, 2, Unit.CASES)
    assert found.interval_kind is IntervalKind.BOOTSTRAP
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (0.25, 0.75)


def test_a_rate_has_a_wilson_interval() -> None:
    results = [case(str(k), turn({"hit@1": float(k < 3)})) for k in range(4)]
    found = score(summarise(results), "hit@1")
    assert (found.value, found.n) == (0.75, 4)
    assert found.interval == wilson(0.75, 4)
    assert found.interval_kind is IntervalKind.WILSON


def test_without_gold_a_score_is_empty_and_not_zero() -> None:
    found = score(summarise([case("a", turn({}))]), "recall@5")
    assert (found.value, found.n, found.interval, found.is_reached) == (None, 0, None, None)


def test_the_length_of_answers_is_a_median() -> None:
    results = [case(str(k), turn({"words": words})) for k, words in enumerate([10.0, 20.0, 900.0])]
    found = score(summarise(results), "words_median")
    assert (found.value, found.is_reached) == (20, True)


def test_failed_cases_are_counted_and_in_no_number() -> None:
    failed = CaseResult(Case("bad", (Gold("?"), Gold("?"))), "own", error="ValueError: no")
    summary = summarise([failed, case("good", turn({"hit@1": 1.0}))])
    assert (summary.cases, summary.turns) == (2, 3)
    assert summary.failed == (failed,)
    assert score(summary, "hit@1").n == 1


def test_targets_hold_for_the_unrounded_value() -> None:
    assert Target(1.0).is_reached(0.999_999_9) is False
    assert Target(0.05, at_most=True).is_reached(0.05) is True
    assert Target(0.0, at_most=True).is_reached(1e-9) is False


def test_follow_ups_are_to_come_within_five_points_of_first_questions() -> None:
    results = [case("a", turn({"vital_recall": 0.9}), turn({"vital_recall": 0.8}))]
    follow_up = score(summarise(results), "vital_recall_follow_up")
    assert follow_up.target is not None
    assert follow_up.target.value == pytest.approx(0.85)
    assert follow_up.is_reached is False
    assert score(summarise(results), "vital_recall_stand_alone").value == 0.9


def test_each_category_has_precision_recall_and_false_alarms() -> None:
    def labelled(name: str, due: tuple[Category, ...], *found: Category) -> CaseResult:
        return case(name, turn({}, Gold("?", categories=due), seen(*found)))

    urgent = Category.URGENT
    summary = summarise(
        [
            labelled("a", (urgent,), urgent),
            labelled("b", (urgent,), urgent, Category.DOSING),
            labelled("c", (urgent,)),
            labelled("d", (), urgent),
            labelled("e", ()),
            labelled("f", ()),
            case("unlabelled", turn({}, Gold("?"), seen(urgent))),
        ]
    )
    precision = category_score(summary, urgent, "precision")
    recall = category_score(summary, urgent, "recall")
    alarms = category_score(summary, urgent, "false_alarms")
    assert precision.value == pytest.approx(2 / 3)
    assert precision.n == 3
    assert recall.value == pytest.approx(2 / 3)
    assert recall.n == 3
    assert alarms.value == pytest.approx(1 / 3)
    assert (alarms.n, alarms.unit) == (3, Unit.TURNS)
    assert recall.target == Target(CATEGORY_TARGETS[urgent][0])
    assert recall.is_reached is False
    assert category_score(summary, Category.CRISIS, "recall").value is None


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=12).flatmap(
        lambda values: st.tuples(st.just(list(enumerate(values))), st.permutations(list(enumerate(values))))
    )
)
def test_the_order_of_the_cases_does_not_matter(
    pair: tuple[list[tuple[int, float]], list[tuple[int, float]]],
) -> None:
    one, other = (
        summarise(case(f"c{k}", turn({"mrr@10": value, "words": value})) for k, value in order)
        for order in pair
    )
    assert one == other
