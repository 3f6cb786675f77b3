"""Where the files of one report are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """The files of one report."""

    summary: Path

    @property
    def cases(self) -> Path:
        """One line per case."""
        return self.summary.with_name(self.summary.name + ".cases.jsonl")

    @property
    def timings(self) -> Path:
        """All that may differ from one run to the next."""
        return self.summary.with_name(self.summary.name + ".timings.json")

    def obstacle(self) -> str | None:
        """Say what stands in the way of writing them, if anything does."""
        if not self.summary.parent.is_dir():
            return f"the folder {self.summary.parent} does not exist; create it first"
        for path in (self.summary, self.cases, self.timings):
            if path.is_dir():
                return f"{path} is a folder; name a file"
        return None
