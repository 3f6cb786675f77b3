"""What lies in the corpus folders: every file with its size, its time and its hash.

Two gates find what changed: a file whose size and time are as they were is taken to be the same, any
other is hashed. A file touched so lately that its time could hide a second edit is always hashed.
"""

from __future__ import annotations

import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.article import ArticleError
from corpus.reader import article_files, check_link, check_path
from index.files import FileKey
from index.hashing import sha256_of

_RACY_SECONDS = 2.0
"""A time stamp younger than this says nothing: the file may change again within the same tick."""


@dataclass(frozen=True, slots=True)
class FileStat:
    """What the operating system says of a file without opening it."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file's hash, and the stat for which it holds."""

    stat: FileStat
    sha256: str


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """One file of a corpus."""

    corpus: int
    """Number of the corpus that it belongs to."""
    path: Path
    relative: str
    """Path below the corpus's root, with forward slashes."""
    stat: FileStat
    sha256: str
    """Hash of its bytes."""

    @property
    def key(self) -> FileKey:
        """What names the file from build to build."""
        return (self.corpus, self.relative)


@dataclass(frozen=True, slots=True)
class Scan:
    """Every file below the roots, and those that could not even be hashed."""

    files: tuple[ScannedFile, ...]
    failures: Mapping[FileKey, ArticleError]
    """Why files could not even be hashed, by what names them."""
    settled: Mapping[str, KnownFile]
    """By path: what the next scan may take as known."""


def scan(roots: Sequence[Path], known: Mapping[str, KnownFile], now: float | None = None) -> Scan:
    """Look at every article file below ``roots``; ``known`` are the hashes of the last scan, by path.

    ``now`` is the clock in seconds since 1970. Raises ArticleError if a root does not exist.
    """
    now = time.time() if now is None else now
    files: list[ScannedFile] = []
    failures: dict[FileKey, ArticleError] = {}
    settled: dict[str, KnownFile] = {}
    for corpus, path, relative in _paths(roots):
        try:
            check_path(path)
            check_link(path, roots[corpus])
            seen = stat_of(path)
            before = known.get(str(path))
            if before is None or before.stat != seen:
                before = KnownFile(seen, sha256_of(path))
        except (ArticleError, OSError) as error:
            failed = error if isinstance(error, ArticleError) else _unreadable(path, error)
            failures[corpus, relative] = failed
            continue
        files.append(ScannedFile(corpus, path, relative, seen, before.sha256))
        if now - seen.mtime_ns / 1e9 > _RACY_SECONDS:
            settled[str(path)] = before
    return Scan(tuple(files), failures, settled)


SIDE_FILES = ("corpus.toml", "facts.yaml", "glossary.yaml", "asked_as.yaml")
"""Files at a corpus's root that shape what goes into the index."""


def hash_side_files(root: Path) -> dict[str, str]:
    """Return the hashes of the side files that there are at ``root``, by name. Raises OSError."""
    return {name: sha256_of(root / name) for name in SIDE_FILES if (root / name).is_file()}


def stat_of(path: Path) -> FileStat:
    """Return a file's stat. Raises OSError, also for what is not a regular file."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "this is not a regular file", str(path))
    return FileStat(status.st_size, status.st_mtime_ns, status.st_ino)


def _paths(roots: Iterable[Path]) -> Iterator[tuple[int, Path, str]]:
    for corpus, root in enumerate(roots):
        if not root.exists():
            raise ArticleError(root, "there is no such file or folder", mend="Check the path after --corpus.")
        top = root if root.is_dir() else root.parent
        for path in article_files(root):
            yield corpus, path, path.relative_to(top).as_posix()


def _unreadable(path: Path, error: OSError) -> ArticleError:
    reason = error.strerror or type(error).__name__
    return ArticleError(
        path, f"the file cannot be read ({reason})", mend="Check what it is and its permissions."
    )
