from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import pytest

from eval.cases import Case, Gold
from eval.report import Run
from eval.runner import CaseResult
from eval.summary import Group, Score, Summary, Target
from eval.table import print_run


def printed(score: Score | None = None, failed: Sequence[CaseResult] = ()) -> str:
    summary = Summary(20, 20, tuple(failed), (Group("group", (score,) if score else ()),), ())
    out = io.StringIO()
    print_run(Run((), None, date(2026, 1, 1), (), summary, None, None), out)
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
