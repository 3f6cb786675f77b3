"""The articles as they are now: in an index, or in folders that the index waits to be built from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.receipts.standing import Absence, PresentArticle, PresentArticles
from corpus.article import Article, ArticleError
from corpus.reader import read_article, read_corpus
from index.cache import BuildCache
from index.content import Content
from index.errors import IndexProblem
from index.generation import IndexFolder
from index.scan import hash_side_files, scan


class PresentSections(PresentArticles, Protocol):
    """Present articles whose sections can be told apart."""

    def sections(self, article_id: str, /) -> Mapping[str, str]:
        """Return the text of each section by ``article#section``; empty where there is no such article."""


def section_sha256(text: str) -> str:
    """Return the hash of a section's text, without white space around it."""
    return hashlib.sha256(text.strip().encode()).hexdigest()


class IndexedArticles:
    """The articles of one generation."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._others: Mapping[str, Absence] | None = None
        self._failed = False

    def article(self, article_id: str, /) -> PresentArticle | Absence:
        """Return an article, or why there is none; where a file could not be read, that cannot be told."""
        try:
            stored = self._content.article(article_id)
            return PresentArticle(stored.text, stored.sha256) if stored else self._absence(article_id)
        except IndexProblem:
            return Absence.UNREADABLE

    def sections(self, article_id: str, /) -> Mapping[str, str]:
        """Return the text of each section, from its first passage to its last, by ``article#section``."""
        article = self._content.article(article_id)
        if article is None:
            return {}
        spans: dict[str, tuple[int, int]] = {}
        for stored in self._content.passages(self._content.passage_rows(article_id)):
            passage = stored.passage
            start, end = spans.get(passage.section_id, (passage.start, passage.end))
            spans[passage.section_id] = min(start, passage.start), max(end, passage.end)
        named = [
            (section.id, spans.get(section.id, (0, 0))) for section in self._content.sections(article_id)
        ]
        return {f"{article_id}#{name}": article.text[start:end] for name, (start, end) in named}

    def _absence(self, article_id: str) -> Absence:
        if self._others is None:
            files = self._content.files()
            self._others = {file.article: Absence.WITHDRAWN for file in files if file.article}
            self._failed = any(file.failure for file in files)
        return self._others.get(article_id, Absence.UNREADABLE if self._failed else Absence.GONE)


@dataclass(frozen=True, slots=True)
class ArticlesInFiles:
    """The articles of folders, as the next build would take them.

    Those whose file is as the live generation knows it are read from there.
    """

    indexed: PresentSections
    same: frozenset[str]
    """Ids of the articles whose files are unchanged."""
    read: Mapping[str, Article]
    """The others, withdrawn ones too, by id."""
    failures: tuple[ArticleError, ...]
    side_files: tuple[str, ...] = ()
    """Changed files beside the articles: they shape sources and words around quotes, and no quote."""

    def article(self, article_id: str, /) -> PresentArticle | Absence:
        """Return an article, or why there is none; where a file could not be read, that cannot be told."""
        if article_id in self.same:
            return self.indexed.article(article_id)
        found = self.read.get(article_id)
        if found is None:
            return Absence.UNREADABLE if self.failures else Absence.GONE
        return Absence.WITHDRAWN if found.withdrawn else PresentArticle(found.text, found.sha256)

    def sections(self, article_id: str, /) -> Mapping[str, str]:
        """Return the text of each section by ``article#section``."""
        if article_id in self.same:
            return self.indexed.sections(article_id)
        found = self.read.get(article_id)
        if found is None or found.withdrawn:
            return {}
        return {f"{found.id}#{one.id}": found.text[one.start : one.end] for one in found.sections}


class _NoneIndexed:
    """Stands for an index that nothing is compared with."""

    def article(self, _article_id: str, /) -> PresentArticle | Absence:
        return Absence.GONE

    def sections(self, _article_id: str, /) -> Mapping[str, str]:
        return {}


def articles_of_folders(roots: Sequence[Path]) -> ArticlesInFiles:
    """Read all articles below ``roots``; of two with one id the first counts.

    Raises ArticleError if a root is not there, or its side files cannot be read.
    """
    corpora = [read_corpus(root) for root in roots]
    read = {article.id: article for corpus in reversed(corpora) for article in corpus.articles}
    failures = tuple(failure for corpus in corpora for failure in corpus.failures)
    return ArticlesInFiles(_NoneIndexed(), frozenset(), read, failures)


def articles_in_files(folder: IndexFolder, content: Content, roots: Sequence[Path]) -> ArticlesInFiles:
    """Read what changed below ``roots`` since the generation of ``content`` was built; nothing is written.

    A file that cannot be read is a failure of the result. Raises ArticleError if a root is not there.
    """
    top_of = {one.number: one.root for one in content.folders()}
    known = {(top_of[file.corpus], file.path): file for file in content.files() if file.corpus in top_of}
    scanned = scan([root.absolute() for root in roots], BuildCache.peek(folder.cache))
    failures = list(scanned.failures.values())
    same: set[str] = set()
    read: dict[str, Article] = {}
    for file in scanned.files:
        root = roots[file.corpus].absolute()
        before = known.get((root, file.relative))
        if before and before.article and before.sha256 == file.sha256 and before.article not in read:
            same.add(before.article)
            continue
        try:
            article = read_article(file.path, root=root if root.is_dir() else root.parent)
        except ArticleError as error:
            failures.append(error)
            continue
        if article.id not in same:
            read.setdefault(article.id, article)
    side = _changed_side_files(content, roots)
    return ArticlesInFiles(IndexedArticles(content), frozenset(same), read, tuple(failures), side)


def _changed_side_files(content: Content, roots: Sequence[Path]) -> tuple[str, ...]:
    known = {one.root: dict(one.side_files) for one in content.folders()}
    changed: set[str] = set()
    for root in roots:
        before, now = known.get(root.absolute(), {}), hash_side_files(root)
        changed |= {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    return tuple(sorted(changed))
