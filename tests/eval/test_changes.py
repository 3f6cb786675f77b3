from __future__ import annotations

import pytest

from bot.reply import Kind
from bot.safety import Category
from eval.cases import Case, Gold
from eval.changes import READINGS, Change, changes
from eval.runner import CaseResult
from tests.eval.fakes import FakeAssistant
from tests.eval.results import asked, single, with_scores

ANSWERABLE = Gold("Which drugs act on PIK3CA", kinds=(Kind.ANSWER,))


def run_with(*errors: float) -> list[CaseResult]:
    """One case for each value of the error rate."""
    return [
        with_scores(asked(single(f"case-{n}", ANSWERABLE)), error_rate=error)
        for n, error in enumerate(errors)
    ]


def of(found: list[Change], name: str, group: str | None = None) -> Change:
    return next(c for c in found if c.reading.name == name and group in {None, c.reading.group})


def test_a_change_is_the_mean_difference_of_the_same_cases() -> None:
    change = of(changes(run_with(0, 0, 0, 1), run_with(1, 1, 0, 1)), "error_rate")
    assert (change.n, change.before, change.after, change.value) == (4, 0.25, 0.75, 0.5)
    assert change.interval.low <= 0.5 <= change.interval.high


def test_the_order_of_the_cases_does_not_matter() -> None:
    one, other = run_with(0, 0, 1, 0, 1), run_with(1, 0, 1, 1, 1)
    assert changes(one, other) == changes(one[::-1], [other[k] for k in (2, 0, 4, 1, 3)])


def test_a_change_for_the_worse_knows_which_way_is_better() -> None:
    worse = of(changes(run_with(*[0] * 30), run_with(*[1] * 20, *[0] * 10)), "error_rate")
    better = of(changes(run_with(*[1] * 20, *[0] * 10), run_with(*[0] * 30)), "error_rate")
    assert (worse.is_certain, worse.is_worse) == (True, True)
    assert (better.is_certain, better.is_worse) == (True, False)


def test_one_case_of_many_is_no_certain_change() -> None:
    change = of(changes(run_with(*[0] * 30), run_with(1, *[0] * 29)), "error_rate")
    assert not change.is_certain
    assert not change.is_worse


def test_a_handful_of_cases_is_never_certain() -> None:
    assert not of(changes(run_with(*[0] * 5), run_with(*[1] * 5)), "error_rate").is_certain
    assert of(changes(run_with(*[0] * 6), run_with(*[1] * 6)), "error_rate").is_certain


def test_nothing_changes_between_equal_runs() -> None:
    found = changes(run_with(0, 1), run_with(0, 1))
    assert {(c.value, c.interval.low, c.interval.high) for c in found} == {(0.0, 0.0, 0.0)}


def test_a_metric_that_a_case_has_only_once_is_counted_as_unpaired_and_never_as_zero() -> None:
    before = [asked(single("a", ANSWERABLE)), asked(single("b", ANSWERABLE))]
    after = [before[0], with_scores(before[1], words=None)]
    change = of(changes(before, after), "words")
    assert (change.n, change.unpaired, change.before, change.after) == (1, 1, 8, 8)


def test_cases_without_gold_have_no_change() -> None:
    names = {c.reading.name for c in changes(run_with(0), run_with(0))}
    assert "hit@1" not in names
    assert "hallucination" not in names


def test_a_case_that_fails_is_in_no_number() -> None:
    good, bad = single("good", ANSWERABLE), single("bad", Gold("boom", kinds=(Kind.ANSWER,)))
    before = [asked(good), asked(bad)]
    after = [asked(good), asked(bad, FakeAssistant(frozenset({"boom"})))]
    assert of(changes(before, after), "error_rate").n == 1


def test_runs_of_other_cases_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="not of the same cases"):
        changes(run_with(0, 1), run_with(0))


def test_categories_have_recall_and_false_alarms() -> None:
    pain = Gold("I have chest pain", categories=(Category.EMERGENCY,))
    old = Gold("chest pain years ago", categories=())
    allowed = Gold("chest pain maybe", categories=(), also=(Category.EMERGENCY,))
    run = [asked(Case("a", (pain, old))), asked(single("b", allowed))]
    found = changes(run, run)
    assert (of(found, "recall", "emergency").n, of(found, "recall", "emergency").before) == (1, 1.0)
    alarms = of(found, "false_alarms", "emergency")
    assert (alarms.n, alarms.before) == (1, 1.0)


def test_every_metric_is_read_once() -> None:
    names = [(reading.group, reading.name) for reading in READINGS]
    assert len(names) == len(set(names))
    assert ("answer", "words") in names
