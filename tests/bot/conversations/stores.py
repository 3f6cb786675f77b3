"""A store whose clock and chance are known."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from hypothesis import strategies as st

from bot.conversations.recorder import Recorder
from bot.conversations.store import ConversationStore
from bot.conversations.stored import (
    Kept,
    MarkedWrong,
    NoLongerKept,
    NoteRemoved,
    NotWrong,
    Renamed,
    StoredConversation,
    StoredTurn,
    TakenBack,
    TeamNote,
)
from bot.reply import Reply
from tests.bot.replies import answer, any_replies

BEGUN = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
FIRST_ID = "20261127-100000-aaaaaa"


def ticking(start: datetime = BEGUN) -> Callable[[], datetime]:
    """Return a clock that goes on by a minute with every look at it."""
    minutes = count()
    return lambda: start + timedelta(minutes=next(minutes))


def lettered() -> Callable[[], str]:
    """Return letters that are aaaaaa, bbbbbb and so on."""
    letters: Iterator[str] = iter("abcdefghijklmnopqrstuvwxyz" * 40)
    return lambda: next(letters) * 6


def store_in(folder: Path) -> ConversationStore:
    return ConversationStore(folder / "conversations", clock=ticking())


def turn(n: int, text: str = "what do bees eat", reply: Reply | None = None) -> StoredTurn:
    return StoredTurn(BEGUN + timedelta(minutes=n), n, text, reply or answer(text))


def stored(store: ConversationStore, *questions: str, conversation_id: str = FIRST_ID) -> StoredConversation:
    """Store a conversation of these questions and return it."""
    for n, question in enumerate(questions, start=1):
        entry = turn(n, question)
        if n == 1:
            store.create(conversation_id, entry)
        else:
            store.append(conversation_id, entry)
    return store.load(conversation_id)


def recorder(
    store: ConversationStore | None, resumed: StoredConversation | None = None, start: datetime = BEGUN
) -> Recorder:
    return Recorder(store, resumed, clock=ticking(start), letters=lettered())


moments = st.integers(0, 10**6).map(lambda minutes: BEGUN + timedelta(minutes=minutes))
wholes = st.integers(0, 99)
entries = st.one_of(
    st.builds(StoredTurn, moments, wholes, st.text(), any_replies),
    st.builds(Renamed, moments, st.none() | st.text()),
    st.builds(Kept, moments, wholes, wholes, st.lists(wholes).map(tuple)),
    st.builds(NoLongerKept, moments, wholes, wholes),
    st.builds(TeamNote, moments, st.text(), st.text()),
    st.builds(NoteRemoved, moments, st.text()),
    st.builds(MarkedWrong, moments, wholes, st.none() | st.text()),
    st.builds(NotWrong, moments, wholes),
    st.builds(TakenBack, moments, wholes),
)


@contextmanager
def full_disk(beyond: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (beyond, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
