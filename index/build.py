"""Building an index: articles in, a new generation out, the live one replaced at the very end.

An incremental build is a full build with a cache: whatever the folders went through, the result is
what a build from nothing makes of their present state.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.asked_as import AskedAs
from corpus.reader import read_side_files
from index.building import BuildOptions, BuildResult, BuildStep
from index.cache import BuildCache
from index.changes import Changes, compare_files
from index.encoder import Encoder, Vectors
from index.encoding import CachedVectors, ThriftyEncoder
from index.errors import BuildFailed, IndexBroken
from index.exported import export_encoder, read_exported
from index.files import CorpusFolder, root_name
from index.fingerprint import index_fingerprint
from index.generation import SCHEMA, IndexFolder, Manifest, list_files, sync_folder, write_manifest
from index.generation_writer import GenerationWriter, Written
from index.hashing import digest
from index.indexed_article import IndexedArticle
from index.keys import KeyedSection, keys_of
from index.live import LiveState
from index.lock import builder_lock
from index.passages import limits_for
from index.progress import Progress, Report
from index.reading import ArticleReading, ReadFile
from index.reuse import LiveVectors
from index.scan import Scan, hash_side_files, scan

_CHUNK_TEXTS = 2_048
"""Texts that are encoded at once."""
_CHUNK_ARTICLES = 256
"""Articles whose vectors are in memory at once."""


def build_index(
    folder: IndexFolder,
    roots: Sequence[Path],
    load_encoder: Callable[[], Encoder],
    *,
    options: BuildOptions | None = None,
    report: Report = lambda _: None,
    on_step: Callable[[BuildStep], None] = lambda _: None,
) -> BuildResult:
    """Build a generation from the articles below ``roots`` and make it the live one.

    Until the last step the live generation is untouched. Raises ArticleError if a root or a side
    file cannot be read, IndexLocked if another build runs, and BuildFailed if there is nothing to
    index or something cannot be written.
    """
    with builder_lock(folder):
        on_step(BuildStep.LOCKED)
        try:
            with closing(BuildCache(folder.cache)) as cache:
                return _Build(
                    folder, roots, load_encoder, cache, options or BuildOptions(), report, on_step
                ).run()
        except (OSError, sqlite3.Error) as error:
            raise BuildFailed(
                f"the index cannot be written ({getattr(error, 'strerror', None) or error})",
                where=getattr(error, "filename", None) or folder.path,
                mend="Check the free space and the folder's permissions; the live index is as it was.",
            ) from error


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An article that is to be written, with its vectors where they are known already."""

    corpus: int
    article: IndexedArticle
    keyed: list[KeyedSection]
    taken: Vectors | None


