"""What the chat needs from an assistant, so that it can be shown with any that fits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from bot.conversation import Conversation
from bot.reply import Citation, CitedSource, Reply


class Source(Protocol):
    """A passage and the article around it, as the source panel shows them."""

    @property
    def article_id(self) -> str:
        """Id of the article."""

    @property
    def title(self) -> str:
        """Title of the article."""

    @property
    def headings(self) -> tuple[str, ...]:
        """Heading path of the passage, outermost first."""

    @property
    def text(self) -> str:
        """The whole passage, an exact slice of the reading text."""

    @property
    def start(self) -> int:
        """Offset of the passage in the reading text."""

    @property
    def end(self) -> int:
        """Offset behind the passage's last character."""

    @property
    def reviewed(self) -> date | None:
        """The day on which the facts were last checked."""

    @property
    def sources(self) -> tuple[CitedSource, ...]:
        """Where the facts of the passage come from."""

    @property
    def article_text(self) -> str:
        """The whole reading text of the article."""


class Engine(Protocol):
    """One turn in, one reply out.

    Every call comes from a thread of its own: replies of one conversation one after another,
    ``source`` at any time, also while a reply is being computed.
    """

    @property
    def generation(self) -> str | None:
        """Id of the open index generation; None without an index."""

    def reply(self, conversation: Conversation, text: str, /) -> Reply:
        """Answer ``text`` after the turns of ``conversation``, which stays as it is."""

    def source(self, citation: Citation, /) -> Source:
        """Return the passage that a citation names. Errors say what to do."""


class Progress(Protocol):
    """How far the first build is."""

    @property
    def step(self) -> str:
        """What is being done: "reading", "encoding" or "writing"."""

    @property
    def done(self) -> int:
        """How many parts of the step are done."""

    @property
    def total(self) -> int:
        """How many parts the step has; 0 while that is not known."""


Report = Callable[[Progress], None]
Build = Callable[[Report], None]
OpenEngine = Callable[[], Engine]
