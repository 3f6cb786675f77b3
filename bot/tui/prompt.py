"""Where the question is typed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from bot.render import shown

HINT = "Enter sends · Shift+Enter: new line"
EMPTY_HINT = "Type a question first"
PLACEHOLDER = "Ask in your own words"

GIVE_BACK_SECONDS = 1.5
"""How soon after a digit the next letter makes it part of the text: "2nd" is typed faster than this."""


class Prompt(TextArea):
    """A few lines to type in, never blocked; Enter sends.

    While it is empty, the digits of ``citations`` and the arrows pass through to the answers. A
    digit that turns out to begin a text ("38.5", "2 weeks") is given back to the text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "Send", id="prompt-send", show=False),
        Binding("shift+enter,ctrl+j", "newline", "New line", id="prompt-newline", show=False),
    ]

    class Sent(Message):
        """A question was sent."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Stepped(Message):
        """An arrow was pressed while there was nothing to move in."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class Paged(Message):
        """A page key was pressed while there was nothing to move in."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(id="prompt", placeholder=PLACEHOLDER, highlight_cursor_line=False)
        self.cursor_blink = False
        self.border_subtitle = HINT
        self.citations: frozenset[int] = frozenset()
        """Citations of the selected answer that a digit can show."""
        self._clock = clock
        self._held = ""
        self._held_at = 0.0

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Leave the digits of citations to the app while the prompt is empty."""
        return not self._passes(key) and super().check_consume_key(key, character)

    def _passes(self, key: str) -> bool:
        return not self.text and key.isdecimal() and int(key) in self.citations

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default()  # the binding sends; the text area would begin a new line
        elif self._passes(event.key):
            event.prevent_default()
            self._held += event.key
            self._held_at = self._clock()
        elif event.is_printable and event.character is not None:
            self._give_back(event.character)

    def _give_back(self, character: str) -> None:
        """Insert the digits that passed through, if ``character`` goes on where they began."""
        soon = self._clock() - self._held_at < GIVE_BACK_SECONDS
        if self._held and not self.text and (soon or not character.isalpha()):
            self.insert(self._held)
        self._held = ""

    async def _on_paste(self, event: events.Paste) -> None:
        """Insert pasted text without anything that could steer the terminal."""
        event.prevent_default()
        event.stop()
        self.replace(shown(event.text), *self.selection, maintain_selection_offset=False)

    def on_text_area_changed(self) -> None:
        """Take the hint about an empty prompt back as soon as there is something."""
        if self.text:
            self.border_subtitle = HINT

    def action_send(self) -> None:
        """Send what was typed; an empty prompt only says so."""
        text = shown(self.text).strip()
        if not text:
            self.border_subtitle = EMPTY_HINT
            return
        self.clear()
        self._held = ""
        self.post_message(self.Sent(text))

    def action_newline(self) -> None:
        """Begin a new line at the cursor."""
        self.replace("\n", *self.selection, maintain_selection_offset=False)

    def put(self, text: str) -> None:
        """Replace the text, and go to its end."""
        self.load_text(shown(text))
        self.move_cursor(self.document.end)
        self.focus()

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up, or to the answer before while the prompt is empty."""
        if self.text:
            super().action_cursor_up(select)
        else:
            self.post_message(self.Stepped(-1))

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down, or to the answer after while the prompt is empty."""
        if self.text:
            super().action_cursor_down(select)
        else:
            self.post_message(self.Stepped(1))

    def action_cursor_page_up(self) -> None:
        """Page up, in the answers while the prompt is empty."""
        if self.text:
            super().action_cursor_page_up()
        else:
            self.post_message(self.Paged(-1))

    def action_cursor_page_down(self) -> None:
        """Page down, in the answers while the prompt is empty."""
        if self.text:
            super().action_cursor_page_down()
        else:
            self.post_message(self.Paged(1))
