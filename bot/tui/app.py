"""The terminal chat as an application: colours, keys, help, palette, and the one screen of the chat."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from pathlib import PurePath
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.events import DescendantFocus, Event
from textual.screen import Screen
from textual.widgets import Input

from bot.actions import EVERYWHERE, SOURCE, Action
from bot.tui.alt_keys import keep_alt_digits, take_text_from_alt
from bot.tui.backing import Backing, Settings
from bot.tui.bindings import QUIT_HINT, bindings
from bot.tui.chat_screen import ChatScreen
from bot.tui.help import PLACES, HelpScreen
from bot.tui.themes import themes


class ChatApp(App[None], inherit_bindings=False):
    """The chat in a terminal."""

    TITLE = "mbc-chat"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["styles.tcss", "screens.tcss", "talks.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(EVERYWHERE), QUIT_HINT]

    def __init__(self, backing: Backing, settings: Settings) -> None:
        super().__init__()
        keep_alt_digits()
        self._use_own_themes(settings.theme)
        if "TEXTUAL_ANIMATIONS" not in os.environ:
            self.animation_level = "none"
        self.set_keymap(dict(settings.keys))
        self.chat = ChatScreen(backing, settings)

    async def on_event(self, event: Event) -> None:
        """Let a letter with Alt be a key and never text."""
        take_text_from_alt(event)
        await super().on_event(event)

    def get_default_screen(self) -> Screen[None]:
        """Start with the chat."""
        return self.chat

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """List every action that can do something now, and the themes by name."""
        for action in EVERYWHERE:
            if action.id != "palette":
                yield self._command(action, "app")
        actions = self.chat.possible_actions() if screen is self.chat else getattr(screen, "ACTIONS", ())
        for action in actions:
            yield self._command(action, "screen")
        if screen is self.chat and self.chat.panel.display:
            for action in SOURCE:
                yield self._source_command(action)
        for name in self.available_themes:
            yield SystemCommand(f"Colours: {name}", "Change the theme", partial(self._take_theme, name))

    def _command(self, action: Action, place: str) -> SystemCommand:
        run = partial(self.run_action, f"{place}.{action.run}")
        return SystemCommand(f"{action.label}: {action.help}", self.chat.keys.words(action.id), run)

    def _source_command(self, action: Action) -> SystemCommand:
        run = partial(self.run_action, action.run, self.chat.panel)
        return SystemCommand(f"Source: {action.help}", self.chat.keys.words(action.id), run)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Let no cursor blink, the palette's included."""
        if isinstance(event.widget, Input):
            event.widget.cursor_blink = False

    def action_help(self) -> None:
        """Show what every key does, first of what has the focus."""
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.chat.about, self.chat.keys, self._place()))

    def _place(self) -> str:
        """Return the part of the screen that has the focus."""
        node = self.focused or self.screen
        ids = [ancestor.id or "" for ancestor in node.ancestors_with_self]
        return next((name for name in ids if name in PLACES), "prompt")

    def action_next_theme(self) -> None:
        """Go to the next of our themes, and keep it."""
        names = list(self.available_themes)
        self._take_theme(names[(names.index(self.theme) + 1) % len(names)])

    def _take_theme(self, name: str) -> None:
        self.theme = name
        self.chat.keep_setting("theme", name)

    def _use_own_themes(self, theme: str) -> None:
        """Offer our themes alone: the stock ones miss the contrast in places."""
        for name in list(self.available_themes):
            self.unregister_theme(name)
        for own in themes():
            self.register_theme(own)
        self.theme = theme
