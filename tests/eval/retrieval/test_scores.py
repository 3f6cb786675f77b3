from __future__ import annotations

from random import Random

import ir_measures
import pytest
from ir_measures import RR, R, Success, nDCG

from eval.retrieval.beir import Query
from eval.retrieval.scores import judge_ranking, report_json, report_on, rows_json

MEASURES = {
    "ndcg@10": nDCG @ 10,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "recall@100": R @ 100,
    "mrr@10": RR @ 10,
    "hit@1": Success @ 1,
}


def test_known_numbers() -> None:
    ranked = judge_ranking(Query("q", "x", {"a": 2, "b": 1, "c": 0}), ["c", "a", "z"])
    assert ranked.scores == {
        "ndcg@10": pytest.approx((2 / 1.5849625007) / (2 + 1 / 1.5849625007)),
        "recall@5": 0.5,
        "recall@10": 0.5,
        "recall@100": 0.5,
        "mrr@10": 0.5,
        "hit@1": 0.0,
    }


@pytest.mark.parametrize("seed", range(20))
def test_random_rankings_score_as_in_ir_measures(seed: int) -> None:
    random = Random(seed)
    documents = [f"d{n}" for n in range(150)]
    query = Query(
        "q", "x", {name: random.choice([0, 0, 1, 1, 2, 3]) for name in random.sample(documents, 12)}
    )
    if not query.relevant:
        query = Query("q", "x", {"d1": 1})
    ranking = random.sample(documents, 100)
    qrels = [ir_measures.Qrel("q", name, grade) for name, grade in query.grades.items()]
    run = [ir_measures.ScoredDoc("q", name, 1000.0 - place) for place, name in enumerate(ranking)]
    expected = ir_measures.calc_aggregate(list(MEASURES.values()), qrels, run)
    scores = judge_ranking(query, ranking).scores
    for name, measure in MEASURES.items():
        assert scores[name] == pytest.approx(expected[measure], abs=1e-9)


def test_a_query_without_a_relevant_document_is_in_no_number() -> None:
    ranked = [
        judge_ranking(Query("q1", "x", {"a": 1}), ["a"]),
        judge_ranking(Query("q2", "y", {"a": 0}), ["a"]),
        judge_ranking(Query("q3", "z", {"b": 1}), ["a", "b"]),
    ]
    report = report_on(ranked, left_out=2, documents=7)
    plain = report_json(report)
    assert (plain["queries"], plain["not_judged"], plain["left_out"], plain["documents"]) == (3, 1, 2, 7)
    assert plain["metrics"]["hit@1"] == {
        "value": 0.5,
        "n": 2,
        "low": 0.094531,
        "high": 0.905469,
        "interval": "wilson",
    }
    assert plain["metrics"]["mrr@10"]["value"] == 0.75
    assert plain["metrics"]["mrr@10"]["interval"] == "bootstrap"
    assert rows_json(report)[1] == {
        "id": "q2",
        "text": "y",
        "relevant": [],
        "ranking": ["a"],
        "scores": dict.fromkeys(MEASURES),
    }
