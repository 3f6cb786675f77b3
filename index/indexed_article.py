"""What an index keeps of an article: the reading text, its sections, and how it was cut."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.article import Article, BlockKind
from index.passages import Passage, Sentence


@dataclass(frozen=True, slots=True)
class IndexedSection:
    """A heading, and the facts that stand behind what it says."""

    id: str
    heading: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """An article as it goes into a generation. Days are ISO days."""

    id: str
    title: str
    text: str
    summary: str
    clinical_review: str
    reviewed: str | None
    url: str
    author: str
    language: str
    published: str | None
    withdrawn: bool
    notes: tuple[str, ...]
    sections: tuple[IndexedSection, ...]
    passages: tuple[Passage, ...]
    cut: int = 0
    """Passages that the encoder does not read to their ends."""

    @property
    def sha256(self) -> str:
        """Hash of the reading text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def sentences(self) -> int:
        """Number of sentences of all passages."""
        return sum(len(passage.sentences) for passage in self.passages)

    def texts(self) -> Iterator[str]:
        """Yield what is embedded: every passage with its headings, then every sentence, in order."""
        for passage in self.passages:
            yield passage.embedded_text
        for passage in self.passages:
            yield from (passage.quote(sentence) for sentence in passage.sentences)

    def as_json(self) -> str:
        """Return the article as one line of JSON; ``from_json`` gives it back."""
        return json.dumps(
            {
                "plain": [getattr(self, name) for name in _PLAIN],
                "notes": self.notes,
                "sections": [[section.id, section.heading, section.facts] for section in self.sections],
                "passages": [_passage_as_list(passage) for passage in self.passages],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @staticmethod
    def from_json(line: str) -> IndexedArticle:
        """Return what ``as_json`` gave. Raises ValueError, TypeError or KeyError for anything else."""
        values = json.loads(line)
        plain = dict(zip(_PLAIN, values["plain"], strict=True))
        article_id, text = str(plain["id"]), str(plain["text"])
        return IndexedArticle(
            **plain,
            notes=tuple(values["notes"]),
            sections=tuple(
                IndexedSection(i, heading, tuple(facts)) for i, heading, facts in values["sections"]
            ),
            passages=tuple(_passage_from_list(article_id, text, row) for row in values["passages"]),
        )


_PLAIN = (
    "id",
    "title",
    "text",
    "summary",
    "clinical_review",
    "reviewed",
    "url",
    "author",
    "language",
    "published",
    "withdrawn",
    "cut",
)
_KINDS = tuple(BlockKind)


def indexed(article: Article, passages: list[Passage], *, cut: int = 0) -> IndexedArticle:
    """Return what the index keeps of ``article``, cut into ``passages``."""
    return IndexedArticle(
        id=article.id,
        title=article.title,
        text=article.text,
        summary=article.summary,
        clinical_review=article.clinical_review,
        reviewed=article.reviewed.isoformat() if article.reviewed else None,
        url=article.url,
        author=article.author,
        language=article.language,
        published=article.published.isoformat() if article.published else None,
        withdrawn=article.withdrawn,
        notes=article.notes,
        sections=tuple(IndexedSection(s.id, s.heading, s.facts) for s in article.sections),
        passages=tuple(passages),
        cut=cut,
    )


def _passage_as_list(passage: Passage) -> list[Any]:
    sentences = [[s.start, s.end, s.block, _KINDS.index(s.kind)] for s in passage.sentences]
    return [
        passage.id,
        passage.section_id,
        passage.headings,
        passage.start,
        passage.end,
        passage.page,
        sentences,
    ]


def _passage_from_list(article_id: str, text: str, row: list[Any]) -> Passage:
    passage_id, section_id, headings, start, end, page, sentences = row
    return Passage(
        id=passage_id,
        article_id=article_id,
        section_id=section_id,
        headings=tuple(headings),
        start=start,
        end=end,
        text=text[start:end],
        sentences=tuple(Sentence(a, b, block, _KINDS[kind]) for a, b, block, kind in sentences),
        page=page,
    )
