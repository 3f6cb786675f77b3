"""What an editorial check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.profile import CheckName


class Severity(StrEnum):
    """Whether a finding fails the check."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: what, where, and how."""

    check: CheckName
    severity: Severity
    file: str
    line: int
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity} [{self.check}] {self.problem}. {self.mend}"
