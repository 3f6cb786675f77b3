"""The one way from outside text to something that a widget shows."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from bot.render import pieces, shown

QUOTED = "bold $on-mark on $mark"


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


def reading(text: str, spans: Sequence[tuple[int, int]] = ()) -> Content:
    """Return reading text with blank lines between paragraphs and the ``spans`` of it marked."""
    return Content.assemble(
        *((_aired(piece), QUOTED if quoted else "") for piece, quoted in pieces(text, list(spans)))
    )


def _aired(text: str) -> str:
    """Put an empty line between blocks, but none between the items of a list."""
    return shown(text).replace("\n", "\n\n").replace("\n\n- ", "\n- ")
