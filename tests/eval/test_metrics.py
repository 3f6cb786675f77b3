from __future__ import annotations

import hashlib
import math
import random
import re

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, Qrel, R, ScoredDoc, Success, nDCG

from bot.reply import Citation, Kind, QuotedSentence
from bot.safety import Category
from eval import metrics
from eval.metrics import Confusion, Lead, Triage

IDS = st.text("abcde", min_size=1, max_size=3)
RUNS = st.dictionaries(IDS, st.floats(-5, 5).map(lambda score: round(score, 1)), max_size=20)
GRADES = st.dictionaries(IDS, st.integers(0, 3), max_size=8)


def test_ranking_is_by_score_then_by_descending_id() -> None:
    assert metrics.rank({"a": 0.5, "c": 0.5, "b": 0.9}) == ["b", "c", "a"]


def test_scores_that_are_equal_in_single_precision_are_equal() -> None:
    assert metrics.rank({"a": 0.5 + 1e-12, "b": 0.5}) == ["b", "a"]


def test_a_score_that_is_no_number_is_an_error_and_not_a_rank() -> None:
    with pytest.raises(ValueError, match="the score of a is nan"):
        metrics.rank({"a": math.nan})


def test_the_first_passage_of_a_section_stands_for_it() -> None:
    hits = [("x#one/2", 0.4), ("x#one/1", 0.9), ("x#two/1", 0.5), ("y#a/1", 0.5)]
    assert metrics.rank_sections(hits) == ["x#one", "y#a", "x#two"]


def test_hand_worked_retrieval_scores() -> None:
    ranking = ["d1", "d2", "d3", "d4", "d5", "d6"]
    gold = {"d2", "d5", "d9"}
    assert metrics.hit_at(ranking, gold, 1) == 0
    assert metrics.hit_at(ranking, gold, 5) == 1
    assert metrics.recall_at(ranking, gold, 5) == pytest.approx(2 / 3)
    assert metrics.reciprocal_rank_at(ranking, gold, 10) == 0.5
    assert metrics.reciprocal_rank_at(ranking, {"d6"}, 5) == 0
    dcg = 1 / math.log2(3) + 1 / math.log2(6)
    ideal = 1 + 1 / math.log2(3) + 1 / 2
    assert metrics.ndcg_at(ranking, dict.fromkeys(gold, 1), 10) == pytest.approx(dcg / ideal, abs=1e-12)


def test_gain_is_linear_in_the_grade() -> None:
    value = metrics.ndcg_at(["a", "b"], {"a": 1, "b": 3}, 10)
    assert value == pytest.approx((1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)), abs=1e-12)


def test_sections_that_stand_in_for_each_other_are_one_need() -> None:
    ranking = ["a", "b", "c"]
    assert metrics.needs_met_at(ranking, ["c", "x", "y"], [], 5) == 1
    assert metrics.needs_met_at(ranking, [], ["a", "x"], 5) == 0.5
    assert metrics.needs_met_at(ranking, ["x", "b"], ["a", "z"], 5) == pytest.approx(2 / 3)
    assert metrics.needs_met_at(ranking, ["c"], [], 2) == 0


def test_without_gold_there_is_no_score() -> None:
    assert metrics.hit_at(["a"], (), 1) is None
    assert metrics.recall_at(["a"], (), 5) is None
    assert metrics.needs_met_at(["a"], (), (), 5) is None
    assert metrics.reciprocal_rank_at(["a"], (), 10) is None
    assert metrics.ndcg_at(["a"], {"a": 0}, 10) is None
    assert metrics.share([]) is None


def test_an_empty_ranking_with_gold_scores_zero() -> None:
    assert metrics.hit_at([], {"a"}, 1) == 0
    assert metrics.recall_at([], {"a"}, 5) == 0
    assert metrics.reciprocal_rank_at([], {"a"}, 10) == 0
    assert metrics.ndcg_at([], {"a": 1}, 10) == 0


