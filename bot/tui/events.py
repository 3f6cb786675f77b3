"""What comes back from the threads, as messages: the app's handlers own what they change."""

from __future__ import annotations

from textual.message import Message

from bot.reply import Reply, SourceView
from bot.tui.engine import Engine
from index.progress import Progress


class BuildProgress(Message):
    """The first build came a step further."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress


class Built(Message):
    """The first build is done."""


class Opened(Message):
    """The articles are open."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine


class Replied(Message):
    """A reply to question ``number`` is there; ``early`` if it came from the engine without an index."""

    def __init__(self, number: int, reply: Reply, *, early: bool) -> None:
        super().__init__()
        self.number = number
        self.reply = reply
        self.early = early


class Fetched(Message):
    """The passage that was asked for with ``number`` is there."""

    def __init__(self, number: int, source: SourceView) -> None:
        super().__init__()
        self.number = number
        self.source = source
