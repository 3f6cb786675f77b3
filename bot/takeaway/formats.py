"""What an export can be, and how its file is called."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class ExportFormat(StrEnum):
    """What an export can be."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


_ENDINGS = {ExportFormat.MARKDOWN: ".md", ExportFormat.HTML: ".html", ExportFormat.JSON: ".json"}
_BY_ENDING = {ending: wanted for wanted, ending in _ENDINGS.items()} | {
    ".markdown": ExportFormat.MARKDOWN,
    ".htm": ExportFormat.HTML,
}


def format_by_name(path: Path) -> ExportFormat | None:
    """Return the format that a file's name stands for."""
    return _BY_ENDING.get(path.suffix.lower())


def usual_name(conversation_id: str, wanted: ExportFormat, *, sheet: bool) -> str:
    """Return the name of a conversation's file, or of its visit sheet's, for those who give none."""
    return f"{'visit-sheet' if sheet else 'conversation'}-{conversation_id}{_ENDINGS[wanted]}"
