"""What is known on the day on which something is taken along: the articles as they are, and their words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.receipts.standing import NoArticles, PresentArticles, standing_of
from bot.receipts.wording import change_lines
from bot.reply import Citation, Reply
from corpus.settings import CorpusSettings

if TYPE_CHECKING:
    from bot.home import Home
    from index.content import Content


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day, the articles as they are on it, and what they say of themselves."""

    day: date
    settings: CorpusSettings
    articles: PresentArticles
    clinical_review: Callable[[Citation], str] = lambda _: ""
    """Who reviewed the cited article as a clinician, as ``review_line`` takes it; empty if unknown."""

    @property
    def can_tell(self) -> bool:
        """Whether there are articles to judge by."""
        return not isinstance(self.articles, NoArticles)

    def changes(self, reply: Reply) -> list[str]:
        """Return what became of the sources of ``reply`` since, one line an article; empty if nothing did."""
        return change_lines(standing_of(reply, self.articles))


def as_of_content(content: Content, day: date) -> AsOf:
    """Return what is known by the articles of an index."""
    from bot.receipts.present import IndexedArticles
    from bot.source_view import source_view
    from index.errors import IndexProblem

    def clinical_review(citation: Citation) -> str:
        try:
            return source_view(content, citation).clinical_review
        except IndexProblem:
            return ""

    return AsOf(day, content.combined_settings(), IndexedArticles(content), clinical_review)


@contextmanager
def opened_as_of(home: Home, day: date) -> Iterator[AsOf]:
    """Open the live articles of a home; without any, whether quotes still stand cannot be told."""
    from bot.corpora import settings_of
    from bot.receipts.generations import live_content
    from index.errors import IndexProblem

    with ExitStack() as stack:
        try:
            content, _ = stack.enter_context(live_content(home.index))
        except IndexProblem:
            yield AsOf(day, settings_of(home), NoArticles())
            return
        yield as_of_content(content, day)
