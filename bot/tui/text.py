"""The one way from outside text to something that a widget shows."""

from __future__ import annotations

from textual.content import Content

from bot.render import shown


def plain(text: str, style: str = "") -> Content:
    """Return outside text as content: nothing in it is markup or steers the terminal.

    ``style`` is ours: Textual's style notation, theme variables included.
    """
    return Content.styled(shown(text), style) if style else Content(shown(text))


def clipped(text: str, limit: int) -> Content:
    """Return the beginning of a very long text, and how long the whole is."""
    if len(text) <= limit:
        return plain(text)
    note = f"\n… {len(text):,} characters in all; the whole of it was read."
    return plain(text[:limit].rstrip()) + Content.styled(note, "$quiet")