class _Build:
    """One build, from the folders to the switched pointer."""

    def __init__(
        self,
        folder: IndexFolder,
        roots: Sequence[Path],
        load_encoder: Callable[[], Encoder],
        cache: BuildCache,
        options: BuildOptions,
        report: Report,
        on_step: Callable[[BuildStep], None],
    ) -> None:
        self._folder = folder
        self._roots = [root.absolute() for root in roots]
        self._cache = cache
        self._options = options
        self._report = report
        self._on_step = on_step
        self._live = LiveState.read(folder)
        self._encoder = _thrifty(folder, self._live, load_encoder, options)
        self._limits = limits_for(self._encoder.settings)
        self._fingerprint = index_fingerprint(self._encoder.settings, self._limits)
        self._reading = ArticleReading(self._roots, cache, self._encoder, self._limits, self._fingerprint)

    def run(self) -> BuildResult:
        """Compare, and if there is anything new, write it beside the live generation and switch."""
        if self._options.full:
            self._cache.clear()
        scanned = self._scan()
        folders = [CorpusFolder(n, root, hash_side_files(root)) for n, root in enumerate(self._roots)]
        files = self._read(scanned)
        changes = self._compare(scanned, folders, files)
        withdrawn = tuple(file.outline.id for file in files if file.outline and file.outline.withdrawn)
        if self._live and not self._options.full and (not changes.any or self._held_back(changes)):
            manifest = self._live.manifest
            counts = (manifest.articles, manifest.passages, manifest.sentences)
            return BuildResult(manifest.generation, False, changes, *counts, withdrawn=withdrawn)
        if not any(file.is_indexed for file in files):
            raise _nothing_to_index(self._roots, changes)
        vectors = CachedVectors(self._encoder, self._cache)
        manifest = self._write(folders, files, vectors)
        return BuildResult(
            manifest.generation,
            True,
            changes,
            manifest.articles,
            manifest.passages,
            manifest.sentences,
            encoded=vectors.encoded,
            cut=sum(file.outline.cut for file in files if file.outline),
            withdrawn=withdrawn,
        )

    def _scan(self) -> Scan:
        scanned = scan(self._roots, self._cache.known_files())
        self._cache.remember_files(scanned.settled)
        self._on_step(BuildStep.SCANNED)
        return scanned

    def _read(self, scanned: Scan) -> list[ReadFile]:
        advance = self._advance("reading", len(scanned.files))
        files = self._reading.read_all(scanned.files, advance)
        self._on_step(BuildStep.READ)
        return files

    def _compare(self, scanned: Scan, folders: Sequence[CorpusFolder], files: Sequence[ReadFile]) -> Changes:
        live = self._live
        read = (file.as_indexed_file() for file in files)
        changes = compare_files(live.files if live else (), read, scanned.failures.keys())
        failed = (*scanned.failures.values(), *(file.failure for file in files if file.failure))
        if live is None:
            return replace(changes, failed=failed)
        same_folders = tuple(root_name(root) for root in self._roots) == live.manifest.corpora
        side = [set(one.side_files.items()) ^ set(_side(live, one.number)) for one in folders]
        return replace(
            changes,
            side_files=tuple(sorted({name for differing in side for name, _ in differing})),
            settings=live.manifest.fingerprint != self._fingerprint or not same_folders,
            failed=failed,
        )

    def _held_back(self, changes: Changes) -> bool:
        assert self._live is not None
        if not self._options.hold_back:
            return False
        indexed = {str(self._reading.top(f.corpus) / f.path) for f in self._live.files if f.article}
        return any(failure.path in indexed for failure in changes.failed)

    def _write(
        self, folders: Sequence[CorpusFolder], files: Sequence[ReadFile], vectors: CachedVectors
    ) -> Manifest:
        side = [read_side_files(folder.root) for folder in folders]
        content = digest(
            [
                [[one.number, dict(one.side_files)] for one in folders],
                [[f.scanned.corpus, f.scanned.relative, f.scanned.sha256] for f in files if f.is_indexed],
            ]
        )
        name = self._folder.next_name(content)
        partial = self._folder.generations / f"{name}.partial"
        try:
            _remove_leftovers(self._folder)
            partial.mkdir(parents=True)
            with GenerationWriter(
                partial, self._encoder.settings.dim, exact_up_to=self._options.exact_up_to
            ) as writer:
                for folder, of_folder in zip(folders, side, strict=True):
                    writer.add_corpus(folder, of_folder)
                writer.add_files(file.as_indexed_file() for file in files)
                self._add_articles(writer, files, vectors, [one.asked_as for one in side])
                written = self._finish(writer)
            export_encoder(self._folder, self._encoder)
            self._on_step(BuildStep.EXPORTED)
            manifest = self._seal(partial, name, content, written)
            self._switch(partial, name)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        self._folder.prune(self._options.keep)
        self._on_step(BuildStep.PRUNED)
        return manifest

    def _add_articles(
        self,
        writer: GenerationWriter,
        files: Sequence[ReadFile],
        vectors: CachedVectors,
        asked_as: Sequence[AskedAs],
    ) -> None:
        """Add the articles in order, those that are unchanged with the vectors they have."""
        outlines = [file.outline for file in files if file.outline and file.is_indexed]
        advance = self._advance("encoding", sum(one.passages + one.sentences for one in outlines))
        live = None if self._options.full else self._live
        known = LiveVectors.open(self._folder, live, self._fingerprint, files)
        waiting: list[_Waiting] = []
        first = texts = 0
        for corpus, article in self._reading.articles(files):
            taken = known.of(article.id) if known else None
            keyed = keys_of(article, first, asked_as[corpus])
            waiting.append(_Waiting(corpus, article, keyed, taken))
            first += len(article.passages)
            texts += 0 if taken is not None else len(article.passages) + article.sentences
            if texts >= _CHUNK_TEXTS or len(waiting) >= _CHUNK_ARTICLES:
                self._flush(writer, waiting, vectors, advance)
                waiting, texts = [], 0
        self._flush(writer, waiting, vectors, advance)

    def _flush(
        self,
        writer: GenerationWriter,
        waiting: Sequence[_Waiting],
        vectors: CachedVectors,
        advance: Callable[[int], None],
    ) -> None:
        advance(sum(len(one.taken) for one in waiting if one.taken is not None))
        new = iter(
            vectors.of([t for one in waiting if one.taken is None for t in one.article.texts()], advance)
        )
        keys = iter(vectors.of([t for one in waiting for section in one.keyed for t in section.texts]))
        for one in waiting:
            count = sum(len(section.texts) for section in one.keyed)
            writer.add_keys(one.keyed, _next_rows(keys, count, vectors.dim))
            taken = one.taken
            if taken is None:
                taken = _next_rows(new, len(one.article.passages) + one.article.sentences, vectors.dim)
            writer.add_article(one.corpus, one.article, taken)
        self._on_step(BuildStep.ENCODED)

    def _finish(self, writer: GenerationWriter) -> Written:
        advance = self._advance("writing", 4)
        writer.finish_content()
        advance(1)
        self._on_step(BuildStep.CONTENT_WRITTEN)
        writer.finish_words()
        advance(1)
        self._on_step(BuildStep.WORDS_WRITTEN)
        written = writer.finish_vectors()
        advance(1)
        self._on_step(BuildStep.VECTORS_WRITTEN)
        return written

    def _seal(self, partial: Path, name: str, content: str, written: Written) -> Manifest:
        settings = self._encoder.settings
        manifest = Manifest(
            schema=SCHEMA,
            generation=name,
            fingerprint=self._fingerprint,
            encoder=settings.fingerprint,
            identity=self._options.identity,
            model=settings.model,
            dim=settings.dim,
            content_sha256=content,
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            articles=written.articles,
            passages=written.passages,
            sentences=written.sentences,
            keys=written.keys,
            corpora=tuple(root_name(root) for root in self._roots),
            vectors=written.layout.as_plain(),
            files=list_files(partial),
        )
        write_manifest(partial, manifest)
        self._report(Progress("writing", 4, 4))
        self._on_step(BuildStep.SEALED)
        return manifest

    def _switch(self, partial: Path, name: str) -> None:
        partial.rename(self._folder.generations / name)
        sync_folder(self._folder.generations)
        self._on_step(BuildStep.MOVED)
        self._folder.switch(name)
        self._on_step(BuildStep.SWITCHED)

    def _advance(self, stage: str, total: int) -> Callable[[int], None]:
        """Return what reports a stage's progress, in steps of so many."""
        done = 0
        self._report(Progress(stage, 0, total))

        def advance(count: int) -> None:
            nonlocal done
            done += count
            self._report(Progress(stage, done, total))

        return advance


