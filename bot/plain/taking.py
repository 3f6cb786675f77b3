"""Taking a talk along by words: an export, and the visit sheet."""

from __future__ import annotations

from pathlib import Path

from bot.plain.desk import Talk
from bot.plain.words import Said
from bot.render import shown
from bot.takeaway.formats import ExportFormat, format_by_name, usual_name

NOTHING_YET = "There is nothing to take along yet."
_TO_SCREEN = "-"


def export(talk: Talk, said: Said) -> str:
    """Write the whole conversation to a file, or put it on the screen for "-"."""
    if talk.stored is None:
        return NOTHING_YET
    from bot.takeaway.exporting import talk_text

    wanted = _format(said)
    with talk.desk.as_of() as as_of:
        text = talk_text(talk.stored, as_of, wanted)
    return _put(text, said, usual_name(talk.stored.id, wanted, sheet=False))


def sheet(talk: Talk, said: Said) -> str:
    """Write what is kept and noted to a file to take to the appointment, or put it on the screen for "-"."""
    if talk.stored is None:
        return NOTHING_YET
    from bot.takeaway.exporting import NothingToTake, sheet_text

    wanted = _format(said)
    if wanted is ExportFormat.JSON:
        return "The visit sheet is Markdown or HTML. Type: sheet html"
    try:
        with talk.desk.as_of() as as_of:
            text = sheet_text(talk.stored, as_of, as_page=wanted is ExportFormat.HTML)
    except NothingToTake as nothing:
        return f"There is no sheet yet: {nothing}"
    return _put(text, said, usual_name(talk.stored.id, wanted, sheet=True))


def _format(said: Said) -> ExportFormat:
    """Return the format that was named, else the one that the file's name stands for, else Markdown."""
    if said.form:
        return ExportFormat(said.form)
    return format_by_name(Path(said.text)) or ExportFormat.MARKDOWN


def _put(text: str, said: Said, usual: str) -> str:
    """Write ``text`` and say where it is."""
    if said.text == _TO_SCREEN:
        return shown(text).rstrip()
    from bot.takeaway.writing import NotWritten, write_file

    path = Path(said.text or usual).expanduser().absolute()
    try:
        write_file(path, text)
    except NotWritten as problem:
        return f"That did not work: {shown(str(problem))}"
    return f"Written, for you alone to read: {shown(str(path))}"
