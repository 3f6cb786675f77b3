"""Reading what a generation holds: articles, sections, facts, passages and sentences."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.article import BlockKind, Source
from corpus.facts import Fact, FactStatus
from corpus.glossary import Glossary
from corpus.glossary_json import glossary_from_json, merged
from corpus.settings import CorpusSettings, combined
from index.errors import IndexBroken
from index.files import CorpusFolder, IndexedFile, root_path
from index.keys import SectionKeys
from index.passages import Passage, Sentence

_BATCH = 200
_REMEMBERED = 256
"""Articles whose sections are kept in memory."""


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


class Content:
    """Reads one content file. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._glossary: Glossary | None = None
        if not path.is_file():
            raise IndexBroken(
                "the articles are missing", where=path, mend="Run `mbc-chat index build --full`."
            )
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._remembered_sections = lru_cache(maxsize=_REMEMBERED)(self._read_sections)
        self._settings = {
            corpus: CorpusSettings.from_plain(json.loads(settings))
            for corpus, settings in self._rows("SELECT corpus, settings FROM corpora")
        }

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def settings(self, corpus: int = 0) -> CorpusSettings:
        """Return what a corpus says of itself."""
        return self._settings[corpus]

    def folders(self) -> list[CorpusFolder]:
        """Return the folders that the generation was built from."""
        rows = self._rows("SELECT corpus, root, side_files FROM corpora ORDER BY corpus")
        return [CorpusFolder(number, root_path(root), json.loads(side)) for number, root, side in rows]

    def files(self) -> list[IndexedFile]:
        """Return the files that those folders held, and what became of each."""
        rows = self._rows("SELECT corpus, path, sha256, article, failure FROM files ORDER BY corpus, path")
        return [IndexedFile(*row) for row in rows]

    def combined_settings(self) -> CorpusSettings:
        """Return what all corpora of the index say of themselves together."""
        return combined([self._settings[corpus] for corpus in sorted(self._settings)])

    def keys(self) -> SectionKeys:
        """Return the keys of all sections, without their vectors."""
        rows = self._rows("SELECT first_passage, passages, keys FROM keyed_sections ORDER BY first_passage")
        first, passages, keys = zip(*rows, strict=True) if rows else ((), (), ())
        return SectionKeys(first, passages, keys)

    def key_texts(self) -> list[str]:
        """Return the texts of all keys, in the order of their vectors."""
        rows = self._rows("SELECT texts FROM keyed_sections ORDER BY first_passage")
        return [text for (texts,) in rows for text in json.loads(texts)]

    def glossary(self) -> Glossary:
        """Return the terms of all corpora; where two explain one, the first corpus does."""
        if self._glossary is None:
            rows = self._rows("SELECT terms FROM glossaries ORDER BY corpus")
            self._glossary = merged(glossary_from_json(terms) for (terms,) in rows)
        return self._glossary

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

    def sections(self, article_id: str) -> tuple[StoredSection, ...]:
        """Return the sections of an article, in order."""
        return self._remembered_sections(article_id)

    def _read_sections(self, article_id: str) -> tuple[StoredSection, ...]:
        rows = self._rows(
            "SELECT s.id, s.heading, s.facts, a.corpus FROM sections s JOIN articles a ON a.id = s.article"
            " WHERE s.article = ? ORDER BY s.ordinal",
            article_id,
        )
        named = [tuple(json.loads(facts)) for _, _, facts, _ in rows]
        corpus = rows[0][3] if rows else 0
        wanted = list(dict.fromkeys(fact_id for of_section in named for fact_id in of_section))
        known = {fact.id: fact.source for fact in self.facts(corpus, wanted)}
        return tuple(
            StoredSection(
                article_id=article_id,
                id=section_id,
                heading=heading,
                sources=tuple(dict.fromkeys(known[fact_id] for fact_id in facts if fact_id in known)),
                facts=facts,
            )
            for (section_id, heading, _, _), facts in zip(rows, named, strict=True)
        )

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
        missing = [row for row in rows if row not in found]
        if missing:
            raise IndexBroken(
                f"passage {missing[0]} is missing",
                where=self._path,
                mend="Run `mbc-chat index build --full`.",
            )
        return [found[row] for row in rows]

    def texts(self, rows: Sequence[int]) -> list[tuple[str, list[str]]]:
        """Return for each of these passages what was embedded: its own text, and its sentences'."""
        passages = [stored.passage for stored in self.passages(rows)]
        return [(one.embedded_text, [one.quote(sentence) for sentence in one.sentences]) for one in passages]

    def passage_rows(self, article_id: str) -> list[int]:
        """Return the rows of an article's passages, in reading order."""
        return [
            row
            for (row,) in self._rows("SELECT row FROM passages WHERE article = ? ORDER BY row", article_id)
        ]

    def sentence_ranges(self, rows: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the first sentence row of each passage and how many it has, shape (len(rows),) each."""
        found = self._rows(
            "SELECT passage, min(row), count(*) FROM sentences"
            " WHERE passage IN (SELECT value FROM json_each(?)) GROUP BY passage",
            json.dumps([int(row) for row in rows]),
        )
        by_row = {passage: (first, count) for passage, first, count in found}
        ranges = np.array([by_row[row] for row in rows], dtype=np.int64).reshape(-1, 2)
        return ranges[:, 0], ranges[:, 1]

    def article_rows(self) -> dict[str, tuple[int, int, int, int]]:
        """Return per article its first passage row, its passages, its first sentence row, its sentences."""
        passages = self._rows("SELECT article, min(row), count(*) FROM passages GROUP BY article")
        sentences = self._rows(
            "SELECT p.article, min(s.row), count(*) FROM sentences s JOIN passages p ON p.row = s.passage"
            " GROUP BY p.article"
        )
        of_sentences = {article: (first, count) for article, first, count in sentences}
        return {article: (first, count, *of_sentences[article]) for article, first, count in passages}

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
