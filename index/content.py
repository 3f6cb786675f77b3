"""Articles, sections, passages and sentences on disk: one read-only SQLite file a generation."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from corpus.article import Article, BlockKind, Section, Source
from corpus.facts import Fact, FactStatus
from corpus.settings import CorpusSettings, combined
from index.errors import BuildFailed, IndexBroken
from index.passages import Passage, Sentence

_TABLES = """
CREATE TABLE corpora (corpus INTEGER PRIMARY KEY, root TEXT NOT NULL, settings TEXT NOT NULL);
CREATE TABLE facts (
  corpus INTEGER NOT NULL, id TEXT NOT NULL, says TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL,
  as_of TEXT NOT NULL, status TEXT NOT NULL, PRIMARY KEY (corpus, id)) WITHOUT ROWID;
CREATE TABLE articles (
  id TEXT PRIMARY KEY, corpus INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, sha256 TEXT NOT NULL,
  summary TEXT NOT NULL, reviewed TEXT, clinical_review TEXT NOT NULL, url TEXT NOT NULL,
  author TEXT NOT NULL, language TEXT NOT NULL, published TEXT);
CREATE TABLE sections (
  article TEXT NOT NULL, ordinal INTEGER NOT NULL, id TEXT NOT NULL, heading TEXT NOT NULL,
  sources TEXT NOT NULL, facts TEXT NOT NULL, PRIMARY KEY (article, id)) WITHOUT ROWID;
CREATE TABLE passages (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article TEXT NOT NULL, section TEXT NOT NULL,
  headings TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
  page INTEGER NOT NULL DEFAULT 0);
CREATE TABLE sentences (
  row INTEGER PRIMARY KEY, passage INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  block INTEGER NOT NULL, kind TEXT NOT NULL);
CREATE INDEX sentences_of_passage ON sentences (passage);
CREATE INDEX passages_of_article ON passages (article);
"""
_BATCH = 200


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """What a citation and a source panel need of an article."""

    id: str
    corpus: int
    title: str
    text: str
    sha256: str
    summary: str
    clinical_review: str
    reviewed: date | None
    url: str
    """Where the text was published, as its file says."""
    author: str
    language: str
    published: date | None


@dataclass(frozen=True, slots=True)
class StoredSection:
    """A section's heading, and the sources of the facts that it rests on."""

    article_id: str
    id: str
    heading: str
    sources: tuple[Source, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its row number and the row numbers of its sentences."""

    row: int
    passage: Passage
    sentence_rows: tuple[int, ...]


class ContentWriter:
    """Writes one content file; call ``close`` to finish it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._passages = 0
        self._sentences = 0
        self._unwritten_facts: dict[int, dict[str, Fact]] = {}
        self._connection = sqlite3.connect(path)
        self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)

    def add_corpus(
        self, corpus: int, root: Path, settings: CorpusSettings, facts: Mapping[str, Fact]
    ) -> None:
        """Add one corpus's settings; of its register, the facts that the articles added later name."""
        self._unwritten_facts[corpus] = dict(facts)
        row = (corpus, str(root), json.dumps(settings.as_plain()))
        self._connection.execute("INSERT INTO corpora VALUES (?, ?, ?)", row)

    def add_article(self, corpus: int, article: Article, passages: Iterable[Passage]) -> None:
        """Add an article with its sections, passages and sentences, in order."""
        self._connection.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.id,
                corpus,
                article.title,
                article.text,
                article.sha256,
                article.summary,
                _iso(article.reviewed),
                article.clinical_review,
                article.url,
                article.author,
                article.language,
                _iso(article.published),
            ),
        )
        for ordinal, section in enumerate(article.sections):
            self._add_facts(corpus, section.facts)
            sources = article.section_sources[ordinal] if article.section_sources else ()
            self._add_section(article.id, ordinal, section, sources)
        for passage in passages:
            self._add_passage(passage)

    def close(self) -> None:
        """Commit and close. Raises BuildFailed if the file cannot be written."""
        try:
            self._connection.commit()
            self._connection.close()
        except sqlite3.Error as error:
            raise BuildFailed(
                f"the articles cannot be written ({error})",
                where=self._path,
                mend="Check the free space and the folder's permissions.",
            ) from error

    def _add_facts(self, corpus: int, fact_ids: Iterable[str]) -> None:
        unwritten = self._unwritten_facts[corpus]
        named = [unwritten.pop(fact_id) for fact_id in fact_ids if fact_id in unwritten]
        self._connection.executemany(
            "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(corpus, f.id, f.says, f.source.title, f.source.url, f.as_of, f.status.value) for f in named],
        )

    def _add_section(
        self, article_id: str, ordinal: int, section: Section, sources: Sequence[Source]
    ) -> None:
        plain = [[source.title, source.url] for source in sources]
        self._connection.execute(
            "INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?)",
            (article_id, ordinal, section.id, section.heading, json.dumps(plain), json.dumps(section.facts)),
        )

    def _add_passage(self, passage: Passage) -> None:
        row, self._passages = self._passages, self._passages + 1
        self._connection.execute(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row,
                passage.id,
                passage.article_id,
                passage.section_id,
                json.dumps(passage.headings),
                passage.start,
                passage.end,
                passage.text,
                passage.page,
            ),
        )
        for sentence in passage.sentences:
            self._connection.execute(
                "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)",
                (self._sentences, row, sentence.start, sentence.end, sentence.block, sentence.kind.value),
            )
            self._sentences += 1


