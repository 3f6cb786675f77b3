"""Building an index: articles in, a new generation out, the live one replaced at the very end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from corpus.article import Article, ArticleError
from corpus.reader import Corpus, read_corpus
from index.content import ContentWriter
from index.encoder import Encoder, Vectors, digest
from index.errors import BuildFailed, IndexLocked
from index.fingerprint import index_fingerprint
from index.generation import (
    CONTENT,
    SCHEMA,
    SENTENCE_VECTORS,
    VECTORS,
    WORDS,
    IndexFolder,
    Manifest,
    list_files,
    sync_folder,
    write_manifest,
)
from index.passages import Passage, PassageLimits, split_passages
from index.progress import Progress, Report
from index.vectors import write_vectors
from index.words import write_words

KEPT_GENERATIONS = 2
"""Earlier generations that stay for going back."""

_ENCODE_BATCH = 128


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made."""

    generation: str
    articles: int
    passages: int
    sentences: int
    failures: tuple[ArticleError, ...]
    """Files that could not be read; the others are in the index."""


def build_index(
    folder: IndexFolder,
    roots: Sequence[Path],
    load_encoder: Callable[[], Encoder],
    *,
    limits: PassageLimits | None = None,
    report: Report = lambda _: None,
) -> BuildResult:
    """Build a generation from the articles below ``roots`` and make it the live one.

    Until the last step the live generation is untouched. Raises ArticleError if a root cannot be
    read, IndexLocked if another build runs, and BuildFailed if there is nothing to index or the
    files cannot be written.
    """
    folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _lock(folder):
        report(Progress("reading", 0, len(roots)))
        corpora = [read_corpus(root) for root in roots]
        report(Progress("reading", len(roots), len(roots)))
        articles = _indexable(corpora)
        return _Build(folder, corpora, articles, load_encoder(), limits or PassageLimits(), report).run()


class _Build:
    """One build, from articles to the switched pointer."""

    def __init__(
        self,
        folder: IndexFolder,
        corpora: Sequence[Corpus],
        articles: Sequence[tuple[int, Article]],
        encoder: Encoder,
        limits: PassageLimits,
        report: Report,
    ) -> None:
        self._folder = folder
        self._corpora = corpora
        self._articles = articles
        self._encoder = encoder
        self._limits = limits
        self._report = report

    def run(self) -> BuildResult:
        """Write the generation beside the live one, and switch."""
        passages = [split_passages(a, self._limits, self._encoder.count_tokens) for _, a in self._articles]
        content_hash = digest([[a.id, a.title, a.sha256, str(a.reviewed)] for _, a in self._articles])
        name = self._folder.next_name(content_hash[:12])
        partial = self._folder.generations / f"{name}.partial"
        try:
            _remove_leftovers(self._folder)
            partial.mkdir(parents=True)
            manifest = self._write(partial, name, content_hash, passages)
            partial.rename(self._folder.generations / name)
            sync_folder(self._folder.generations)
            self._folder.switch(name)
        except OSError as error:
            raise BuildFailed(
                f"the index cannot be written ({error.strerror or error})",
                where=error.filename or self._folder.path,
                mend="Check the free space and the folder's permissions; the live index is as it was.",
            ) from error
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        self._folder.prune(KEPT_GENERATIONS)
        failures = tuple(failure for corpus in self._corpora for failure in corpus.failures)
        return BuildResult(name, manifest.articles, manifest.passages, manifest.sentences, failures)

    def _write(
        self, partial: Path, name: str, content_hash: str, by_article: Sequence[Sequence[Passage]]
    ) -> Manifest:
        passages = [passage for of_article in by_article for passage in of_article]
        sentences = [text for passage in passages for text in _sentence_texts(passage)]
        if not passages:
            raise BuildFailed("no article has any text to index", mend="Check the files of the corpus.")
        vectors = self._encode([p.embedded_text for p in passages] + sentences)
        self._report(Progress("writing", 0, 4))
        self._write_content(partial / CONTENT, by_article)
        self._report(Progress("writing", 1, 4))
        write_words(partial / WORDS, ((row, p.embedded_text) for row, p in enumerate(passages)))
        self._report(Progress("writing", 2, 4))
        write_vectors(partial / VECTORS, vectors[: len(passages)])
        np.save(partial / SENTENCE_VECTORS, vectors[len(passages) :], allow_pickle=False)
        self._report(Progress("writing", 3, 4))
        export_encoder(self._folder, self._encoder)
        settings = self._encoder.settings
        manifest = Manifest(
            schema=SCHEMA,
            generation=name,
            fingerprint=index_fingerprint(settings, self._limits),
            encoder=settings.fingerprint,
            model=settings.model,
            dim=settings.dim,
            content_sha256=content_hash,
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            articles=len(by_article),
            passages=len(passages),
            sentences=len(sentences),
            corpora=tuple(str(corpus.root.resolve()) for corpus in self._corpora),
            files=list_files(partial),
        )
        write_manifest(partial, manifest)
        self._report(Progress("writing", 4, 4))
        return manifest

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = []
        self._report(Progress("encoding", 0, len(texts)))
        for start in range(0, len(texts), _ENCODE_BATCH):
            vectors.append(self._encoder.encode_passages(texts[start : start + _ENCODE_BATCH]))
            self._report(Progress("encoding", min(start + _ENCODE_BATCH, len(texts)), len(texts)))
        return np.concatenate(vectors)

    def _write_content(self, path: Path, by_article: Sequence[Sequence[Passage]]) -> None:
        writer = ContentWriter(path)
        for number, corpus in enumerate(self._corpora):
            writer.add_corpus(number, corpus.root.resolve(), corpus.settings, corpus.facts)
        for (number, article), passages in zip(self._articles, by_article, strict=True):
            writer.add_article(number, article, passages)
        writer.close()


