"""Everything the chat can do, once: footer, help, palette and key bindings are all made from here."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, with its default key and its words."""

    id: str
    key: str
    action: str
    label: str
    """One or two words for the footer."""
    help: str
    key_display: str
    """The key as people write it."""

    def binding(self, place: str = "") -> Binding:
        """Return the key binding, whose id lets a keymap change the key.

        ``place`` is "app." where another screen offers what the app does.
        """
        return Binding(
            self.key,
            f"{place}{self.action}",
            self.label,
            key_display=self.key_display.replace("Ctrl+", "^"),
            priority=self.id == "quit",
            id=self.id,
        )


APP_ACTIONS = (
    Action("help", "f1", "help", "Help", "What every key does.", "F1"),
    Action("palette", "ctrl+p", "command_palette", "Commands", "Find any of these by name.", "Ctrl+P"),
    Action("quit", "ctrl+q", "quit", "Quit", "Leave the chat.", "Ctrl+Q"),
    Action("theme", "f8", "next_theme", "Theme", "Dark, light or high contrast.", "F8"),
)
"""What can be done on every screen."""

CHAT_ACTIONS = (
    Action("retry", "f9", "retry", "Try again", "Why the articles are not open; try again.", "F9"),
    Action("source", "f2", "source", "Source", "Go to the source of the selected answer.", "F2"),
    Action("article", "f3", "article", "Article", "Read the whole article at the quoted words.", "F3"),
    Action("suggestion", "f4", "suggestion", "Suggest", "Take the next suggested question.", "F4"),
    Action("facts", "f5", "facts", "Facts", "Show the facts that the section rests on.", "F5"),
    Action("previous", "ctrl+up", "select(-1)", "Earlier", "Select the answer before.", "Ctrl+↑"),
    Action("next", "ctrl+down", "select(1)", "Later", "Select the answer after.", "Ctrl+↓"),
    Action("new", "ctrl+n", "new", "New", "Begin a new conversation.", "Ctrl+N"),
    Action("prompt", "escape", "prompt", "Prompt", "Go back to the prompt.", "Esc"),
)
"""What can be done in the chat itself."""

CITATION_KEYS = tuple(
    Binding(
        str(n),
        f"cite({n})",
        "Citation",
        show=n == 1,
        key_display="1-9" if n == 1 else None,
        id=f"citation-{n}",
    )
    for n in range(1, 10)
)

QUIT_HINT = Binding("ctrl+c", "help_quit", show=False, system=True, id="say-how-to-quit")

OTHER_KEYS = (
    ("Enter", "Send the question."),
    ("Shift+Enter, Ctrl+J", "Begin a new line."),
    ("1-9, prompt empty", "Show the source of that citation."),
    ("↑ ↓, prompt empty", "Select the answer before or after."),
    ("Page Up, Page Down", "Scroll."),
    ("Tab, Shift+Tab", "Go between prompt, answers and source."),
    ("Enter, in the source", "Read the whole article."),
    ("← →, in the source", "The citation before or after."),
    ("f, in the source", "The facts that the section rests on."),
)
"""Keys that belong to one part of the screen, for the help."""
