"""Stored conversations as rows of a list, all of them or those in which something was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from bot.conversations.search import SearchHit
from bot.conversations.stored import ConversationSummary
from bot.conversations.wording import counted, hit_words, moment_words, title_words
from bot.tui.text import plain
from corpus.text import one_line

OPEN_NOW = "on the screen"


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation of the list."""

    summary: ConversationSummary
    hits: tuple[SearchHit, ...] = ()
    """Where the words that are looked for were found."""
    is_open: bool = False

    def content(self, *, chosen: bool = False) -> Content:
        """Return its name over its date, its number of questions and, where it has a name, its first one.

        The row that is chosen has colours of its own.
        """
        summary = self.summary
        title = summary.id if summary.problem else title_words(summary.title)
        return plain(title, "bold") + "\n" + plain(f"  {self._facts()}", "" if chosen else "$quiet")

    def _facts(self) -> str:
        summary = self.summary
        if summary.problem:
            return f"cannot be opened: {one_line(summary.problem)}"
        facts = [
            moment_words(summary.last),
            counted(summary.turns, "question"),
            OPEN_NOW if self.is_open else "",
            counted(len(self.hits), "place") if self.hits else "",
            title_words(summary.first_question) if summary.named else "",
        ]
        return " · ".join(filter(None, facts))

    def details(self) -> Content:
        """Return the places where the words were found, a line each."""
        return Content("\n").join(plain(hit_words(hit)) for hit in self.hits)


def rows_of(
    summaries: Iterable[ConversationSummary], open_now: str | None, hits: Sequence[SearchHit] | None
) -> list[Row]:
    """Return a row for every conversation; with ``hits``, for those alone that have one."""
    rows = []
    for summary in summaries:
        found = tuple(hit for hit in hits or () if hit.id == summary.id)
        if found or hits is None:
            rows.append(Row(summary, found, summary.id == open_now))
    return rows
