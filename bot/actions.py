"""Everything the chat can do, once: key bindings, footer, help, palette and config are made from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where an action can be taken."""

    EVERYWHERE = "everywhere"
    CHAT = "chat"
    SOURCE = "source"
    """While the source beside the talk has the focus."""
    ARTICLE = "article"
    GLOSSARY = "glossary"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, with its usual key and its words."""

    id: str
    key: str
    """The usual key as Textual names it; several are parted by commas."""
    run: str
    """What the screen or the widget is told to do."""
    label: str
    """One or two words for the footer."""
    help: str
    place: Place = Place.CHAT
    footer: bool = True
    """Whether the footer names it; help and palette always do."""


EVERYWHERE = (
    Action("help", "f1", "help", "Help", "What every key does.", Place.EVERYWHERE),
    Action(
        "palette", "ctrl+p", "command_palette", "Commands", "Find any of these by name.", Place.EVERYWHERE
    ),
    Action("quit", "ctrl+q", "quit", "Quit", "Leave the chat.", Place.EVERYWHERE),
    Action("theme", "f8", "next_theme", "Theme", "Dark, light or high contrast.", Place.EVERYWHERE),
)

CHAT = (
    Action("retry", "f9", "retry", "Try again", "Why the articles are not open; try again."),
    Action("source", "f2", "source", "Source", "Go to the source of the selected answer."),
    Action("article", "f3", "article", "Article", "Read the whole article at the quoted words."),
    Action("suggestion", "f4", "suggestion", "Suggest", "Take the next suggested question."),
    Action("facts", "f5", "facts", "Facts", "Show the facts that the section rests on."),
    Action("previous", "ctrl+up", "select(-1)", "Earlier", "Select the answer before."),
    Action("next", "ctrl+down", "select(1)", "Later", "Select the answer after."),
    Action("new", "ctrl+n", "new", "New", "Begin a new conversation."),
    Action("prompt", "escape", "prompt", "Prompt", "Go back to the prompt."),
)

SOURCE = (
    Action("source-open", "enter", "open", "Whole article", "Read the whole article.", Place.SOURCE),
    Action("source-before", "left", "turn(-1)", "Before", "The citation before.", Place.SOURCE, footer=False),
    Action("source-after", "right", "turn(1)", "After", "The citation after.", Place.SOURCE, footer=False),
    Action("source-facts", "f", "facts", "Facts", "The facts that the section rests on.", Place.SOURCE),
)

ARTICLE = (
    Action("article-back", "escape,q", "dismiss", "Back", "Back to the talk.", Place.ARTICLE),
    Action("article-facts", "f,f5", "facts", "Facts", "What the quoted section rests on.", Place.ARTICLE),
)

ACTIONS = (*EVERYWHERE, *CHAT, *SOURCE, *ARTICLE)
"""All actions; their ids are the names under ``[keys]`` in config.toml."""

_WORDS = {
    "ctrl": "Ctrl",
    "alt": "Alt",
    "shift": "Shift",
    "escape": "Esc",
    "enter": "Enter",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "Page Up",
    "pagedown": "Page Down",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "space": "Space",
    "slash": "/",
}


def key_words(key: str) -> str:
    """Return the first of the keys as people write it: "ctrl+p" is "Ctrl+P"."""
    parts = key.split(",", maxsplit=1)[0].strip().split("+")
    plain = len(parts) == 1
    return "+".join(_WORDS.get(part, part if plain and len(part) == 1 else part.upper()) for part in parts)


def key_of(action: Action, keys: Mapping[str, str]) -> str:
    """Return the key of an action as people write it, where ``keys`` are the reader's own."""
    return key_words(keys.get(action.id, action.key))
