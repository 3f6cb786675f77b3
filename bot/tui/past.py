"""What a stored conversation has to say today: what became of its sources, what has to stay in sight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.engine import Engine
from bot.reply import Reply
from bot.tui.pinned import pinned_after
from bot.tui.shelf import Shelf

if TYPE_CHECKING:
    from bot.conversations.stored import StoredTurn

SHOWN = 20
"""Turns that are shown at once when a conversation is opened, and with each "load more"."""

Changes = Mapping[int, tuple[str, ...]]
"""By the number of a turn in its file, a line for each article that has changed since."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of turns."""

    conversation: str
    """Id of the conversation that they belong to."""
    changes: Changes
    pinned: Reply | None = None
    """The call for help that the questions leave in force."""


def check_turns(shelf: Shelf, conversation: str, turns: Iterable[StoredTurn]) -> Checked:
    """Find out what became of the sources of turns; nothing is said where that cannot be told."""
    with shelf.as_of() as as_of:
        if not as_of.can_tell:
            return Checked(conversation, {})
        changes = ((turn.n, tuple(as_of.changes(turn.reply))) for turn in turns)
        return Checked(conversation, {n: lines for n, lines in changes if lines})


def check_past(
    shelf: Shelf,
    early: Engine,
    conversation: str,
    standing: Sequence[StoredTurn],
    shown: Iterable[StoredTurn],
) -> Checked:
    """Check the turns that are shown, and find out what those that were not taken back leave in force."""
    pinned: Reply | None = None
    for turn in standing:
        taken_back = pinned is not None and early.takes_back(turn.text)
        pinned = pinned_after(pinned, turn.reply, taken_back=taken_back)
    return Checked(conversation, check_turns(shelf, conversation, shown).changes, pinned)
