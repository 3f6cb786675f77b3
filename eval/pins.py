"""Pins: the hash that each gold section's text had when the cases that name it were last looked at.

They lie beside the sets, in one file per folder. A case whose gold section has another text now, or none,
is stale: its gold may no longer be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from corpus.text import some_of
from eval.cases import Case, EvalSet, EvalSetError, named_sections
from eval.mending import kind_of
from eval.strict_yaml import load_strictly

PINS_NAME = "pins.yaml"
_MEND = "Take it from version control, or write it again with `mbc-chat eval refresh`."
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HEADING = (
    "# Hash of the text of every gold section when its cases were last looked at.\n"
    "# Written by `mbc-chat eval refresh`.\n"
)
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Stale:
    """A case of which gold sections are not what they were."""

    case: str
    set_name: str
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    is_scored: bool
    """Whether a right answer is still possible; if not, the case is in no number."""


def pins_path(one: EvalSet) -> Path:
    """Return where the pins of a set are."""
    return one.path.parent / PINS_NAME


def read_pins(path: Path) -> dict[str, str]:
    """Return the pinned hash by section, ``article#section``; nothing where there is no file.

    Raises EvalSetError for a file that cannot be used.
    """
    try:
        plain = load_strictly(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError) as error:
        raise EvalSetError(path, f"cannot be read: {error}", mend=_MEND) from error
    if not isinstance(plain, dict):
        raise EvalSetError(path, f"holds {kind_of(plain)} and not hashes by section", mend=_MEND)
    for section, sha256 in plain.items():
        if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
            raise EvalSetError(path, "is not a sha256", mend=_MEND, key=str(section))
    return {str(section): sha256 for section, sha256 in plain.items()}


def pins_text(pins: Mapping[str, str]) -> str:
    """Return the content of a file of pins."""
    return _HEADING + "".join(f"{section}: {pins[section]}\n" for section in sorted(pins))


def read_all_pins(sets: Iterable[EvalSet]) -> dict[Path, dict[str, str]]:
    """Return the pins beside the sets, by path. Raises EvalSetError."""
    return {path: read_pins(path) for path in dict.fromkeys(pins_path(each) for each in sets)}


def find_stale(
    sets: Sequence[EvalSet],
    pins: Mapping[Path, Mapping[str, str]],
    indexed: Mapping[str, str],
    on_disk: Callable[[], Mapping[str, str]],
) -> tuple[Stale, ...]:
    """Return the stale cases by id.

    ``indexed`` and ``on_disk`` give the hash of each section's text in the index and in the files that it
    was built from. Raises EvalSetError where the files have the pinned text and the index has not, for then
    the index is older than the set.
    """
    stale = [
        found
        for each in sets
        for case in each.cases
        if (found := _stale_case(each, case, pins.get(pins_path(each), {}), indexed)) is not None
    ]
    if stale:
        _refuse_older_index(sets, stale, pins, on_disk())
    return tuple(sorted(stale, key=lambda each: each.case))


def unpinned(sets: Iterable[EvalSet], pins: Mapping[Path, Mapping[str, str]]) -> set[str]:
    """Return the gold sections that nobody has pinned."""
    return {
        section
        for each in sets
        for case in each.cases
        for _, section in named_sections(case)
        if section not in pins.get(pins_path(each), {})
    }


def _stale_case(
    one: EvalSet, case: Case, pins: Mapping[str, str], indexed: Mapping[str, str]
) -> Stale | None:
    named = list(dict.fromkeys(section for _, section in named_sections(case) if section in pins))
    gone = tuple(section for section in named if section not in indexed)
    changed = tuple(section for section in named if section in indexed and indexed[section] != pins[section])
    if not gone and not changed:
        return None
    return Stale(case.id, one.name, changed, gone, _can_be_right(case, gone))


def _can_be_right(case: Case, gone: Collection[str]) -> bool:
    gone_all = set(gone)
    return all(
        gone_all.isdisjoint(turn.sections_all)
        and (not turn.sections_any or bool(set(turn.sections_any) - gone_all))
        for turn in case.turns
    )


def refuse_foreign(sets: Iterable[EvalSet], indexed: Collection[str]) -> None:
    """Raise EvalSetError for a set of whose articles not one is among the sections in ``indexed``."""
    articles = {_article(section) for section in indexed}
    for each in sets:
        named = [(case.id, key, name) for case in each.cases for key, name in named_sections(case)]
        if named and not any(_article(section) in articles for _, _, section in named):
            case_id, key, section = named[0]
            raise EvalSetError(
                each.path,
                f"the set is for articles that are not indexed: {_article(section)} is not, nor any other",
                mend="Build the index from the articles of the set: `mbc-chat index build --corpus PATH`.",
                case=case_id,
                key=key,
            )


def _article(section: str) -> str:
    return section.partition("#")[0]


def _refuse_older_index(
    sets: Iterable[EvalSet],
    stale: Iterable[Stale],
    pins: Mapping[Path, Mapping[str, str]],
    on_disk: Mapping[str, str],
) -> None:
    set_of = {case.id: each for each in sets for case in each.cases}
    older = [
        (each.case, section)
        for each in stale
        for section in (*each.changed, *each.gone)
        if on_disk.get(section) == pins[pins_path(set_of[each.case])][section]
    ]
    if older:
        sections = list(dict.fromkeys(section for _, section in older))
        raise EvalSetError(
            set_of[older[0][0]].path,
            f"the index is older than the set: it has not the pinned text of {some_of(sections, _SHOWN)}",
            mend="The articles themselves have it: run `mbc-chat index build`.",
            case=older[0][0],
        )
