"""One whole run: sets in, results and report out. The command line is a thin shell around it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from eval.cases import Case, EvalSet, Split, check_sections, day_of, select_split
from eval.engine import Subject
from eval.pins import Stale, find_stale, read_all_pins, refuse_foreign
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
    pins: Mapping[Path, Mapping[str, str]] = field(default_factory=dict)
    """What lies beside the sets: the pinned hash of each gold section."""

    @property
    def cases(self) -> list[tuple[str, Case]]:
        """The cases with the names of their sets, by id."""
        return self.without(())

    def without(self, left_out: Collection[str]) -> list[tuple[str, Case]]:
        """Return the cases as ``cases`` does, but for these ids."""
        named = [(each.name, case) for each in self.sets for case in each.cases]
        return sorted((pair for pair in named if pair[1].id not in left_out), key=lambda pair: pair[1].id)


def make_plan(names: Sequence[str], split: Split | None, today: date | None) -> Plan:
    """Read the sets that ``names`` mean, or all packaged ones. Raises EvalSetError."""
    paths: list[Path] = find_sets(names, packaged_sets())
    sets = select_split(load_sets(paths), split)
    return Plan(tuple(sets), split, day_of(sets, today), read_all_pins(sets))


def sound_cases(plan: Plan, subject: Subject) -> tuple[tuple[Stale, ...], list[tuple[str, Case]]]:
    """Return which cases are stale, and all cases but those of them that can no longer be right.

    Raises EvalSetError if a gold section is neither indexed nor pinned, if none of a set's articles is
    indexed, or if the index is older than the sets.
    """
    refuse_foreign(plan.sets, subject.sections)
    stale = find_stale(plan.sets, plan.pins, subject.section_sha256, subject.sections_on_disk)
    check_sections(plan.sets, {*subject.sections, *(section for each in stale for section in each.gone)})
    return stale, plan.without({each.case for each in stale if not each.is_scored})


def run_plan(
    plan: Plan, subject: Subject, *, clock: Callable[[], float], progress: Callable[[int], None]
) -> Run:
    """Put every case of a plan to ``subject``, but for stale ones that can no longer be right.

    Raises EvalSetError before the first case as ``sound_cases`` does.
    """
    stale, cases = sound_cases(plan, subject)
    results = tuple(run_cases(cases, subject, clock=clock, progress=progress))
    return Run(
        sets=plan.sets,
        split=plan.split,
        today=plan.today,
        results=results,
        summary=summarise(results, subject.rules),
        content_sha256=subject.content_sha256,
        generation=subject.generation,
        stale=stale,
        index_bytes=subject.index_bytes,
    )
