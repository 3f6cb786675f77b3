"""A stored conversation: the entries of its file, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation import Conversation
from bot.reply import Citation, QuotedSentence, Reply
from corpus.text import shortened


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One question and its reply; ``n`` counts the turns of a conversation from 1."""

    at: datetime
    n: int
    text: str
    """As typed."""
    reply: Reply


@dataclass(frozen=True, slots=True)
class Renamed:
    """The conversation has this name from now on; None takes the name away."""

    at: datetime
    name: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """Quoted sentences to take along. Keeping the same citation again puts new ones in their place."""

    at: datetime
    turn: int
    citation: int
    """The ``n`` of the citation."""
    sentences: tuple[int, ...]
    """Places in the reply's ``sentences``, from 0."""


@dataclass(frozen=True, slots=True)
class NoLongerKept:
    """Takes away what was kept of a citation."""

    at: datetime
    turn: int
    citation: int


@dataclass(frozen=True, slots=True)
class TeamNote:
    """A question that the reader wants to ask the care team."""

    at: datetime
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteRemoved:
    """Takes away a question for the care team."""

    at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class MarkedWrong:
    """The reader says that an answer is wrong, and perhaps why."""

    at: datetime
    turn: int
    why: str | None


@dataclass(frozen=True, slots=True)
class NotWrong:
    """Takes back that an answer is wrong."""

    at: datetime
    turn: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The reader took back what a question was understood as; a later turn answers it as typed."""

    at: datetime
    turn: int


Entry = (
    StoredTurn | Renamed | Kept | NoLongerKept | TeamNote | NoteRemoved | MarkedWrong | NotWrong | TakenBack
)


@dataclass(frozen=True, slots=True)
class DamagedLine:
    """A line of the file that could not be read; it was skipped, and is still there."""

    number: int
    """From 1."""
    why: str


@dataclass(frozen=True, slots=True)
class StoredConversation:
    """What the entries of one file add up to."""

    id: str
    begun: datetime
    turns: tuple[StoredTurn, ...] = ()
    """In their order. Of a tail, only the last ones: ``earlier`` says how many come before."""
    name: str | None = None
    kept: tuple[Kept, ...] = ()
    notes: tuple[TeamNote, ...] = ()
    wrong: tuple[MarkedWrong, ...] = ()
    taken_back: frozenset[int] = frozenset()
    """Numbers of the turns that no longer count, since the reader took their meaning back."""
    first_question: str = ""
    """As typed; of a tail too."""
    earlier: int = 0
    damaged: tuple[DamagedLine, ...] = ()

    @property
    def standing(self) -> tuple[StoredTurn, ...]:
        """The turns that were not taken back."""
        return tuple(turn for turn in self.turns if turn.n not in self.taken_back)

    @property
    def title(self) -> str:
        """Its name, else the first question, else the first note; as typed, and never long."""
        note = self.notes[0].text if self.notes else ""
        return short_title(self.name or self.first_question or note)

    def turn(self, n: int) -> StoredTurn | None:
        """Return turn ``n``, or None if it is not there."""
        return next((turn for turn in reversed(self.turns) if turn.n == n), None)

    def kept_quote(self, kept: Kept) -> tuple[Citation, tuple[QuotedSentence, ...]] | None:
        """Return the citation and the sentences that were kept, or None if the turn has them no more."""
        turn = self.turn(kept.turn)
        if turn is None:
            return None
        citation = next((one for one in turn.reply.citations if one.n == kept.citation), None)
        if citation is None:
            return None
        sentences = turn.reply.sentences
        return citation, tuple(sentences[place] for place in kept.sentences if place < len(sentences))

    def as_conversation(self) -> Conversation:
        """Return the turns as a talk that can go on: what was taken back is left out."""
        conversation = Conversation()
        for turn in self.standing:
            conversation.add(turn.text, turn.reply)
        return conversation

    def after(self, entry: Entry) -> StoredConversation:
        """Return the conversation with one more entry."""
        return self.after_all((entry,))

    def after_all(self, entries: Iterable[Entry]) -> StoredConversation:
        """Return the conversation with more entries, in their order."""
        sum_ = _Sum(self)
        for entry in entries:
            sum_.add(entry)
        return sum_.conversation()


class _Sum:
    """Adds entries up, a few thousand of them in no time."""

    def __init__(self, before: StoredConversation) -> None:
        self._before = before
        self._turns = list(before.turns)
        self._name = before.name
        self._kept = {(kept.turn, kept.citation): kept for kept in before.kept}
        self._notes = {note.id: note for note in before.notes}
        self._wrong = {mark.turn: mark for mark in before.wrong}
        self._taken_back = set(before.taken_back)
        self._first_question = before.first_question

    def add(self, entry: Entry) -> None:
        match entry:
            case StoredTurn():
                self._turns.append(entry)
                self._first_question = self._first_question or entry.text
            case Renamed(name=name):
                self._name = name
            case Kept(turn=turn, citation=citation):
                self._kept[turn, citation] = entry
            case NoLongerKept(turn=turn, citation=citation):
                self._kept.pop((turn, citation), None)
            case TeamNote(id=id_):
                self._notes[id_] = entry
            case NoteRemoved(id=id_):
                self._notes.pop(id_, None)
            case MarkedWrong(turn=turn):
                self._wrong[turn] = entry
            case NotWrong(turn=turn):
                self._wrong.pop(turn, None)
            case TakenBack(turn=turn):
                self._taken_back.add(turn)

    def conversation(self) -> StoredConversation:
        return replace(
            self._before,
            turns=tuple(self._turns),
            name=self._name,
            kept=tuple(self._kept.values()),
            notes=tuple(self._notes.values()),
            wrong=tuple(self._wrong.values()),
            taken_back=frozenset(self._taken_back),
            first_question=self._first_question,
        )


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """What the list says of one conversation."""

    id: str
    begun: datetime
    last: datetime
    """When something was added last."""
    turns: int
    """How many count, those taken back left out."""
    title: str
    """Its name, else its first question; as typed, and never long."""
    named: bool = False
    first_question: str = ""
    """As typed, and never long."""
    problem: str | None = None
    """Why it cannot be opened; None if it can."""


_TITLE_CHARACTERS = 200


def short_title(text: str) -> str:
    """Return ``text`` cut at a title's length."""
    return shortened(" ".join(text[: 4 * _TITLE_CHARACTERS].split()), _TITLE_CHARACTERS)
