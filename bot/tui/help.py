"""What every key does, and what went wrong: the two screens in front of the chat."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from bot.about import About
from bot.tui.actions import APP_ACTIONS, CHAT_ACTIONS, OTHER_KEYS
from bot.tui.text import plain


class HelpScreen(ModalScreen[None]):
    """The keys, the notice again, and whom one can call to talk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "dismiss", "Close", key_display="Esc", id="help-close")
    ]

    def __init__(self, about: About) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        with VerticalScroll(classes="dialog", id="help"):
            with Container(id="keys"):
                for key, words in help_rows():
                    yield Static(plain(key), markup=False, classes="key")
                    yield Static(plain(words), markup=False)
            if self._about.support:
                yield Static(plain(self._about.support), markup=False, classes="aside")
            yield Static(plain(self._about.notice, "$quiet"), markup=False, classes="aside")

    def on_mount(self) -> None:
        """Let the arrows scroll at once."""
        self.query_one("#help").focus()
        self.query_one("#help").border_title = "Keys"
        self.query_one("#help").border_subtitle = "Esc closes"


def help_rows() -> list[tuple[str, str]]:
    """Return every key with what it does."""
    return [*OTHER_KEYS, *((action.key_display, action.help) for action in (*APP_ACTIONS, *CHAT_ACTIONS))]


class FailureScreen(ModalScreen[bool]):
    """Says what happened and what to do; True comes back if it is to be tried again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", "Go on", id="failure-close"),
        Binding("c", "copy", "Copy", id="failure-copy"),
    ]

    def __init__(self, what: str, todo: str) -> None:
        super().__init__()
        self._what = what
        self._todo = todo

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        with Vertical(classes="dialog", id="failure"):
            with VerticalScroll():
                yield Static(plain(self._what), markup=False)
                yield Static(plain(self._todo, "bold"), markup=False, classes="aside")
            with Horizontal(classes="buttons"):
                yield Button(Content("Try again"), id="again", variant="primary")
                yield Button(Content("Go on without"), id="without")

    def on_mount(self) -> None:
        """Name the box, and let Enter try again."""
        self.query_one("#failure").border_title = "The articles could not be opened"
        self.query_one("#failure").border_subtitle = "c copies this"
        self.query_one("#again").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Hand back what was chosen."""
        self.dismiss(event.button.id == "again")

    def action_copy(self) -> None:
        """Copy what happened and what to do."""
        self.app.copy_to_clipboard(f"{self._what}\n{self._todo}")

    def on_key(self, event: events.Key) -> None:
        """Let the arrows go between the two buttons."""
        if event.key in {"left", "right"}:
            self.focus_next("Button")
