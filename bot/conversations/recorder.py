"""The conversation that goes on: remembered at once, saved a moment later, or never."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.conversations.errors import ConversationProblem
from bot.conversations.ids import begun_by_id, new_id, now, random_letters
from bot.conversations.store import ConversationStore
from bot.conversations.stored import (
    Entry,
    Kept,
    MarkedWrong,
    NoLongerKept,
    NoteRemoved,
    NotWrong,
    Renamed,
    StoredConversation,
    StoredTurn,
    TakenBack,
    TeamNote,
)
from bot.reply import Reply

_BEGINS_A_FILE = (StoredTurn, TeamNote)
"""What makes a conversation worth a file."""


class Recorder:
    """Remembers a conversation, and saves it unless it is private.

    Everything but ``save`` only remembers and takes no time. ``save`` writes what is not yet written,
    in order, and is meant to be called after the reply is shown, from any thread. What could not be
    written stays remembered, and the next ``save`` tries it again.

    ``store`` is None for a private conversation. ``resumed`` is a stored conversation to go on with;
    a tail will do.
    """

    def __init__(
        self,
        store: ConversationStore | None,
        resumed: StoredConversation | None = None,
        *,
        clock: Callable[[], datetime] = now,
        letters: Callable[[], str] = random_letters,
    ) -> None:
        self._store = store
        self._clock = clock
        self._letters = letters
        self._conversation = resumed
        self._exists = resumed is not None
        self._unsaved: list[Entry] = []
        self._numbers: dict[int, int] = {}
        """Numbers of turns that are others in the file, because another program added to it too."""
        self._writing = threading.Lock()
        self._changing = threading.Lock()

    @property
    def private(self) -> bool:
        """Whether nothing is saved."""
        return self._store is None

    @property
    def conversation(self) -> StoredConversation | None:
        """What was said and kept so far, saved or not; None before anything was."""
        return self._conversation

    def add_turn(self, text: str, reply: Reply) -> StoredTurn:
        """Remember a finished turn; ``text`` is as typed."""
        with self._changing:
            known = self._conversation
            last = max((turn.n for turn in known.turns), default=known.earlier) if known else 0
            turn = StoredTurn(self._clock(), last + 1, text, reply)
            self._remember(turn)
            return turn

    def keep(self, turn: int, citation: int, sentences: Sequence[int]) -> None:
        """Keep sentences of a citation to take along; ``sentences`` are places in the reply, from 0."""
        self._add(Kept(self._clock(), turn, citation, tuple(sentences)))

    def drop_kept(self, turn: int, citation: int) -> None:
        """Keep a citation no longer."""
        self._add(NoLongerKept(self._clock(), turn, citation))

    def note(self, text: str) -> TeamNote:
        """Note a question for the care team."""
        note = TeamNote(self._clock(), self._letters(), text)
        self._add(note)
        return note

    def drop_note(self, note_id: str) -> None:
        """Take a noted question away."""
        self._add(NoteRemoved(self._clock(), note_id))

    def mark_wrong(self, turn: int, why: str | None = None) -> None:
        """Mark an answer as wrong."""
        self._add(MarkedWrong(self._clock(), turn, why or None))

    def unmark_wrong(self, turn: int) -> None:
        """Take back that an answer is wrong."""
        self._add(NotWrong(self._clock(), turn))

    def take_back(self, turn: int) -> None:
        """Take back what a turn was understood as; it no longer counts in the talk."""
        self._add(TakenBack(self._clock(), turn))

    def rename(self, name: str | None) -> None:
        """Give the conversation a name, or take it away."""
        self._add(Renamed(self._clock(), name or None))

    def forget(self) -> None:
        """Delete the conversation, from the disk too. Raises NotSaved if its file cannot be deleted."""
        with self._writing, self._changing:
            if self._store and self._exists and self._conversation:
                self._store.delete(self._conversation.id)
            self._conversation, self._exists = None, False
            self._unsaved.clear()
            self._numbers.clear()

    def save(self) -> str | None:
        """Write what is not yet written; return why that did not work, or None if nothing is left to do.

        A conversation has a file from its first turn or its first note on.
        """
        if self._store is None:
            return None
        with self._writing:
            try:
                while entry := self._next_to_write():
                    self._write(self._store, entry)
                    with self._changing:
                        self._unsaved.pop(0)
            except ConversationProblem as problem:
                return str(problem)
        return None

    def _next_to_write(self) -> Entry | None:
        with self._changing:
            worth_a_file = self._exists or any(isinstance(entry, _BEGINS_A_FILE) for entry in self._unsaved)
            return self._unsaved[0] if self._unsaved and worth_a_file else None

    def _write(self, store: ConversationStore, entry: Entry) -> None:
        assert self._conversation is not None
        conversation_id = self._conversation.id
        if not self._exists:
            store.create(conversation_id, entry)
            self._exists = True
            return
        written = store.append(conversation_id, _renumbered(entry, self._numbers))
        if isinstance(entry, StoredTurn) and isinstance(written, StoredTurn):
            self._numbers[entry.n] = written.n

    def _add(self, entry: Entry) -> None:
        with self._changing:
            self._remember(entry)

    def _remember(self, entry: Entry) -> None:
        if self._conversation is None:
            conversation_id = new_id(self._clock(), self._letters())
            self._conversation = StoredConversation(conversation_id, begun_by_id(conversation_id))
        self._conversation = self._conversation.after(entry)
        if self._store is not None:
            self._unsaved.append(entry)


def _renumbered(entry: Entry, numbers: dict[int, int]) -> Entry:
    """Return an entry about a turn with the number that the turn has in the file."""
    if isinstance(entry, (Kept, NoLongerKept, MarkedWrong, NotWrong, TakenBack)):
        return replace(entry, turn=numbers.get(entry.turn, entry.turn))
    return entry
