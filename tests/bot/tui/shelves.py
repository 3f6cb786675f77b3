"""The chat over a real store in a folder of its own, with a clock and chance that are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.conversations.recorder import Recorder
from bot.conversations.store import ConversationStore
from bot.conversations.stored import StoredConversation, StoredTurn
from bot.receipts.standing import Absence, PresentArticle
from bot.reply import Reply
from bot.takeaway.as_of import AsOf
from bot.takeaway.copying import Copied, Way
from bot.tui.app import ChatApp
from bot.tui.backing import Settings
from bot.tui.shelf import Send, Shelf
from corpus.settings import CorpusSettings
from tests.bot.conversations.stores import BEGUN, lettered, store_in, ticking
from tests.bot.tui.fake_engine import ANSWER, ARTICLE, FakeEngine, chat


@dataclass(slots=True)
class Articles:
    """The article as it is now."""

    text: str = ARTICLE

    def article(self, article_id: str) -> PresentArticle | Absence:
        return PresentArticle(self.text, "0" * 64 if self.text == ARTICLE else "1" * 64)


@dataclass(slots=True)
class Library:
    """What is stored, in ``folder``."""

    folder: Path
    private: bool = False
    lists: bool = True
    articles: Articles = field(default_factory=Articles)
    answered: list[str] = field(default_factory=list)
    clock: Callable[[], datetime] = field(default_factory=ticking)
    letters: Callable[[], str] = field(default_factory=lettered)
    copied: list[str] = field(default_factory=list)

    @property
    def store(self) -> ConversationStore:
        return store_in(self.folder)

    def record(self, resumed: StoredConversation | None) -> Recorder:
        store = None if self.private else self.store
        return Recorder(store, resumed, clock=self.clock, letters=self.letters)

    @contextmanager
    def as_of(self) -> Iterator[AsOf]:
        yield AsOf(date(2026, 11, 27), CorpusSettings(), self.articles)

    def forget(self) -> str:
        return f"{self.store.delete_all()} conversations"

    def copy(self, text: str, send: Send) -> Copied:
        self.copied.append(text)
        return Copied(Way.CLIPBOARD, "Copied to the [clipboard].")

    def chat(
        self, engine: FakeEngine | None = None, resumed: StoredConversation | None = None, **backing: Any
    ) -> ChatApp:
        shelf = Shelf(
            record=self.record,
            store=self.store if self.lists else None,
            resumed=resumed,
            as_of=self.as_of,
            answered=lambda reply: self.answered.append(reply.question),
            stored=lambda: f"{len(self.store.ids())} conversations",
            forget_everything=self.forget,
            copy=self.copy,
            folder=self.folder,
        )
        settings = Settings(private=self.private)
        return chat(engine or FakeEngine(), shelf=shelf, settings=settings, **backing)

    def stored(self, *questions: str, letters: str = "aaaaaa", reply: Reply = ANSWER) -> StoredConversation:
        """Store a conversation of these questions, each answered by ``reply``."""
        conversation_id = f"20261127-100000-{letters}"
        for n, question in enumerate(questions, start=1):
            turn = StoredTurn(BEGUN, n, question, reply)
            if n == 1:
                self.store.create(conversation_id, turn)
            else:
                self.store.append(conversation_id, turn)
        return self.store.load(conversation_id)

    def questions(self) -> list[list[str]]:
        """Return what every stored conversation asks."""
        return [[turn.text for turn in self.store.load(one).turns] for one in self.store.ids()]


def toasts(app: ChatApp) -> list[str]:
    """Return what is said at the edge of the screen; the app must run with its notifications."""
    return [str(toast.render()) for toast in app.screen.query("Toast")]
