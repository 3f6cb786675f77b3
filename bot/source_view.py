"""A cited passage with everything around it, read from the generation that has it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing

from bot.reply import NO_CLINICAL_REVIEW, Citation, CitedSource, SectionPlace, SourceView
from corpus.settings import Readers
from index.content import Content
from index.errors import IndexMissing, IndexProblem
from index.generation import CONTENT, IndexFolder


class KeptSources:
    """The sources of one generation, read without opening it for searching."""

    def __init__(self, folder: IndexFolder, generation: str) -> None:
        self._folder = folder
        self._generation = generation

    def source(self, citation: Citation) -> SourceView:
        """Return the passage of a citation. Raises IndexProblem if the generation is not kept any more."""
        if self._generation not in self._folder.names():
            raise IndexMissing("this index is not kept any more", where=self._generation)
        with closing(Content(self._folder.generations / self._generation / CONTENT)) as content:
            return source_view(content, citation)


def source_view(content: Content, citation: Citation) -> SourceView:
    """Return the whole passage of a citation. Raises IndexProblem if its article is not there."""
    article = content.article(citation.article)
    if article is None:
        raise IndexProblem("this article is no longer in the index", where=citation.article)
    section_id = citation.passage.partition("#")[2].rpartition("/")[0]
    sections = content.sections(article.id)
    section = next((one for one in sections if one.id == section_id), None)
    named = section.facts if section else ()
    reads_anyone = content.settings(article.corpus).readers is Readers.ANYONE
    unasked = reads_anyone and article.clinical_review == NO_CLINICAL_REVIEW
    return SourceView(
        article_id=article.id,
        title=article.title,
        headings=(article.title, citation.section),
        text=article.text[citation.start : citation.end],
        start=citation.start,
        end=citation.end,
        reviewed=article.reviewed,
        clinical_review="" if unasked else article.clinical_review,
        sources=tuple(CitedSource(one.title, one.url) for one in section.sources) if section else (),
        article_text=article.text,
        facts=content.facts(article.corpus, named),
        page=citation.page,
        contents=places_of_headings(article.text, (one.heading for one in sections)),
    )


def places_of_headings(text: str, headings: Iterable[str]) -> tuple[SectionPlace, ...]:
    """Return where the headings stand as lines of their own in ``text``; what has no line is left out."""
    places = []
    at = 0
    lined = f"\n{text}\n"
    for heading in headings:
        found = lined.find(f"\n{heading}\n", at) if heading else -1
        if found >= 0:
            places.append(SectionPlace(heading, found))
            at = found + 1
    return tuple(places)
