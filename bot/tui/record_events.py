"""What comes back from the threads that read and write stored conversations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from bot.tui.past import Checked

if TYPE_CHECKING:
    from bot.conversations.stored import StoredConversation
    from bot.takeaway.copying import Copied


class Saved(Message):
    """What was said is saved, or ``problem`` says why it is not."""

    def __init__(self, problem: str | None) -> None:
        super().__init__()
        self.problem = problem


class PastOpened(Message):
    """A stored conversation is read."""

    def __init__(self, conversation: StoredConversation) -> None:
        super().__init__()
        self.conversation = conversation


class PastChecked(Message):
    """What became of turns that are shown."""

    def __init__(self, checked: Checked) -> None:
        super().__init__()
        self.checked = checked


class CopyMade(Message):
    """A text was copied, but for the ``sequences`` that the terminal has to get for it."""

    def __init__(self, copied: Copied, sequences: Sequence[str]) -> None:
        super().__init__()
        self.copied = copied
        self.sequences = sequences


class Heard(Message):
    """A text that was typed elsewhere than in the prompt was read for signs of danger."""

    def __init__(self, text: str, serious: bool, /) -> None:
        super().__init__()
        self.text = text
        self.serious = serious


class Forgotten(Message):
    """The talk on the screen was deleted."""
