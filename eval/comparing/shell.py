"""What ``mbc-chat eval compare`` does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from rich.table import Table
from rich.text import Text

from bot.cli.console import console_on
from bot.cli.context import Exit, WrongUse
from eval.comparing.comparison import Comparison, Difference, compare_rows, difference_json
from eval.comparing.rows import read_run
from eval.intervals import CONFIDENCE, RESAMPLES, SEED
from eval.refusing import bad_files_refused
from eval.terminal import listed, plain
from eval.writing import check_writable, write_json


def execute_compare(old: Path, new: Path, json_file: Path | None, out: TextIO) -> Exit:
    """Compare two written runs, print the differences and write them if asked.

    Raises WrongUse for a run that is not whole, for two without a common case, and for a file that cannot be
    written.
    """
    if json_file:
        check_writable("--json", json_file)
    with bad_files_refused():
        comparison = compare_rows(read_run(old), read_run(new))
    if not comparison.common:
        raise WrongUse(f"{old} and {new} have no case in common: compare two runs of the same sets.")
    print_differences(comparison, out)
    if json_file:
        write_json(json_file, comparison_json(comparison))
    return Exit.FINE


def print_differences(comparison: Comparison, out: TextIO) -> None:
    """Print what is compared, every metric that moved, and which cases won and lost."""
    console = console_on(out)
    moved = [each for each in comparison.differences if each.won or each.lost]
    for line in _scope(comparison):
        console.print(plain(line), soft_wrap=True)
    if moved:
        console.print(_table(moved))
    console.print(plain(f"The same in every case: {len(comparison.differences) - len(moved)} metrics"))
    for line in _cases(comparison):
        console.print(plain(line), soft_wrap=True)


def _cases(comparison: Comparison) -> Iterator[str]:
    for each in comparison.differences:
        yield from (f"{each.metric} {word}: {listed(ids)}" for word, ids in _moves(each) if ids)
    for metric, ids in comparison.unpaired.items():
        if ids:
            yield f"{metric} known in one run alone, and not compared there: {listed(ids)}"


def _moves(each: Difference) -> tuple[tuple[str, Sequence[str]], ...]:
    return ("won", each.won), ("lost", each.lost)


def _scope(comparison: Comparison) -> Iterator[str]:
    yield f"{len(comparison.common)} cases are in both runs and are compared."
    for ids, why in (
        (comparison.only_old, "only in the old run"),
        (comparison.only_new, "only in the new run"),
        (comparison.relabelled, "asked or labelled otherwise in the new run"),
        (comparison.failed, "ended in an error in one run or both"),
    ):
        if ids:
            yield f"Not compared, {len(ids)} {why}: {listed(ids)}"


def _table(differences: Sequence[Difference]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("metric", no_wrap=True)
    for name in ("n", "old", "new", "change", "95 %", "p", "p Holm", "won", "lost"):
        table.add_column(name, justify="right")
    table.add_column("")
    for each in differences:
        table.add_row(
            plain(each.metric),
            str(each.n),
            f"{each.old:.3f}",
            f"{each.new:.3f}",
            f"{each.value:+.3f}",
            f"{each.interval.low:+.3f}, {each.interval.high:+.3f}",
            f"{each.p:.4f}",
            f"{each.p_holm:.4f}",
            str(len(each.won)),
            str(len(each.lost)),
            _verdict(each),
        )
    return table


def _verdict(each: Difference) -> Text:
    """Say whether a change is for the better; nothing where it may as well be chance."""
    if not each.is_significant:
        return Text("")
    worse = (each.value > 0) is each.less_is_better
    return Text("worse", "bold red") if worse else Text("better", "green")


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values; keys and order are stable, numbers have six digits."""
    return {
        "statistics": {"confidence": CONFIDENCE, "resamples": RESAMPLES, "seed": SEED},
        "common": len(comparison.common),
        "only_old": list(comparison.only_old),
        "only_new": list(comparison.only_new),
        "relabelled": list(comparison.relabelled),
        "failed": list(comparison.failed),
        "metrics": {each.metric: difference_json(each) for each in comparison.differences},
        "unpaired": {metric: list(ids) for metric, ids in comparison.unpaired.items() if ids},
    }
