"""The passage behind an answer, whole, with the quoted words marked, and the article around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static

from bot.render import NO_FACTS, RESTS_ON, fact_lines, page_words, quoted_spans, review_line
from bot.reply import Citation, QuotedSentence, Reply, SourceView
from bot.tui.text import plain, reading

GONE = "Some of the quoted words are no longer in this passage: the article has changed since."
STALE = "This article has changed, or is due for a check."
CONTEXT_LINES = 2
"""Lines of the article that stay in sight above the quoted words."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of a reply, its passage, and where the quoted words stand."""

    reply: Reply
    citation: Citation
    source: SourceView

    @property
    def sentences(self) -> tuple[QuotedSentence, ...]:
        """What the reply quotes from this passage."""
        return tuple(s for s in self.reply.sentences if s.citation == self.citation.n)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The quoted words as offsets into the passage."""
        return quoted_spans(self.source.text, self.source.start, self.sentences)

    @property
    def complete(self) -> bool:
        """Whether the passage still has every quoted sentence."""
        return all(sentence.text in self.source.text for sentence in self.sentences)

    @property
    def place(self) -> str:
        """The heading path below the title."""
        headings = self.source.headings
        path = headings[1:] if headings[:1] == (self.source.title,) else headings
        return " › ".join(path) + page_words(self.source.page)


def head_content(cited: Cited) -> Content:
    """Return the citations to choose from, the title and the heading path."""
    content = Content.styled("Source ", "$quiet")
    for citation in cited.reply.citations:
        current = citation.n == cited.citation.n
        content += Content.styled(f" {citation.n} ", "bold $background on $accent" if current else "$accent")
        content += " "
    content += "\n\n" + plain(cited.source.title, "bold")
    if cited.place:
        content += "\n" + plain(cited.place, "$accent")
    return content


def foot_content(cited: Cited, *, facts: bool = False) -> Content:
    """Return when the facts were checked and where they come from; with ``facts``, each fact itself."""
    content = plain(review_line(cited.source.reviewed, cited.source.clinical_review), "$quiet")
    if cited.citation.stale:
        content += "\n" + Content.styled(STALE, "$warning")
    if not cited.complete:
        content += "\n" + Content.styled(GONE, "$warning")
    return content + (_facts_content(cited.source) if facts else _origins_content(cited.source))


def _origins_content(source: SourceView) -> Content:
    content = Content()
    if source.sources:
        content += Content.styled("\n\nWhere these facts come from", "$quiet")
    for origin in source.sources:
        content += "\n" + plain(origin.title) + "\n" + plain(origin.url, "$quiet")
    if source.facts:
        noun = "fact" if len(source.facts) == 1 else "facts"
        content += Content.styled(f"\n\nF5: the {len(source.facts)} {noun} behind it", "$accent")
    return content


def _facts_content(source: SourceView) -> Content:
    if not source.facts:
        return Content.styled(f"\n\n{NO_FACTS}", "$quiet")
    content = Content.styled(f"\n\n{RESTS_ON}", "bold")
    for fact in source.facts:
        says, origin, url = fact_lines(fact)
        content += "\n\n" + plain(says) + "\n" + plain(origin, "$quiet") + "\n" + plain(url, "$quiet")
    return content


class SourcePanel(VerticalScroll):
    """The source of the selected answer, one citation at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Whole article", id="source-open"),
        Binding("left", "turn(-1)", "Citation before", id="source-before", show=False),
        Binding("right", "turn(1)", "Citation after", id="source-after", show=False),
        Binding("f", "facts", "What it rests on", id="source-facts"),
    ]

    class Opened(Message):
        """The whole article was asked for."""

    class Turned(Message):
        """Another citation of the same answer was asked for."""

        def __init__(self, n: int) -> None:
            super().__init__()
            self.n = n

    def __init__(self) -> None:
        super().__init__(id="source")
        self.cited: Cited | None = None
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
        self._passage.update(reading(cited.source.text, cited.spans))
        self._foot.update(foot_content(cited, facts=self._facts))
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
            self._foot.update(foot_content(self.cited, facts=self._facts))
            self.call_after_refresh(self.scroll_to_widget, self._foot, animate=False, top=self._facts)

    def action_open(self) -> None:
        """Ask for the whole article."""
        self.post_message(self.Opened())

    def action_turn(self, by: int) -> None:
        """Ask for the citation before or after."""
        if self.cited is not None:
            self.post_message(self.Turned(self.cited.citation.n + by))


class ArticleScreen(Screen[None]):
    """The whole reading text of an article, scrolled to the quoted words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Back", key_display="Esc", id="article-back"),
        Binding("f,f5", "facts", "What it rests on", key_display="F", id="article-facts"),
    ]

    def __init__(self, cited: Cited, *, facts: bool = False) -> None:
        super().__init__()
        self._cited = cited
        self._facts = facts

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        source = self._cited.source
        text = source.article_text
        spans = [(begin + source.start, end + source.start) for begin, end in self._cited.spans]
        first = spans[0][0] if spans else source.start
        line = text.rfind("\n", 0, first) + 1
        rest = [(begin - line, end - line) for begin, end in spans]
        yield Static(plain(source.title), markup=False, classes="bar")
        with VerticalScroll(id="article"):
            yield Static(reading(text[:line].rstrip("\n")), markup=False, classes="reading")
            yield Static(reading(text[line:], rest), markup=False, classes="reading", id="quoted")
            foot = foot_content(self._cited, facts=self._facts)
            yield Static(foot, markup=False, classes="reading", id="article-foot")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Go to the quoted words, or to the facts, once the text has been laid out."""
        self.query_one("#article").focus(scroll_visible=False)
        self.call_after_refresh(self._go, "#article-foot" if self._facts else "#quoted")

    def action_facts(self) -> None:
        """Show what the quoted section rests on, or go back to the quoted words."""
        self._facts = not self._facts
        self.query_one("#article-foot", Static).update(foot_content(self._cited, facts=self._facts))
        self.call_after_refresh(self._go, "#article-foot" if self._facts else "#quoted")

    def _go(self, place: str) -> None:
        y = self.query_one(place).virtual_region.y
        article = self.query_one("#article", VerticalScroll)
        article.scroll_to(y=max(0, y - CONTEXT_LINES), animate=False, force=True)
