"""Key bindings made from the actions, and the few that belong to no action."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding

from bot.actions import Action, key_words


def binding(action: Action, place: str = "") -> Binding:
    """Return the key binding of an action; its id lets the reader's keymap change the key.

    ``place`` is "app." where another screen offers what the app does.
    """
    return Binding(
        action.key,
        f"{place}{action.run}",
        action.label,
        show=action.footer,
        key_display=key_words(action.key).replace("Ctrl+", "^"),
        priority=action.id == "quit",
        id=action.id,
    )


def bindings(actions: Iterable[Action], place: str = "") -> list[Binding]:
    """Return the key bindings of several actions."""
    return [binding(action, place) for action in actions]


CITATION_KEYS = tuple(
    Binding(digit, f"digit('{digit}')", "Citation", show=False, id=f"digit-{digit}") for digit in "0123456789"
)

QUIT_HINT = Binding("ctrl+c", "help_quit", show=False, system=True, id="say-how-to-quit")
