"""A conversation, or what was kept of it, as one text in the format that was asked for."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.conversations.as_json import conversation_json
from bot.conversations.stored import StoredConversation
from bot.takeaway.as_of import AsOf
from bot.takeaway.sources import changes_of
from bot.takeaway.talk import laid_out
from bot.takeaway.visit_sheet import framing_of, visit_sheet
from bot.takeaway.wording import EMPTY_SHEET

JSON_FORMAT = 1
"""Goes up when a program that reads the JSON would have to change."""


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


class NothingToTake(Exception):
    """There is nothing that could be taken along: says what is missing."""


def format_by_name(path: Path) -> ExportFormat | None:
    """Return the format that a file's name stands for."""
    return _BY_ENDING.get(path.suffix.lower())


def talk_text(conversation: StoredConversation, as_of: AsOf, wanted: ExportFormat) -> str:
    """Return a whole conversation; it must be read whole, and not only its tail."""
    if wanted is ExportFormat.JSON:
        return harmless_json(_talk_json(conversation, as_of))
    talk = laid_out(conversation, as_of)
    if wanted is ExportFormat.HTML:
        from bot.takeaway.page import talk_page

        return talk_page(talk)
    from bot.takeaway.markdown import talk_markdown

    return talk_markdown(talk)


def sheet_text(conversation: StoredConversation, as_of: AsOf, *, as_page: bool = False) -> str:
    """Return the visit sheet as a page, or else as Markdown.

    Raises NothingToTake if nothing is kept and no question noted.
    """
    sheet = visit_sheet(conversation, as_of)
    if sheet.is_empty:
        raise NothingToTake(EMPTY_SHEET)
    if as_page:
        from bot.takeaway.page import sheet_page

        return sheet_page(sheet)
    from bot.takeaway.markdown import sheet_markdown

    return sheet_markdown(sheet)


def harmless_json(values: Any) -> str:
    """Return values as JSON that people can read, with no character that could steer a terminal."""
    text = json.dumps(values, ensure_ascii=False, indent=1) + "\n"
    return "".join(sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1] for sign in text)


def _talk_json(conversation: StoredConversation, as_of: AsOf) -> dict[str, Any]:
    """Return the conversation as ``conversations show --json`` does, with what became of its quotes."""
    plain = conversation_json(conversation)
    for values, turn in zip(plain["turns"], conversation.turns, strict=True):
        standing, changes = changes_of(turn.reply, as_of)
        values["standing"] = [one.standing.value for one in standing.sentences]
        values["changes"] = changes
    return {
        "format": JSON_FORMAT,
        "exported": as_of.day.isoformat(),
        "framing": list(framing_of((), as_of)),
        **plain,
    }
