"""Two small questions in front of everything: yes or no, and a line of text."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from bot.render import shown
from bot.tui.text import plain


class ConfirmScreen(ModalScreen[bool]):
    """Says what will be gone for good; Enter leaves it as it is, until another button is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave it", id="confirm-close")]

    def __init__(self, title: str, what: str, yes: str) -> None:
        super().__init__()
        self._title = title
        self._what = what
        self._yes = yes

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        with Vertical(classes="dialog", id="confirm"):
            with VerticalScroll(can_focus=False):
                yield Static(plain(self._what), markup=False)
            with Horizontal(classes="buttons"):
                yield Button(Content("Leave it"), id="no")
                yield Button(Content(self._yes), id="yes")

    def on_mount(self) -> None:
        """Name the box, and let Enter do no harm."""
        self.query_one("#confirm").border_title = self._title
        self.query_one("#confirm").border_subtitle = "← → choose · Esc leaves it"
        self.query_one("#no").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Hand back what was chosen."""
        self.dismiss(event.button.id == "yes")

    def on_key(self, event: events.Key) -> None:
        """Let the arrows go between the buttons."""
        if event.key == "right":
            self.focus_next(Button)
        elif event.key == "left":
            self.focus_previous(Button)

    def action_leave(self) -> None:
        """Leave it as it is."""
        self.dismiss(False)


class LineScreen(ModalScreen[str | None]):
    """Asks for a line of text, perhaps one to change; None if it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", id="line-close")]

    def __init__(self, title: str, what: str, text: str = "", hint: str = "Enter keeps it") -> None:
        super().__init__()
        self._title = title
        self._what = what
        self._hint = hint
        self._line = Input(shown(text).replace("\n", " "), id="line", select_on_focus=False)

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        with Vertical(classes="dialog", id="line-box"):
            yield Static(plain(self._what), markup=False)
            yield self._line

    def on_mount(self) -> None:
        """Name the box, and let the line be typed."""
        self.query_one("#line-box").border_title = self._title
        self.query_one("#line-box").border_subtitle = f"{self._hint} · Esc goes back"
        self._line.focus()
        self._line.cursor_position = 0  # so that going to the end scrolls there
        self.call_after_refresh(self._line.action_end)

    def on_input_submitted(self) -> None:
        """Hand the line back."""
        self.dismiss(" ".join(shown(self._line.value).split()))

    def action_leave(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)
