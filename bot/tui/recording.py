"""The talk on the screen as it is recorded: remembered at once, saved by a thread after it is shown."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from bot.reply import Citation, Reply
from bot.tui.shelf import Shelf

if TYPE_CHECKING:
    from bot.conversations.recorder import Recorder
    from bot.conversations.stored import StoredConversation, StoredTurn


class Recording:
    """What was said and kept. Replies are known by identity: the ones recorded are the ones shown.

    ``save`` and ``mark`` are for threads, and so are ``rename`` and ``delete``; the rest takes no time.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._recorder: Recorder | None = None
        self._left: list[Recorder] = []
        """Of talks that were left, until all of them is saved."""
        self._saving = threading.Lock()

    @property
    def recorder(self) -> Recorder:
        """The recorder of the talk, made with the first thing to record."""
        if self._recorder is None:
            self._recorder = self._shelf.record(None)
        return self._recorder

    @property
    def conversation(self) -> StoredConversation | None:
        """What was said and kept so far, saved or not; None before anything was."""
        return self._recorder.conversation if self._recorder else None

    def begin(self, resumed: StoredConversation | None = None) -> None:
        """Go on with a stored conversation, or with a new one."""
        if self._recorder is not None:
            self._left.append(self._recorder)
        self._recorder = self._shelf.record(resumed) if resumed else None

    def turn_of(self, reply: Reply | None) -> StoredTurn | None:
        """Return the turn that has this very reply."""
        turns = self.conversation.turns if self.conversation else ()
        return next((turn for turn in turns if turn.reply is reply), None)

    # While the talk goes on

    def add(self, question: str, reply: Reply) -> None:
        """Remember a finished turn."""
        self.recorder.add_turn(question, reply)

    def take_back(self, reply: Reply) -> None:
        """Take back what a question was understood as."""
        if turn := self.turn_of(reply):
            self.recorder.take_back(turn.n)

    def kept_of(self, reply: Reply | None) -> tuple[int, ...]:
        """Return the numbers of the citations of which quotes are kept."""
        turn, conversation = self.turn_of(reply), self.conversation
        if turn is None or conversation is None:
            return ()
        return tuple(sorted(kept.citation for kept in conversation.kept if kept.turn == turn.n))

    def keep(self, reply: Reply, citations: tuple[Citation, ...]) -> None:
        """Keep what the answer quotes behind these citations."""
        if turn := self.turn_of(reply):
            for citation in citations:
                places = [n for n, quote in enumerate(reply.sentences) if quote.citation == citation.n]
                self.recorder.keep(turn.n, citation.n, places)

    def keep_no_more(self, reply: Reply, citations: tuple[Citation, ...]) -> None:
        """Take away what is kept of the answer behind these citations."""
        if turn := self.turn_of(reply):
            for citation in citations:
                self.recorder.drop_kept(turn.n, citation.n)

    # In threads

    def save(self, answered: Reply | None = None) -> str | None:
        """Write what is not yet written, and return why that did not work.

        A reply ``answered`` just now may be one for the list of questions that are not covered.
        """
        with self._saving:
            problem = self._save_left()
            if self._recorder is not None:
                problem = self._recorder.save() or problem
                if answered is not None and not self._recorder.private:
                    problem = self._list_uncovered(answered) or problem
        return problem

    def _save_left(self) -> str | None:
        while self._left:
            if problem := self._left[0].save():
                return problem
            self._left.pop(0)
        return None

    def _list_uncovered(self, reply: Reply) -> str | None:
        from bot.config import ConfigProblem

        try:
            self._shelf.answered(reply)
        except (ConfigProblem, OSError) as trouble:
            return f"The list of questions not covered stayed as it was: {trouble}"
        return None

    def mark(self, reply: Reply, reason: str) -> str:
        """Mark an answer as wrong, and return what became of the mark. Raises NotSaved."""
        from bot.conversations.errors import NotSaved
        from bot.conversations.wording import MARKED, MARKED_PRIVATE

        turn = self.turn_of(reply)
        if turn is None:
            return "This answer belongs to a talk that was left. Open that one to mark it."
        self.recorder.mark_wrong(turn.n, reason or None)
        if self.recorder.private:
            return MARKED_PRIVATE
        if problem := self.save():
            raise NotSaved(problem)
        return MARKED

    def rename(self, conversation_id: str, name: str) -> None:
        """Give a stored conversation a name; an empty one takes it away. Raises ConversationProblem."""
        from bot.conversations.errors import NotSaved

        recorder = self._recorder
        if recorder and not recorder.private and self._is_open(conversation_id):
            recorder.rename(name)
            if problem := self.save():
                raise NotSaved(problem)
        elif self._shelf.store:
            self._shelf.store.rename(conversation_id, name)

    def delete(self, conversation_id: str) -> bool:
        """Delete a stored conversation; True if it was the one on the screen. Raises ConversationProblem."""
        is_open = self._is_open(conversation_id)
        with self._saving:
            self._left = [one for one in self._left if not _is_of(one, conversation_id)]
        if is_open and self._recorder and not self._recorder.private:
            self._recorder.forget()
        elif self._shelf.store:
            self._shelf.store.delete(conversation_id)
        return is_open

    def delete_all(self) -> str:
        """Delete all that is stored of the reader, and say what that was.

        Raises ConversationProblem or OSError for what cannot be deleted.
        """
        with self._saving:
            self._recorder = None
            self._left.clear()
            return self._shelf.forget_everything()

    def _is_open(self, conversation_id: str) -> bool:
        return self.conversation is not None and self.conversation.id == conversation_id


def _is_of(recorder: Recorder, conversation_id: str) -> bool:
    return recorder.conversation is not None and recorder.conversation.id == conversation_id
