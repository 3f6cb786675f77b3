"""What stands behind the plain chat, handed in from outside, and the talk that it has in hand."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.about import About
from bot.conversation import Conversation
from bot.conversations.recorder import Recorder
from bot.conversations.store import ConversationStore
from bot.conversations.stored import StoredConversation, StoredTurn
from bot.reply import Citation, Reply, SourceView

if TYPE_CHECKING:
    from bot.engine import Engine
    from bot.plain.rebuilding import Building
    from bot.takeaway.as_of import AsOf


def newest_source(engine: Engine, _: Reply, citation: Citation) -> SourceView:
    """Return a passage as the open articles have it."""
    return engine.source(citation)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything outside the talk itself."""

    open_engine: Callable[[], Engine]
    """Opens what answers; called again after a setting has changed."""
    early: Engine
    """Works without an index: it reads what comes with a word of the chat, so that no sign is missed."""
    about: Callable[[], About]
    """The words around the talk, as the settings are now."""
    store: ConversationStore
    """The conversations that can be read again, also from a private talk."""
    record: Callable[[StoredConversation | None], Recorder]
    """Makes the recorder of a conversation, new or resumed."""
    forget_everything: Callable[[], str]
    """Deletes all that is stored of the reader, and says what that was."""
    keep_country: Callable[[str], None]
    """Keeps the country in the settings."""
    as_of: Callable[[], AbstractContextManager[AsOf]]
    """Opens the articles as they are now, for exports and to see what became of earlier sources."""
    answered: Callable[[Reply], None]
    """Is told of each reply after it is shown; never in a private talk."""
    building: Building
    """Builds the index again."""
    index_changed: Callable[[], bool]
    """Whether another index is live than when ``open_engine`` was called last."""
    source: Callable[[Engine, Reply, Citation], SourceView] = newest_source
    """Returns a passage, where it can be as the reply had it."""


@dataclass(slots=True)
class Talk:
    """The conversation that goes on, and what its words refer to."""

    desk: Desk
    engine: Engine
    recorder: Recorder
    listed: tuple[str, ...] = ()
    """Ids of the conversations that were listed last, for "open 2"."""
    earlier: int = 0
    """How many turns of a resumed conversation were not shown yet."""
    to_confirm: Callable[[], str] | None = None
    """What the next line does if it is "yes"."""
    fresh: Reply | None = None
    """The reply to this line."""
    unsaved: str | None = None
    """Why the last thing could not be saved."""

    @property
    def stored(self) -> StoredConversation | None:
        """The conversation so far; None before anything was said or noted."""
        return self.recorder.conversation

    @property
    def conversation(self) -> Conversation:
        """The turns so far, as the assistant wants them."""
        return self.stored.as_conversation() if self.stored else Conversation()

    @property
    def last(self) -> StoredTurn | None:
        """The last turn that counts."""
        standing = self.stored.standing if self.stored else ()
        return standing[-1] if standing else None

    def cited(self, n: int) -> tuple[StoredTurn, Citation] | None:
        """Return the last turn that quotes behind mark ``n``, which means the same in the whole talk."""
        for turn in reversed(self.stored.standing if self.stored else ()):
            for citation in turn.reply.citations:
                if citation.n == n:
                    return turn, citation
        return None

    def begin(self, resumed: StoredConversation | None = None) -> None:
        """Go on with a stored conversation, or with a new one."""
        self.recorder = self.desk.record(resumed)
        self.earlier = 0