def _thrifty(
    folder: IndexFolder, live: LiveState | None, load: Callable[[], Encoder], options: BuildOptions
) -> ThriftyEncoder:
    """Return the encoder; small edits go to its export if the live index was built with this model."""
    if live is None or options.full or not options.identity or live.manifest.identity != options.identity:
        return ThriftyEncoder(load)
    path = folder.encoder(live.manifest.encoder)
    try:
        exported = read_exported(path)
    except IndexBroken:
        return ThriftyEncoder(load)

    def load_small() -> Encoder:
        from index.onnx_encoder import OnnxEncoder

        return OnnxEncoder.open(path)

    return ThriftyEncoder(load, load_small if exported.has_model else None, exported.settings)


def _next_rows(vectors: Iterator[NDArray[np.float32]], count: int, dim: int) -> Vectors:
    rows = list(islice(vectors, count))
    return np.stack(rows) if rows else np.zeros((0, dim), dtype=np.float32)


def _side(live: LiveState, number: int) -> list[tuple[str, str]]:
    return [item for folder in live.folders if folder.number == number for item in folder.side_files.items()]


def _nothing_to_index(roots: Sequence[Path], changes: Changes) -> BuildFailed:
    first = f" The first problem: {changes.failed[0]}" if changes.failed else ""
    return BuildFailed(
        "there is no article to index",
        where=", ".join(str(root) for root in roots),
        mend=f"Check the path after --corpus.{first}",
    )


def _remove_leftovers(folder: IndexFolder) -> None:
    """Remove what an interrupted build left; only the holder of the lock may."""
    if folder.generations.is_dir():
        for path in folder.generations.glob("*.partial"):
            shutil.rmtree(path)
