"""All stored conversations of a home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.conversations import files
from bot.conversations.errors import ConversationProblem, NoSuchConversation
from bot.conversations.ids import begun_by_id, letters_of, now
from bot.conversations.lines import entry_line, header_line
from bot.conversations.reading import (
    check_format,
    last_turn_number,
    read_conversation,
    read_summary,
)
from bot.conversations.search import SearchHit, hits_in, may_hold, words_of
from bot.conversations.stored import ConversationSummary, Entry, Renamed, StoredConversation, StoredTurn

LAST = "last"
"""Stands for the conversation that something was added to last."""


@dataclass(frozen=True, slots=True)
class ConversationStore:
    """The conversations in ``folder``, one append-only file each; the folder is made with the first one."""

    folder: Path
    clock: Callable[[], datetime] = now

    def path(self, conversation_id: str) -> Path:
        """Return the file of a conversation."""
        return self.folder / f"{conversation_id}{files.ENDING}"

    def create(self, conversation_id: str, first: Entry) -> None:
        """Make the file of a new conversation with its first entry. Raises NotSaved."""
        header = header_line(conversation_id, begun_by_id(conversation_id))
        files.create(self.path(conversation_id), header + entry_line(first))

    def append(self, conversation_id: str, entry: Entry) -> Entry:
        """Add an entry to a conversation and return it as it was added.

        A turn gets the number after the last one of the file: that is another one than it came with
        where another program went on with the same conversation. Raises NotSaved, or NewerFormat for
        a file that a later version wrote.
        """
        added = entry

        def line(data: bytes) -> bytes:
            nonlocal added
            check_format(conversation_id, data)
            if isinstance(entry, StoredTurn):
                added = replace(entry, n=last_turn_number(data) + 1)
            return entry_line(added)

        files.append(self.path(conversation_id), line)
        return added

    def load(self, conversation_id: str) -> StoredConversation:
        """Return a conversation, all of it. Raises ConversationProblem if it cannot be read."""
        return read_conversation(conversation_id, files.read_bytes(self.path(conversation_id)))

    def tail(self, conversation_id: str, turns: int, *, before: int | None = None) -> StoredConversation:
        """Return a conversation with its last turns alone, or the last ones before turn ``before``.

        Everything but turns is complete. Raises ConversationProblem if it cannot be read.
        """
        data = files.read_bytes(self.path(conversation_id))
        return read_conversation(conversation_id, data, last=turns, before=before)

    def ids(self) -> list[str]:
        """Return the ids of all conversations, oldest first."""
        return files.ids_in(self.folder)

    def summaries(self) -> list[ConversationSummary]:
        """Return what the list says of each conversation, the one added to last first.

        One that cannot be opened is there too, and says why.
        """
        found = [self._summary(conversation_id) for conversation_id in self.ids()]
        return sorted(found, key=lambda summary: (summary.last, summary.id), reverse=True)

    def search(self, text: str) -> list[SearchHit]:
        """Return every place that holds all words of ``text``, in the conversation added to last first.

        Conversations that cannot be opened are passed over.
        """
        words = words_of(text)
        found: list[tuple[datetime, list[SearchHit]]] = []
        for conversation_id in self.ids():
            try:
                data = files.read_bytes(self.path(conversation_id))
                hits = self._hits(conversation_id, data, words)
            except ConversationProblem:
                continue
            if hits:
                found.append((read_summary(conversation_id, data).last, hits))
        found.sort(key=lambda each: each[0], reverse=True)
        return [hit for _, hits in found for hit in hits]

    def resolve(self, given: str) -> str:
        """Return the id that is meant by "last", by the beginning of an id or by that of its six letters.

        Raises NoSuchConversation if it is none, or more than one.
        """
        wanted = given.strip().lower()
        if wanted == LAST:
            newest = next(iter(self.summaries()), None)
            if newest is None:
                raise NoSuchConversation("there is no conversation yet.")
            return newest.id
        found = [one for one in self.ids() if _begins(one, wanted)]
        if wanted in found:
            return wanted
        if len(found) == 1:
            return found[0]
        what = (
            f"{len(found)} conversations have an id that begins so"
            if found
            else "no conversation has this id"
        )
        raise NoSuchConversation(f"{given!r}: {what}. `mbc-chat conversations list` shows the ids.")

    def rename(self, conversation_id: str, name: str | None) -> None:
        """Give a conversation a name, or take it away. Raises NotSaved."""
        self.append(conversation_id, Renamed(self.clock(), name or None))

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation for good. Raises NotSaved if it cannot be deleted."""
        files.remove(self.path(conversation_id))

    def delete_all(self) -> int:
        """Delete all conversations for good and return how many; other files in the folder stay.

        Raises NotSaved if one cannot be deleted.
        """
        ids = self.ids()
        for conversation_id in ids:
            self.delete(conversation_id)
        return len(ids)

    def _hits(self, conversation_id: str, data: bytes, words: tuple[str, ...]) -> list[SearchHit]:
        if not words or not may_hold(data, words):
            return []
        return hits_in(read_conversation(conversation_id, data), words)

    def _summary(self, conversation_id: str) -> ConversationSummary:
        try:
            return read_summary(conversation_id, files.read_bytes(self.path(conversation_id)))
        except ConversationProblem as problem:
            begun = begun_by_id(conversation_id)
            return ConversationSummary(conversation_id, begun, begun, 0, "", problem=str(problem))


def _begins(conversation_id: str, given: str) -> bool:
    """Whether an id, or its six letters, begin with what was given; nothing begins with nothing."""
    return given != "" and (
        conversation_id.startswith(given) or letters_of(conversation_id).startswith(given)
    )
