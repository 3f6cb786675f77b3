"""The terminal chat as an application: colours, help, palette, and the one screen of the chat."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from bot.about import About
from bot.tui.actions import APP_ACTIONS, QUIT_HINT, Action
from bot.tui.chat_screen import ChatScreen
from bot.tui.engine import Build, Engine, OpenEngine
from bot.tui.help import HelpScreen
from bot.tui.status import StatusLine
from bot.tui.themes import DARK, themes


class ChatApp(App[None], inherit_bindings=False):
    """The chat in a terminal.

    The arguments are those of ``ChatScreen``, and: ``freshness``, which tells how fresh the articles
    are, for the status line; ``private``, whether nothing is saved.
    """

    TITLE = "mbc-chat"
    CSS_PATH = "styles.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*(action.binding() for action in APP_ACTIONS), QUIT_HINT]

    def __init__(
        self,
        open_engine: OpenEngine,
        *,
        early_engine: Engine,
        needs_build: bool,
        build: Build,
        about: About,
        freshness: Callable[[], str] = str,
        private: bool = True,
        theme: str = DARK,
    ) -> None:
        super().__init__()
        self._use_own_themes(theme)
        if "TEXTUAL_ANIMATIONS" not in os.environ:
            self.animation_level = "none"
        self._about = about
        self.chat = ChatScreen(
            open_engine,
            early_engine=early_engine,
            needs_build=needs_build,
            build=build,
            about=about,
            status=StatusLine(private=private, freshness=freshness),
        )

    def get_default_screen(self) -> Screen[None]:
        """Start with the chat."""
        return self.chat

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """List every action that can do something now, and the themes by name."""
        for action in APP_ACTIONS:
            if action.id != "palette":
                yield self._command(action, "app")
        if screen is self.chat:
            for action in self.chat.possible_actions():
                yield self._command(action, "screen")
        for name in self.available_themes:
            yield SystemCommand(f"Colours: {name}", "Change the theme", partial(setattr, self, "theme", name))

    def _command(self, action: Action, place: str) -> SystemCommand:
        run = partial(self.run_action, f"{place}.{action.action}")
        return SystemCommand(f"{action.label}: {action.help}", action.key_display, run)

    def action_help(self) -> None:
        """Show what every key does."""
        self.push_screen(HelpScreen(self._about))

    def action_next_theme(self) -> None:
        """Go to the next of our themes."""
        names = list(self.available_themes)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def _use_own_themes(self, theme: str) -> None:
        """Offer our themes alone: the stock ones miss the contrast in places."""
        for name in list(self.available_themes):
            self.unregister_theme(name)
        for own in themes():
            self.register_theme(own)
        self.theme = theme
