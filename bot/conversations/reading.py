"""From the bytes of a file to a conversation: all of it, its last turns, or what the list says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.conversations.errors import NewerFormat
from bot.conversations.ids import begun_by_id
from bot.conversations.lines import FORMAT, opening, read_entry, read_line
from bot.conversations.stored import (
    ConversationSummary,
    DamagedLine,
    Entry,
    StoredConversation,
    StoredTurn,
    short_title,
)
from bot.fields import BadValue

_TURN = "turn"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line after the header, and what its first bytes tell of it."""

    number: int
    text: bytes
    at: datetime | None
    kind: str | None
    n: int | None

    @property
    def is_turn(self) -> bool:
        return self.kind == _TURN and self.n is not None


def read_conversation(
    conversation_id: str, data: bytes, *, last: int | None = None, before: int | None = None
) -> StoredConversation:
    """Return the conversation that a file holds.

    With ``last``, only so many turns are read, the last ones, or those that come last before turn
    ``before``; everything but turns is complete all the same. A line that cannot be read is skipped
    and reported in ``damaged``. Raises NewerFormat for a file that a later version wrote.
    """
    begun, damaged = _header(conversation_id, data)
    lines = list(_lines(data))
    turns = [line for line in lines if line.is_turn and (before is None or (line.n or 0) < before)]
    wanted = turns if last is None else turns[len(turns) - min(last, len(turns)) :]
    numbers = {line.number for line in wanted}
    entries: list[Entry] = []
    for line in lines:
        if line.is_turn and line.number not in numbers:
            continue
        try:
            entries.append(read_entry(line.text))
        except BadValue as error:
            damaged.append(DamagedLine(line.number, str(error)))
    empty = StoredConversation(
        conversation_id,
        begun,
        first_question=_first_question(line for line in lines if line.is_turn),
        earlier=len(turns) - len(wanted),
        damaged=tuple(damaged),
    )
    return empty.after_all(entries)


def read_summary(conversation_id: str, data: bytes) -> ConversationSummary:
    """Return what the list says of a file; all turns but the first are judged by their first bytes alone.

    Raises NewerFormat for a file that a later version wrote.
    """
    lines = list(_lines(data))
    moments = [line.at for line in lines if line.at is not None]
    told = read_conversation(conversation_id, data, last=0)
    turns = sum(line.is_turn and line.n not in told.taken_back for line in lines)
    last = max(moments, default=told.begun)
    return ConversationSummary(
        conversation_id,
        told.begun,
        last,
        turns,
        told.title,
        named=told.name is not None,
        first_question=short_title(told.first_question),
    )


def last_turn_number(data: bytes) -> int:
    """Return the number of the last turn of a file; 0 if it has none."""
    numbers = [line.n or 0 for line in _lines(data) if line.is_turn]
    return max(numbers, default=0)


def check_format(conversation_id: str, data: bytes) -> None:
    """Raise NewerFormat for a file that a later version wrote."""
    _header(conversation_id, data)


def _header(conversation_id: str, data: bytes) -> tuple[datetime, list[DamagedLine]]:
    """Return when the conversation began, by its id if the first line does not tell."""
    first = data.partition(b"\n")[0]
    try:
        fields = read_line(first)
        version = fields.whole("format")
        if version > FORMAT:
            raise NewerFormat(
                f"conversation {conversation_id} has format {version}; this version reads up to {FORMAT}. "
                "Update mbc-chat; the file is left as it is."
            )
        return fields.moment("begun"), []
    except BadValue as error:
        return begun_by_id(conversation_id), [DamagedLine(1, str(error))]


def _lines(data: bytes) -> Iterator[_Line]:
    """Yield the lines after the header, empty ones left out."""
    at = data.find(b"\n") + 1
    number = 1
    while 0 < at < len(data):
        end = data.find(b"\n", at)
        ended = end >= 0
        end = end if ended else len(data)
        number += 1
        text = data[at:end]
        at = end + 1
        if not text.strip():
            continue
        yield _Line(number, text, *_opening(text, ended=ended))


def _first_question(turns: Iterable[_Line]) -> str:
    """Return what the first turn asked that can be read and is not empty."""
    for line in turns:
        try:
            text = read_line(line.text).fields(_TURN).text("text")
        except BadValue:
            continue
        if text:
            return text
    return ""


def _opening(text: bytes, *, ended: bool) -> tuple[datetime | None, str | None, int | None]:
    """Return moment, kind and turn number of a line; nothing of one that is torn or damaged."""
    if ended and text.rstrip().endswith(b"}") and (told := opening(text)):
        return told
    try:
        entry = read_entry(text)
    except BadValue:
        return None, None, None
    if isinstance(entry, StoredTurn):
        return entry.at, _TURN, entry.n
    return entry.at, None, None
