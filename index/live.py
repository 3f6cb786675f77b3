"""What the live generation was built from, for the next build to compare with."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from index.cache import BuildCache
from index.content import Content
from index.errors import IndexProblem
from index.files import CorpusFolder, IndexedFile, root_path
from index.generation import CONTENT, IndexFolder, Manifest, check_files, read_manifest
from index.scan import hash_side_files, scan


@dataclass(frozen=True, slots=True)
class LiveState:
    """The live generation's manifest, folders and files."""

    manifest: Manifest
    folders: tuple[CorpusFolder, ...]
    files: tuple[IndexedFile, ...]

    @classmethod
    def read(cls, folder: IndexFolder) -> Self | None:
        """Read it; None if there is none that this version can open, so that everything is built anew."""
        try:
            path = folder.generations / folder.live()
            manifest = read_manifest(path)
            check_files(path, manifest)
            with closing(Content(path / CONTENT)) as content:
                return cls(manifest, tuple(content.folders()), tuple(content.files()))
        except IndexProblem:
            return None


@dataclass(frozen=True, slots=True)
class WaitingChanges:
    """How the corpus folders differ from what a generation was built from."""

    missing: Path | None = None
    """A folder that is not there any more; nothing else was looked at then."""
    files: int = 0
    """Articles that are new, gone or have other bytes."""
    side_files: bool = False

    @property
    def any(self) -> bool:
        """Whether they differ at all."""
        return self.missing is not None or self.files > 0 or self.side_files

    @property
    def words(self) -> str:
        """How they differ, in words."""
        if self.missing is not None:
            return f"{self.missing} is not there any more"
        parts = [f"{self.files} files changed"] if self.files else []
        parts += ["side files changed"] if self.side_files else []
        return ", ".join(parts) or "nothing"


def waiting_changes(folder: IndexFolder, manifest: Manifest) -> WaitingChanges:
    """Compare the corpus folders with what the generation was built from.

    By size and time alone for what the last build saw; nothing is written. Raises IndexProblem if the
    generation cannot be read.
    """
    with closing(Content(folder.generations / manifest.generation / CONTENT)) as content:
        before = {(one.corpus, one.path): one.sha256 for one in content.files()}
        folders = content.folders()
    roots = [root_path(name) for name in manifest.corpora]
    missing = next((root for root in roots if not root.exists()), None)
    if missing:
        return WaitingChanges(missing)
    scanned = scan(roots, BuildCache.peek(folder.cache))
    after = {file.key: file.sha256 for file in scanned.files}
    differing = sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())
    side = any(hash_side_files(one.root) != dict(one.side_files) for one in folders)
    return WaitingChanges(files=differing, side_files=side)
