"""What every key does, beginning with the part of the screen that has the focus."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from bot.about import About
from bot.actions import ARTICLE, CHAT, EVERYWHERE, GLOSSARY, KEPT, SOURCE, TALKS, Action, Keys
from bot.tui.text import plain

Row = tuple[str, str]

PROMPT_ROWS: tuple[Row, ...] = (
    ("Enter", "Send the question."),
    ("Shift+Enter, Ctrl+J", "Begin a new line."),
    ("↑ ↓", "What you sent before, from the first and the last line."),
    ("1-99, prompt empty", "Show the source of that citation."),
    ("Page Up, Page Down", "Scroll the answers, while the prompt is empty."),
    ("Tab, Shift+Tab", "Go between prompt, answers and source."),
)
TRANSCRIPT_ROWS: tuple[Row, ...] = (
    ("↑ ↓ Page Up, Page Down", "Scroll."),
    ("k n v y e o u", "What they do with Alt: outside the prompt, the letter alone will do."),
)
SOURCE_ROWS: tuple[Row, ...] = (("↑ ↓", "Scroll."),)
FIND_ROWS: tuple[Row, ...] = (("Enter, in the find line", "Go from hit to hit with the keys below."),)

PLACES = {
    "prompt": "In the prompt",
    "transcript": "In the answers",
    "source": "In the source",
    "article-screen": "In the article",
    "glossary-screen": "In the glossary",
    "talks-screen": "In your conversations",
    "kept-screen": "In what is kept",
}


def rows_of(place: str, keys: Keys) -> list[Row]:
    """Return the keys of one part of the screen with what they do."""
    rows, actions = _ROWS[place]
    return [*rows, *_action_rows(actions, keys)]


def _action_rows(actions: tuple[Action, ...], keys: Keys) -> list[Row]:
    return [(keys.words(action.id), action.help) for action in actions]


_ROWS: dict[str, tuple[tuple[Row, ...], tuple[Action, ...]]] = {
    "prompt": (PROMPT_ROWS, ()),
    "transcript": (TRANSCRIPT_ROWS, ()),
    "source": (SOURCE_ROWS, SOURCE),
    "article-screen": (FIND_ROWS, ARTICLE),
    "glossary-screen": ((("↑ ↓", "Choose a word."),), GLOSSARY),
    "talks-screen": ((("↑ ↓", "Choose a conversation."),), TALKS),
    "kept-screen": ((("↑ ↓", "Choose a quote or a question."),), KEPT),
}


class HelpScreen(ModalScreen[None]):
    """The keys, the notice again, and whom one can call to talk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "dismiss", "Close", key_display="Esc", id="help-close")
    ]

    def __init__(self, about: About, keys: Keys, place: str) -> None:
        super().__init__()
        self._about = about
        self._keys = keys
        self._place = place

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        others = [place for place in PLACES if place not in {self._place, "transcript"}]
        with VerticalScroll(classes="dialog", id="help"):
            yield from self._table(PLACES[self._place], rows_of(self._place, self._keys))
            yield from self._table("Everywhere in the chat", _action_rows((*EVERYWHERE, *CHAT), self._keys))
            for place in others:
                yield from self._table(PLACES[place], rows_of(place, self._keys))
            if self._about.support:
                yield Static(plain(self._about.support), markup=False, classes="aside")
            yield Static(plain(self._about.notice, "$quiet"), markup=False, classes="aside")

    def _table(self, title: str, rows: list[Row]) -> ComposeResult:
        yield Static(plain(title, "bold"), markup=False, classes="keys-title")
        with Container(classes="keys"):
            for key, words in rows:
                yield Static(plain(key), markup=False, classes="key")
                yield Static(plain(words), markup=False)

    def on_mount(self) -> None:
        """Let the arrows scroll at once."""
        self.query_one("#help").focus()
        self.query_one("#help").border_title = "Keys"
        self.query_one("#help").border_subtitle = "Esc closes"
