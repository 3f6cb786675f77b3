from __future__ import annotations

from bot.reply import Kind
from bot.safety import Category
from eval.by_rule import category_of, rule_groups
from eval.cases import Case, Gold
from eval.runner import CaseResult, TurnResult
from eval.score import Group, Score
from eval.scoring import TURN_METRICS, Observed

URGENT, EMERGENCY = Category.URGENT, Category.EMERGENCY


def fired(
    name: str, due: tuple[Category, ...] | None, *rules: str, also: tuple[Category, ...] = ()
) -> CaseResult:
    gold = Gold("?", categories=due, also=also)
    seen = Observed(Kind.URGENT, None, (), rules, (), (), (), (), (), 0.0)
    return CaseResult(
        Case(name, (gold,)), "own", (TurnResult(gold, seen, dict.fromkeys(TURN_METRICS, None)),)
    )


def score(groups: tuple[Group, ...], rule: str, name: str) -> Score:
    group = next(each for each in groups if each.name == rule)
    return next(each for each in group.scores if each.name == name)


def test_a_rule_is_right_where_its_category_is_due() -> None:
    results = [
        fired("a", (URGENT,), "urgent.fever"),
        fired("b", (URGENT,), "urgent.fever", "urgent.rash"),
        fired("c", (URGENT,), "urgent.rash"),
        fired("d", (), "urgent.fever"),
        fired("e", (EMERGENCY,), "urgent.fever", also=(URGENT,)),
        fired("f", None, "urgent.fever"),
        fired("g", (URGENT,)),
    ]
    groups = rule_groups(results)
    precision, recall = score(groups, "urgent.fever", "precision"), score(groups, "urgent.fever", "recall")
    assert (precision.value, precision.n) == (2 / 3, 3)
    assert (recall.value, recall.n) == (0.5, 4)
    assert (score(groups, "urgent.fever", "alone").value, score(groups, "urgent.rash", "alone").n) == (0.5, 2)


def test_a_rule_that_never_fires_is_seen_if_it_is_known() -> None:
    groups = rule_groups([fired("a", (URGENT,))], ["urgent.fever"])
    assert score(groups, "urgent.fever", "precision").value is None
    assert score(groups, "urgent.fever", "recall").value == 0


def test_an_id_names_its_category_or_none() -> None:
    assert category_of("urgent.fever") is URGENT
    assert category_of("safety.failed") is None
    assert category_of("urgent") is None
    assert rule_groups([fired("a", (URGENT,), "safety.failed")]) == ()
