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

    def binding(self) -> Binding:
        """Return the key binding, whose id lets a keymap change the key."""
        return Binding(
            self.key,
            self.action,
            self.label,
            key_display=self.key_display,
            priority=self.id == "quit",
            id=self.id,
        )


APP_ACTIONS = (
    Action("help", "f1", "help", "Help", "What every key does.", "F1"),
    Action("source", "f2", "source", "Source", "Go to the source of the selected answer.", "F2"),
    Action("article", "f3", "article", "Article", "Read the whole article at the quoted passage.", "F3"),
    Action("suggestion", "f4", "suggestion", "Suggest", "Put the next suggested question into the prompt.", "F4"),
    Action("previous", "ctrl+up", "select(-1)", "Earlier", "Select the answer before.", "Ctrl+↑"),
    Action("next", "ctrl+down", "select(1)", "Later", "Select the answer after.", "Ctrl+↓"),
    Action("new", "ctrl+n", "new", "New", "Begin a new conversation.", "Ctrl+N"),
    Action("theme", "f8", "next_theme", "Theme", "Dark, light or high contrast.", "F8"),
    Action("retry", "f9", "retry", "Reopen", "Open the articles again after a failure.", "F9"),
    Action("palette", "ctrl+p", "command_palette", "Commands", "Find any of these by name.", "Ctrl+P"),
    Action("prompt", "escape", "prompt", "Prompt", "Go back to the prompt.", "Esc"),
    Action("quit", "ctrl+q", "quit", "Quit", "Leave the chat.", "Ctrl+Q"),
)

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

OTHER_KEYS = (
    ("Enter", "Send the question."),
    ("Shift+Enter, Ctrl+J", "Begin a new line in the question."),
    ("1-9", "While the prompt is empty: show that citation's source."),
    ("↑ ↓", "While the prompt is empty: select the answer before or after."),
    ("Tab, Shift+Tab", "Go between the prompt, the answers and the source."),
    ("Enter, in the source", "Read the whole article."),
    ("← →, in the source", "The citation before or after."),
    ("Page Up, Page Down", "Scroll what has the focus; an empty prompt scrolls the answers."),
)
"""Keys that belong to one part of the screen, for the help."""