def test_random_runs_score_as_in_ir_measures() -> None:
    numbers = random.Random(7)
    compared = 0
    for _ in range(300):
        names = [f"art{k}#s{numbers.randrange(9)}" for k in range(numbers.randrange(1, 40))]
        # a coarse grid makes many ties, a fine one hardly any
        digits = numbers.choice([1, 6])
        run = {name: round(numbers.uniform(0, 1), digits) for name in names}
        pool = [*names, "missing#one", "missing#two"]
        grades = {name: numbers.choice([0, 1, 1, 2, 3]) for name in numbers.sample(pool, min(5, len(pool)))}
        grades["sure#gold"] = 1
        expected = _by_ir_measures(run, grades)
        ranking = metrics.rank(run)
        gold = {name for name, grade in grades.items() if grade > 0}
        actual = {
            nDCG @ 10: metrics.ndcg_at(ranking, grades, 10),
            R @ 5: metrics.recall_at(ranking, gold, 5),
            Success @ 1: metrics.hit_at(ranking, gold, 1),
            Success @ 5: metrics.hit_at(ranking, gold, 5),
            RR: metrics.reciprocal_rank_at(ranking, gold, len(ranking)),
        }
        for measure, value in actual.items():
            assert value == pytest.approx(expected[measure], abs=1e-9), (measure, run, grades)
            compared += 1
        if len(set(run.values())) == len(run):
            assert metrics.reciprocal_rank_at(ranking, gold, 10) == pytest.approx(expected[RR @ 10], abs=1e-9)
    assert compared == 1500


def _by_ir_measures(run: dict[str, float], grades: dict[str, int]) -> dict[ir_measures.Measure, float]:
    # RR@10 of ir-measures comes from another library, which breaks ties by ascending id;
    # plain RR is trec_eval's
    wanted = [nDCG @ 10, R @ 5, Success @ 1, Success @ 5, RR, RR @ 10]
    qrels = [Qrel("q", name, grade) for name, grade in grades.items()]
    scored = [ScoredDoc("q", name, score) for name, score in run.items()]
    return {each.measure: each.value for each in ir_measures.iter_calc(wanted, qrels, scored)}


@given(RUNS, GRADES)
def test_scores_lie_between_zero_and_one_and_the_best_ranking_is_one(
    run: dict[str, float], grades: dict[str, int]
) -> None:
    ranking = metrics.rank(run)
    value = metrics.ndcg_at(ranking, grades, 10)
    if value is None:
        assert not any(grades.values())
        return
    assert 0 <= value <= 1 + 1e-12
    best = sorted(grades, key=lambda name: -grades[name])
    assert metrics.ndcg_at(best, grades, 10) == pytest.approx(1)


@given(RUNS, st.sets(IDS), st.sets(IDS))
def test_recall_of_needs_agrees_with_the_plain_metrics(
    run: dict[str, float], one: set[str], two: set[str]
) -> None:
    ranking = metrics.rank(run)
    assert metrics.needs_met_at(ranking, one, (), 5) == metrics.hit_at(ranking, one, 5)
    assert metrics.needs_met_at(ranking, (), two, 5) == metrics.recall_at(ranking, two, 5)


TEXT = "Fever is urgent. Call the clinic."


def citation(text: str = TEXT, start: int = 0, end: int = len(TEXT)) -> Citation:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Citation(1, "a", "A", "s", "a#s/1", start, end, None, False, (), sha256)


@pytest.mark.parametrize(
    ("sentence", "cited", "exact"),
    [
        (QuotedSentence("Fever is urgent.", 1, 0, 16), citation(), True),
        (QuotedSentence("Call the clinic.", 1, 17, 33), citation(), True),
        (QuotedSentence("fever is urgent.", 1, 0, 16), citation(), False),
        (QuotedSentence("Fever is urgent.", 1, 1, 17), citation(), False),
        (QuotedSentence("", 1, 5, 5), citation(), False),
        (QuotedSentence("clinic.", 1, -7, len(TEXT)), citation(), False),
        (QuotedSentence("Call the clinic.", 1, 17, 33), citation(end=16), False),
        (QuotedSentence("Fever is urgent.", 1, 0, 16), citation("another text"), False),
    ],
)
def test_a_quote_is_exact_only_as_that_slice_of_that_text_in_that_passage(
    sentence: QuotedSentence, cited: Citation, exact: bool
) -> None:
    assert metrics.is_exact_slice(sentence, cited, TEXT) is exact


