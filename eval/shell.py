"""What ``mbc-chat eval run`` does; the way to the assistant comes in as an argument."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TextIO

from bot.cli.context import Exit, WrongUse, complain, say
from eval.cases import Split
from eval.engine import Subject
from eval.gating.gate_file import read_gate
from eval.gating.judging import baseline_text, check_judgeable, judge, read_baseline
from eval.page.page import page_of
from eval.progress import progress_of
from eval.refusing import bad_files_refused
from eval.report import Run, latency_ms, write_report
from eval.report_files import ReportFiles
from eval.running import Plan, make_plan, run_plan
from eval.table import print_run
from eval.writing import check_writable, write_text


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The words of the command."""

    names: Sequence[str] = ()
    json_file: Path | None = None
    split: Split | None = None
    today: date | None = None
    gate: Path | None = None
    """File that says what the run is held to; without a split, its split is run."""
    new_baseline: bool = False
    """Write the baseline of the gate instead of comparing with it."""
    html_file: Path | None = None
    times: bool = True
    """Whether the page says how long replies took; without that its bytes depend on the results alone."""


def execute(options: RunOptions, open_subject: Callable[[date], Subject], out: TextIO) -> Exit:
    """Run the sets, print the table to ``out`` and write the report. Returns the exit code.

    ``open_subject`` is given the day of the run, and called once the sets are known to be sound.
    Raises WrongUse for a bad set or gate and for a report file that cannot be, and IndexProblem from the
    opener.
    """
    files = ReportFiles(options.json_file) if options.json_file else None
    obstacle = files.obstacle() if files else None
    if obstacle:
        raise WrongUse(f"--json: {obstacle}.")
    if options.html_file:
        check_writable("--html", options.html_file)
    if options.new_baseline and options.gate is None:
        raise WrongUse("--new-baseline: the baseline belongs to a gate; name it with --gate FILE.")
    with bad_files_refused():
        run = _judged(options, open_subject)
    print_run(run, out)
    if files:
        write_report(run, files)
        say(f"Written: {files.summary}, {files.cases.name} and {files.timings.name}.")
    if options.html_file:
        write_text(options.html_file, page_of(run, times=options.times))
    p50, p95 = latency_ms(run.results)
    if p50 is not None:
        say(f"A reply took {p50:.1f} ms (median) and {p95:.1f} ms (95th percentile).")
    return _conclude(run)


def _judged(options: RunOptions, open_subject: Callable[[date], Subject]) -> Run:
    """Run, and hold the run against the gate if there is one; or write the gate's baseline."""
    gate = read_gate(options.gate) if options.gate else None
    baseline = read_baseline(gate) if gate and not options.new_baseline else {}
    split = gate.split if gate and options.split is None else options.split
    plan = make_plan(options.names, split, options.today)
    subject = open_subject(plan.today)
    if gate:
        check_judgeable(gate, plan.split, is_fp32=subject.is_fp32())
    run = _run(plan, subject)
    if gate is None:
        return run
    if not options.new_baseline:
        return replace(run, verdict=judge(gate, run.results, run.summary, baseline))
    if not run.summary.failed:
        gate.baseline.write_text(baseline_text(gate, run.results), encoding="utf-8", newline="\n")
        say(f"Written: {gate.baseline}, the baseline, {len(run.results)} cases.")
    return run


def _conclude(run: Run) -> Exit:
    failed = len(run.summary.failed)
    if failed:
        complain(f"{failed} of {run.summary.cases} cases ended in an error.")
    if run.verdict is not None and not run.verdict.holds:
        complain("the gate does not hold.")
        return Exit.FAILED
    return Exit.FAILED if failed else Exit.FINE


def _run(plan: Plan, subject: Subject) -> Run:
    with progress_of(len(plan.cases), "cases") as progress:
        return run_plan(plan, subject, clock=time.perf_counter, progress=progress)
