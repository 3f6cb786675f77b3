"""What a check of the installation finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.text import one_line


class Severity(StrEnum):
    """Whether something has to be done."""

    OK = "ok"
    NOTE = "note"
    """Answering works, but something is worth knowing."""
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of what was found, and the command or step that mends it; made by the functions below."""

    severity: Severity
    found: str
    mend: str = ""


def ok(found: str) -> Finding:
    """Return a finding that asks for nothing."""
    return Finding(Severity.OK, one_line(found))


def note(found: str, mend: str = "") -> Finding:
    """Return a finding that is worth knowing."""
    return Finding(Severity.NOTE, one_line(found), one_line(mend))


def problem(found: str, mend: str) -> Finding:
    """Return a finding that something has to be done about."""
    return Finding(Severity.PROBLEM, one_line(found), one_line(mend))


def size(count: int) -> str:
    """Return a number of bytes as people read it."""
    if count < 1_000_000:
        return f"{count / 1e3:.1f} kB"
    return f"{count / 1e6:.1f} MB" if count < 1_000_000_000 else f"{count / 1e9:.1f} GB"
