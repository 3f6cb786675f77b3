"""The part of the page on when to answer: error against coverage."""

from __future__ import annotations

from collections.abc import Sequence

from bot.markup import Markup, joined, tag
from eval.by_confidence import judged_turns
from eval.metrics import coverage_curve, is_answerable, is_answered
from eval.metrics.selective import ERROR
from eval.page.plots import coverage_plot
from eval.runner import CaseResult


def abstention_part(results: Sequence[CaseResult]) -> Markup | None:
    """Return the curve with the present threshold on it; None unless some can be answered and some not."""
    scored = [result for result in results if result.error is None]
    points = coverage_curve([turn for _, turn in judged_turns(scored)])
    if not points:
        return None
    text = (
        "Each point of the line is a threshold of the confidence: to the right more is answered, upwards "
        "more of the answers are to questions that the articles do not cover. The dot is what was answered."
    )
    return joined(tag("p", text), tag("figure", coverage_plot(points, present_point(scored), ERROR)))


def present_point(results: Sequence[CaseResult]) -> tuple[float, float] | None:
    """Return which share of what is answerable was answered, and which share of the answers is wrong so."""
    judged = [
        (can, is_answered(turn.observed.kind, len(turn.observed.quotes)))
        for result in results
        for turn in result.turns
        if (can := is_answerable(turn.gold.kinds)) is not None
    ]
    answerable = sum(can for can, _ in judged)
    right = sum(can and did for can, did in judged)
    answered = sum(did for _, did in judged)
    return (right / answerable, (answered - right) / answered) if answerable and answered else None
