"""What the browser is told, apart from the chat itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Words:
    """A title and a text in plain words."""

    title: str
    text: str


class Ending(Enum):
    """Why a session ended, with the words for it; ``code`` closes the connection."""

    QUIT = (4000, "The chat has ended", "You left it.")
    IDLE = (4001, "The chat has ended", "Nobody typed for a while, so it was closed to keep it private.")
    FULL = (
        4002,
        "All places are taken",
        "As many people as this computer can serve are in the chat now. Please try again in some minutes.",
    )
    BROKEN = (4003, "The chat stopped", "Something went wrong in it. Starting again usually helps.")
    REFUSED = (4004, "The chat has ended", "The browser sent something that the chat does not understand.")
    STOPPED = (1001, "The chat has ended", "The program that serves it was stopped.")
    LEFT = (1000, "The chat has ended", "The page was closed.")

    @property
    def code(self) -> int:
        """The close code of the connection."""
        return self.value[0]

    @property
    def covers(self) -> bool:
        """Whether the page then covers what was said, for who comes to the screen next."""
        return self in {Ending.QUIT, Ending.IDLE}

    @property
    def words(self) -> Words:
        """What to tell the reader."""
        return Words(*self.value[1:])


LOST = Words("The connection was lost", "The chat behind this page has ended with it.")
NOT_SAVED = "What was said in it is not kept anywhere."
NO_ENTRY = Words(
    "This address does not open the chat",
    "The address needs the long secret part that the program printed when it was started. "
    "It changes with every start. Copy the whole address from there.",
)
NO_SCRIPT = Words(
    "This page needs JavaScript",
    "The chat is drawn by a script that comes from this computer and from nowhere else. Allow JavaScript for "
    "this page, or use the chat in a terminal: mbc-chat chat, or mbc-chat chat --plain for plain lines.",
)
