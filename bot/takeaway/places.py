"""Files of a home, beside the conversations, that hold words of the reader."""

from __future__ import annotations

from pathlib import Path


def uncovered_path(home: Path) -> Path:
    """Return the list of questions that the articles did not cover."""
    return home / "uncovered.jsonl"


def copied_path(home: Path) -> Path:
    """Return the file that gets what no clipboard took; only the last text is in it."""
    return home / "copied.txt"


def personal_files(home: Path) -> tuple[Path, ...]:
    """Return all of them, whether they are there or not: deleting everything means these too."""
    return (uncovered_path(home), copied_path(home))
