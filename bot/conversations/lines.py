"""The lines of a conversation's file: entries to JSON and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.conversations.stored import (
    Entry,
    Kept,
    MarkedWrong,
    NoLongerKept,
    NoteRemoved,
    NotWrong,
    Renamed,
    StoredTurn,
    TakenBack,
    TeamNote,
)
from bot.fields import BadValue, Fields
from bot.reply import Reply

FORMAT = 1
"""Goes up when an older version of this program could no longer read the file."""

_OPENING = re.compile(rb'\{"at": "([0-9T:+.-]{20,40})", "([a-z_]{2,20})": (?:\{"n": (\d{1,9}), )?')


def moment_text(at: datetime) -> str:
    """Return a moment as it is stored: UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def header_line(conversation_id: str, begun: datetime) -> bytes:
    """Return the first line of a file."""
    return _line({"format": FORMAT, "id": conversation_id, "begun": moment_text(begun)})


def entry_line(entry: Entry) -> bytes:
    """Return the line of an entry."""
    kind, value = _named(entry)
    return _line({"at": moment_text(entry.at), kind: value})


def read_line(line: bytes) -> Fields:
    """Return the object that a line holds. Raises BadValue if it holds none."""
    try:
        return Fields(json.loads(line.decode("utf-8"), parse_constant=_refuse_constant), "line")
    except BadValue:
        raise
    except (ValueError, RecursionError) as error:
        raise BadValue("line is no JSON") from error


def read_entry(line: bytes) -> Entry:
    """Return the entry that a line holds. Raises BadValue if it holds none that is known."""
    fields = read_line(line)
    at = fields.moment("at")
    reader = next((read for kind, read in _READERS.items() if kind in fields), None)
    if reader is None:
        raise BadValue("line holds no entry that this version knows")
    return reader(at, fields)


def opening(line: bytes) -> tuple[datetime, str, int | None] | None:
    """Return moment, kind and turn number of an entry by its first bytes alone, or None if they do not tell.

    It costs next to nothing beside reading the whole line, and knows only lines as this module writes them.
    """
    match = _OPENING.match(line)
    if match is None:
        return None
    try:
        at = datetime.fromisoformat(match[1].decode("ascii"))
    except ValueError:
        return None
    return (at, match[2].decode("ascii"), int(match[3]) if match[3] else None) if at.tzinfo else None


def _line(values: Mapping[str, Any]) -> bytes:
    text = json.dumps(values, ensure_ascii=False, allow_nan=False)
    # A lone surrogate has no bytes; as \udXXX it is what JSON itself would write.
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _refuse_constant(name: str) -> float:
    raise BadValue(f"{name} is no number of JSON")


def _named(entry: Entry) -> tuple[str, Any]:
    """Return an entry's name in the file, and its value there."""
    named: tuple[str, Any]
    match entry:
        case StoredTurn():
            named = "turn", {"n": entry.n, "text": entry.text, "reply": entry.reply.as_json()}
        case Renamed():
            named = "name", entry.name
        case Kept():
            kept = {"turn": entry.turn, "citation": entry.citation, "sentences": list(entry.sentences)}
            named = "kept", kept
        case NoLongerKept():
            named = "not_kept", {"turn": entry.turn, "citation": entry.citation}
        case TeamNote():
            named = "for_team", {"id": entry.id, "text": entry.text}
        case NoteRemoved():
            named = "not_for_team", entry.id
        case MarkedWrong():
            named = "wrong", {"turn": entry.turn, "why": entry.why}
        case NotWrong():
            named = "not_wrong", entry.turn
        case TakenBack():
            named = "taken_back", entry.turn
    return named


def _turn(at: datetime, fields: Fields) -> StoredTurn:
    turn = fields.fields("turn")
    return StoredTurn(at, turn.whole("n"), turn.text("text"), Reply.from_json(turn.value("reply")))


def _kept(at: datetime, fields: Fields) -> Kept:
    kept = fields.fields("kept")
    return Kept(at, kept.whole("turn"), kept.whole("citation"), kept.wholes("sentences"))


def _not_kept(at: datetime, fields: Fields) -> NoLongerKept:
    kept = fields.fields("not_kept")
    return NoLongerKept(at, kept.whole("turn"), kept.whole("citation"))


def _for_team(at: datetime, fields: Fields) -> TeamNote:
    note = fields.fields("for_team")
    return TeamNote(at, note.text("id"), note.text("text"))


def _wrong(at: datetime, fields: Fields) -> MarkedWrong:
    mark = fields.fields("wrong")
    return MarkedWrong(at, mark.whole("turn"), mark.text_or_none("why"))


_READERS: Mapping[str, Callable[[datetime, Fields], Entry]] = {
    "turn": _turn,
    "name": lambda at, fields: Renamed(at, fields.text_or_none("name")),
    "kept": _kept,
    "not_kept": _not_kept,
    "for_team": _for_team,
    "not_for_team": lambda at, fields: NoteRemoved(at, fields.text("not_for_team")),
    "wrong": _wrong,
    "not_wrong": lambda at, fields: NotWrong(at, fields.whole("not_wrong")),
    "taken_back": lambda at, fields: TakenBack(at, fields.whole("taken_back")),
}
