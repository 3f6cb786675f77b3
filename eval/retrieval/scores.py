"""The scores of a search over graded questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.intervals import CONFIDENCE, RESAMPLES, SEED, bootstrap, mean
from eval.metrics import hit_at, ndcg_at, recall_at, reciprocal_rank_at
from eval.retrieval.beir import Query
from eval.rounding import rounded
from eval.score import Group, IntervalKind, Score, Unit, share_score

_METRICS: Mapping[str, Callable[[Sequence[str], Query], float | None]] = {
    "ndcg@10": lambda ranking, query: ndcg_at(ranking, query.grades, 10),
    "recall@5": lambda ranking, query: recall_at(ranking, query.relevant, 5),
    "recall@10": lambda ranking, query: recall_at(ranking, query.relevant, 10),
    "recall@100": lambda ranking, query: recall_at(ranking, query.relevant, 100),
    "mrr@10": lambda ranking, query: reciprocal_rank_at(ranking, query.relevant, 10),
    "hit@1": lambda ranking, query: hit_at(ranking, query.relevant, 1),
}
_SHARES = frozenset({"hit@1"})
_KEPT = 10


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the search brought for one question, and its scores; None where no document is relevant."""

    query: Query
    ranking: tuple[str, ...]
    """Article ids, the best first."""
    scores: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """All that is known after a run."""

    ranked: tuple[Ranked, ...]
    left_out: int
    """Questions of which a relevant document is not in the index."""
    documents: int
    group: Group


def judge_ranking(query: Query, ranking: Sequence[str]) -> Ranked:
    """Score the ranking of one question."""
    scores = {name: metric(ranking, query) for name, metric in _METRICS.items()}
    return Ranked(query, tuple(ranking), scores)


def report_on(ranked: Sequence[Ranked], *, left_out: int, documents: int) -> RetrievalReport:
    """Draw the scores of all questions together."""
    scores = tuple(_score(name, ranked) for name in _METRICS)
    return RetrievalReport(tuple(ranked), left_out, documents, Group("retrieval", scores))


def _score(name: str, ranked: Iterable[Ranked]) -> Score:
    values = [value for each in ranked if (value := each.scores[name]) is not None]
    if name in _SHARES:
        return share_score(name, mean(values) if values else None, len(values), Unit.CASES)
    if not values:
        return Score(name, 0)
    return Score(name, len(values), Unit.CASES, mean(values), bootstrap(values), IntervalKind.BOOTSTRAP)


def report_json(report: RetrievalReport) -> dict[str, Any]:
    """Return the scores as plain values; keys and order are stable, numbers have six digits."""
    return {
        "statistics": {"confidence": CONFIDENCE, "resamples": RESAMPLES, "seed": SEED},
        "documents": report.documents,
        "queries": len(report.ranked),
        "left_out": report.left_out,
        "not_judged": sum(not each.query.relevant for each in report.ranked),
        "metrics": {
            score.name: {
                "value": rounded(score.value),
                "n": score.n,
                "low": rounded(score.interval.low) if score.interval else None,
                "high": rounded(score.interval.high) if score.interval else None,
                "interval": score.interval_kind.value if score.interval_kind else None,
            }
            for score in report.group.scores
        },
    }


def rows_json(report: RetrievalReport) -> list[dict[str, Any]]:
    """Return a row for each question, by id."""
    return [
        {
            "id": each.query.id,
            "text": each.query.text,
            "relevant": sorted(each.query.relevant),
            "ranking": list(each.ranking[:_KEPT]),
            "scores": {name: rounded(value) for name, value in each.scores.items()},
        }
        for each in sorted(report.ranked, key=lambda each: each.query.id)
    ]
