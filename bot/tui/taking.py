"""What can be taken along, as a text and under which name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.conversations.stored import StoredConversation
from bot.takeaway.formats import ExportFormat, usual_name
from bot.tui.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Taking:
    """One of the things that can be written."""

    words: str
    format: ExportFormat
    is_sheet: bool = False

    def name(self, conversation: StoredConversation) -> str:
        """Return the usual name of the file."""
        return usual_name(conversation.id, self.format, sheet=self.is_sheet)

    def text(self, conversation: StoredConversation, shelf: Shelf) -> str:
        """Return the text. Raises NothingToTake for an empty visit sheet."""
        from bot.takeaway.exporting import sheet_text, talk_text

        with shelf.as_of() as as_of:
            if self.is_sheet:
                return sheet_text(conversation, as_of, as_page=self.format is ExportFormat.HTML)
            return talk_text(conversation, as_of, self.format)


MIME_TYPES = {
    ExportFormat.MARKDOWN: "text/markdown",
    ExportFormat.HTML: "text/html",
    ExportFormat.JSON: "application/json",
}
TAKINGS = (
    Taking("Visit sheet, a page to print (HTML)", ExportFormat.HTML, is_sheet=True),
    Taking("Visit sheet, as text (Markdown)", ExportFormat.MARKDOWN, is_sheet=True),
    Taking("The whole conversation, as text (Markdown)", ExportFormat.MARKDOWN),
    Taking("The whole conversation, a page to print (HTML)", ExportFormat.HTML),
    Taking("The whole conversation, for programs (JSON)", ExportFormat.JSON),
)


def free_path(folder: Path, name: str) -> Path:
    """Return a path in ``folder`` that nothing has yet: the name, else with a number before its ending."""
    path = folder / name
    number = 2
    while path.exists() or path.is_symlink():
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return path