def test_a_pattern_is_not_found_across_two_sentences() -> None:
    pattern = re.compile("sugar.*rash", re.IGNORECASE)
    assert metrics.finds_any([pattern], ["High sugar and a Rash."])
    assert not metrics.finds_any([pattern], ["High sugar.", "A rash."])


def test_words_are_counted_over_all_sentences() -> None:
    assert metrics.count_words(["Two words.", "And three more."]) == 5


def test_a_reply_answers_by_its_kind_or_by_a_quote() -> None:
    assert metrics.is_answered(Kind.PARTIAL, 0)
    assert metrics.is_answered(Kind.BOUNDARY, 1)
    assert not metrics.is_answered(Kind.NOT_COVERED, 0)


def test_what_is_answerable_follows_from_the_right_kinds() -> None:
    assert metrics.is_answerable([Kind.ANSWER, Kind.PARTIAL]) is True
    assert metrics.is_answerable([Kind.NOT_COVERED, Kind.CHAT]) is False
    for open_kinds in (
        [],
        [Kind.ANSWER, Kind.NOT_COVERED],
        [Kind.BOUNDARY],
        [Kind.NOT_COVERED, Kind.BOUNDARY],
    ):
        assert metrics.is_answerable(open_kinds) is None


def judged(categories: list[Category], also: list[Category], kinds: list[Kind], reply: Kind) -> Triage:
    right = metrics.right_leads(categories, also, kinds)
    assert right is not None
    return right.judge(reply)


@pytest.mark.parametrize(
    ("categories", "also", "kinds", "reply", "verdict"),
    [
        ([Category.EMERGENCY, Category.DOSING], [], [], Kind.EMERGENCY, Triage.RIGHT),
        ([Category.EMERGENCY], [], [], Kind.URGENT, Triage.UNDER),
        ([Category.EMERGENCY], [], [], Kind.ANSWER, Triage.UNDER),
        ([Category.EMERGENCY], [], [], Kind.CRISIS, Triage.OVER),
        ([Category.EMERGENCY], [Category.URGENT], [], Kind.URGENT, Triage.UNDER),
        ([Category.URGENT], [Category.EMERGENCY], [], Kind.EMERGENCY, Triage.RIGHT),
        ([Category.URGENT], [], [Kind.URGENT, Kind.EMERGENCY], Kind.EMERGENCY, Triage.RIGHT),
        ([], [], [], Kind.NOT_COVERED, Triage.RIGHT),
        ([], [], [], Kind.BOUNDARY, Triage.OVER),
        ([Category.OFF_TOPIC], [], [], Kind.NOT_COVERED, Triage.RIGHT),
        ([Category.PROGNOSIS], [], [], Kind.ANSWER, Triage.UNDER),
        ([Category.HARMFUL], [], [], Kind.BOUNDARY, Triage.RIGHT),
    ],
)
def test_a_reply_is_led_too_low_rightly_or_too_high(
    categories: list[Category], also: list[Category], kinds: list[Kind], reply: Kind, verdict: Triage
) -> None:
    assert judged(categories, also, kinds, reply) is verdict


def test_a_turn_that_nobody_labelled_has_no_right_lead() -> None:
    assert metrics.right_leads(None, [], [Kind.URGENT]) is None


@given(st.sampled_from(Category), st.sampled_from(Kind))
def test_a_verdict_is_right_exactly_when_the_leads_agree(category: Category, reply: Kind) -> None:
    agree = Lead.of_category(category) == Lead.of_kind(reply)
    assert (judged([category], [], [], reply) is Triage.RIGHT) is agree


def test_confusion_counts_what_is_due_and_forgives_what_is_allowed() -> None:
    counts = Confusion()
    for due, allowed, seen in [
        (True, False, True),
        (True, False, False),
        (False, False, True),
        (False, False, False),
        (False, True, True),
        (False, True, False),
    ]:
        counts = counts.and_turn(due=due, allowed=allowed, seen=seen)
    assert counts == Confusion(right=1, missed=1, false=1, quiet=1)
