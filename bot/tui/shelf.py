"""What is stored of the reader's talks, and how they are taken along, handed in from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.reply import Reply

if TYPE_CHECKING:
    from bot.conversations.recorder import Recorder
    from bot.conversations.store import ConversationStore
    from bot.conversations.stored import StoredConversation
    from bot.takeaway.as_of import AsOf
    from bot.takeaway.copying import Copied

Send = Callable[[str], None]
"""Writes to the terminal."""


def _private(resumed: StoredConversation | None) -> Recorder:
    from bot.conversations.recorder import Recorder

    return Recorder(None, resumed)


@contextmanager
def _no_articles() -> Iterator[AsOf]:
    from datetime import date

    from bot.receipts.standing import NoArticles
    from bot.takeaway.as_of import AsOf
    from corpus.settings import CorpusSettings

    yield AsOf(date.today(), CorpusSettings(), NoArticles())


def _no_copy(_: str, __: Send) -> Copied:
    from bot.takeaway.copying import Copied

    return Copied(None, "Nothing can be copied here.")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The stored conversations as the chat reaches them; by itself it stores nothing and lists nothing.

    Each callable but ``record`` is called in a thread of its own.
    """

    record: Callable[[StoredConversation | None], Recorder] = _private
    """Makes the recorder of a conversation, new or resumed."""
    store: ConversationStore | None = None
    """The conversations that can be listed, searched and opened, also from a private talk; None for none."""
    resumed: StoredConversation | None = None
    """What the chat begins with."""
    as_of: Callable[[], AbstractContextManager[AsOf]] = _no_articles
    """Opens the articles as they are now."""
    answered: Callable[[Reply], None] = lambda _: None
    """Is told of each reply after it is shown; never in a private talk."""
    stored: Callable[[], str] = str
    """Says what ``forget_everything`` would delete."""
    forget_everything: Callable[[], str] = str
    """Deletes all that is stored of the reader, and says what that was."""
    copy: Callable[[str, Send], Copied] = _no_copy
    """Copies a text, and says how."""
    folder: Path | None = None
    """Where files are written unless the reader says otherwise; None for where the program was started."""
