"""Cases of evaluation sets that rest on sections of the articles, handed in by whoever has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points

GROUP = "mbc_chat.pinned_cases"
"""Entry points of this group name functions that return one row of plain values per case and section."""

PinnedRow = Mapping[str, str | None]
"""``{"case", "set", "section", "sha256"}``: the section is ``article#section``, its hash may be None."""


@dataclass(frozen=True, slots=True)
class PinnedCase:
    """One case, and one section that its right answer is in."""

    case: str
    set_name: str
    section: str
    sha256: str | None
    """``section_sha256`` of the text that the case was made for; None if nobody wrote it down."""


def read_rows(rows: Iterable[PinnedRow]) -> list[PinnedCase]:
    """Return the cases of plain rows. Raises KeyError for a row that lacks a key."""
    return [PinnedCase(str(row["case"]), str(row["set"]), str(row["section"]), row["sha256"]) for row in rows]


def all_pinned_cases() -> list[PinnedCase]:
    """Return the cases that are installed beside the chat; none without any evaluation."""
    cases: list[PinnedCase] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        rows: Callable[[], Iterable[PinnedRow]] = entry.load()
        cases += read_rows(rows())
    return cases
