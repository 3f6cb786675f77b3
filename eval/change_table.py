"""Tables of changes for the terminal: all variants beside each other, then each with its intervals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich.table import Table

from bot.cli.console import console_on
from eval.changes import Change
from eval.terminal import plain
from eval.variants import Comparison, Outcome

_SHOWN_FAILURES = 10


def print_comparison(comparison: Comparison, out: TextIO) -> None:
    """Print what each variant changes, first together, then one by one."""
    console = console_on(out)
    for line in _failures(comparison):
        console.print(plain(line, "red"), soft_wrap=True)
    console.print(_together(comparison))
    console.print(plain("* the 95 % interval of the change leaves out 0; ! and for the worse"))
    for outcome in comparison.outcomes:
        console.print()
        console.print(plain(f"{outcome.variant.name}: {outcome.variant.says}", "bold"), soft_wrap=True)
        console.print(_alone(outcome))


def _failures(comparison: Comparison) -> Iterator[str]:
    if comparison.failed:
        yield f"{len(comparison.failed)} cases ended in an error and are in no number below:"
        for result in comparison.failed[:_SHOWN_FAILURES]:
            yield f"{result.case.id}: {result.error}"


def _together(comparison: Comparison) -> Table:
    table = _headed("metric", "n", "as it is", *(outcome.variant.name for outcome in comparison.outcomes))
    by_metric: dict[tuple[str, str], dict[str, Change]] = {}
    for outcome in comparison.outcomes:
        for change in outcome.changes:
            key = (change.reading.group, change.reading.name)
            by_metric.setdefault(key, {})[outcome.variant.name] = change
    group = None
    for (in_group, name), found in by_metric.items():
        if in_group != group:
            table.add_row(plain(in_group, "bold"))
            group = in_group
        first = next(iter(found.values()))
        cells = [_cell(found.get(outcome.variant.name)) for outcome in comparison.outcomes]
        table.add_row(f"  {name}", str(first.n), f"{first.before:.3f}", *cells)
    return table


def _alone(outcome: Outcome) -> Table:
    moved = [change for change in outcome.changes if change.value or change.is_certain]
    table = _headed("metric", "n", "before", "after", "change", "95 % of the change")
    for change in moved:
        table.add_row(
            f"  {change.reading.group} {change.reading.name}",
            str(change.n),
            f"{change.before:.3f}",
            f"{change.after:.3f}",
            _cell(change),
            f"{change.interval.low:+.3f} to {change.interval.high:+.3f}",
        )
    if not moved:
        table.add_row("  nothing changes")
    return table


def _headed(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(first, no_wrap=True)
    for name in others:
        table.add_column(plain(name), justify="right")
    return table


def _cell(change: Change | None) -> str:
    if change is None:
        return ""
    mark = "!" if change.is_worse else "*" if change.is_certain else " "
    return f"{change.value:+.3f}{mark}" if change.value else "0    "
