"""What the chat needs from an assistant, so that it can be shown with any that fits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from bot.conversation import Conversation
from bot.reply import Citation, Kind, Reply, SourceView
from index.errors import IndexProblem
from index.progress import Report

AT_ONCE = frozenset({Kind.CRISIS, Kind.EMERGENCY, Kind.URGENT})
"""Replies that are shown at once, whoever computed them, index or not."""

if TYPE_CHECKING:
    from corpus.glossary import Term


class Sources(Protocol):
    """Reads what a reply quotes from."""

    def source(self, citation: Citation, /) -> SourceView:
        """Return the passage that a citation names. Errors say what to do."""


class Engine(Sources, Protocol):
    """One turn in, one reply out.

    Every call comes from a thread of its own: replies of one conversation one after another, the
    others at any time, also while a reply is being computed.
    """

    @property
    def generation(self) -> str | None:
        """Id of the open index generation; None without an index."""

    def reply(self, conversation: Conversation, text: str, /, *, as_typed: bool = False) -> Reply:
        """Answer ``text`` after the turns of ``conversation``, which stays as it is.

        With ``as_typed`` nothing is read into it.
        """

    def takes_back(self, text: str, /) -> bool:
        """Whether ``text`` says that a sign told before is not so, or is in good hands."""

    def glossary(self) -> tuple[Term, ...]:
        """Return the terms that the articles explain. Errors say what to do."""


Build = Callable[[Report], None]
"""Builds an index, and tells how far it is."""
OpenEngine = Callable[[], Engine]


def source_as_quoted(
    engine: Engine, open_kept: Callable[[str], Sources] | None, reply: Reply, citation: Citation
) -> SourceView:
    """Return a passage as the generation has it that ``reply`` came from, while that is kept.

    Else from ``engine``; ``open_kept`` opens a generation by name. Raises IndexProblem if neither has it.
    """
    if open_kept and reply.generation and reply.generation != engine.generation:
        with suppress(IndexProblem):
            return open_kept(reply.generation).source(citation)
    return engine.source(citation)


class LazyEngine:
    """An engine that is opened by its first call, so that making it costs nothing before first paint."""

    def __init__(self, open_engine: OpenEngine) -> None:
        self._open = open_engine
        self._lock = threading.Lock()
        self._engine: Engine | None = None

    @property
    def generation(self) -> str | None:
        """Id of the open index generation; None also before the first call."""
        return self._engine.generation if self._engine else None

    def reply(self, conversation: Conversation, text: str, /, *, as_typed: bool = False) -> Reply:
        """Answer ``text``."""
        return self._opened().reply(conversation, text, as_typed=as_typed)

    def source(self, citation: Citation, /) -> SourceView:
        """Return the passage that a citation names."""
        return self._opened().source(citation)

    def takes_back(self, text: str, /) -> bool:
        """Whether ``text`` takes back what was told before."""
        return self._opened().takes_back(text)

    def glossary(self) -> tuple[Term, ...]:
        """Return the terms that the articles explain."""
        return self._opened().glossary()

    def forget(self) -> None:
        """Open it anew with the next call: a setting has changed."""
        with self._lock:
            self._engine = None

    def _opened(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = self._open()
            return self._engine


class SafetyFirst:
    """An engine for the time of the first build: what cannot wait is answered at once, the rest then.

    ``open_engine``, which may build first, runs in a thread from the start.
    """

    def __init__(self, early: Engine, open_engine: OpenEngine) -> None:
        self._early = early
        self._opening = Future[Engine]()
        threading.Thread(target=self._open, args=(open_engine,), daemon=True).start()

    @property
    def generation(self) -> str | None:
        """Id of the open index generation; None until it is open."""
        return self._opening.result().generation if self._opening.done() else None

    def reply(self, conversation: Conversation, text: str, /, *, as_typed: bool = False) -> Reply:
        """Answer ``text``."""
        if not self._opening.done():
            at_once = self._early.reply(conversation, text, as_typed=as_typed)
            if at_once.kind in AT_ONCE:
                return at_once
        return self._opening.result().reply(conversation, text, as_typed=as_typed)

    def source(self, citation: Citation, /) -> SourceView:
        """Return the passage that a citation names."""
        return self._opening.result().source(citation)

    def takes_back(self, text: str, /) -> bool:
        """Whether ``text`` takes back what was told before."""
        return self._early.takes_back(text)

    def glossary(self) -> tuple[Term, ...]:
        """Return the terms that the articles explain."""
        return self._opening.result().glossary()

    def _open(self, open_engine: OpenEngine) -> None:
        try:
            self._opening.set_result(open_engine())
        except Exception as error:  # carried to whoever asks next
            self._opening.set_exception(error)
