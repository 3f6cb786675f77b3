"""Open what is measured: the live index of a home and the assistant that answers from it."""

from __future__ import annotations

from datetime import date

from bot.assistant import Assistant
from bot.home import Home
from eval.engine import Subject
from index.encoder import QueryEncoder
from index.search import open_index


def open_subject(home: Home, today: date, encoder: QueryEncoder | None = None) -> Subject:
    """Open the live index; ``encoder`` replaces the exported one.

    The reader's own settings stay out, so that a report is the same everywhere.
    Raises IndexProblem if there is no index or it cannot be used.
    """
    index = open_index(home.index, encoder)
    sections = frozenset(
        f"{article}#{section.id}"
        for article in index.content.article_ids()
        for section in index.content.sections(article)
    )
    return Subject(
        assistant=Assistant(index, country=None, today=today),
        searcher=index,
        sections=sections,
        content_sha256=index.manifest.content_sha256,
        generation=index.manifest.generation,
    )
