"""A check of the stored conversations: whether each can be opened and read whole."""

from __future__ import annotations

from bot.conversations.errors import ConversationProblem
from bot.conversations.store import ConversationStore
from bot.conversations.wording import counted
from bot.doctor.finding import Finding, note, ok, problem
from bot.doctor.surroundings import Surroundings
from corpus.text import some_of


def check_conversations(at: Surroundings) -> Finding:
    """Read every stored conversation."""
    store = ConversationStore(at.home.conversations)
    closed: list[str] = []
    damaged: list[str] = []
    try:
        ids = store.ids()
    except ConversationProblem as error:
        return problem(str(error), f"Run `chmod -R u+rwX {at.home.conversations}`.")
    for conversation_id in ids:
        try:
            found = store.load(conversation_id)
        except ConversationProblem:
            closed.append(conversation_id)
        else:
            damaged += [conversation_id] if found.damaged else []
    if closed:
        return problem(
            f"{counted(len(closed), 'conversation')} of {len(ids)} cannot be opened: {some_of(closed)}.",
            "`mbc-chat conversations list` says why.",
        )
    if damaged:
        return note(
            f"Lines of {counted(len(damaged), 'conversation')} are damaged: {some_of(damaged)}.",
            "All other lines are there; `mbc-chat conversations show ID` names those that are not.",
        )
    return ok(
        f"{counted(len(ids), 'conversation')} stored, all readable." if ids else "No conversation is stored."
    )
