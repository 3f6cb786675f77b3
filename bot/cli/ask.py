"""``mbc-chat ask``: one question, or many as JSON lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.context import Exit, WrongUse, home, put, terminal_width
from bot.json_text import json_text

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.conversation import Conversation
    from bot.reply import Reply


def ask(
    question: Annotated[
        str | None, typer.Argument(help="The question, in your own words.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the reply as one JSON object.")] = False,
    batch: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|-", help='Read {"id","question"} or {"id","turns":[..]} a line, answer each.'
        ),
    ] = None,
) -> None:
    """Answer one question from the articles; nothing is saved.

    Example: mbc-chat ask "What does HER2-low mean?"
    """
    if (question is None) == (batch is None):
        raise WrongUse('give one question in quotes, or --batch FILE: mbc-chat ask "What is HER2-low?"')
    if batch is not None:
        raise typer.Exit(_ask_batch(batch))
    assert question is not None
    if not question.strip():
        raise WrongUse('the question is empty. Type it in quotes: mbc-chat ask "What is HER2-low?"')
    _ask_one(question, as_json=as_json)


def _ask_one(question: str, *, as_json: bool) -> None:
    from bot.conversation import Conversation
    from bot.opening import open_or_safety_only

    assistant = open_or_safety_only(home())
    reply = _reply(assistant, Conversation(), question)
    if as_json:
        put(json_text(reply.as_json()))
        return
    from bot.render import reply_text

    put(reply_text(reply, width=terminal_width()))


def _reply(assistant: Assistant, conversation: Conversation, question: str) -> Reply:
    """Return the reply. Raises the problem of a missing index unless safety or small talk answered."""
    from bot.reply import Kind

    reply = assistant.reply(conversation, question)
    answered_without = {Kind.CRISIS, Kind.EMERGENCY, Kind.URGENT, Kind.BOUNDARY, Kind.CHAT}
    if assistant.problem is not None and reply.kind not in answered_without:
        raise assistant.problem
    return reply


def _ask_batch(source: str) -> int:
    from bot.cli.rows import BadRow, read_lines, read_row
    from bot.conversation import Conversation
    from bot.opening import open_or_safety_only
    from index.errors import IndexProblem

    code = Exit.FINE
    assistant = open_or_safety_only(home())
    for number, line in read_lines(source):
        row: dict[str, Any] = {"id": None}
        try:
            row["id"], turns = read_row(line, number)
            conversation = Conversation()
            for turn in turns:
                conversation.add(turn, _reply(assistant, conversation, turn))
            row["replies"] = [turn.reply.as_json() for turn in conversation.turns]
        except BadRow as error:
            row = {"id": error.row_id, "error": str(error)}
        except IndexProblem as error:
            row["error"] = f"line {number}: {error}"
        if "error" in row:
            code = Exit.FAILED
        put(json_text(row))
        sys.stdout.flush()
    return code
