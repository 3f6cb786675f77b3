"""Write down what a run found, in files whose bytes depend on the results alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from eval.by_pair import PairResult
from eval.case_hash import cases_sha256, turns_sha256
from eval.case_scores import case_scores
from eval.cases import EvalSet, Split
from eval.gating.verdict import Verdict, verdict_json
from eval.intervals import CONFIDENCE, RESAMPLES, SEED
from eval.metrics import section_of
from eval.pins import Stale
from eval.report_files import ReportFiles
from eval.rounding import rounded
from eval.runner import CaseResult, TurnResult
from eval.score import Group, Score
from eval.scoring import (
    contradictions,
    form_faults,
    gold_sections,
    nuggets_cited,
    nuggets_found,
)
from eval.summary import Summary

__all__ = ["ReportFiles", "Run", "case_rows", "rounded", "summary_json", "timings_json", "write_report"]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Run:
    """What was asked for, and what came of it."""

    sets: tuple[EvalSet, ...]
    split: Split | None
    """None for all cases."""
    today: date
    results: tuple[CaseResult, ...]
    summary: Summary
    content_sha256: str | None
    generation: str | None
    stale: tuple[Stale, ...] = ()
    """Cases whose gold sections are not what they were when they were pinned."""
    index_bytes: int | None = None
    verdict: Verdict | None = None
    """What the gate says, if there is one."""


def write_report(run: Run, out: ReportFiles) -> None:
    """Write the three files. Raises OSError if one cannot be written."""
    _write(out.summary, json.dumps(summary_json(run), ensure_ascii=False, indent=2) + "\n")
    rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in case_rows(run.results))
    _write(out.cases, "".join(rows))
    _write(out.timings, json.dumps(timings_json(run), indent=2) + "\n")


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def summary_json(run: Run) -> dict[str, Any]:
    """Return the summary as plain values; keys and order are stable, numbers have six digits."""
    summary = run.summary
    return {
        "format": FORMAT,
        "sets": [
            {"name": each.name, "cases": len(each.cases), "sha256": cases_sha256(each.cases)}
            for each in run.sets
        ],
        "split": run.split.value if run.split else "all",
        "content_sha256": run.content_sha256,
        "today": run.today.isoformat(),
        "statistics": {"confidence": CONFIDENCE, "resamples": RESAMPLES, "seed": SEED},
        "cases": summary.cases,
        "turns": summary.turns,
        "errors": len(summary.failed),
        "failed": {result.case.id: result.error for result in summary.failed},
        "stale": {each.case: _stale_json(each) for each in run.stale},
        "metrics": _groups_json(summary.groups),
        "categories": _groups_json(summary.categories),
        "rules": _groups_json(summary.rules),
        "pairs": _groups_json(summary.pairs),
        "pair_changes": [_pair_json(pair) for pair in summary.pair_results if pair.changed],
        "lone_pairs": list(summary.lone),
        "gate": verdict_json(run.verdict) if run.verdict else None,
        "case_ids": sorted(result.case.id for result in run.results),
    }


def _stale_json(stale: Stale) -> dict[str, Any]:
    return {"changed": list(stale.changed), "gone": list(stale.gone), "scored": stale.is_scored}


def _pair_json(pair: PairResult) -> dict[str, Any]:
    return {
        "pair": pair.name,
        "variant": pair.variant,
        "base": {"id": pair.base_id, "kind": pair.base_label.value, "right": pair.base_right},
        "other": {"id": pair.variant_id, "kind": pair.variant_label.value, "right": pair.variant_right},
        "due": pair.change_due,
    }


def _groups_json(groups: Iterable[Group]) -> dict[str, Any]:
    return {group.name: {score.name: _score_json(score) for score in group.scores} for group in groups}


def _score_json(score: Score) -> dict[str, Any]:
    interval, target = score.interval, score.target
    return {
        "value": rounded(score.value),
        "n": score.n,
        "unit": score.unit.value,
        "low": rounded(interval.low) if interval else None,
        "high": rounded(interval.high) if interval else None,
        "interval": score.interval_kind.value if score.interval_kind else None,
        "target": {"at_most" if target.at_most else "at_least": rounded(target.value)} if target else None,
        "reached": score.is_reached,
    }


def case_rows(results: Iterable[CaseResult]) -> list[dict[str, Any]]:
    """Return one row per case, by id, with everything but times."""
    return [
        {
            "id": result.case.id,
            "set": result.set_name,
            "split": result.case.split.value,
            "tags": list(result.case.tags),
            "sha256": turns_sha256(result.case),
            "error": result.error,
            "scores": case_scores(result),
            "turns": [_turn_json(turn) for turn in result.turns],
        }
        for result in sorted(results, key=lambda each: each.case.id)
    ]


def _turn_json(turn: TurnResult) -> dict[str, Any]:
    gold, seen = turn.gold, turn.observed
    return {
        "question": gold.question,
        "understood": seen.understood,
        "kind": seen.kind.value,
        "right_kinds": [kind.value for kind in gold.kinds],
        "categories": [category.value for category in seen.categories],
        "right_categories": None if gold.categories is None else [each.value for each in gold.categories],
        "also": [category.value for category in gold.also],
        "rules": list(seen.rules),
        "ranking": list(seen.ranking),
        "passages": list(seen.passages),
        "right_sections": list(gold_sections(gold)),
        "right_passages": _right_passages(turn),
        "quotes": [
            {"text": text, "exact": exact, "lost": [fault.value for fault in faults]}
            for text, exact, faults in zip(seen.quotes, seen.exact, seen.context, strict=True)
        ],
        "notice": seen.notice,
        "form_faults": [fault.value for fault in form_faults(seen)],
        "nuggets_found": list(nuggets_found(gold, seen)),
        "nuggets_cited": list(nuggets_cited(gold, seen)),
        "contradictions": list(contradictions(gold, seen)),
        "confidence": rounded(seen.confidence),
        "scores": {name: rounded(value) for name, value in turn.scores.items()},
    }


def _right_passages(turn: TurnResult) -> list[bool] | None:
    """Tell for each cited passage whether its section is gold; None where none is."""
    gold = gold_sections(turn.gold)
    return [section_of(passage) in gold for passage in turn.observed.passages] if gold else None


def latency_ms(results: Iterable[CaseResult]) -> tuple[float | None, float | None]:
    """Return the median and the 95th percentile of the time of a reply in milliseconds; None without any."""
    times = [ms for result in results for ms in result.reply_ms]
    if not times:
        return None, None
    p50, p95 = np.quantile(times, [0.5, 0.95])
    return round(float(p50), 3), round(float(p95), 3)


def timings_json(run: Run) -> dict[str, Any]:
    """Return how long replies took in milliseconds, and which index gave them."""
    times = {result.case.id: list(result.reply_ms) for result in run.results}
    flat = [ms for each in times.values() for ms in each]
    p50, p95 = latency_ms(run.results)
    return {
        "generation": run.generation,
        "index_bytes": run.index_bytes,
        "turns": len(flat),
        "p50_ms": p50,
        "p95_ms": p95,
        "reply_ms": {name: [round(ms, 3) for ms in each] for name, each in sorted(times.items())},
    }