def export_encoder(folder: IndexFolder, encoder: Encoder) -> None:
    """Write what encodes questions under ``encoders/``, unless it is there already."""
    from index.onnx_encoder import write_encoder_settings

    target = folder.encoder(encoder.settings.fingerprint)
    if (target / "encoder.json").is_file():
        return
    pending = target.with_name(target.name + ".partial")
    shutil.rmtree(pending, ignore_errors=True)
    pending.mkdir(parents=True)
    encoder.export(pending)
    write_encoder_settings(pending, encoder.settings)
    for path in pending.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    shutil.rmtree(target, ignore_errors=True)
    pending.rename(target)
    sync_folder(target.parent)


def _indexable(corpora: Sequence[Corpus]) -> list[tuple[int, Article]]:
    """Return the articles to index with their corpus's number; withdrawn ones stay out."""
    articles: dict[str, tuple[int, Article]] = {}
    for number, corpus in enumerate(corpora):
        for article in corpus.articles:
            if article.withdrawn:
                continue
            if article.id in articles:
                other = articles[article.id][1].path
                problem = f"the id {article.id!r} is taken by {other}"
                raise ArticleError(article.path, problem, mend="Change one id.")
            articles[article.id] = (number, article)
    if not articles:
        failures = [failure for corpus in corpora for failure in corpus.failures]
        first = f" The first problem: {failures[0]}" if failures else ""
        raise BuildFailed(
            "there is no article to index",
            where=", ".join(str(corpus.root) for corpus in corpora),
            mend=f"Check the path after --corpus.{first}",
        )
    return list(articles.values())


def _sentence_texts(passage: Passage) -> Iterator[str]:
    for sentence in passage.sentences:
        yield passage.text[sentence.start - passage.start : sentence.end - passage.start]


def _remove_leftovers(folder: IndexFolder) -> None:
    """Remove what an interrupted build left; only the holder of the lock may."""
    if folder.generations.is_dir():
        for path in folder.generations.glob("*.partial"):
            shutil.rmtree(path)


@contextmanager
def _lock(folder: IndexFolder) -> Iterator[None]:
    lock = FileLock(folder.lock, timeout=0)
    holder = folder.lock.with_suffix(".holder")
    try:
        lock.acquire()
    except Timeout as error:
        who = holder.read_text("utf-8").strip() if holder.is_file() else "another process"
        raise IndexLocked(
            f"the index is locked by {who}", where=folder.lock, mend="Wait until that build is done."
        ) from error
    except OSError as error:
        raise BuildFailed(
            f"the index cannot be written ({error.strerror or error})",
            where=folder.path,
            mend="Check the folder's permissions, or give another home with --home.",
        ) from error
    try:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        holder.write_text(f"process {os.getpid()} since {since}\n", "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
