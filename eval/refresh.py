"""What ``mbc-chat eval refresh`` does: pin the gold sections again, and show what changed since then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from bot.cli.context import Exit, complain, say
from corpus.text import one_line
from eval.cases import EvalSet, EvalSetError, check_sections, named_sections
from eval.engine import Subject
from eval.pins import pins_path, pins_text, refuse_foreign
from eval.reading import set_files
from eval.refusing import bad_files_refused
from eval.running import Plan, make_plan

_SHOWN = 10


class PinState(StrEnum):
    """What became of a gold section since it was pinned."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    DROPPED = "dropped"
    """No case names it any more."""


@dataclass(frozen=True, slots=True)
class PinChange:
    """One section that is not as it was pinned."""

    state: PinState
    section: str
    cases: tuple[str, ...] = ()
    """The cases that name it."""


def refreshed(
    sets: Iterable[EvalSet], pins: Mapping[str, str], indexed: Mapping[str, str], *, complete: bool
) -> tuple[dict[str, str], tuple[PinChange, ...]]:
    """Return the pins of one folder as they are now, and what changed, by section.

    A section that is gone keeps its pin, so that its cases stay stale until they are mended. A pin that no
    case names is dropped if the sets are ``complete``: all that the folder holds.
    """
    named: dict[str, list[str]] = {}
    for each in sets:
        for case in each.cases:
            for _, section in named_sections(case):
                named.setdefault(section, []).append(case.id)
    fresh: dict[str, str] = {}
    changes: list[PinChange] = []
    for section in sorted(named.keys() | pins.keys()):
        cases = tuple(sorted(set(named.get(section, ()))))
        if not cases:
            if complete:
                changes.append(PinChange(PinState.DROPPED, section))
            else:
                fresh[section] = pins[section]
            continue
        fresh[section] = indexed.get(section) or pins[section]
        state = _state(pins.get(section), indexed.get(section))
        if state is not None:
            changes.append(PinChange(state, section, cases))
    return fresh, tuple(changes)


def _state(pinned: str | None, indexed: str | None) -> PinState | None:
    if indexed is None:
        return PinState.GONE
    if pinned is None:
        return PinState.NEW
    return PinState.CHANGED if pinned != indexed else None


def execute_refresh(names: Sequence[str], open_subject: Callable[[date], Subject], out: TextIO) -> Exit:
    """Pin the gold sections of the named sets, or of all packaged ones, and print what changed.

    Fails if a pinned section is gone. Raises WrongUse for a bad set, and for an index that is older than
    its articles, and IndexProblem from the opener.
    """
    with bad_files_refused():
        plan = make_plan(names, None, None)
        subject = open_subject(plan.today)
        _refuse_unfit(plan, subject)
    gone = 0
    for path, pins in plan.pins.items():
        sets = [each for each in plan.sets if pins_path(each) == path]
        complete = set(set_files(path.parent)) <= {each.path for each in sets}
        fresh, changes = refreshed(sets, pins, subject.section_sha256, complete=complete)
        _write(path, fresh, pins)
        out.writelines(one_line(line) + "\n" for line in _lines(path, fresh, changes))
        gone += sum(change.state is PinState.GONE for change in changes)
    if gone:
        complain(f"{gone} gold sections are gone: name others in the cases above, or mend the articles.")
        return Exit.FAILED
    return Exit.FINE


def _refuse_unfit(plan: Plan, subject: Subject) -> None:
    """Raise EvalSetError where pins of this index would be wrong."""
    refuse_foreign(plan.sets, subject.sections)
    pinned = {section for pins in plan.pins.values() for section in pins}
    check_sections(plan.sets, {*subject.sections, *pinned})
    on_disk = subject.sections_on_disk()
    older = sorted(
        section
        for section in {name for each in plan.sets for case in each.cases for _, name in named_sections(case)}
        if section in on_disk and on_disk[section] != subject.section_sha256.get(section)
    )
    if older:
        raise EvalSetError(
            "the index",
            f"is older than the articles: it has not the present text of {', '.join(older[:_SHOWN])}",
            mend="Run `mbc-chat index build` first.",
        )


def _write(path: Path, fresh: Mapping[str, str], pins: Mapping[str, str]) -> None:
    if fresh != pins:
        new = path.with_name(path.name + ".new")
        new.write_text(pins_text(fresh), encoding="utf-8", newline="\n")
        new.replace(path)
        say(f"Written: {path}.")


def _lines(path: Path, fresh: Mapping[str, str], changes: Sequence[PinChange]) -> Iterable[str]:
    new = [change for change in changes if change.state is PinState.NEW]
    for change in changes:
        if change.state is not PinState.NEW or len(new) <= _SHOWN:
            cases = f": {', '.join(change.cases)}" if change.cases else ""
            yield f"{change.state.value} {change.section}{cases}"
    counts = {state: sum(change.state is state for change in changes) for state in PinState}
    told = ", ".join(f"{count} {state.value}" for state, count in counts.items() if count)
    yield f"{path}: {len(fresh)} sections pinned, {told or 'nothing changed'}"
