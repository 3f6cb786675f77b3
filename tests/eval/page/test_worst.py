from __future__ import annotations

from bot.reply import Kind
from eval.cases import Case, Gold
from eval.page.worst import FAULTS, faults_of, worst_cases
from eval.runner import CaseResult
from eval.summary import MEASURES
from tests.eval.results import asked, single, with_scores

ANSWERABLE = Gold("Which drugs act on PIK3CA", kinds=(Kind.ANSWER,))


def scored(name: str, **scores: float | None) -> CaseResult:
    return with_scores(asked(single(name, ANSWERABLE)), **scores)


def names(result: CaseResult) -> list[str]:
    return [fault.name for fault in faults_of(result.turns[0])]


def test_a_right_turn_has_no_fault_and_what_is_not_scored_is_none() -> None:
    assert names(scored("a")) == []
    assert names(scored("a", vital_recall=None, contradiction=None)) == []


def test_faults_come_the_gravest_first() -> None:
    assert names(scored("a", vital_recall=0.5, contradiction=1.0)) == ["contradiction", "vital facts missing"]


def test_every_case_stands_under_its_gravest_fault_the_deepest_first() -> None:
    groups = worst_cases(
        [
            scored("shallow", vital_recall=0.5),
            scored("deep", vital_recall=0.0),
            scored("deep-and-more", vital_recall=0.0, right_kind=0.0),
            scored("grave", vital_recall=0.0, contradiction=1.0),
            scored("right"),
        ]
    )
    assert [(group.fault.name, [case.case.id for case in group.shown]) for group in groups] == [
        ("contradiction", ["grave"]),
        ("vital facts missing", ["deep-and-more", "deep", "shallow"]),
    ]


def test_only_so_many_are_shown_and_all_are_counted() -> None:
    (group,) = worst_cases([scored(f"case-{n}", over_triage=1.0) for n in range(5)], most=2)
    assert ([case.case.id for case in group.shown], group.count) == (["case-0", "case-1"], 5)


def test_any_turn_can_be_the_one_at_fault() -> None:
    result = asked(Case("thread", (ANSWERABLE, Gold("gout", kinds=(Kind.ANSWER,)))))
    (group,) = worst_cases([result])
    assert group.fault.name == "unanswered"


def test_a_case_that_ended_in_an_error_is_not_among_them() -> None:
    assert worst_cases([CaseResult(single("a", ANSWERABLE), "own", error="no")]) == []


def test_faults_are_of_metrics_that_exist() -> None:
    known = {measure.metric for _, measures in MEASURES for measure in measures}
    for fault in FAULTS:
        depths = {metric: (fault.depth({metric: 0.0}), fault.depth({metric: 1.0})) for metric in known}
        assert sum(low != high for low, high in depths.values()) == 1, fault.name
