"""The stored conversations of a home, as the terminal chat reaches them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.home import Home
from bot.reply import Reply
from bot.tui.shelf import Send, Shelf

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bot.conversations.recorder import Recorder
    from bot.conversations.stored import StoredConversation
    from bot.takeaway.as_of import AsOf
    from bot.takeaway.copying import Copied


def shelf_at_home(
    home: Home, *, private: bool, lists: bool, resumed: StoredConversation | None = None
) -> Shelf:
    """Return the shelf of a home; with ``private`` nothing is saved, without ``lists`` nothing is listed."""
    from bot.conversations.store import ConversationStore

    if not lists:
        return Shelf(as_of=partial(_as_of, home), copy=partial(_copy, None if private else home.path))
    store = ConversationStore(home.conversations)

    def record(resumed: StoredConversation | None) -> Recorder:
        from bot.conversations.recorder import Recorder

        return Recorder(None if private else store, resumed)

    return Shelf(
        record=record,
        store=store,
        resumed=resumed,
        as_of=partial(_as_of, home),
        answered=partial(_answered, home),
        stored=partial(_stored, home),
        forget_everything=partial(_forget_everything, home),
        copy=partial(_copy, None if private else home.path),
    )


def _as_of(home: Home) -> AbstractContextManager[AsOf]:
    from datetime import date

    from bot.takeaway.as_of import opened_as_of

    return opened_as_of(home, date.today())


def _answered(home: Home, reply: Reply) -> None:
    from datetime import date

    from bot.takeaway.uncovered import keep_if_agreed

    keep_if_agreed(home, reply, date.today())


def _stored(home: Home) -> str:
    from bot.forgetting import personal

    return personal(home).words


def _forget_everything(home: Home) -> str:
    from bot.forgetting import forget_everything

    return forget_everything(home).words


def _copy(home: Path | None, text: str, send: Send) -> Copied:
    import os

    from bot.takeaway.copying import copy, system_clipboard

    environment = dict(os.environ)
    return copy(text, send=send, environment=environment, clipboard=system_clipboard(environment), home=home)
