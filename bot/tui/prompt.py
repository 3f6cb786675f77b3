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
from bot.tui.digits import CitationDigits
from bot.tui.history import History

HINT = "Enter sends · Shift+Enter: new line"
EMPTY_HINT = "Type a question first"
PLACEHOLDER = "Ask in your own words"

LONG = 1_000
"""Characters from which on the prompt says how long its text is, since only a part of it is in sight."""


class Prompt(TextArea):
    """A few lines to type in, never blocked; Enter sends.

    While it is empty, the digits of citations pass through to the answers. Up on the first line and
    down on the last one call back what was sent before.
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

    class Paged(Message):
        """A page key was pressed while there was nothing to move in."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(id="prompt", placeholder=PLACEHOLDER, highlight_cursor_line=False)
        self.cursor_blink = False
        self.border_subtitle = HINT
        self.digits = CitationDigits(clock)
        self.past = History()

    # Keys

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Leave the digits of citations to the screen while the prompt is empty."""
        return not self._passes(key) and super().check_consume_key(key, character)

    def _passes(self, key: str) -> bool:
        return not self.text and self.digits.takes(key)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" or self._passes(event.key):
            event.prevent_default()  # the bindings send, or show a citation
        elif event.is_printable and event.character is not None:
            held = self.digits.give_back(event.character)
            if held and not self.text:
                self.insert(held)

    async def _on_paste(self, event: events.Paste) -> None:
        """Insert pasted text without anything that could steer the terminal."""
        event.prevent_default()
        event.stop()
        self.replace(shown(event.text), *self.selection, maintain_selection_offset=False)

    def on_text_area_changed(self) -> None:
        """Take the hint about an empty prompt back as soon as there is something; tell a great length."""
        if self.text:
            self.border_subtitle = HINT
        self.border_title = _length_words(self.text, self.document.line_count)

    # Sending

    def action_send(self) -> None:
        """Send what was typed; an empty prompt only says so."""
        text = shown(self.text).strip()
        if not text:
            self.border_subtitle = EMPTY_HINT
            return
        self.clear()
        self.digits.forget()
        self.past.add(text)
        self.post_message(self.Sent(text))

    def action_newline(self) -> None:
        """Begin a new line at the cursor."""
        self.replace("\n", *self.selection, maintain_selection_offset=False)

    def put(self, text: str) -> None:
        """Replace the text, and go to its end."""
        self.load_text(shown(text))
        self.move_cursor(self.document.end)
        self.focus()

    # Moving

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up; from the first line, to what was sent before."""
        if select or self._cursor_line > 0 or not self._call_back(-1):
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down; from the last line, to what was sent after, and to the draft at last."""
        last = self.wrapped_document.height - 1
        if select or self._cursor_line < last or not self._call_back(1):
            super().action_cursor_down(select)

    @property
    def _cursor_line(self) -> int:
        """Line of the cursor as the text is wrapped, from 0."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y

    def _call_back(self, by: int) -> bool:
        text = self.past.step(by, self.text)
        if text is not None:
            self.put(text)
        return text is not None

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


def _length_words(text: str, lines: int) -> str:
    if len(text) < LONG:
        return ""
    return f"{len(text):,} characters" + (f", {lines:,} lines" if lines > 1 else "")
