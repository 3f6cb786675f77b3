"""What stands with a quote wherever it goes: where it is from, when that was checked, if it still is so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.receipts.standing import Standing, TurnStanding, standing_of
from bot.receipts.wording import change_lines, sentence_mark
from bot.render import page_words, review_line
from bot.reply import Citation, CitedSource, Reply
from bot.takeaway.as_of import AsOf

STALE = "On the day of the answer this article had changed or was due for a check."


@dataclass(frozen=True, slots=True)
class NamedSource:
    """Where quotes are from, in words."""

    numbers: tuple[int, ...]
    """The ``n`` of each citation that has this source."""
    place: str
    """Title, section and page."""
    checked: str
    """When the facts were checked, and whether a clinician reviewed the article."""
    stale: str
    """Says that the article was due for a check; empty if it was not."""
    origins: tuple[CitedSource, ...]


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A quoted sentence, and what became of it since."""

    text: str
    citation: int
    mark: str
    """Empty while the sentence still stands in its article."""
    lost: bool
    """Whether the articles do not say this any more."""


def named_sources(citations: Iterable[Citation], as_of: AsOf) -> tuple[NamedSource, ...]:
    """Return the words for citations, in their order; those that would read the same are one."""
    found: dict[NamedSource, list[int]] = {}
    for citation in citations:
        source = NamedSource(
            (),
            citation.place + page_words(citation.page),
            review_line(citation.reviewed, as_of.clinical_review(citation)),
            STALE if citation.stale else "",
            citation.sources,
        )
        found.setdefault(source, []).append(citation.n)
    return tuple(replace(source, numbers=tuple(numbers)) for source, numbers in found.items())


def marked_sentences(reply: Reply, standing: TurnStanding) -> list[MarkedSentence]:
    """Return the quoted sentences of a reply, each with its mark."""
    return [
        MarkedSentence(
            sentence.text,
            sentence.citation,
            sentence_mark(one),
            one.standing in {Standing.EDITED, Standing.WITHDRAWN},
        )
        for sentence, one in zip(reply.sentences, standing.sentences, strict=True)
    ]


def changes_of(reply: Reply, as_of: AsOf) -> tuple[TurnStanding, list[str]]:
    """Return what became of the quotes of a reply, and the lines that say so."""
    standing = standing_of(reply, as_of.articles)
    return standing, change_lines(standing)
