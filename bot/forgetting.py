"""Deleting everything that is stored of the reader."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversations.store import ConversationStore
from bot.conversations.wording import counted
from bot.home import Home
from bot.takeaway.places import personal_files
from bot.takeaway.uncovered import read_uncovered


@dataclass(frozen=True, slots=True)
class Personal:
    """How much a home holds of the reader's own words."""

    conversations: int
    uncovered: int
    """Questions on the list of those that the articles did not cover."""

    @property
    def words(self) -> str:
        """What that is, in words."""
        return (
            f"{counted(self.conversations, 'conversation')} with all that was kept and noted in them, "
            f"{counted(self.uncovered, 'question')} on the list of those not covered, the last copied text"
        )


def personal(home: Home) -> Personal:
    """Return how much there is to delete. Raises ConversationProblem or OSError if it cannot be read."""
    conversations = len(ConversationStore(home.conversations).ids())
    return Personal(conversations, sum(1 for _ in read_uncovered(home.path)))


def forget_everything(home: Home) -> Personal:
    """Delete all of it for good and return what there was; settings and index stay.

    Raises NotSaved or OSError for what cannot be deleted.
    """
    found = personal(home)
    ConversationStore(home.conversations).delete_all()
    for path in personal_files(home.path):
        path.unlink(missing_ok=True)
    return found
