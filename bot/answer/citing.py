"""Citing the passages that sentences are quoted from, with numbers that last through a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.reply import Citation, CitedSource, Reply
from index.content import StoredPassage
from index.search import Index


def numbers_of(citations: Iterable[Citation]) -> dict[str, int]:
    """Return the number of each passage that was cited so far, by the passage's id."""
    return {citation.passage: citation.n for citation in citations}


def places_of(reply: Reply) -> list[tuple[str, int]]:
    """Return each sentence that a reply quotes by its article and its offset there."""
    articles = {citation.n: citation.article for citation in reply.citations}
    return [(articles[each.citation], each.start) for each in reply.sentences if each.citation in articles]


def number_passages(passages: Iterable[str], earlier: Mapping[str, int]) -> dict[str, int]:
    """Return a number for each passage: the one it had earlier, else the next that is free."""
    numbers: dict[str, int] = {}
    free = max(earlier.values(), default=0)
    for passage in passages:
        if passage in earlier:
            numbers[passage] = earlier[passage]
        elif passage not in numbers:
            free += 1
            numbers[passage] = free
    return numbers


def cite_passage(index: Index, stored: StoredPassage, n: int, today: date) -> Citation:
    """Return the citation of a passage, with its article's review date and its section's sources.

    Raises LookupError for a passage whose article is not in the index.
    """
    passage = stored.passage
    article = index.content.article(passage.article_id)
    if article is None:
        raise LookupError(f"passage {passage.id} has no article")
    section = next(s for s in index.content.sections(passage.article_id) if s.id == passage.section_id)
    age = index.content.settings(article.corpus).review_max_age_days
    stale = article.reviewed is not None and (today - article.reviewed).days > age
    return Citation(
        n=n,
        article=article.id,
        title=article.title,
        section=section.heading,
        passage=passage.id,
        start=passage.start,
        end=passage.end,
        reviewed=article.reviewed,
        stale=stale,
        sources=tuple(CitedSource(source.title, source.url) for source in section.sources),
        source_sha256=article.sha256,
        facts=section.facts,
        page=passage.page or None,
    )
