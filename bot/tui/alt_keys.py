"""Keys with Alt, as terminals send them: Escape, and then the letter or digit."""

from __future__ import annotations

from typing import Any, cast

from textual import _ansi_sequences
from textual.events import Event, Key

ESCAPE = "\x1b"


def keep_alt_digits() -> None:
    """Have Alt with a digit known as a key of its own.

    Textual 8.2 takes it for the character that a Mac writes with Option, such as "£" for Alt+3, which on
    other keyboards is a character to be typed.
    """
    sequences = cast("dict[str, Any]", _ansi_sequences.ANSI_SEQUENCES_KEYS)
    for digit in "0123456789":
        sequences.pop(ESCAPE + digit, None)


def take_text_from_alt(event: Event) -> None:
    """Take the letter from a key with Alt, which a widget would write into its text."""
    if isinstance(event, Key) and event.key.startswith("alt+"):
        event.character = None
