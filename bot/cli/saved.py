"""Reading what is stored for the commands that look at all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bot.cli.context import complain

if TYPE_CHECKING:
    from bot.conversations.stored import StoredConversation
    from bot.receipts.impact import SavedAnswer


def saved_conversations(given: str | None = None) -> tuple[list[StoredConversation], bool]:
    """Return one conversation, or all of them with the oldest first, and whether all could be read whole.

    What cannot be read is complained about and left out. Raises ConversationProblem for a ``given`` id
    that cannot be read.
    """
    from bot.cli.conversations import load, store
    from bot.conversations.errors import ConversationProblem

    if given is not None:
        found = [load(given)]
        return found, not complain_of_damage(found)
    kept = store()
    found, whole = [], True
    for conversation_id in kept.ids():
        try:
            found.append(kept.load(conversation_id))
        except ConversationProblem as problem:
            complain(str(problem))
            whole = False
    return found, not complain_of_damage(found) and whole


def saved_answers(conversations: Iterable[StoredConversation]) -> Iterator[SavedAnswer]:
    """Yield the replies that quote something."""
    from bot.receipts.impact import SavedAnswer

    for conversation in conversations:
        for turn in conversation.turns:
            if turn.reply.sentences:
                yield SavedAnswer(conversation.id, turn.n, turn.reply)


def complain_of_damage(conversations: Iterable[StoredConversation]) -> bool:
    """Name every line that could not be read; return whether there is any."""
    damaged = [(one.id, line) for one in conversations for line in one.damaged]
    for conversation_id, line in damaged:
        complain(f"line {line.number} of {conversation_id} is damaged and left out ({line.why}).")
    return bool(damaged)
