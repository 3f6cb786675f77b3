"""What earlier builds worked out, kept by content: hashes of files, articles read, vectors of texts.

It is only ever a shortcut. A cache that is damaged or cannot be read is thrown away and built again,
and every vector carries a checksum, so that a damaged one is encoded again and not used.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.errors import BuildFailed
from index.indexed_article import IndexedArticle
from index.scan import FileStat, KnownFile

CACHE_VERSION = 1
_FILE = "build.sqlite"
_BATCH = 1_000
_TABLES = """
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, inode INTEGER, sha256 TEXT);
CREATE TABLE articles (
  key BLOB PRIMARY KEY, id TEXT NOT NULL, withdrawn INTEGER NOT NULL, passages INTEGER NOT NULL,
  sentences INTEGER NOT NULL, cut INTEGER NOT NULL, value TEXT NOT NULL);
CREATE TABLE vectors (key BLOB PRIMARY KEY, crc INTEGER NOT NULL, vector BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a build needs to know of an article before it writes it."""

    id: str
    withdrawn: bool
    passages: int
    sentences: int
    cut: int
    """Passages that the encoder does not read to their ends."""


def outline_of(article: IndexedArticle) -> Outline:
    """Return an article's outline."""
    return Outline(article.id, article.withdrawn, len(article.passages), article.sentences, article.cut)


class BuildCache:
    """The cache of one index folder. Only the holder of the builder's lock opens it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._connection = self._open()

    @staticmethod
    def peek(folder: Path) -> dict[str, KnownFile]:
        """Return the hashes of the last scan without taking hold of the cache; empty if there are none."""
        try:
            with closing(_connect_to_read(folder)) as connection:
                return _known_files(connection)
        except sqlite3.Error:
            return {}

    @staticmethod
    def peek_counts(folder: Path) -> tuple[int, int] | None:
        """Return how many articles and vectors are kept, without taking hold; None if it is not readable."""
        try:
            with closing(_connect_to_read(folder)) as connection:
                return _counts(connection)
        except sqlite3.Error:
            return None

    def close(self) -> None:
        """Close the file; what was put is on disk."""
        self._connection.close()

    def known_files(self) -> dict[str, KnownFile]:
        """Return the hashes of the last scan, by path."""
        return _known_files(self._connection)

    def remember_files(self, known: Mapping[str, KnownFile]) -> None:
        """Put the hashes of a scan in the place of the last one's."""
        rows = (
            (path, one.stat.size, one.stat.mtime_ns, one.stat.inode, one.sha256)
            for path, one in known.items()
        )
        with self._writing() as connection:
            connection.execute("DELETE FROM files")
            connection.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?)", rows)

    def outlines(self, keys: Sequence[bytes]) -> dict[bytes, Outline]:
        """Return what is known of these articles without reading them whole."""
        select = "SELECT key, id, withdrawn, passages, sentences, cut FROM articles"
        return {
            key: Outline(article_id, bool(withdrawn), *counts)
            for key, article_id, withdrawn, *counts in self._find(select, keys)
        }

    def articles(self, keys: Sequence[bytes]) -> dict[bytes, IndexedArticle]:
        """Return those of the articles that are known."""
        found = self._find("SELECT key, value FROM articles", keys)
        return {key: IndexedArticle.from_json(value) for key, value in found}

    def put_article(self, key: bytes, article: IndexedArticle) -> None:
        """Keep an article by key; ``commit`` makes it last."""
        outline = outline_of(article)
        row = (
            key,
            outline.id,
            int(outline.withdrawn),
            outline.passages,
            outline.sentences,
            outline.cut,
            article.as_json(),
        )
        with self._guarded():
            self._connection.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def commit(self) -> None:
        """Make the articles put so far last."""
        with self._guarded():
            self._connection.commit()

    def clear(self) -> None:
        """Forget everything."""
        with self._writing() as connection:
            for table in ("files", "articles", "vectors"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608

    def vectors(self, keys: Sequence[bytes], dim: int) -> dict[bytes, NDArray[np.float32]]:
        """Return those of the vectors that are known and sound, each of shape (dim,)."""
        found = {}
        for key, crc, blob in self._find("SELECT key, crc, vector FROM vectors", keys):
            if len(blob) == 4 * dim and zlib.crc32(blob) == crc:
                found[key] = np.frombuffer(blob, dtype=np.float32)
        return found

    def put_vectors(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Keep vectors, shape (n, dim), by key; they survive whatever happens to the process next."""
        rows = (
            (key, zlib.crc32(row.tobytes()), row.tobytes()) for key, row in zip(keys, vectors, strict=True)
        )
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def prune(self, articles: Iterable[bytes], vectors: Iterable[bytes]) -> int:
        """Forget all but the articles and vectors of these keys; return how many were forgotten."""
        with self._writing() as connection:
            connection.execute("CREATE TEMP TABLE kept (key BLOB PRIMARY KEY)")
            connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in articles))
            forgotten = connection.execute(
                "DELETE FROM articles WHERE key NOT IN (SELECT key FROM kept)"
            ).rowcount
            connection.execute("DELETE FROM kept")
            connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in vectors))
            forgotten += connection.execute(
                "DELETE FROM vectors WHERE key NOT IN (SELECT key FROM kept)"
            ).rowcount
            connection.execute("DROP TABLE kept")
        self._connection.execute("VACUUM")
        return forgotten

    def _find(self, select: str, keys: Sequence[bytes]) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            with self._guarded():
                rows = self._connection.execute(f"{select} WHERE key IN ({marks})", batch).fetchall()
            yield from rows

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._guarded(), self._connection:
            yield self._connection

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise BuildFailed(
                f"the build cache cannot be used ({error})",
                where=self._path,
                mend="Check the free space and the folder's permissions; the live index is as it was.",
            ) from error

    def _open(self) -> sqlite3.Connection:
        try:
            return _connect(self._path)
        except sqlite3.Error:
            for path in self._path.parent.glob(f"{self._path.name}*"):
                path.unlink()
        try:
            return _connect(self._path)
        except sqlite3.Error as error:
            raise BuildFailed(
                f"the build cache cannot be opened ({error})",
                where=self._path,
                mend="Check the free space and the folder's permissions.",
            ) from error


def _known_files(connection: sqlite3.Connection) -> dict[str, KnownFile]:
    rows = connection.execute("SELECT path, size, mtime_ns, inode, sha256 FROM files")
    return {path: KnownFile(FileStat(size, mtime, inode), sha) for path, size, mtime, inode, sha in rows}


def _counts(connection: sqlite3.Connection) -> tuple[int, int]:
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    (vectors,) = connection.execute("SELECT count(*) FROM vectors").fetchone()
    return int(articles), int(vectors)


def _connect_to_read(folder: Path) -> sqlite3.Connection:
    """Open the cache so that nothing is written, not even the files that SQLite keeps beside it."""
    path = folder / _FILE
    # While a log stands beside it, somebody writes, or was killed: what is in the log counts then.
    alone = "" if path.with_name(f"{_FILE}-wal").exists() else "&immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{alone}", uri=True)


def text_key(fingerprint: str, text: str) -> bytes:
    """Return the key of a text's vector under an encoder's fingerprint."""
    return hashlib.sha256(f"{fingerprint}\0{text}".encode()).digest()[:20]


def article_key(fingerprint: str, path: str, sha256: str) -> bytes:
    """Return the key of an article: its path counts too, since an article may be named after it."""
    named = f"{fingerprint}\0{path}\0{sha256}"
    return hashlib.sha256(named.encode("utf-8", "surrogateescape")).digest()[:20]


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version not in {0, CACHE_VERSION}:
            raise sqlite3.DatabaseError("another version's cache")
        if version == 0:
            connection.executescript(f"{_TABLES} PRAGMA user_version = {CACHE_VERSION};")
        connection.execute("SELECT count(*) FROM files").fetchone()
    except sqlite3.Error:
        with suppress(sqlite3.Error):
            connection.close()
        raise
    return connection
