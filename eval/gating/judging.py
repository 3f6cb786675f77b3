"""Hold the results of a run against a gate and its baseline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from eval.cases import EvalSetError, Split
from eval.comparing.comparison import compare_rows
from eval.comparing.rows import Row, read_rows, row_of, rows_text
from eval.gating.gate_file import Gate
from eval.gating.verdict import Verdict
from eval.runner import CaseResult
from eval.score import Score, Target
from eval.summary import Summary, summarise

_REBUILD = "Build it with `mbc-chat index build --full --precision fp32`."


def check_judgeable(gate: Gate, split: Split | None, *, is_fp32: bool) -> None:
    """Raise EvalSetError for a run that the gate is not for: another split, or vectors not in fp32."""
    if split is not gate.split:
        asked = split.value if split else "all"
        raise EvalSetError(
            gate.path,
            f"holds for the split {gate.split.value}, and this run is of {asked}",
            mend=f"Use --split {gate.split.value}.",
            key="split",
        )
    if not is_fp32:
        raise EvalSetError(
            "the index",
            "has other vectors than its encoder gives in fp32: no gate can judge it",
            mend=_REBUILD,
        )


def read_baseline(gate: Gate) -> dict[str, Row]:
    """Return the rows of the baseline by id. Raises EvalSetError if there is none or it is broken."""
    if not gate.baseline.exists():
        raise EvalSetError(
            gate.baseline,
            "there is no baseline yet",
            mend=f"Write it: mbc-chat eval run --split {gate.split.value} --gate {gate.path} --new-baseline.",
            key="baseline",
        )
    return read_rows(gate.baseline)


def baseline_text(gate: Gate, results: Iterable[CaseResult]) -> str:
    """Return the rows of a new baseline, with no more metrics than the gate compares."""
    rows = [row_of(result) for result in results]
    return rows_text(
        replace(row, scores={name: row.scores.get(name) for name in gate.paired}) for row in rows
    )


def judge(
    gate: Gate, results: Sequence[CaseResult], summary: Summary, baseline: Mapping[str, Row]
) -> Verdict:
    """Return what the gate says of a run.

    Only cases that are in the baseline too, asked and labelled alike, are compared, and the limits hold
    for these: a new case can break no more than an invariant.
    """
    rows = {result.case.id: row_of(result) for result in results}
    comparison = compare_rows(baseline, rows, gate.paired)
    known = {*comparison.common, *comparison.failed}
    of_baseline = summarise(result for result in results if result.case.id in known)
    return Verdict(
        failed=tuple(result.case.id for result in summary.failed),
        broken=(*_broken(gate.invariants, summary), *_broken(gate.limits, of_baseline)),
        comparison=comparison,
    )


def _broken(targets: Mapping[str, Target], summary: Summary) -> list[Score]:
    held = [replace(summary.scores[name], target=target) for name, target in targets.items()]
    return [score for score in held if score.is_reached is False]
