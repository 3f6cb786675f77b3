from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import pytest

from eval.cases import Case, Gold
from eval.pins import Stale
from eval.report import Run
from eval.runner import CaseResult
from eval.summary import Group, Score, Summary, Target
from eval.table import print_run


def printed(score: Score | None = None, failed: Sequence[CaseResult] = ()) -> str:
    return printed_of(Summary(20, 20, tuple(failed), (Group("group", (score,) if score else ()),), ()))


def printed_of(summary: Summary, stale: Sequence[Stale] = ()) -> str:
    out = io.StringIO()
    print_run(Run((), None, date(2026, 1, 1), (), summary, None, None, tuple(stale)), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.0, "1.000"),
        (0.9999, "<1.000"),
        (0.0, "0.000"),
        (0.0001, ">0.000"),
        (0.25, "0.250"),
        (118.5, "118.5"),
    ],
)
def test_a_value_beside_the_border_is_not_shown_as_on_it(value: float, shown: str) -> None:
    assert f"  {shown} " in printed(Score("name", 9, value=value))


def test_a_missed_target_is_said_to_be_missed() -> None:
    row = printed(Score("name", 9, value=0.99999, target=Target(1.0))).splitlines()[-1]
    assert row.split() == ["name", "9", "cases", "<1.000", ">=", "1.000", "missed"]


def test_a_score_without_cases_has_no_value_and_no_verdict() -> None:
    text = printed(Score("name", 0, target=Target(1.0)))
    assert "none" in text
    assert "missed" not in text


def test_ten_failed_cases_are_named_and_the_others_counted() -> None:
    failed = [CaseResult(Case(f"case-{k}", (Gold("?"),)), "own", error="ValueError: no") for k in range(12)]
    text = printed(failed=failed)
    assert "case-9: ValueError: no" in text
    assert "case-10" not in text
    assert "and 2 more" in text


def test_what_only_just_misses_its_target_is_shown_with_all_digits() -> None:
    row = printed(Score("name", 9, value=0.04991, target=Target(0.0499, at_most=True))).splitlines()[-1]
    assert row.split() == ["name", "9", "cases", "0.04991", "<=", "0.050", "missed"]


def test_every_stale_case_is_named_under_its_section() -> None:
    stale = [
        Stale("one", "own", ("a#x",), (), is_scored=True),
        Stale("two", "own", ("a#x",), ("a#y",), is_scored=False),
    ]
    lines = printed_of(Summary(20, 20, (), (), ()), stale).splitlines()
    assert lines[1].startswith("2 cases are stale, for their gold is not what it was")
    assert lines[2:5] == [
        "a#x (changed): one, two",
        "a#y (gone): two",
        "in no number below, for no answer can be right: two",
    ]


def rule(name: str, precision: float | None) -> Group:
    return Group(name, (Score("precision", 3, value=precision), Score("recall", 9, value=0.1)))


def test_rules_with_false_alarms_are_listed_the_least_right_first() -> None:
    rules = (rule("urgent.a", 0.5), rule("urgent.b", 1.0), rule("urgent.c", 0.25), rule("urgent.d", None))
    lines = printed_of(Summary(20, 20, (), (), (), rules)).splitlines()
    assert [line.split()[0] for line in lines[-3:]] == ["precision", "urgent.c", "urgent.a"]


def test_pairs_are_shown_by_variant_and_lone_ones_are_named() -> None:
    pairs = (Group("negated", (Score("both_right", 4, value=0.5),)),)
    text = printed_of(Summary(20, 20, (), (), (), pairs=pairs, lone=("pair-9",)))
    assert "pairs: negated" in text
    assert "1 pairs of which one side was not run: pair-9" in text
