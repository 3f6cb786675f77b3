"""One whole run: sets in, results and report out. The command line is a thin shell around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eval.cases import Case, EvalSet, Split, check_sections, day_of, select_split
from eval.engine import Subject
from eval.reading import find_sets, load_sets, packaged_sets
from eval.report import Run
from eval.runner import run_cases
from eval.summary import summarise


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run, read and checked as far as that goes without an index."""

    sets: tuple[EvalSet, ...]
    split: Split | None
    today: date

    @property
    def cases(self) -> list[tuple[str, Case]]:
        """The cases with the names of their sets, by id."""
        named = [(each.name, case) for each in self.sets for case in each.cases]
        return sorted(named, key=lambda pair: pair[1].id)


def make_plan(names: Sequence[str], split: Split | None, today: date | None) -> Plan:
    """Read the sets that ``names`` mean, or all packaged ones. Raises EvalSetError."""
    paths: list[Path] = find_sets(names, packaged_sets())
    sets = select_split(load_sets(paths), split)
    return Plan(tuple(sets), split, day_of(sets, today))


def run_plan(
    plan: Plan, subject: Subject, *, clock: Callable[[], float], progress: Callable[[int], None]
) -> Run:
    """Put every case of a plan to ``subject``.

    Raises EvalSetError before the first case if a gold section is not indexed.
    """
    check_sections(plan.sets, subject.sections)
    results = tuple(run_cases(plan.cases, subject, clock=clock, progress=progress))
    return Run(
        sets=plan.sets,
        split=plan.split,
        today=plan.today,
        results=results,
        summary=summarise(results),
        content_sha256=subject.content_sha256,
        generation=subject.generation,
    )
