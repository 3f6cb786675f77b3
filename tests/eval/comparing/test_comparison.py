from __future__ import annotations

import pytest

from eval.comparing.comparison import Difference, compare_rows
from eval.comparing.rows import Row


def row(name: str, sha256: str = "1", error: str | None = None, **scores: float | None) -> Row:
    return Row(name, sha256, error, scores)


def by_id(*rows: Row) -> dict[str, Row]:
    return {each.id: each for each in rows}


def difference(metric: str, old: list[float], new: list[float]) -> Difference:
    one = by_id(*(Row(str(k), "1", None, {metric: value}) for k, value in enumerate(old)))
    two = by_id(*(Row(str(k), "1", None, {metric: value}) for k, value in enumerate(new)))
    return compare_rows(one, two, [metric]).differences[0]


def test_only_what_both_runs_asked_and_answered_alike_is_compared() -> None:
    old = by_id(row("a", vital_recall=0.5), row("gone"), row("edited"), row("broke"), row("was", error="E"))
    new = by_id(
        row("a", vital_recall=1.0), row("new"), row("edited", "2"), row("broke", error="E"), row("was")
    )
    found = compare_rows(old, new)
    assert found.common == ("a",)
    assert (found.only_old, found.only_new) == (("gone",), ("new",))
    assert (found.relabelled, found.failed) == (("edited",), ("broke", "was"))
    (one,) = found.differences
    assert (one.metric, one.n, one.old, one.new, one.value) == ("vital_recall", 1, 0.5, 1.0, 0.5)


def test_a_case_wins_or_loses_by_what_is_better_of_the_metric() -> None:
    recall = difference("vital_recall", [0, 1, 1], [1, 0, 1])
    assert (recall.won, recall.lost) == (("0",), ("1",))
    refusal = difference("over_refusal", [0, 1, 1], [1, 0, 1])
    assert (refusal.won, refusal.lost) == (("1",), ("0",))
    words = difference("words", [80], [70])
    assert words.won == ("0",)


def test_a_metric_that_a_case_has_in_one_run_alone_is_counted_and_not_compared() -> None:
    old = by_id(row("a", words=50.0), row("b", words=None), row("c", words=60.0))
    new = by_id(row("a", words=50.0), row("b", words=9.0), row("c"))
    found = compare_rows(old, new, ["words", "understood"])
    assert [(each.metric, each.n) for each in found.differences] == [("words", 1)]
    assert found.unpaired == {"words": ("b", "c"), "understood": ()}


@pytest.mark.parametrize(
    ("metric", "old", "new", "falls"),
    [
        ("vital_recall", [1] * 30, [0] * 8 + [1] * 22, True),
        ("vital_recall", [0] * 8 + [1] * 22, [1] * 30, False),
        ("vital_recall", [1] * 30, [0] + [1] * 29, False),
        ("vital_recall", [1] * 30, [1] * 30, False),
        ("over_refusal", [0] * 30, [1] * 8 + [0] * 22, True),
        ("over_refusal", [1] * 8 + [0] * 22, [0] * 30, False),
        ("false_alarms:crisis", [0] * 30, [1] * 8 + [0] * 22, True),
    ],
)
def test_a_fall_is_a_change_for_the_worse_whose_interval_leaves_out_zero(
    metric: str, old: list[float], new: list[float], falls: bool
) -> None:
    assert difference(metric, old, new).is_fall is falls


def test_p_values_are_corrected_over_all_metrics_compared() -> None:
    old = by_id(*(row(str(k), vital_recall=0.0, understood=0.0) for k in range(6)))
    new = by_id(*(row(str(k), vital_recall=1.0, understood=float(k < 3)) for k in range(6)))
    recall, understood = compare_rows(old, new, ["vital_recall", "understood"]).differences
    assert (recall.p, understood.p) == (2 / 64, 2 / 8)
    assert (recall.p_holm, understood.p_holm) == (4 / 64, 2 / 8)
