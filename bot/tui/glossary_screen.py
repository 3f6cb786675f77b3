"""The glossary: a word, what it means in plain words, and a key to ask about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from bot.actions import GLOSSARY, Action
from bot.tui.bindings import bindings
from bot.tui.key_line import KeyLine
from bot.tui.text import plain
from corpus.glossary import Term, folded

SEARCH_HINT = "Type a word"
ASK_HINT = "↑ ↓ choose · Enter asks about it"
NOTHING = "No such word here. You can ask about it all the same: Enter."


def matching(terms: Sequence[Term], words: str) -> list[Term]:
    """Return the terms that ``words`` name, begin, stand in or explain, in that order; all without words."""
    wanted = folded(words)
    if not wanted:
        return sorted(terms, key=lambda term: folded(term.name))
    ranked = [(_rank(term, wanted), folded(term.name), term) for term in terms]
    return [term for rank, _, term in sorted(ranked, key=lambda row: row[:2]) if rank < _NO_MATCH]


_NO_MATCH = 5


def _rank(term: Term, wanted: str) -> int:
    """Return how well ``wanted``, folded, fits a term, from 0; _NO_MATCH if it does not."""
    name = folded(term.name)
    forms = [folded(form) for form in (*term.forms, *term.misspellings)]
    fits = (
        wanted in forms,
        name.startswith(wanted),
        any(form.startswith(wanted) for form in forms),
        any(wanted in form for form in forms),
        wanted in folded(term.definition),
    )
    return next((rank for rank, fit in enumerate(fits) if fit), _NO_MATCH)


def term_content(term: Term) -> Content:
    """Return what a term means, and what else it is called."""
    content = plain(term.name, "bold $accent") + "\n\n" + plain(term.definition)
    others = [form for form in term.forms if form != term.name]
    if others:
        content += "\n\n" + plain("Also: ", "$quiet") + plain(", ".join(others))
    return content


class GlossaryScreen(Screen[str]):
    """Search as one types; hands back a question about the word chosen."""

    ACTIONS: ClassVar[tuple[Action, ...]] = GLOSSARY
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(GLOSSARY),
        Binding("up", "step(-1)", show=False, id="glossary-up"),
        Binding("down", "step(1)", show=False, id="glossary-down"),
        Binding("pageup", "step(-10)", show=False, id="glossary-page-up"),
        Binding("pagedown", "step(10)", show=False, id="glossary-page-down"),
    ]

    def __init__(self, terms: Sequence[Term]) -> None:
        super().__init__(id="glossary-screen")
        self._terms = terms
        self._found: list[Term] = []
        self._search = Input(id="glossary-search", placeholder=SEARCH_HINT)
        self._list = OptionList(id="glossary-terms", markup=False)
        self._list.can_focus = False
        self._meaning = Static(markup=False, id="glossary-meaning")

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(plain("Glossary", "bold $accent"), markup=False, classes="bar")
        yield self._search
        yield self._list
        with VerticalScroll(id="glossary-below"):
            yield self._meaning
        yield KeyLine()

    def on_mount(self) -> None:
        """Show every term, and let the word be typed."""
        self._search.border_subtitle = ASK_HINT
        self._show("")
        self._search.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits the word so far."""
        self._show(event.value)

    def on_input_submitted(self) -> None:
        """Ask about the word."""
        self.action_ask()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what the term means."""
        self._meaning.update(term_content(self._found[event.option_index]))
        self.query_one("#glossary-below").scroll_home(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask about the term that was clicked on."""
        event.stop()
        self.dismiss(question_about(self._found[event.option_index].name))

    def _show(self, words: str) -> None:
        self._found = matching(self._terms, words)
        self._list.clear_options()
        self._list.add_options([plain(term.name) for term in self._found])
        self._list.highlighted = 0 if self._found else None
        if not self._found:
            self._meaning.update(plain(NOTHING, "$quiet"))

    def action_step(self, by: int) -> None:
        """Go to a term further up or down."""
        if self._found:
            at = (self._list.highlighted or 0) + by
            self._list.highlighted = max(0, min(len(self._found) - 1, at))

    def action_ask(self) -> None:
        """Hand back a question about the word chosen, or about what was typed where there is none."""
        if self._found and self._list.highlighted is not None:
            self.dismiss(question_about(self._found[self._list.highlighted].name))
        elif self._search.value.strip():
            self.dismiss(question_about(self._search.value.strip()))

    def action_back(self) -> None:
        """Go back without a question."""
        self.dismiss(None)


def question_about(name: str) -> str:
    """Return a question about a word."""
    return f"What is {name}?"
