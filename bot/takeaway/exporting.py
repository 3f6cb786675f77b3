"""A conversation, or what was kept of it, as one text in the format that was asked for."""

from __future__ import annotations

from typing import Any

from bot.conversations.as_json import conversation_json
from bot.conversations.stored import StoredConversation
from bot.json_text import json_text
from bot.takeaway.as_of import AsOf
from bot.takeaway.formats import ExportFormat
from bot.takeaway.sources import changes_of
from bot.takeaway.talk import laid_out
from bot.takeaway.visit_sheet import framing_of, visit_sheet
from bot.takeaway.wording import EMPTY_SHEET

JSON_FORMAT = 1
"""Goes up when a program that reads the JSON would have to change."""


class NothingToTake(Exception):
    """There is nothing that could be taken along: says what is missing."""


def talk_text(conversation: StoredConversation, as_of: AsOf, wanted: ExportFormat) -> str:
    """Return a whole conversation; it must be read whole, and not only its tail."""
    assert not conversation.earlier, "an export of a tail would look like all of it"
    if wanted is ExportFormat.JSON:
        return json_text(_talk_json(conversation, as_of), indent=1) + "\n"
    talk = laid_out(conversation, as_of)
    if wanted is ExportFormat.HTML:
        from bot.takeaway.page import talk_page

        return talk_page(talk)
    from bot.takeaway.markdown import talk_markdown

    return talk_markdown(talk)


def sheet_text(conversation: StoredConversation, as_of: AsOf, *, as_page: bool = False) -> str:
    """Return the visit sheet of a conversation, read whole, as a page or else as Markdown.

    Raises NothingToTake if nothing is kept and no question noted.
    """
    assert not conversation.earlier, "what was kept of earlier turns would be missing"
    sheet = visit_sheet(conversation, as_of)
    if sheet.is_empty:
        raise NothingToTake(EMPTY_SHEET)
    if as_page:
        from bot.takeaway.page import sheet_page

        return sheet_page(sheet)
    from bot.takeaway.markdown import sheet_markdown

    return sheet_markdown(sheet)


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