class Content:
    """Reads one content file. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        if not path.is_file():
            raise IndexBroken(
                "the articles are missing", where=path, mend="Run `mbc-chat index build --full`."
            )
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._settings = {
            corpus: CorpusSettings.from_plain(json.loads(settings))
            for corpus, settings in self._rows("SELECT corpus, settings FROM corpora")
        }

    def settings(self, corpus: int = 0) -> CorpusSettings:
        """Return what a corpus says of itself."""
        return self._settings[corpus]

    def combined_settings(self) -> CorpusSettings:
        """Return what all corpora of the index say of themselves together."""
        return combined([self._settings[corpus] for corpus in sorted(self._settings)])

    def article(self, article_id: str) -> StoredArticle | None:
        """Return an article, or None if there is none with this id."""
        rows = self._rows(
            "SELECT id, corpus, title, text, sha256, summary, clinical_review, reviewed,"
            " url, author, language, published FROM articles WHERE id = ?",
            article_id,
        )
        if not rows:
            return None
        columns = [field.name for field in fields(StoredArticle)]
        values = dict(zip(columns, rows[0], strict=True))
        days = {name: _day(values[name]) for name in ("reviewed", "published")}
        return StoredArticle(**values | days)

    def article_ids(self) -> list[str]:
        """Return the ids of all articles, in order."""
        return [article_id for (article_id,) in self._rows("SELECT id FROM articles ORDER BY rowid")]

    def sections(self, article_id: str) -> list[StoredSection]:
        """Return the sections of an article, in order."""
        rows = self._rows(
            "SELECT id, heading, sources, facts FROM sections WHERE article = ? ORDER BY ordinal", article_id
        )
        return [
            StoredSection(
                article_id=article_id,
                id=section_id,
                heading=heading,
                sources=tuple(Source(title, url) for title, url in json.loads(sources)),
                facts=tuple(json.loads(facts)),
            )
            for section_id, heading, sources, facts in rows
        ]

    def facts(self, corpus: int, fact_ids: Sequence[str]) -> tuple[Fact, ...]:
        """Return the facts of these ids in the order given; an id that the register lacks is left out."""
        found = {
            fact_id: Fact(fact_id, says, Source(title, url), as_of, FactStatus(status))
            for fact_id, says, title, url, as_of, status in self._rows(
                "SELECT id, says, title, url, as_of, status FROM facts"
                " WHERE corpus = ? AND id IN (SELECT value FROM json_each(?))",
                corpus,
                json.dumps(list(fact_ids)),
            )
        }
        return tuple(found[fact_id] for fact_id in fact_ids if fact_id in found)

    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """Return the passages of these rows, in the order given."""
        found: dict[int, StoredPassage] = {}
        for n in range(0, len(rows), _BATCH):
            for stored in self._load(rows[n : n + _BATCH]):
                found[stored.row] = stored
        return [found[row] for row in rows]

    def passage_rows(self, article_id: str) -> list[int]:
        """Return the rows of an article's passages, in reading order."""
        return [
            row
            for (row,) in self._rows("SELECT row FROM passages WHERE article = ? ORDER BY row", article_id)
        ]

    def _load(self, rows: Sequence[int]) -> list[StoredPassage]:
        wanted = json.dumps([int(row) for row in rows])
        sentences: dict[int, list[tuple[int, Sentence]]] = {}
        for row, passage, start, end, block, kind in self._rows(
            "SELECT row, passage, start, end, block, kind FROM sentences"
            " WHERE passage IN (SELECT value FROM json_each(?)) ORDER BY row",
            wanted,
        ):
            sentences.setdefault(passage, []).append((row, Sentence(start, end, block, BlockKind(kind))))
        found = self._rows(
            "SELECT row, id, article, section, headings, start, end, text, page FROM passages"
            " WHERE row IN (SELECT value FROM json_each(?))",
            wanted,
        )
        return [_stored_passage(values, sentences.get(values[0], [])) for values in found]

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise IndexBroken(
                f"the articles cannot be read ({error})",
                where=self._path,
                mend="Run `mbc-chat index build --full`.",
            ) from error


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _stored_passage(values: tuple[Any, ...], sentences: list[tuple[int, Sentence]]) -> StoredPassage:
    row, passage_id, article, section, headings, start, end, text, page = values
    passage = Passage(
        id=passage_id,
        article_id=article,
        section_id=section,
        headings=tuple(json.loads(headings)),
        start=start,
        end=end,
        text=text,
        sentences=tuple(sentence for _, sentence in sentences),
        page=page,
    )
    return StoredPassage(row, passage, tuple(sentence_row for sentence_row, _ in sentences))
