"""What ``mbc-chat eval run`` does; the way to the assistant comes in as an argument."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli import context
from bot.cli.context import Exit, WrongUse, complain, say
from corpus.text import clean_text
from eval.cases import EvalSetError, Split
from eval.engine import Subject
from eval.report import ReportFiles, Run, write_report
from eval.runner import unheard
from eval.running import Plan, make_plan, run_plan
from eval.table import print_run


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The words of the command."""

    names: Sequence[str] = ()
    json_file: Path | None = None
    split: Split | None = None
    today: date | None = None


def execute(options: RunOptions, open_subject: Callable[[date], Subject], out: TextIO) -> Exit:
    """Run the sets, print the table to ``out`` and write the report. Returns the exit code.

    ``open_subject`` is given the day of the run, and called once the sets are known to be sound.
    Raises WrongUse for a bad set or a report file that cannot be, and IndexProblem from the opener.
    """
    files = ReportFiles(options.json_file) if options.json_file else None
    obstacle = files.obstacle() if files else None
    if obstacle:
        raise WrongUse(f"--json: {obstacle}.")
    try:
        plan = make_plan(options.names, options.split, options.today)
        run = _run(plan, open_subject(plan.today))
    except EvalSetError as error:
        raise WrongUse(clean_text(str(error))) from error
    print_run(run, out)
    if files:
        write_report(run, files)
        say(f"Written: {files.summary}, {files.cases.name} and {files.timings.name}.")
    if run.summary.failed:
        complain(f"{len(run.summary.failed)} of {run.summary.cases} cases ended in an error.")
        return Exit.FAILED
    return Exit.FINE


def _run(plan: Plan, subject: Subject) -> Run:
    """Run with a bar on stderr if that is a terminal, else say one line."""
    total = len(plan.cases)
    if context.options.quiet or not sys.stderr.isatty():
        say(f"Running {total} cases.")
        return run_plan(plan, subject, clock=time.perf_counter, progress=unheard)
    columns = (TextColumn("Running"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=total)
        return run_plan(
            plan, subject, clock=time.perf_counter, progress=lambda done: bar.update(task, completed=done)
        )
