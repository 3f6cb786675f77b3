"""The plain chat over what a home holds."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from bot.about import About, about_home
from bot.config import change_config
from bot.conversations.recorder import Recorder
from bot.conversations.store import ConversationStore
from bot.conversations.stored import StoredConversation
from bot.freshness import live_generation
from bot.home import Home
from bot.plain.chat import run_plain
from bot.plain.desk import Desk
from bot.plain.rebuilding import Building
from bot.reply import Citation, Reply, SourceView
from bot.takeaway.as_of import opened_as_of
from bot.takeaway.uncovered import keep_if_agreed

if TYPE_CHECKING:
    from bot.engine import Engine


def run_at_home(home: Home, *, private: bool, resumed: StoredConversation | None = None) -> int:
    """Run the plain chat on standard input and output; returns the exit code.

    With ``private`` nothing is saved. Raises ConfigProblem for a bad config file.
    """
    _read_anything()
    first = not private and not home.conversations.exists()
    return run_plain(
        desk_at_home(home, private=private),
        lines=sys.stdin,
        out=sys.stdout,
        narration=sys.stderr,
        prompted=sys.stdin.isatty(),
        resumed=resumed,
        first_words=first_words(home) if first else "",
    )


def desk_at_home(home: Home, *, private: bool) -> Desk:
    """Return what stands behind the chat; the index is built first where there is none."""
    from bot.forgetting import forget_everything

    store = ConversationStore(home.conversations)
    live = _Live(home)
    return Desk(
        open_engine=live.open,
        early=_early(home),
        about=partial(_about, home, private=private),
        store=store,
        record=lambda resumed: Recorder(None if private else store, resumed),
        forget_everything=lambda: forget_everything(home).words,
        keep_country=partial(_keep_country, home),
        answered=lambda reply: keep_if_agreed(home, reply, date.today()),
        as_of=lambda: opened_as_of(home, date.today()),
        building=Building(partial(_build, home)),
        index_changed=live.changed,
        source=partial(_source, home),
    )


def first_words(home: Home) -> str:
    """Say where things are kept, how to save nothing, and how to choose a country."""
    words = [
        f"Your conversations are kept in {home.conversations}, for you alone to read.",
        "To save nothing, start with: mbc-chat chat --plain --private",
        "To delete what is stored, type: delete all",
    ]
    if not home.config().country_chosen:
        words.append("To see the phone numbers of one country alone, type for example: country UK")
    return "\n".join([*words, "For all the words that do something, type: help"])


def _early(home: Home) -> Engine:
    from bot.engine import LazyEngine

    def open_early() -> Engine:
        from bot.opening import safety_only

        return safety_only(home)

    return LazyEngine(open_early)


def _build(home: Home) -> None:
    from bot.opening import build_first_index

    build_first_index(home, lambda _: None)


class _Live:
    """Opens the live index, and knows when another one is live."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._opened: str | None = None

    def open(self) -> Engine:
        """Open the articles in a thread, built first where there are none, so that nobody waits to type."""
        from bot.engine import SafetyFirst

        self._opened = live_generation(self._home)
        return SafetyFirst(_early(self._home), self._open)

    def changed(self) -> bool:
        """Whether another index is live than the one that was opened last."""
        return live_generation(self._home) != self._opened

    def _open(self) -> Engine:
        from bot.opening import open_or_safety_only

        if self._home.is_new:
            _build(self._home)
        return open_or_safety_only(self._home)


def _about(home: Home, *, private: bool) -> About:
    return about_home(home, saved=not private)


def _keep_country(home: Home, country: str) -> None:
    change_config(home.config_file, "country", country)


def _source(home: Home, engine: Engine, reply: Reply, citation: Citation) -> SourceView:
    from bot.engine import source_as_quoted
    from bot.source_view import KeptSources

    return source_as_quoted(engine, partial(KeptSources, home.index), reply, citation)


def _read_anything() -> None:
    """Let no byte that is not UTF-8 end the talk."""
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")
