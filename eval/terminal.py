"""What every table of the eval shares: how texts, numbers and ids look."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from corpus.text import one_line, some_of

_SHOWN = 8


def plain(text: str, style: str = "") -> Text:
    """Return text as it may reach a terminal, never read as markup."""
    return Text(one_line(text), style)


def exactly(value: float) -> str:
    """Return a number with up to six digits, without zeros at the end."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def listed(ids: Sequence[str]) -> str:
    """Return the first few ids, and how many more there are."""
    return some_of(ids, _SHOWN)
