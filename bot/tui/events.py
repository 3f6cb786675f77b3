"""What comes back from the threads, as messages: the screen's handlers own what they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from bot.engine import Engine
from bot.reply import Reply, SourceView
from index.progress import Progress

if TYPE_CHECKING:
    from corpus.glossary import Term


class BuildProgress(Message):
    """A build came a step further."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress


class Built(Message):
    """A build is done."""


class Opened(Message):
    """The articles are open."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine


class Looked(Message):
    """``live`` is the generation that is live now, as far as that can be told."""

    def __init__(self, live: str | None) -> None:
        super().__init__()
        self.live = live


class ChangesFound(Message):
    """How the articles' files differ from the index; empty where they do not."""

    def __init__(self, changes: str) -> None:
        super().__init__()
        self.changes = changes


class Replied(Message):
    """A reply to question ``number`` is there; ``early`` if it came from the engine without an index."""

    def __init__(self, number: int, reply: Reply, *, taken_back: bool, early: bool) -> None:
        super().__init__()
        self.number = number
        self.reply = reply
        self.taken_back = taken_back
        """Whether the question says that an earlier sign is not so."""
        self.early = early


class Fetched(Message):
    """The passage that was asked for with ``number`` is there."""

    def __init__(self, number: int, source: SourceView) -> None:
        super().__init__()
        self.number = number
        self.source = source


class Explained(Message):
    """The terms of the glossary are there."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        super().__init__()
        self.terms = terms


class SettingKept(Message):
    """A setting is in the config file now."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class WrongNoted(Message):
    """An answer was marked as wrong, and ``outcome`` says what became of that."""

    def __init__(self, outcome: str) -> None:
        super().__init__()
        self.outcome = outcome
