"""Choosing the cases that are worth looking at: what went wrong, the gravest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from eval.runner import CaseResult, TurnResult

MOST_PER_FAULT = 8

Scores = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that can be wrong with a turn."""

    name: str
    says: str
    """In words for a heading, of several cases."""
    depth: Callable[[Scores], float]
    """How wrong a turn is, from 0 for not at all to 1."""


def _whole(metric: str) -> Callable[[Scores], float]:
    return lambda scores: scores.get(metric) or 0.0


def _missing(metric: str) -> Callable[[Scores], float]:
    def depth(scores: Scores) -> float:
        value = scores.get(metric)
        return 0.0 if value is None else 1 - value

    return depth


FAULTS: tuple[Fault, ...] = (
    Fault("misquoted", "Quotes that are not what the article says", _missing("quote_fidelity")),
    Fault("contradiction", "Statements that a right answer must not make", _whole("contradiction")),
    Fault("under-triage", "Led less seriously than they should be", _whole("under_triage")),
    Fault("not framed", "Replies without the line that frames them", _missing("frame_presence")),
    Fault("action not first", "Notices that do not open with what to do", _missing("action_first")),
    Fault("invented", "Answered, though the articles do not cover it", _whole("hallucination")),
    Fault("unanswered", "Not answered, though the articles cover it", _whole("error_rate")),
    Fault("vital facts missing", "Answered without facts that matter", _missing("vital_recall")),
    Fault("over-refusal", "General questions that got a notice or a boundary", _whole("over_refusal")),
    Fault("over-triage", "Led more seriously than they should be", _whole("over_triage")),
    Fault("misunderstood", "Follow-ups taken for another question", _missing("understood")),
    Fault("out of context", "Sentences that lost what they lean on", _missing("context_integrity")),
    Fault("wrong kind", "Another kind of reply than is right", _missing("right_kind")),
    Fault("not found", "Sections that the search did not bring among the first five", _missing("recall@5")),
)
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class FaultyCases:
    """The cases of which one fault is the gravest."""

    fault: Fault
    shown: tuple[CaseResult, ...]
    """The worst of them, the worst first."""
    count: int
    """How many there are in all."""


def faults_of(turn: TurnResult) -> list[Fault]:
    """Return what is wrong with a turn, the gravest first."""
    return [fault for fault in FAULTS if fault.depth(turn.scores) > 0]


def worst_cases(results: Iterable[CaseResult], most: int = MOST_PER_FAULT) -> list[FaultyCases]:
    """Return the worst cases of every fault, each case under its gravest one; at most ``most`` of each.

    Among cases with the same gravest fault the deepest comes first, then the one with more faults.
    """
    found: dict[str, list[tuple[float, int, str, CaseResult]]] = {fault.name: [] for fault in FAULTS}
    for result in results:
        faults = [fault for turn in result.turns for fault in faults_of(turn)]
        if faults:
            gravest = min(faults, key=FAULTS.index)
            depth = max(gravest.depth(turn.scores) for turn in result.turns)
            found[gravest.name].append((-depth, -len(faults), result.case.id, result))
    return [
        FaultyCases(fault, tuple(row[-1] for row in sorted(rows, key=lambda row: row[:3])[:most]), len(rows))
        for fault in FAULTS
        if (rows := found[fault.name])
    ]
