"""The table of a run for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.text import one_line
from eval.report import Run
from eval.summary import Group, Score

PIPED_WIDTH = 110
_SHOWN_FAILURES = 10


def print_run(run: Run, out: TextIO) -> None:
    """Print what a run found: first what failed, then every score with its n, interval and target."""
    console = Console(
        file=out, width=None if out.isatty() else PIPED_WIDTH, highlight=False, markup=False, emoji=False
    )
    for line in _heading(run):
        console.print(line, soft_wrap=True)
    console.print(_table(run))


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


def plain(text: str, style: str = "") -> Text:
    """Return text as it may reach a terminal, never read as markup."""
    return Text(one_line(text), style)


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
    return table


def _add_group(table: Table, group: Group) -> None:
    table.add_row(plain(group.name, "bold"))
    for score in group.scores:
        table.add_row(
            f"  {score.name}",
            str(score.n),
            score.unit.value,
            "none" if score.value is None else _number(score.value),
            f"{_number(score.interval.low)} - {_number(score.interval.high)}" if score.interval else "",
            _target(score),
            _verdict(score),
        )


def _number(value: float) -> str:
    if value >= 10:
        return f"{value:.1f}"
    # what misses the border must not be shown as lying on it
    if 0.9995 <= value < 1:
        return "<1.000"
    return ">0.000" if 0 < value < 0.0005 else f"{value:.3f}"


def _target(score: Score) -> str:
    if score.target is None:
        return ""
    return f"{'<=' if score.target.at_most else '>='} {_number(score.target.value)}"


def _verdict(score: Score) -> Text:
    if score.is_reached is None:
        return Text("")
    return Text("reached", "green") if score.is_reached else Text("missed", "bold red")
