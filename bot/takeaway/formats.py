"""What an export can be."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class ExportFormat(StrEnum):
    """What an export can be."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


_BY_ENDING = {
    ".md": ExportFormat.MARKDOWN,
    ".markdown": ExportFormat.MARKDOWN,
    ".html": ExportFormat.HTML,
    ".htm": ExportFormat.HTML,
    ".json": ExportFormat.JSON,
}


def format_by_name(path: Path) -> ExportFormat | None:
    """Return the format that a file's name stands for."""
    return _BY_ENDING.get(path.suffix.lower())
