"""Reading the files of a scan into articles, each file once for as long as its bytes stay the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.article import ArticleError
from corpus.reader import read_article
from index.cache import BuildCache, Outline, article_key, outline_of
from index.encoder import Encoder
from index.files import IndexedFile, failure_as_json
from index.indexed_article import IndexedArticle, indexed
from index.passages import SPECIAL_TOKENS, Passage, PassageLimits, split_passages
from index.scan import ScannedFile, stat_of

_BATCH = 256


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file of the scan, and what it was read into: an article's outline, or a failure."""

    scanned: ScannedFile
    key: bytes
    """Names the article in the cache."""
    outline: Outline | None
    failure: ArticleError | None

    @property
    def is_indexed(self) -> bool:
        """Whether its article goes into the generation."""
        return self.outline is not None and not self.outline.withdrawn

    def as_indexed_file(self) -> IndexedFile:
        """Return what the generation remembers of it."""
        return IndexedFile(
            self.scanned.corpus,
            self.scanned.relative,
            self.scanned.sha256,
            self.outline.id if self.outline else None,
            failure_as_json(self.failure) if self.failure else None,
        )


class ArticleReading:
    """Reads files into articles and cuts them, by way of the cache."""

    def __init__(
        self,
        roots: Sequence[Path],
        cache: BuildCache,
        encoder: Encoder,
        limits: PassageLimits,
        fingerprint: str,
    ) -> None:
        self._tops = [root if root.is_dir() else root.parent for root in roots]
        self._cache = cache
        self._encoder = encoder
        self._limits = limits
        self._fingerprint = fingerprint

    def top(self, corpus: int) -> Path:
        """Return the folder that a corpus's paths are relative to."""
        return self._tops[corpus]

    def read_all(
        self, files: Sequence[ScannedFile], advance: Callable[[int], None] = lambda _: None
    ) -> list[ReadFile]:
        """Read every file; of two articles with one id the first is taken and the second is a failure."""
        owners: dict[str, Path] = {}
        result: list[ReadFile] = []
        for start in range(0, len(files), _BATCH):
            batch = files[start : start + _BATCH]
            result.extend(_first_with_its_id(file, owners) for file in self._read_batch(batch))
            self._cache.commit()
            advance(len(batch))
        return result

    def articles(self, files: Sequence[ReadFile]) -> Iterator[tuple[int, IndexedArticle]]:
        """Yield the articles of the files that are indexed, with their corpus's number, in order."""
        wanted = [file for file in files if file.is_indexed]
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            found = self._cache.articles([file.key for file in batch])
            for file in batch:
                yield file.scanned.corpus, found.get(file.key) or self._read(file.scanned)

    def _read_batch(self, batch: Sequence[ScannedFile]) -> Iterator[ReadFile]:
        keys = [self._key(file) for file in batch]
        known = self._cache.outlines(keys)
        for file, key in zip(batch, keys, strict=True):
            if key in known:
                yield ReadFile(file, key, known[key], None)
                continue
            try:
                article = self._read(file)
            except ArticleError as error:
                yield ReadFile(file, key, None, error)
                continue
            self._cache.put_article(key, article)
            yield ReadFile(file, key, outline_of(article), None)

    def _read(self, file: ScannedFile) -> IndexedArticle:
        article = read_article(file.path, root=self._tops[file.corpus])
        try:
            unchanged = stat_of(file.path) == file.stat
        except OSError:
            unchanged = False
        if not unchanged:
            raise ArticleError(file.path, "the file changed while it was read", mend="Build again.")
        passages = split_passages(article, self._limits, self._encoder.count_tokens)
        return indexed(article, passages, cut=self._count_cut(passages))

    def _count_cut(self, passages: Sequence[Passage]) -> int:
        settings = self._encoder.settings
        lengths = self._encoder.count_tokens([settings.passage_prefix + p.embedded_text for p in passages])
        return sum(length + SPECIAL_TOKENS > settings.max_tokens for length in lengths)

    def _key(self, file: ScannedFile) -> bytes:
        return article_key(self._fingerprint, file.relative, file.sha256)


def _first_with_its_id(file: ReadFile, owners: dict[str, Path]) -> ReadFile:
    if file.outline is None:
        return file
    owner = owners.setdefault(file.outline.id, file.scanned.path)
    if owner == file.scanned.path:
        return file
    problem = f"the id {file.outline.id!r} is taken by {owner}"
    failure = ArticleError(file.scanned.path, problem, mend="Change one id, or rename one file.")
    return ReadFile(file.scanned, file.key, None, failure)
