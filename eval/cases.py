"""What an eval case is: what is asked, and what a right reply would be."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from bot.reply import Kind
from bot.safety import Category

DEFAULT_TODAY = date(2026, 1, 1)
"""The day of a run for which neither the set nor the command names one: a run never reads the clock."""

_SHOWN_PROBLEMS = 20


class EvalSetError(Exception):
    """A set that cannot be used: says which file, which case and key, and how to mend it."""

    def __init__(
        self, path: Path | str, problem: str, *, mend: str, case: str | None = None, key: str | None = None
    ) -> None:
        self.path = str(path)
        self.problem = problem
        self.mend = mend
        self.case = case
        self.key = key
        place = ", ".join(
            part for part in (self.path, case and f"case {case}", key and f"key {key}") if part is not None
        )
        super().__init__(f"{place}: {problem}. {mend}")


class Split(StrEnum):
    """The part of a set that a case belongs to."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Nugget:
    """One fact that a correct answer states."""

    patterns: tuple[re.Pattern[str], ...]
    """Any of these found in the quoted sentences counts; case does not matter."""
    vital: bool
    support: str | None = None
    """``article#section`` whose words support it."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One thing that is asked, and what is right. What is not stated is not scored."""

    question: str
    kinds: tuple[Kind, ...] = ()
    categories: tuple[Category, ...] | None = None
    """What the safety layer should see; None where nobody labelled it, empty where nothing should fire."""
    also: tuple[Category, ...] = ()
    """Categories that are right too, but not needed."""
    sections_any: tuple[str, ...] = ()
    sections_all: tuple[str, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    must_not: tuple[re.Pattern[str], ...] = ()
    understood: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A question, or the turns of a conversation, in the order in which they are asked."""

    id: str
    turns: tuple[Gold, ...]
    split: Split = Split.DEV
    tags: tuple[str, ...] = ()
    keys: tuple[str, ...] = ("",)
    """Per turn: what stands before its keys in the file, "" or ``turns[k].``, for messages."""


@dataclass(frozen=True, slots=True)
class EvalSet:
    """The cases of one file."""

    name: str
    path: Path
    cases: tuple[Case, ...]
    today: date | None = None
    """The day on which the questions are asked, if the file says."""


def select_split(sets: Sequence[EvalSet], split: Split | None) -> list[EvalSet]:
    """Keep the cases of ``split``, or all of them for None.

    Raises EvalSetError if no case is left: a run without cases is a mistake and not a result.
    """
    chosen = [
        replace(each, cases=tuple(case for case in each.cases if split in {None, case.split}))
        for each in sets
    ]
    if not any(each.cases for each in chosen):
        where = ", ".join(str(each.path) for each in sets) or "eval/sets"
        wanted = f"of the split {split.value}" if split else "at all"
        raise EvalSetError(where, f"there is no case {wanted}", mend="Name another set, or use --split all.")
    return chosen


def check_unique(sets: Iterable[EvalSet]) -> None:
    """Raise EvalSetError if two cases share an id, in one set or across several."""
    first: dict[str, Path] = {}
    for each in sets:
        for case in each.cases:
            if case.id in first:
                raise EvalSetError(
                    each.path,
                    f"the id is used already, in {first[case.id]}",
                    mend="Give each case an id of its own.",
                    case=case.id,
                    key="id",
                )
            first[case.id] = each.path


def day_of(sets: Iterable[EvalSet], today: date | None) -> date:
    """Return the day of the run: ``today`` if given, else what the sets say, else DEFAULT_TODAY.

    Raises EvalSetError if the sets name different days.
    """
    if today is not None:
        return today
    days = {each.today: each.path for each in sets if each.today is not None}
    if len(days) > 1:
        stated = ", ".join(f"{path} says {day}" for day, path in sorted(days.items()))
        raise EvalSetError(
            stated, "sets of one run name different days", mend="Run them one by one, or give --today."
        )
    return next(iter(days), DEFAULT_TODAY)


def check_sections(sets: Iterable[EvalSet], indexed: Collection[str]) -> None:
    """Raise EvalSetError for every section that a case names and that is not in ``indexed``.

    ``indexed`` holds ``article#section`` ids. A missing gold section would score as a plain miss
    in every run, so it is an error of the set.
    """
    known = sorted(indexed)
    lines = [
        (each.path, case.id, key, section)
        for each in sets
        for case in each.cases
        for key, section in named_sections(case)
        if section not in indexed
    ]
    if not lines:
        return
    path, case_id, key, section = lines[0]
    problem = f"the section {section} is not in the index{_nearest(section, known)}"
    others = [f"\n{p}, case {c}, key {k}: {s}{_nearest(s, known)}" for p, c, k, s in lines[1:_SHOWN_PROBLEMS]]
    if len(lines) > _SHOWN_PROBLEMS:
        others.append(f"\nand {len(lines) - _SHOWN_PROBLEMS} more")
    rest = f" Not in the index either:{''.join(others)}" if others else ""
    raise EvalSetError(
        path,
        problem,
        mend=f"Name a section as article#section (`mbc-chat corpus show ID` lists them), "
        f"or rebuild the index with `mbc-chat index build`.{rest}",
        case=case_id,
        key=key,
    )


def named_sections(case: Case) -> Iterable[tuple[str, str]]:
    """Yield every gold section of a case after the key at which it stands."""
    for prefix, gold in zip(case.keys, case.turns, strict=True):
        for i, section in enumerate(gold.sections_any):
            yield f"{prefix}sections_any[{i}]", section
        for i, section in enumerate(gold.sections_all):
            yield f"{prefix}sections_all[{i}]", section
        for i, nugget in enumerate(gold.nuggets):
            if nugget.support is not None:
                yield f"{prefix}nuggets[{i}].support", nugget.support


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" (nearest: {near[0]})" if near else ""
