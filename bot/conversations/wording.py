"""Stored conversations in words, for lists and for reading them again; every line is safe for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.conversations.search import SearchHit
from bot.conversations.stored import ConversationSummary, StoredConversation, StoredTurn
from bot.render import day_words, reply_text, shown
from bot.reply import Reply
from corpus.text import one_line

UNTITLED = "(nothing asked yet)"
WITHDRAWN_TURN = "This meaning was taken back; the question was answered as typed after that."
MARKED_WRONG = "Marked as wrong"
MARKED = (
    "Marked as wrong. The mark stays on this machine until you hand it over yourself: "
    "mbc-chat conversations handover"
)
MARKED_PRIVATE = "Marked as wrong for this talk. It is private, so the mark ends with it."

Changes = Callable[[Reply], list[str]]
"""Says, one line an article, what became of the sources of a reply since; empty where they hold."""


def no_changes(_: Reply) -> list[str]:
    """Say nothing about the sources."""
    return []


def moment_words(at: datetime) -> str:
    """Return a moment as people write it, in the time zone of this machine."""
    here = at.astimezone()
    return f"{day_words(here.date())}, {here:%H:%M}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def title_words(title: str) -> str:
    """Return a title on one line."""
    return one_line(title) or UNTITLED


def summary_words(summary: ConversationSummary) -> str:
    """Return what the list says of a conversation, without its id."""
    if summary.problem:
        return f"cannot be opened: {one_line(summary.problem)}"
    when = moment_words(summary.last)
    return f"{when}, {counted(summary.turns, 'question')}: {title_words(summary.title)}"


def hit_words(hit: SearchHit) -> str:
    """Return where words were found, without the id of the conversation."""
    place = f"question {hit.n}" if hit.n else "name or note"
    return f"{moment_words(hit.at)}, {place}: {one_line(hit.excerpt)}"


def conversation_text(
    conversation: StoredConversation, *, width: int | None = None, changes: Changes = no_changes
) -> str:
    """Return a whole conversation as plain text: head, turns, what is noted, what could not be read."""
    blocks = [
        _head(conversation),
        *(turn_text(conversation, turn, width=width, changes=changes) for turn in conversation.turns),
        *_notes(conversation),
        *damage_lines(conversation),
    ]
    return "\n\n".join(blocks)


def turn_text(
    conversation: StoredConversation,
    turn: StoredTurn,
    *,
    width: int | None = None,
    changes: Changes = no_changes,
    numbered: bool = False,
    origins: bool = True,
) -> str:
    """Return one turn: question, what is to be known of the answer, the answer as ``reply_text`` has it."""
    marks = turn_marks(conversation, turn, changes)
    head = f"You: {shown(turn.text)}"
    answer = reply_text(turn.reply, width=width, numbered=numbered, origins=origins)
    return "\n\n".join([head, *marks, f"Answer:\n{answer}"])


def damage_lines(conversation: StoredConversation) -> list[str]:
    """Say what of the file could not be read; nothing where all could."""
    if not conversation.damaged:
        return []
    lines = ", ".join(str(line.number) for line in conversation.damaged)
    number = counted(len(conversation.damaged), "line")
    return [f"{number} of the file could not be read and stayed as it is: {lines}."]


def _head(conversation: StoredConversation) -> str:
    asked = counted(conversation.earlier + len(conversation.standing), "question")
    begun = f"Begun {moment_words(conversation.begun)}. {asked}. {conversation.id}"
    return f"{title_words(conversation.title)}\n{begun}"


def turn_marks(conversation: StoredConversation, turn: StoredTurn, changes: Changes) -> list[str]:
    """Say what is to be known of an answer: taken back, marked, kept, its sources changed; a line each."""
    return list(_marks(conversation, turn, changes))


def _marks(conversation: StoredConversation, turn: StoredTurn, changes: Changes) -> Iterator[str]:
    if turn.n in conversation.taken_back:
        yield WITHDRAWN_TURN
    for mark in conversation.wrong:
        if mark.turn == turn.n:
            yield f"{MARKED_WRONG}: {one_line(mark.why)}" if mark.why else f"{MARKED_WRONG}."
    kept = [f"[{each.citation}]" for each in conversation.kept if each.turn == turn.n]
    if kept:
        yield f"Kept to take along: {', '.join(kept)}"
    yield from map(shown, changes(turn.reply))


def _notes(conversation: StoredConversation) -> Iterator[str]:
    if conversation.notes:
        notes = [f"  - {one_line(note.text)}" for note in conversation.notes]
        yield "\n".join(["Questions to ask:", *notes])
