"""``mbc-chat conversations export``: a conversation, or the visit sheet of it, to take along."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.context import Exit, WrongUse, complain, home, say
from bot.takeaway.formats import ExportFormat, format_by_name

STDOUT = "-"


def export(
    conversation_id: Annotated[str, typer.Argument(metavar="ID", help="As for `show`.")],
    wanted: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="Default: by the ending of FILE, else markdown."),
    ] = None,
    sheet: Annotated[
        bool, typer.Option("--visit-sheet", help="Only what was kept, and the questions for the team.")
    ] = False,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE|-", help="A new file, or - for stdout.")
    ] = STDOUT,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there.")] = False,
) -> None:
    """Write a conversation, or the visit sheet, to take along.

    Example: mbc-chat conversations export last --visit-sheet -o visit.html
    """
    from bot.takeaway.writing import NotWritten, write_file

    path = None if output == STDOUT else Path(output)
    text = _text(conversation_id, _format(wanted, path), sheet=sheet)
    if path is None:
        sys.stdout.write(text)
        return
    try:
        write_file(path, text, force=force)
    except NotWritten as error:
        complain(str(error))
        raise typer.Exit(Exit.FAILED) from error
    say(f"Written: {path}. Only you can read it.")


def _format(wanted: ExportFormat | None, path: Path | None) -> ExportFormat:
    return wanted or (format_by_name(path) if path else None) or ExportFormat.MARKDOWN


def _text(conversation_id: str, wanted: ExportFormat, *, sheet: bool) -> str:
    from bot.cli.conversations import load
    from bot.cli.saved import complain_of_damage
    from bot.takeaway.as_of import opened_as_of
    from bot.takeaway.exporting import NothingToTake, sheet_text, talk_text

    if sheet and wanted is ExportFormat.JSON:
        raise WrongUse(
            "the visit sheet is markdown or html. Without --visit-sheet, JSON has all that is kept."
        )
    conversation = load(conversation_id)
    complain_of_damage([conversation])
    with opened_as_of(home(), date.today()) as as_of:
        if not sheet:
            return talk_text(conversation, as_of, wanted)
        try:
            return sheet_text(conversation, as_of, as_page=wanted is ExportFormat.HTML)
        except NothingToTake as error:
            complain(str(error))
            raise typer.Exit(Exit.FAILED) from error
