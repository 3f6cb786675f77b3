"""What the live generation was built from, for the next build to compare with."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
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


def waiting_changes(folder: IndexFolder, manifest: Manifest) -> str:
    """Tell in a word whether the corpus folders differ from what the generation was built from.

    By size and time alone for what the last build saw; nothing is written.
    """
    with closing(Content(folder.generations / manifest.generation / CONTENT)) as content:
        before = {(one.corpus, one.path): one.sha256 for one in content.files()}
        folders = content.folders()
    roots = [root_path(name) for name in manifest.corpora]
    missing = [root for root in roots if not root.exists()]
    if missing:
        return f"{missing[0]} is not there any more"
    scanned = scan(roots, BuildCache.peek(folder.cache))
    after = {file.key: file.sha256 for file in scanned.files}
    differing = sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())
    side = sum(hash_side_files(one.root) != dict(one.side_files) for one in folders)
    parts = [f"{differing} files changed"] if differing else []
    parts += ["side files changed"] if side else []
    return ", ".join(parts) or "nothing"
