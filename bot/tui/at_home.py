"""The terminal chat over what a home holds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.about import about_home
from bot.config import ThemeName, change_config
from bot.engine import Engine, LazyEngine, Sources
from bot.freshness import changes_since, freshness_of, live_generation
from bot.home import Home
from bot.tui.app import ChatApp
from bot.tui.backing import Backing, Settings
from bot.tui.shelf import Shelf
from bot.tui.shelf_at_home import shelf_at_home
from index.errors import BuildFailed
from index.progress import Report

if TYPE_CHECKING:
    from bot.conversations.stored import StoredConversation


def chat_app(
    home: Home,
    *,
    theme: ThemeName | None = None,
    private: bool = True,
    lists: bool = True,
    resumed: StoredConversation | None = None,
    keeps_settings: bool = True,
    from_afar: bool = False,
) -> ChatApp:
    """Return the chat, not yet running. Raises ConfigProblem for a bad config file.

    ``theme`` goes before the config's own. With ``private`` nothing is saved; without ``lists`` no stored
    conversation can be seen either. With ``keeps_settings`` the country is asked for where the
    config does not say it, and what is chosen is written there. ``from_afar`` is for a reader at another
    computer, who changes nothing here and is not told where things are.
    """
    config = home.config()
    private = private or from_afar or config.private
    keeps_settings = keeps_settings and not from_afar
    early = LazyEngine(partial(_safety_only, home))
    shelf = shelf_at_home(home, private=private, lists=lists and not from_afar, resumed=resumed)
    settings = Settings(
        keys=config.keys,
        theme=theme or config.theme or ThemeName.DARK,
        private=private,
        asks_country=keeps_settings and not config.country_chosen,
        kept_in="" if from_afar else str(home.path),
        keep=partial(_keep, home, early) if keeps_settings else None,
    )
    return ChatApp(_backing(home, early, shelf, saved=not private, from_afar=from_afar), settings)


def _backing(home: Home, early: Engine, shelf: Shelf, *, saved: bool, from_afar: bool) -> Backing:
    return Backing(
        open_engine=partial(_open, home),
        early_engine=early,
        build=_not_from_afar if from_afar else partial(_build, home),
        needs_build=home.is_new,
        about=partial(about_home, home, saved=saved, from_afar=from_afar),
        live_generation=partial(live_generation, home),
        open_generation=partial(_kept, home),
        changes=str if from_afar else partial(changes_since, home),
        freshness=partial(freshness_of, home),
        shelf=shelf,
    )


def _keep(home: Home, early: LazyEngine, key: str, value: str) -> None:
    """Write a setting, and let the early engine go by it."""
    change_config(home.config_file, key, value)
    early.forget()


def _open(home: Home) -> Engine:
    from bot.opening import open_assistant

    return open_assistant(home)


def _safety_only(home: Home) -> Engine:
    from bot.opening import safety_only

    return safety_only(home)


def _build(home: Home, report: Report) -> None:
    from bot.opening import build_first_index

    build_first_index(home, report)


def _not_from_afar(_: Report) -> None:
    raise BuildFailed("the articles can be prepared only on the computer that runs this chat")


def _kept(home: Home, generation: str) -> Sources:
    from bot.source_view import KeptSources

    return KeptSources(home.index, generation)
