"""Retrieval, by the conventions of trec_eval (NIST), as the ``ir-measures`` package follows them.

Gain is the grade itself, the discount is log2(rank + 1), and documents of equal score are ranked by
descending id. None means "no gold, not scored", which is never the same as 0.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Collection, Iterable, Mapping, Sequence


def rank(scores: Mapping[str, float]) -> list[str]:
    """Return the ids by descending score, equal scores by descending id.

    Scores are compared in single precision, as trec_eval stores them.
    Raises ValueError for a score that is not a finite number.
    """
    for name, score in scores.items():
        if not math.isfinite(score):
            raise ValueError(f"the score of {name} is {score} and cannot be ranked")
    return sorted(scores, key=lambda name: (_single(scores[name]), name), reverse=True)


def _single(score: float) -> float:
    return float(struct.unpack("f", struct.pack("f", score))[0])


def section_of(passage: str) -> str:
    """Return the section, ``article#section``, of a passage ``article#section/k``."""
    return passage.rpartition("/")[0]


def rank_sections(hits: Iterable[tuple[str, float]]) -> list[str]:
    """Return the sections of ranked passages: the first passage of a section stands for it.

    ``hits`` are passage ids (``article#section/k``) with their scores, in any order.
    """
    best: dict[str, float] = {}
    for passage, score in hits:
        section = section_of(passage)
        best[section] = max(score, best.get(section, score))
    return rank(best)


def hit_at(ranking: Sequence[str], gold: Collection[str], k: int) -> float | None:
    """Return 1 if any gold id is among the first ``k``, else 0; None without gold."""
    if not gold:
        return None
    return float(any(name in gold for name in ranking[:k]))


def recall_at(ranking: Sequence[str], gold: Collection[str], k: int) -> float | None:
    """Return the share of the gold ids that is among the first ``k``; None without gold."""
    wanted = set(gold)
    return len(wanted.intersection(ranking[:k])) / len(wanted) if wanted else None


def needs_met_at(
    ranking: Sequence[str], any_of: Collection[str], all_of: Collection[str], k: int
) -> float | None:
    """Return the recall where some ids can stand in for each other: ``any_of`` is one need, met by any of it.

    With ``all_of`` alone this is ``recall_at``, with ``any_of`` alone ``hit_at``.
    """
    needs = [{name} for name in set(all_of)] + ([set(any_of)] if any_of else [])
    met = sum(1 for need in needs if need.intersection(ranking[:k]))
    return met / len(needs) if needs else None


def reciprocal_rank_at(ranking: Sequence[str], gold: Collection[str], k: int) -> float | None:
    """Return 1 / rank of the first gold id within the first ``k``, else 0; None without gold."""
    if not gold:
        return None
    return next((1 / place for place, name in enumerate(ranking[:k], 1) if name in gold), 0.0)


def ndcg_at(ranking: Sequence[str], grades: Mapping[str, int], k: int) -> float | None:
    """Return the normalised discounted gain of the first ``k``; None where no grade is above 0.

    Source: Jarvelin and Kekalainen 2002 with linear gain, as ``ndcg_cut`` of trec_eval.
    """
    gains = [max(grades.get(name, 0), 0) for name in ranking[:k]]
    ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:k]
    return _discounted(gains) / _discounted(ideal) if ideal else None


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))
