"""The verdict of a gate for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from eval.gating.verdict import Verdict
from eval.terminal import exactly, listed, plain


def verdict_lines(verdict: Verdict) -> Iterator[Text]:
    """Yield what was compared, everything that is broken or fell, and whether the gate holds."""
    yield from (plain(line) for line in _scope(verdict))
    yield from (plain(line, "red") for line in _faults(verdict))
    yield plain("Gate: holds", "bold green") if verdict.holds else plain("Gate: FAILED", "bold red")


def _scope(verdict: Verdict) -> Iterator[str]:
    comparison = verdict.comparison
    new = len(comparison.only_new)
    yield f"Gate: {len(comparison.common)} cases compared with the baseline, {new} new ones only counted"
    for ids, why in (
        (comparison.only_old, "are in the baseline and were not run"),
        (comparison.relabelled, "are asked or labelled otherwise than in the baseline"),
    ):
        if ids:
            yield f"Gate: {len(ids)} {why}: {listed(ids)}"


def _faults(verdict: Verdict) -> Iterator[str]:
    if verdict.failed:
        yield f"Gate: {len(verdict.failed)} cases ended in an error: {listed(verdict.failed)}"
    for score in verdict.broken:
        assert score.target is not None
        assert score.value is not None
        bound = "at most" if score.target.at_most else "at least"
        yield (
            f"Gate: {score.name} is {exactly(score.value)} over {score.n} {score.unit.value}, "
            f"and must be {bound} {exactly(score.target.value)}"
        )
    for each in verdict.falls:
        yield (
            f"Gate: {each.metric} fell from {exactly(each.old)} to {exactly(each.new)} over {each.n} cases "
            f"(change {each.interval.low:+.3f} to {each.interval.high:+.3f}); lost: {listed(each.lost)}"
        )
