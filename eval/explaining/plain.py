"""A trace as plain values for JSON."""

from __future__ import annotations

from typing import Any

from eval.explaining.facts import FactTrace
from eval.explaining.trace import CaseTrace, HitTrace, TurnTrace
from eval.rounding import rounded


def trace_json(trace: CaseTrace) -> dict[str, Any]:
    """Return a trace as plain values; numbers have six digits."""
    return {
        "id": trace.case.id,
        "set": trace.set_name,
        "split": trace.case.split.value,
        "tags": list(trace.case.tags),
        "stale": list(trace.stale),
        "turns": [_turn_json(turn) for turn in trace.turns],
    }


def _turn_json(turn: TurnTrace) -> dict[str, Any]:
    gold, seen = turn.gold, turn.observed
    return {
        "question": gold.question,
        "understood": seen.understood,
        "searched": turn.searched,
        "kind": seen.kind.value,
        "right_kinds": [kind.value for kind in gold.kinds],
        "safety": _safety_json(turn),
        "confidence": _confidence_json(turn),
        "why_not": turn.why_not,
        "hits": [_hit_json(hit) for hit in turn.hits],
        "ranking": list(seen.ranking),
        "quotes": _quotes_json(turn),
        "citations": [{"passage": passage, "right": is_gold} for passage, is_gold in turn.citations],
        "facts": [_fact_json(fact) for fact in turn.facts],
        "contradictions": list(turn.contradictions),
        "scores": {name: rounded(value) for name, value in turn.scores.items()},
    }


def _safety_json(turn: TurnTrace) -> dict[str, Any]:
    due = turn.gold.categories
    return {
        "findings": [
            {
                "rule": finding.rule,
                "category": finding.category.value,
                "words": finding.words,
                "message": finding.turn + 1,
                "cancelled_by": finding.cancelled_by,
            }
            for finding in turn.findings
        ],
        "seen": [category.value for category in turn.observed.categories],
        "due": None if due is None else [category.value for category in due],
        "also": [category.value for category in turn.gold.also],
        "form_faults": list(turn.form),
    }


def _hit_json(hit: HitTrace) -> dict[str, Any]:
    return {
        "passage": hit.passage,
        "score": rounded(hit.score),
        "cosine": rounded(hit.cosine),
        "words": rounded(hit.words),
        "gold": hit.is_gold,
        "cited": hit.is_cited,
    }


def _fact_json(fact: FactTrace) -> dict[str, Any]:
    return {
        "any": list(fact.patterns),
        "vital": fact.vital,
        "support": fact.support,
        "fate": fact.fate.name.lower(),
    }


def _confidence_json(turn: TurnTrace) -> dict[str, Any] | None:
    confidence = turn.confidence
    if confidence is None:
        return None
    return {
        "value": rounded(confidence.value),
        "threshold": confidence.threshold,
        "bias": confidence.bias,
        "signals": {
            signal.name: {"value": rounded(signal.value), "weight": signal.weight}
            for signal in confidence.signals
        },
        "foreign": confidence.foreign,
        "unknown": list(confidence.unknown),
    }


def _quotes_json(turn: TurnTrace) -> list[dict[str, Any]]:
    seen = turn.observed
    return [
        {
            "text": sentence.text,
            "citation": sentence.citation,
            "rank": sentence.rank,
            "candidates": sentence.candidates,
            "score": rounded(sentence.score),
            "share_of_best": rounded(sentence.share_of_best),
            "cosine": rounded(sentence.cosine),
            "why": list(sentence.why),
            "exact": exact,
            "lost": [fault.value for fault in faults],
        }
        for sentence, exact, faults in zip(turn.sentences, seen.exact, seen.context, strict=True)
    ]
