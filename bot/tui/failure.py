"""What went wrong and what to do about it, in front of the chat."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from bot.tui.text import plain


class WayOn(StrEnum):
    """What can be done after something failed."""

    AGAIN = "Try again"
    BUILD = "Build the index"
    GO_ON = "Go on"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that failed: what, and what to do."""

    title: str
    what: str
    todo: str
    ways: tuple[WayOn, ...]
    """The first one is what Enter does."""
    question: int | None = None
    """Number of the question that could not be answered, if that is what failed."""


class FailureScreen(ModalScreen[WayOn]):
    """Says what happened and what to do, and hands back what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "go_on", "Go on", id="failure-close"),
        Binding("c", "copy", "Copy", id="failure-copy"),
    ]

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self._problem = problem

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        with Vertical(classes="dialog", id="failure"):
            with VerticalScroll():
                yield Static(plain(self._problem.what), markup=False)
                yield Static(plain(self._problem.todo, "bold"), markup=False, classes="aside")
            with Horizontal(classes="buttons"):
                for way in self._problem.ways:
                    yield Button(Content(way.value), name=way.name)

    def on_mount(self) -> None:
        """Name the box, and let Enter do what is likeliest to help."""
        self.query_one("#failure").border_title = self._problem.title
        self.query_one("#failure").border_subtitle = "c copies this"
        self.query(Button).first().focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Hand back what was chosen."""
        self.dismiss(WayOn[event.button.name or "GO_ON"])

    def action_go_on(self) -> None:
        """Go on without."""
        self.dismiss(WayOn.GO_ON)

    def action_copy(self) -> None:
        """Copy what happened and what to do."""
        self.app.copy_to_clipboard(f"{self._problem.what}\n{self._problem.todo}")
        self.notify("Copied.", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Let the arrows go between the buttons."""
        if event.key == "right":
            self.focus_next(Button)
        elif event.key == "left":
            self.focus_previous(Button)
