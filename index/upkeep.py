"""Going back to an earlier generation, and removing what nothing needs any more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from index.cache import BuildCache, article_key, text_key
from index.content import Content
from index.errors import IndexBroken, IndexForeign, IndexMissing, IndexProblem
from index.exported import read_exported
from index.generation import CONTENT, IndexFolder, Manifest, check_sizes, read_manifest
from index.lock import builder_lock

_BATCH = 500


def roll_back(folder: IndexFolder, to: str | None = None) -> str:
    """Make an earlier generation the live one: ``to``, else the newest before the live one.

    It is checked before the switch. Raises IndexMissing if there is none to go back to, IndexBroken
    or IndexForeign if it cannot be opened, and IndexLocked if a build runs.
    """
    with builder_lock(folder):
        live = folder.live()
        earlier = [name for name in folder.names() if name != live and (to is not None or name < live)]
        if to is not None and to not in earlier:
            kept = ", ".join(earlier) or "none"
            raise IndexMissing(
                f"there is no other generation {to!r}", where=folder.generations, mend=f"Kept are: {kept}."
            )
        if not earlier:
            raise IndexMissing(
                "there is no earlier generation to go back to",
                where=folder.generations,
                mend="Run `mbc-chat index status` to see what is kept.",
            )
        name = to or earlier[-1]
        check_complete(folder, name)
        folder.switch(name)
        return name


def check_complete(folder: IndexFolder, name: str) -> Manifest:
    """Check that a generation has every file in its size, and its encoder. Raises IndexProblem."""
    path = folder.generations / name
    manifest = read_manifest(path)
    check_sizes(path, manifest)
    read_exported(folder.encoder(manifest.encoder))
    return manifest


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed."""

    generations: tuple[str, ...]
    encoders: tuple[str, ...]
    cached: int
    """Articles and vectors that the cache forgot."""


def prune(folder: IndexFolder, keep: int) -> Pruned:
    """Remove all but the live generation and ``keep`` others, and what belonged to the removed alone.

    A reader that has a removed generation open keeps it until it closes. Raises IndexLocked if a
    build runs, IndexMissing if there is no index.
    """
    with builder_lock(folder):
        for leftover in folder.generations.glob("*.partial"):
            shutil.rmtree(leftover)
        removed = folder.prune(keep)
        manifests = {name: _manifest(folder, name) for name in folder.names()}
        encoders = _prune_encoders(folder, {one.encoder for one in manifests.values() if one})
        articles: set[bytes] = set()
        vectors: set[bytes] = set()
        for name, manifest in manifests.items():
            if manifest:
                _collect_keys(folder.generations / name, manifest, articles, vectors)
        with closing(BuildCache(folder.cache)) as cache:
            cached = cache.prune(articles, vectors)
        return Pruned(tuple(removed), tuple(encoders), cached)


def _manifest(folder: IndexFolder, name: str) -> Manifest | None:
    try:
        return read_manifest(folder.generations / name)
    except (IndexBroken, IndexForeign):
        return None


def _prune_encoders(folder: IndexFolder, needed: set[str]) -> list[str]:
    if not folder.encoders.is_dir():
        return []
    removed = [path.name for path in sorted(folder.encoders.iterdir()) if path.name not in needed]
    for name in removed:
        shutil.rmtree(folder.encoders / name)
    return removed


def _collect_keys(path: Path, manifest: Manifest, articles: set[bytes], vectors: set[bytes]) -> None:
    """Collect the cache's keys of everything in a generation."""
    try:
        opened = Content(path / CONTENT)
    except IndexProblem:
        return
    with closing(opened) as content:
        articles.update(article_key(manifest.fingerprint, f.path, f.sha256) for f in content.files())
        texts = chain(_texts(content, manifest.passages), content.key_texts())
        vectors.update(text_key(manifest.encoder, text) for text in texts)


def _texts(content: Content, passages: int) -> Iterator[str]:
    for start in range(0, passages, _BATCH):
        for passage, sentences in content.texts(range(start, min(start + _BATCH, passages))):
            yield passage
            yield from sentences
