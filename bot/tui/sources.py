"""Which source was asked for last, and where it is to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from bot.reply import Citation, Reply
from bot.tui.articles import Articles
from bot.tui.cited import Cited
from bot.tui.events import Fetched
from bot.tui.jobs import Job, Jobs


class Whole(Enum):
    """Whether a passage is shown in the whole article, and where that opens."""

    NO = auto()
    TEXT = auto()
    FACTS = auto()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The source that was asked for last."""

    number: int
    reply: Reply
    citation: Citation
    whole: Whole


class SourceDesk:
    """Fetches sources; of several asked for in a row, the last one counts."""

    def __init__(self, articles: Articles, jobs: Jobs) -> None:
        self._articles = articles
        self._jobs = jobs
        self._calls = 0
        self.wanted: Wanted | None = None

    def want(self, reply: Reply, citation: Citation, whole: Whole = Whole.NO) -> None:
        """Ask for a source."""
        self._calls += 1
        self.wanted = Wanted(self._calls, reply, citation, whole)
        work = partial(self._articles.source, reply, citation)
        self._jobs.start(Job.SOURCE, work, partial(Fetched, self._calls), number=self._calls)

    def want_again(self, whole: Whole) -> None:
        """Ask for the same source in another form."""
        if self.wanted is not None:
            self.want(self.wanted.reply, self.wanted.citation, whole)

    def drop(self) -> None:
        """Want no source any more."""
        self.wanted = None

    def fetched(self, message: Fetched) -> tuple[Cited, Whole] | None:
        """Return the source that came and where to show it; None if another was asked for since."""
        wanted = self.wanted
        if wanted is None or wanted.number != message.number:
            return None
        return Cited(wanted.reply, wanted.citation, message.source), wanted.whole

    def is_wanted(self, number: int) -> bool:
        """Whether the source asked for with ``number`` is the last one that was."""
        return self.wanted is not None and self.wanted.number == number
