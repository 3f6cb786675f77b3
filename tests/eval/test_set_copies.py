from __future__ import annotations

from pathlib import Path

import pytest

from eval import set_copies
from eval.cases import Case, EvalSet, Gold, Split
from eval.reading import load_sets, packaged_sets
from eval.set_copies import crowded, drug_names, near_copies, rule_texts, texts_of


@pytest.fixture(scope="module")
def own_sets() -> list[EvalSet]:
    return load_sets(packaged_sets())


def with_case(own_sets: list[EvalSet], *questions: str) -> list[EvalSet]:
    case = Case("planted", tuple(Gold(question) for question in questions), Split.TEST)
    return [*own_sets, EvalSet("safety-planted", Path("safety-planted.yaml"), (case,))]


def test_no_test_case_is_a_near_copy_of_what_was_built_on(own_sets: list[EvalSet]) -> None:
    assert [str(copy) for copy in near_copies(own_sets)] == []


def test_no_template_is_shared_by_too_many_messages(own_sets: list[EvalSet]) -> None:
    assert crowded(own_sets) == []


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("What time of day ought I take my Piqray?", "dosing.yaml, rule dosing.when_how"),
        ("it feels like an elephant is sitting on my chest", "voices-b.yaml, emergency"),
        (
            "just want a story of how treatmant goes for someone with mets",
            "asked_as.yaml, an-example-plan#at-a-glance",
        ),
        ("Why do Piqray, Itovebi and Truqap raise your blood sugar?", "article "),
    ],
)
def test_a_planted_copy_is_found_wherever_it_is_from(question: str, source: str) -> None:
    copies = near_copies(with_case([], question))
    assert {copy.one.where for copy in copies} == {"safety-planted.yaml, case planted"}
    assert any(copy.other.where.startswith(source) for copy in copies)


def test_a_copy_of_a_development_case_is_found(own_sets: list[EvalSet]) -> None:
    cases = [case for each in own_sets for case in each.cases if case.split is Split.DEV]
    dev = max(cases, key=lambda case: len(case.turns[0].question))
    copies = near_copies(with_case(own_sets, f"hello, {dev.turns[0].question.lower()}"))
    assert any(f"case {dev.id}" in copy.other.where for copy in copies)


def test_a_later_turn_counts_if_it_says_something_of_its_own() -> None:
    planted = with_case([], "What is HER2?", "and how long?", "my port is red and oozing since this morning")
    assert [known.where for known in texts_of(planted, Split.TEST)] == [
        "safety-planted.yaml, case planted, turn 1",
        "safety-planted.yaml, case planted, turn 3",
    ]


def test_a_pair_is_one_family() -> None:
    cases = tuple(
        Case(f"pair-001-{name}", (Gold("x"),), tags=("base", "pair-001")) for name in ("base", "past")
    )
    known = list(texts_of([EvalSet("safety", Path("safety.yaml"), cases)], Split.DEV))
    assert {each.family for each in known} == {"pair-001"}


def test_examples_of_several_messages_are_taken_apart() -> None:
    assert all(isinstance(known.text, str) and known.text for known in rule_texts())


def test_brand_and_generic_names_of_all_groups_are_drugs() -> None:
    assert {"ibrance", "palbociclib", "enhertu", "zometa", "tamoxifen"} <= drug_names()


def test_the_command_ends_well_for_our_sets_and_names_both_texts_of_a_copy(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set_copies.main() == 0
    assert capsys.readouterr().out == "0 near copies and crowded templates among the cases.\n"
    planted = with_case([], "it feels like an elephant is sitting on my chest")
    monkeypatch.setattr(set_copies, "load_sets", lambda _: planted)
    assert set_copies.main() == 1
    said = capsys.readouterr().out
    assert "case planted: 'it feels like an elephant" in said
    assert "voices-b.yaml, emergency: 'feels like an elephant" in said
