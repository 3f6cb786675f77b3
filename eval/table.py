"""The table of a run for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TextIO

from rich.table import Table
from rich.text import Text

from bot.cli.console import console_on
from eval.gating.printing import verdict_lines
from eval.pins import Stale
from eval.report import Run
from eval.summary import Group, Score
from eval.terminal import exactly, plain

_SHOWN_FAILURES = 10


def print_run(run: Run, out: TextIO) -> None:
    """Print what failed or is stale, every score with its n, interval and target, and what the gate says."""
    console = console_on(out)
    for line in (*_heading(run), *_stale(run.stale)):
        console.print(line, soft_wrap=True)
    console.print(_table(run))
    if run.verdict is not None:
        for line in verdict_lines(run.verdict):
            console.print(line, soft_wrap=True)


def _heading(run: Run) -> Iterator[Text]:
    names = ", ".join(each.name for each in run.sets)
    split = run.split.value if run.split else "all"
    summary = run.summary
    counts = f"{summary.cases} cases, {summary.turns} turns"
    yield plain(f"{names}: {counts}, split {split}, asked on {run.today.isoformat()}")
    if summary.failed:
        failed = f"{len(summary.failed)} of {summary.cases} cases ended in an error"
        yield plain(f"{failed} and are in no number below:", "bold red")
        for result in summary.failed[:_SHOWN_FAILURES]:
            yield plain(f"{result.case.id}: {result.error}", "red")
        if len(summary.failed) > _SHOWN_FAILURES:
            yield plain(f"and {len(summary.failed) - _SHOWN_FAILURES} more", "red")
    if summary.lone:
        yield plain(f"{len(summary.lone)} pairs of which one side was not run: {', '.join(summary.lone)}")


def _stale(stale: Sequence[Stale]) -> Iterator[Text]:
    """Name every stale case, under the section that is no longer what it was."""
    if not stale:
        return
    advice = "look at them, then run `mbc-chat eval refresh`"
    yield plain(f"{len(stale)} cases are stale, for their gold is not what it was: {advice}", "bold yellow")
    for word, sections in (
        ("changed", {name for each in stale for name in each.changed}),
        ("gone", {name for each in stale for name in each.gone}),
    ):
        for section in sorted(sections):
            cases = [each.case for each in stale if section in (*each.changed, *each.gone)]
            yield plain(f"  {section} ({word}): {', '.join(cases)}", "yellow")
    unscored = [each.case for each in stale if not each.is_scored]
    if unscored:
        yield plain(f"  in no number below, for no answer can be right: {', '.join(unscored)}", "yellow")


def _table(run: Run) -> Table:
    table = Table("metric", box=None, pad_edge=False)
    table.add_column("n", justify="right")
    table.add_column("of")
    table.add_column("value", justify="right")
    table.add_column("95 %", justify="right")
    table.add_column("target", justify="right")
    table.add_column("")
    for group in run.summary.groups:
        _add_group(table, group)
    for group in run.summary.categories:
        # a category that was neither due nor seen has only a row of quiet turns to show
        if any(score.n for score in group.scores[:2]):
            _add_group(table, group)
    for group in run.summary.pairs:
        _add_group(table, Group(f"pairs: {group.name}", group.scores))
    _add_rules(table, run.summary.rules)
    return table


def _add_rules(table: Table, rules: Sequence[Group]) -> None:
    """Add the precision of every rule that fired where another category was right, the least right first."""
    precision = [replace(group.scores[0], name=group.name) for group in rules]
    doubtful = [score for score in precision if score.value is not None and score.value < 1]
    if doubtful:
        doubtful.sort(key=lambda score: (score.value, score.name))
        _add_group(table, Group("precision of rules with false alarms", tuple(doubtful)))


def _add_group(table: Table, group: Group) -> None:
    table.add_row(plain(group.name, "bold"))
    for score in group.scores:
        table.add_row(
            f"  {score.name}",
            str(score.n),
            score.unit.value,
            _value(score),
            _interval(score),
            target_text(score),
            _verdict(score),
        )


def _value(score: Score) -> str:
    """Return a value as it is shown: with all its digits where it only just misses the target."""
    if score.value is None:
        return "none"
    shown = number_text(score.value)
    if score.target is None or score.is_reached or shown != number_text(score.target.value):
        return shown
    return exactly(score.value)


def _interval(score: Score) -> str:
    if score.interval is None:
        return ""
    return f"{number_text(score.interval.low)} - {number_text(score.interval.high)}"


def number_text(value: float) -> str:
    """Return a number with three digits, or one from 10 on; what misses a border is not shown on it."""
    if value >= 10:
        return f"{value:.1f}"
    # what misses the border must not be shown as lying on it
    if 0.9995 <= value < 1:
        return "<1.000"
    return ">0.000" if 0 < value < 0.0005 else f"{value:.3f}"


def target_text(score: Score) -> str:
    """Return a score's target with its direction; empty without one."""
    if score.target is None:
        return ""
    return f"{'<=' if score.target.at_most else '>='} {number_text(score.target.value)}"


def _verdict(score: Score) -> Text:
    if score.is_reached is None:
        return Text("")
    return Text("reached", "green") if score.is_reached else Text("missed", "bold red")
