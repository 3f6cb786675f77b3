"""The passage behind an answer, whole, with the quoted words marked."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from bot.actions import SOURCE, Keys
from bot.tui.bindings import bindings
from bot.tui.cited import Cited, foot_content, head_content
from bot.tui.page import lay_out
from bot.tui.text import plain


class SourcePanel(VerticalScroll):
    """The source of the selected answer, one citation at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SOURCE)]

    class Opened(Message):
        """The whole article was asked for."""

    class Turned(Message):
        """Another citation of the same answer was asked for."""

        def __init__(self, n: int) -> None:
            super().__init__()
            self.n = n

    def __init__(self, keys: Keys) -> None:
        super().__init__(id="source")
        self.cited: Cited | None = None
        self._facts_key = keys.words("facts")
        self._facts = False
        self._head = Static(markup=False, id="source-head")
        self._passage = Static(markup=False, id="source-passage")
        self._foot = Static(markup=False, id="source-foot")

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield self._head
        yield self._passage
        yield self._foot

    def show(self, cited: Cited) -> None:
        """Show a passage from its beginning."""
        self.cited = cited
        self._head.update(head_content(cited))
        self._passage.update(lay_out(cited.source.text, cited.spans).content())
        self._foot.update(foot_content(cited, self._facts_key, facts=self._facts))
        self.scroll_home(animate=False)

    def fail(self, problem: str) -> None:
        """Say that a passage could not be read, and why."""
        self.cited = None
        self._head.update(plain("This source could not be read", "bold"))
        self._passage.update(plain(problem))
        self._foot.update("")

    def action_facts(self) -> None:
        """Show what the section rests on in the place of the sources, or the sources again."""
        self._facts = not self._facts
        if self.cited is not None:
            self._foot.update(foot_content(self.cited, self._facts_key, facts=self._facts))
            self.call_after_refresh(self.scroll_to_widget, self._foot, animate=False, top=self._facts)

    def action_open(self) -> None:
        """Ask for the whole article."""
        self.post_message(self.Opened())

    def action_turn(self, by: int) -> None:
        """Ask for the citation before or after."""
        n = self.cited.neighbour(by) if self.cited else None
        if n is not None:
            self.post_message(self.Turned(n))
