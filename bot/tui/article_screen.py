"""A whole article, opened at the quoted words, with its table of contents and a find."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from bot.actions import ARTICLE, Action, Keys
from bot.tui.bindings import bindings
from bot.tui.cited import Cited, foot_content
from bot.tui.key_line import KeyLine
from bot.tui.page import Page, Span, lay_out
from bot.tui.text import plain
from bot.tui.widths import WIDTHS

CONTEXT_LINES = 2
"""Lines of the article that stay in sight above what was gone to."""
FIND_HINT = "Find in this article"


class Finder:
    """What was found on a page, and which of it is looked at."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.hits: list[Span] = []
        self._at = 0

    @property
    def current(self) -> Span | None:
        """The hit that is looked at."""
        return self.hits[self._at] if self.hits else None

    def find(self, words: str, begin: int) -> None:
        """Look for ``words``; the first hit from offset ``begin`` on is looked at, else the first."""
        self.hits = self._page.find(words)
        self._at = next((n for n, hit in enumerate(self.hits) if hit[0] >= begin), 0)

    def step(self, by: int) -> None:
        """Go to another hit; after the last one comes the first."""
        if self.hits:
            self._at = (self._at + by) % len(self.hits)

    @property
    def words(self) -> str:
        """How many hits there are, and which one is looked at."""
        return f"{self._at + 1} of {len(self.hits)}" if self.hits else "not found"


class ArticleText(Static):
    """The text, which tells when it is wrapped anew."""

    class Wrapped(Message):
        """The text has another width now."""

    def on_resize(self) -> None:
        """Tell it."""
        self.post_message(self.Wrapped())


class ArticleScreen(Screen[None]):
    """The whole reading text of an article, scrolled to the quoted words."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ARTICLE)]
    ACTIONS: ClassVar[tuple[Action, ...]] = ARTICLE

    def __init__(self, cited: Cited, keys: Keys, *, facts: bool = False) -> None:
        super().__init__(id="article-screen")
        self._cited = cited
        self._keys = keys
        self._facts = facts
        self.HORIZONTAL_BREAKPOINTS = WIDTHS
        source = cited.source
        self._page = lay_out(source.article_text, cited.spans_in_article, source.contents, begin=source.start)
        self._finder = Finder(self._page)
        self._find_from = 0
        self._place: int | None = None
        self._text = ArticleText(self._page.content(), markup=False, classes="reading", id="article-text")
        self._foot = Static(markup=False, classes="reading", id="article-foot")
        self._scroll = VerticalScroll(self._text, self._foot, id="article")
        self._contents = OptionList(
            *(plain(place.heading) for place in self._page.headings), id="contents", markup=False
        )
        self._body = Horizontal(id="article-body")
        self._find_line = Horizontal(id="find-line")
        self._find = Input(id="find", placeholder=FIND_HINT, compact=True, select_on_focus=True)
        self._count = Static(markup=False, id="find-count")

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(plain(self._cited.source.title, "bold $accent"), markup=False, classes="bar")
        with self._body:
            yield self._contents
            yield self._scroll
        with self._find_line:
            yield Static(Content("Find "), markup=False, id="find-label")
            yield self._find
            yield self._count
        yield KeyLine()

    def on_mount(self) -> None:
        """Go to the quoted words, or to the facts, once the text has been laid out."""
        self._contents.border_title = "Contents"
        self._scroll.focus(scroll_visible=False)
        self._show_foot()
        self.call_after_refresh(self._go_to_foot if self._facts else self._go_to_quote)

    # Going somewhere

    def _go(self, offset: int) -> None:
        """Go to a place in the text, and keep it in sight when the text is wrapped anew."""
        self._place = offset
        width = self._text.content_size.width
        if width:
            y = self._text.virtual_region.y + self._page.line_of(offset, width)
            self._scroll.scroll_to(y=max(0, y - CONTEXT_LINES), animate=False, force=True)

    def on_article_text_wrapped(self) -> None:
        """Stay at the place that was gone to."""
        if self._place is not None:
            self.call_after_refresh(self._go, self._place)

    def _go_to_quote(self) -> None:
        self._go(self._page.begin)

    def _go_to_foot(self) -> None:
        self._place = None
        y = self._foot.virtual_region.y
        self._scroll.scroll_to(y=max(0, y - CONTEXT_LINES), animate=False, force=True)

    def action_quote(self) -> None:
        """Go back to the quoted words."""
        self._go_to_quote()

    # Facts

    def _show_foot(self) -> None:
        self._foot.update(foot_content(self._cited, self._keys.words("article-facts"), facts=self._facts))

    def action_facts(self) -> None:
        """Show what the quoted section rests on, or go back to the quoted words."""
        self._facts = not self._facts
        self._show_foot()
        self.call_after_refresh(self._go_to_foot if self._facts else self._go_to_quote)

    # Table of contents

    def action_contents(self) -> None:
        """Open the table of contents, or close it."""
        self._open_contents(not self._has_contents_open)

    @property
    def _has_contents_open(self) -> bool:
        return self._body.has_class("-contents")

    def _open_contents(self, is_open: bool, /) -> None:
        if is_open:  # before the text loses its room
            self._contents.highlighted = self._section_in_sight()
        self._body.set_class(is_open, "-contents")
        (self._contents if is_open else self._scroll).focus(scroll_visible=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the section that was chosen."""
        event.stop()
        self._open_contents(False)
        self.call_after_refresh(self._go, self._page.headings[event.option_index].start)

    # Find

    def action_find(self) -> None:
        """Ask what to look for."""
        self._find_from = self._offset_in_sight(0)
        self._find_line.add_class("-open")
        self._find.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the first hit while the words are typed."""
        self._finder.find(event.value, self._find_from)
        self._show_hits(go=bool(event.value))

    def on_input_submitted(self) -> None:
        """Leave the typing, so that keys step from hit to hit."""
        self._scroll.focus(scroll_visible=False)

    def action_hit(self, by: int) -> None:
        """Go to the hit after or before."""
        self._finder.step(by)
        if current := self._finder.current:
            self._find_from = current[0]
        self._show_hits(go=True)

    def _show_hits(self, *, go: bool) -> None:
        current = self._finder.current
        self._text.update(self._page.content(self._finder.hits, current))
        self._count.update(Content(self._finder.words if self._find.value else ""))
        if current and go:
            self.call_after_refresh(self._go, current[0])

    def _offset_in_sight(self, below: int) -> int:
        """Return where the line ``below`` the first one in sight begins."""
        line = self._scroll.scroll_offset.y - self._text.virtual_region.y + below
        return self._page.offset_of(max(0, line), max(1, self._text.content_size.width))

    def _section_in_sight(self) -> int | None:
        """Return the number of the section that the top of the screen shows; None before the first."""
        begin = self._offset_in_sight(CONTEXT_LINES)
        passed = [n for n, place in enumerate(self._page.headings) if place.start <= begin]
        return passed[-1] if passed else None

    def action_back(self) -> None:
        """Close what is open in front of the text, else go back to the talk."""
        if self._has_contents_open:
            self._open_contents(False)
        elif self._find_line.has_class("-open"):
            self._find_line.remove_class("-open")
            self._find.value = ""
            self._scroll.focus(scroll_visible=False)
        else:
            self.dismiss()
