from __future__ import annotations

from bot.reply import Kind
from bot.safety import Category
from eval.by_pair import pair_groups, pair_results
from eval.cases import Case, Gold
from eval.runner import CaseResult, TurnResult
from eval.scoring import Observed, score_turn

URGENT, ANSWER = Kind.URGENT, Kind.ANSWER


def asked(name: str, tags: tuple[str, ...], due: Kind | None, reply: Kind) -> CaseResult:
    categories = (Category.URGENT,) if due is URGENT else ()
    gold = Gold("?", kinds=(due,) if due else (), categories=categories if due else None)
    seen = Observed(reply, None, (), (), (), (), (), (), (), 0.0)
    turn = TurnResult(gold, seen, score_turn(gold, seen))
    return CaseResult(Case(name, (gold,), tags=tags), "own", (turn,))


RESULTS = [
    asked("1b", ("base", "pair-1"), URGENT, URGENT),
    asked("1v", ("negated", "pair-1"), ANSWER, ANSWER),
    asked("2b", ("base", "pair-2"), URGENT, URGENT),
    asked("2v", ("negated", "pair-2"), ANSWER, URGENT),
    asked("3b", ("base", "pair-3"), URGENT, URGENT),
    asked("3v", ("noisy", "pair-3"), URGENT, ANSWER),
    asked("4b", ("base", "pair-4"), URGENT, ANSWER),
    asked("4v", ("noisy", "pair-4"), URGENT, ANSWER),
    asked("alone", ("plain",), URGENT, URGENT),
]


def values(results: list[CaseResult]) -> dict[tuple[str, str], tuple[float | None, int]]:
    groups = pair_groups(pair_results(results)[0])
    return {(group.name, score.name): (score.value, score.n) for group in groups for score in group.scores}


def test_pairs_are_scored_by_the_way_in_which_the_variant_differs() -> None:
    assert values(RESULTS) == {
        ("negated", "both_right"): (0.5, 2),
        ("negated", "changed_unduly"): (None, 0),
        ("negated", "failed_to_change"): (0.5, 2),
        ("noisy", "both_right"): (0.0, 2),
        ("noisy", "changed_unduly"): (0.5, 2),
        ("noisy", "failed_to_change"): (None, 0),
    }


def test_the_order_of_the_cases_does_not_matter() -> None:
    assert pair_results(RESULTS) == pair_results(RESULTS[::-1])


def test_a_side_that_is_missing_failed_or_unlabelled_is_counted_and_not_scored() -> None:
    failed = CaseResult(Case("6v", (Gold("?"),), tags=("noisy", "pair-6")), "own", error="ValueError: no")
    results = [
        asked("5b", ("base", "pair-5"), URGENT, URGENT),
        asked("6b", ("base", "pair-6"), URGENT, URGENT),
        failed,
        asked("7v", ("past", "pair-7"), URGENT, URGENT),
        asked("8b", ("base", "pair-8"), URGENT, URGENT),
        asked("8v", ("past", "pair-8"), None, URGENT),
    ]
    assert pair_results(results) == ((), ("pair-5", "pair-6", "pair-7", "pair-8"))


def test_a_base_may_have_several_variants() -> None:
    results = [*RESULTS[:2], asked("1w", ("past", "pair-1"), ANSWER, ANSWER)]
    assert [pair.variant_id for pair in pair_results(results)[0]] == ["1v", "1w"]
