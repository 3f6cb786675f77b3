"""Everything the chat can do, once: key bindings, footer, help, palette and config are made from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Place(StrEnum):
    """Where an action can be taken."""

    EVERYWHERE = "everywhere"
    CHAT = "chat"
    SOURCE = "source"
    """While the source beside the talk has the focus."""
    ARTICLE = "article"
    GLOSSARY = "glossary"
    TALKS = "talks"
    """In the list of stored conversations."""
    KEPT = "kept"


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
    Action("source", "f2", "source", "Source", "Go to the source of the selected answer."),
    Action("article", "f3", "article", "Article", "Read the whole article at the quoted words."),
    Action(
        "keep", "alt+k,k", "keep", "Keep", "Keep the quotes of the selected answer, or keep them no more."
    ),
    Action("suggestion", "f4", "suggestion", "Suggest", "Put the next suggested question into the prompt."),
    Action("facts", "f5", "facts", "Facts", "Show the facts that the section rests on."),
    Action("retry", "f9", "retry", "What failed", "Say what failed, and try again."),
    Action("more", "ctrl+o", "more", "More", "Show what more the articles have on this."),
    Action("as-typed", "ctrl+l", "as_typed", "As typed", "Answer the question just as it was typed."),
    Action("put-away", "ctrl+r", "put_away", "Put away", "Put the pinned warning away: it is dealt with."),
    Action("glossary", "ctrl+g", "glossary", "Glossary", "Look up a word."),
    Action("previous", "ctrl+up", "select(-1)", "Earlier", "Select the answer before.", footer=False),
    Action("next", "ctrl+down", "select(1)", "Later", "Select the answer after.", footer=False),
    Action("new", "ctrl+n", "new", "New", "Begin a new conversation."),
    Action("talks", "alt+o,o", "talks", "Talks", "Open, search, rename or delete conversations."),
    Action("load-more", "alt+u,u", "load_more", "Load more", "Show questions from before.", footer=False),
    Action("note", "alt+n,n", "note", "Note", "Note a question to take along.", footer=False),
    Action("kept", "alt+v,v", "kept", "Kept", "See what is kept and noted for the visit.", footer=False),
    Action("copy", "alt+y,y", "copy", "Copy", "Copy the selected answer with its sources.", footer=False),
    Action(
        "take",
        "alt+e,e",
        "take",
        "Export",
        "Write the visit sheet or the conversation to a file.",
        footer=False,
    ),
    Action(
        "rebuild", "ctrl+b", "rebuild", "Rebuild", "Build the index from the articles again.", footer=False
    ),
    Action("wrong", "alt+w", "wrong", "Wrong", "Mark the selected answer as wrong.", footer=False),
    Action("country", "alt+c", "country", "Country", "Say whose phone numbers to show.", footer=False),
    Action("choice-1", "alt+1", "choose(1)", "Ask 1", "Ask the first suggested question.", footer=False),
    Action("choice-2", "alt+2", "choose(2)", "Ask 2", "Ask the second suggested question.", footer=False),
    Action("choice-3", "alt+3", "choose(3)", "Ask 3", "Ask the third suggested question.", footer=False),
    Action("prompt", "escape", "prompt", "Prompt", "Go back to the prompt.", footer=False),
)

SOURCE = (
    Action("source-open", "enter", "open", "Whole article", "Read the whole article.", Place.SOURCE),
    Action("source-before", "left", "turn(-1)", "Before", "The citation before.", Place.SOURCE, footer=False),
    Action("source-after", "right", "turn(1)", "After", "The citation after.", Place.SOURCE, footer=False),
    Action("source-facts", "f", "facts", "Facts", "The facts that the section rests on.", Place.SOURCE),
)

ARTICLE = (
    Action("article-back", "escape,q", "back", "Back", "Close what is open, then go back.", Place.ARTICLE),
    Action("article-contents", "t", "contents", "Contents", "Go to a section.", Place.ARTICLE),
    Action("article-find", "/", "find", "Find", "Find words in the article.", Place.ARTICLE),
    Action("article-hit", "n", "hit(1)", "Next", "The next place found.", Place.ARTICLE),
    Action("article-hit-before", "N", "hit(-1)", "Before", "The place found before.", Place.ARTICLE),
    Action("article-quote", "g", "quote", "Quote", "Go back to the quoted words.", Place.ARTICLE),
    Action("article-facts", "f,f5", "facts", "Facts", "What the quoted section rests on.", Place.ARTICLE),
)

GLOSSARY = (
    Action("glossary-back", "escape", "back", "Back", "Back to the talk.", Place.GLOSSARY),
    Action("glossary-ask", "enter", "ask", "Ask about this", "Ask about the word.", Place.GLOSSARY),
)

TALKS = (
    Action("talks-back", "escape", "back", "Back", "Back to the talk.", Place.TALKS),
    Action("talks-open", "enter", "open", "Open", "Go on with the conversation.", Place.TALKS),
    Action("talks-rename", "f6", "rename", "Rename", "Give the conversation a name.", Place.TALKS),
    Action("talks-delete", "f7", "delete", "Delete", "Delete the conversation for good.", Place.TALKS),
    Action(
        "talks-delete-all",
        "alt+d",
        "delete_all",
        "Delete all",
        "Delete all that is stored of you.",
        Place.TALKS,
    ),
)

KEPT = (
    Action("kept-back", "escape,q", "back", "Back", "Back to the talk.", Place.KEPT),
    Action("kept-note", "n", "note", "Note", "Note a question.", Place.KEPT),
    Action("kept-remove", "delete,d", "remove", "Remove", "Keep this no more.", Place.KEPT),
    Action("kept-take", "e", "take", "Export", "Write the visit sheet to a file.", Place.KEPT),
)

ACTIONS = (*EVERYWHERE, *CHAT, *SOURCE, *ARTICLE, *GLOSSARY, *TALKS, *KEPT)
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
    "delete": "Delete",
}


def key_words(key: str) -> str:
    """Return the first of the keys as people write it: "ctrl+p" is "Ctrl+P"."""
    parts = key.split(",", maxsplit=1)[0].strip().split("+")
    plain = len(parts) == 1
    return "+".join(_WORDS.get(part, part if plain and len(part) == 1 else part.upper()) for part in parts)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys in force: the usual ones, and ``own`` for the actions that the reader gave another."""

    own: Mapping[str, str] = field(default_factory=dict)

    def words(self, action_id: str) -> str:
        """Return the key of an action as people write it."""
        usual = next(action.key for action in ACTIONS if action.id == action_id)
        return key_words(self.own.get(action_id, usual))
