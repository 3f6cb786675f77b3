"""Writing what a generation holds into one SQLite file, article by article."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.facts import Fact
from corpus.glossary_json import glossary_as_json
from corpus.reader import SideFiles
from index.errors import BuildFailed
from index.files import CorpusFolder, IndexedFile, root_name
from index.indexed_article import IndexedArticle
from index.keys import KeyedSection
from index.passages import Passage

_TABLES = """
CREATE TABLE corpora (
  corpus INTEGER PRIMARY KEY, root TEXT NOT NULL, settings TEXT NOT NULL, side_files TEXT NOT NULL);
CREATE TABLE files (
  corpus INTEGER NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, article TEXT, failure TEXT,
  PRIMARY KEY (corpus, path)) WITHOUT ROWID;
CREATE TABLE facts (
  corpus INTEGER NOT NULL, id TEXT NOT NULL, says TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL,
  as_of TEXT NOT NULL, status TEXT NOT NULL, PRIMARY KEY (corpus, id)) WITHOUT ROWID;
CREATE TABLE articles (
  id TEXT PRIMARY KEY, corpus INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, sha256 TEXT NOT NULL,
  summary TEXT NOT NULL, reviewed TEXT, clinical_review TEXT NOT NULL, url TEXT NOT NULL,
  author TEXT NOT NULL, language TEXT NOT NULL, published TEXT);
CREATE TABLE sections (
  article TEXT NOT NULL, ordinal INTEGER NOT NULL, id TEXT NOT NULL, heading TEXT NOT NULL,
  facts TEXT NOT NULL, PRIMARY KEY (article, id)) WITHOUT ROWID;
CREATE TABLE passages (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article TEXT NOT NULL, section TEXT NOT NULL,
  headings TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
  page INTEGER NOT NULL);
CREATE TABLE sentences (
  row INTEGER PRIMARY KEY, passage INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  block INTEGER NOT NULL, kind TEXT NOT NULL);
CREATE TABLE keyed_sections (
  first_passage INTEGER PRIMARY KEY, passages INTEGER NOT NULL, texts TEXT NOT NULL, keys INTEGER NOT NULL);
CREATE TABLE glossaries (corpus INTEGER PRIMARY KEY, terms TEXT NOT NULL);
"""
_INDEXES = """
CREATE INDEX sentences_of_passage ON sentences (passage);
CREATE INDEX passages_of_article ON passages (article);
"""


_as_json = json.JSONEncoder(ensure_ascii=False).encode


class ContentWriter:
    """Writes one content file; call ``close`` to finish it.

    Every method raises BuildFailed if the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.passages = 0
        self.sentences = 0
        self._unwritten_facts: dict[int, dict[str, Fact]] = {}
        with self._writing():
            self._connection = sqlite3.connect(path)
            self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)

    def add_corpus(self, folder: CorpusFolder, side: SideFiles) -> None:
        """Add a corpus with its side files; of its register, the facts that the articles added later name."""
        self._unwritten_facts[folder.number] = dict(side.facts)
        row = (
            folder.number,
            root_name(folder.root),
            json.dumps(side.settings.as_plain()),
            json.dumps(dict(folder.side_files)),
        )
        with self._writing():
            self._connection.execute("INSERT INTO corpora VALUES (?, ?, ?, ?)", row)
            if side.glossary.terms:
                terms = (folder.number, glossary_as_json(side.glossary))
                self._connection.execute("INSERT INTO glossaries VALUES (?, ?)", terms)

    def add_files(self, files: Iterable[IndexedFile]) -> None:
        """Add the files that the corpus folders held, whatever became of each."""
        with self._writing():
            self._connection.executemany(
                "INSERT INTO files VALUES (?, ?, ?, ?, ?)",
                ((one.corpus, one.path, one.sha256, one.article, one.failure) for one in files),
            )

    def add_article(self, corpus: int, article: IndexedArticle) -> None:
        """Add an article with its sections, passages and sentences, in order."""
        with self._writing():
            self._connection.execute(
                f"INSERT INTO articles VALUES ({', '.join('?' * 12)})",  # noqa: S608
                (
                    article.id,
                    corpus,
                    article.title,
                    article.text,
                    article.sha256,
                    article.summary,
                    article.reviewed,
                    article.clinical_review,
                    article.url,
                    article.author,
                    article.language,
                    article.published,
                ),
            )
            self._add_sections(corpus, article)
            for passage in article.passages:
                self._add_passage(passage)

    def add_keys(self, sections: Iterable[KeyedSection]) -> None:
        """Add the keys of sections, in the order of their passages."""
        with self._writing():
            self._connection.executemany(
                "INSERT INTO keyed_sections VALUES (?, ?, ?, ?)",
                ((one.first_passage, one.passages, _as_json(one.texts), len(one.texts)) for one in sections),
            )

    def close(self) -> None:
        """Index the tables, commit and close."""
        with self._writing():
            self._connection.executescript(_INDEXES)
            self._connection.commit()
            self._connection.close()

    def abandon(self) -> None:
        """Close without finishing."""
        self._connection.close()

    def _add_sections(self, corpus: int, article: IndexedArticle) -> None:
        self._connection.executemany(
            "INSERT INTO sections VALUES (?, ?, ?, ?, ?)",
            (
                (article.id, ordinal, section.id, section.heading, _as_json(section.facts))
                for ordinal, section in enumerate(article.sections)
            ),
        )
        unwritten = self._unwritten_facts[corpus]
        named = (fact_id for section in article.sections for fact_id in section.facts)
        facts = [unwritten.pop(fact_id) for fact_id in named if fact_id in unwritten]
        self._connection.executemany(
            "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(corpus, f.id, f.says, f.source.title, f.source.url, f.as_of, f.status.value) for f in facts],
        )

    def _add_passage(self, passage: Passage) -> None:
        row, self.passages = self.passages, self.passages + 1
        self._connection.execute(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row,
                passage.id,
                passage.article_id,
                passage.section_id,
                _as_json(passage.headings),
                passage.start,
                passage.end,
                passage.text,
                passage.page,
            ),
        )
        first, self.sentences = self.sentences, self.sentences + len(passage.sentences)
        self._connection.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)",
            (
                (first + n, row, sentence.start, sentence.end, sentence.block, sentence.kind.value)
                for n, sentence in enumerate(passage.sentences)
            ),
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise BuildFailed(
                f"the articles cannot be written ({error})",
                where=self._path,
                mend="Check the free space and the folder's permissions; the live index is as it was.",
            ) from error
