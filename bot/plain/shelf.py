"""Stored conversations by words: list, open, read on, search, rename, delete."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversations.stored import StoredConversation
from bot.conversations.wording import (
    counted,
    damage_lines,
    hit_words,
    no_changes,
    summary_words,
    title_words,
    turn_text,
)
from bot.plain.desk import Talk
from bot.plain.words import Said
from corpus.text import one_line

NEW = "A new conversation begins."
NO_CONVERSATIONS = "There are no stored conversations."
NOTHING_EARLIER = "There is nothing earlier to read."
NOT_DELETED = "Nothing was deleted."
_MOST_LISTED = 20
_SHOWN = 3
"""Turns that are read out when a conversation is opened, and with each "earlier"."""


def new(talk: Talk, _: Said) -> str:
    """Begin a new conversation."""
    talk.begin()
    return NEW


def conversations(talk: Talk, _: Said) -> str:
    """List the conversations, numbered, the last one first."""
    summaries = talk.desk.store.summaries()
    talk.listed = tuple(summary.id for summary in summaries)
    lines = [f"{n}. {summary_words(each)}" for n, each in enumerate(summaries[:_MOST_LISTED], start=1)]
    more = len(summaries) - len(lines)
    if more:
        lines.append(f"And {more} more; search WORDS finds them.")
    return "\n".join([*lines, "To open one, type for example: open 1"]) if lines else NO_CONVERSATIONS


def open_(talk: Talk, said: Said) -> str:
    """Go on with a stored conversation; its last turns are read out."""
    if said.text.isdigit() and len(said.text) < 4:
        number = int(said.text)
        if not 1 <= number <= len(talk.listed):
            return f"There is no number {number} in the last list. To see one, type: conversations"
        found = talk.listed[number - 1]
    else:
        found = talk.desk.store.resolve(said.text)
    return resume(talk, talk.desk.store.load(found))


def resume(talk: Talk, stored: StoredConversation) -> str:
    """Go on with ``stored`` and return its last turns."""
    talk.begin(stored)
    asked = counted(len(stored.standing), "question")
    talk.earlier = max(0, len(stored.turns) - _SHOWN)
    blocks = [f"{title_words(stored.title)}, {asked}.", *damage_lines(stored)]
    if talk.earlier:
        blocks.append(f"{talk.earlier} come before these. To read them, type: earlier")
    return "\n\n".join([*blocks, *_turns(talk, stored, talk.earlier, len(stored.turns))])


def earlier(talk: Talk, _: Said) -> str:
    """Read turns of an opened conversation that come before those that were read out."""
    stored = talk.stored
    if stored is None or not talk.earlier:
        return NOTHING_EARLIER
    end = talk.earlier
    talk.earlier = max(0, end - _SHOWN)
    rest = f"{talk.earlier} come before these." if talk.earlier else "These were the first ones."
    return "\n\n".join([rest, *_turns(talk, stored, talk.earlier, end)])


def search(talk: Talk, said: Said) -> str:
    """Search all stored conversations."""
    hits = talk.desk.store.search(said.text)
    talk.listed = tuple(dict.fromkeys(hit.id for hit in hits))
    if not hits:
        return (
            f"Your conversations have nothing with {one_line(said.text)!r}. "
            "To ask the articles, type it as a question."
        )
    lines = []
    before = ""
    for hit in hits[:_MOST_LISTED]:
        if hit.id != before:
            lines.append(f"{talk.listed.index(hit.id) + 1}. {title_words(hit.title)}")
            before = hit.id
        lines.append(f"   {hit_words(hit)}")
    if len(hits) > _MOST_LISTED:
        lines.append(f"And {counted(len(hits) - _MOST_LISTED, 'more place')}; more words find fewer.")
    return "\n".join([*lines, "To open one, type for example: open 1"])


def rename(talk: Talk, said: Said) -> str:
    """Give this conversation a name."""
    name = one_line(said.text)
    talk.recorder.rename(name)
    return f"This conversation is now called {name!r}."


def delete(talk: Talk, _: Said) -> str:
    """Delete this conversation, after a "yes"."""
    if talk.stored is None:
        return "There is nothing to delete yet. To delete everything that is stored, type: delete all"

    def delete_this() -> str:
        talk.recorder.forget()
        talk.begin()
        return f"This conversation is deleted. {NEW}"

    return _confirmed(
        talk, "Delete this conversation for good, with what was kept and noted in it?", delete_this
    )


def delete_all(talk: Talk, _: Said) -> str:
    """Delete everything that is stored of the reader, after a "yes"."""

    def delete_everything() -> str:
        deleted = talk.desk.forget_everything()
        talk.begin()
        talk.listed = ()
        return f"Deleted: {deleted}. {NEW}"

    return _confirmed(
        talk, "Delete for good all conversations and everything else stored of you?", delete_everything
    )


def confirm(talk: Talk, line: str) -> str | None:
    """Do what waits for a "yes" if ``line`` is one; None if the line is to be read as any other."""
    waiting, talk.to_confirm = talk.to_confirm, None
    if waiting is None:
        return None
    if line.lower().rstrip(".!") == "yes":
        return waiting()
    return NOT_DELETED if line.lower().rstrip(".!") == "no" else None


def _confirmed(talk: Talk, question: str, do: Callable[[], str]) -> str:
    talk.to_confirm = do
    return f"{question} Type: yes, or anything else to leave it."


def _turns(talk: Talk, stored: StoredConversation, start: int, end: int) -> list[str]:
    with talk.desk.as_of() as as_of:
        changes = as_of.changes if as_of.can_tell else no_changes
        return [
            turn_text(stored, turn, changes=changes, numbered=turn == talk.last, origins=False)
            for turn in stored.turns[start:end]
        ]
