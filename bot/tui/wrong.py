"""Marking an answer as wrong, with a reason if the reader wants to give one."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from bot.render import shown
from bot.tui.text import clipped, plain

WORDS = "What is wrong with it? You can leave this empty."
QUESTION_LIMIT = 200


class WrongScreen(ModalScreen[str | None]):
    """Hands back the reason, which may be empty; None if the answer is not to be marked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", id="wrong-close")]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question
        self._reason = Input(id="reason", placeholder="The reason, in a few words")

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        with Vertical(classes="dialog", id="wrong"):
            yield Static(clipped(self._question, QUESTION_LIMIT), markup=False, classes="question")
            yield Static(plain(WORDS), markup=False)
            yield self._reason
            with Horizontal(classes="buttons"):
                yield Button(Content("Mark as wrong"), id="mark")
                yield Button(Content("Back"), id="leave")

    def on_mount(self) -> None:
        """Name the box, and let the reason be typed."""
        self.query_one("#wrong").border_title = "The answer to this is wrong"
        self.query_one("#wrong").border_subtitle = "Enter marks it · Esc goes back"
        self._reason.focus()

    def on_input_submitted(self) -> None:
        """Mark it."""
        self.dismiss(shown(self._reason.value).strip())

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Mark it, or leave it."""
        self.dismiss(shown(self._reason.value).strip() if event.button.id == "mark" else None)

    def action_leave(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)
