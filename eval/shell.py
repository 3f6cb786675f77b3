"""What ``mbc-chat eval run`` does; the streams and the way to the assistant come in as arguments."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from corpus.text import clean_text
from eval.cases import EvalSetError, Split
from eval.engine import Subject
from eval.report import ReportFiles, write_report
from eval.runner import unheard
from eval.running import Plan, make_plan, run_plan
from eval.table import print_run
from index.errors import IndexLocked, IndexProblem

FINE, FAILED, WRONG_USE, TRY_LATER = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a command writes: the result to ``out``, the narration to ``err``."""

    out: TextIO
    err: TextIO
    quiet: bool = False

    def say(self, text: str) -> None:
        """Narrate, unless told to be quiet."""
        if not self.quiet:
            self.complain(text)

    def complain(self, text: str) -> None:
        """Say what went wrong, quiet or not."""
        print(clean_text(text), file=self.err)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The words of the command."""

    names: Sequence[str] = ()
    json_file: Path | None = None
    split: Split | None = None
    today: date | None = None


def execute(options: RunOptions, open_subject: Callable[[date], Subject], streams: Streams) -> int:
    """Run the sets and report. Returns the exit code.

    ``open_subject`` is given the day of the run, and called once the sets are known to be sound.
    """
    files = ReportFiles(options.json_file) if options.json_file else None
    obstacle = files.obstacle() if files else None
    if obstacle:
        streams.complain(f"--json: {obstacle}.")
        return WRONG_USE
    try:
        plan = make_plan(options.names, options.split, options.today)
        return _run(plan, open_subject(plan.today), files, streams)
    except EvalSetError as error:
        streams.complain(str(error))
        return WRONG_USE
    except IndexLocked as error:
        streams.complain(str(error))
        return TRY_LATER
    except IndexProblem as error:
        streams.complain(str(error))
        return FAILED


def _run(plan: Plan, subject: Subject, files: ReportFiles | None, streams: Streams) -> int:
    with _progress(len(plan.cases), streams) as progress:
        run = run_plan(plan, subject, clock=time.perf_counter, progress=progress)
    print_run(run, streams.out)
    if files:
        try:
            write_report(run, files)
        except OSError as error:
            streams.complain(
                f"{error.filename or files.summary}: the report cannot be written: {error.strerror}."
            )
            return FAILED
        streams.say(f"Written: {files.summary}, {files.cases} and {files.timings}.")
    if run.summary.failed:
        streams.complain(f"{len(run.summary.failed)} of {run.summary.cases} cases ended in an error.")
        return FAILED
    return FINE


@contextmanager
def _progress(total: int, streams: Streams) -> Iterator[Callable[[int], None]]:
    """Show a bar on the narration stream if that is a terminal, else one line."""
    if streams.quiet or not streams.err.isatty():
        streams.say(f"Running {total} cases.")
        yield unheard
        return
    columns = (TextColumn("Running"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=streams.err), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.update(task, completed=done)
