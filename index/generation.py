"""Generations on disk: immutable folders, a manifest written last, and one atomic pointer to the live one."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import IndexBroken, IndexForeign, IndexMissing, IndexProblem
from index.files import root_path
from index.hashing import sha256_of

SCHEMA = 4
"""Of the generation's layout on disk. A reader refuses a newer one."""

CONTENT = "content.sqlite"
WORDS = "words"
VECTORS = "vectors.faiss"
SENTENCE_VECTORS = "sentences.f32"
KEY_VECTORS = "keys.f32"
MANIFEST = "manifest.json"

HASHED_UP_TO = 64_000_000
"""Bytes of a file up to which it is hashed whenever an index is opened; larger ones only by ``verify``."""

_NAME = re.compile(r"^\d{6}-[0-9a-f]{12}$")
_REBUILD = "Run `mbc-chat index build --full`."


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Size and hash of one file of a generation."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of."""

    schema: int
    generation: str
    fingerprint: str
    """Hash of everything that shapes a vector or a passage."""
    encoder: str
    """Fingerprint of the encoder, and the name of its folder under ``encoders/``."""
    identity: str
    """Names the model's files, so that another model under the same name is noticed; may be empty."""
    model: str
    dim: int
    content_sha256: str
    """Hash over the articles: two generations with the same content carry the same one."""
    built: str
    """Day and time of the build, UTC, ISO."""
    articles: int
    passages: int
    sentences: int
    keys: int
    """Headings and other ways to ask that lead to a section."""
    corpora: tuple[str, ...]
    vectors: Mapping[str, float]
    """How the passage vectors are laid out (``VectorLayout``)."""
    files: Mapping[str, FileEntry]


@dataclass(frozen=True, slots=True)
class Origin:
    """What an index was built from and with, whichever version built it."""

    corpora: tuple[Path, ...]
    model: str


class IndexFolder:
    """The ``index/`` folder of a home."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def generations(self) -> Path:
        """Where the generations are."""
        return self.path / "generations"

    @property
    def cache(self) -> Path:
        """Where earlier builds keep what they worked out."""
        return self.path / "cache"

    @property
    def encoders(self) -> Path:
        """Where exported encoders are."""
        return self.path / "encoders"

    @property
    def lock(self) -> Path:
        """Held by the one builder at a time."""
        return self.path / "build.lock"

    def encoder(self, fingerprint: str) -> Path:
        """Return the folder of an exported encoder."""
        return self.encoders / fingerprint

    def live(self) -> str:
        """Return the name of the live generation.

        Raises IndexMissing if there is none, IndexBroken if CURRENT does not name one.
        """
        current = self.path / "CURRENT"
        try:
            name = current.read_text("utf-8").strip()
        except FileNotFoundError as error:
            raise IndexMissing(
                "there is no index yet", where=self.path, mend="Run `mbc-chat index build`."
            ) from error
        except (OSError, UnicodeDecodeError) as error:
            raise IndexBroken("CURRENT cannot be read", where=current, mend=_REBUILD) from error
        if not _NAME.match(name) or not (self.generations / name).is_dir():
            raise IndexBroken("CURRENT does not name a generation", where=current, mend=_REBUILD)
        return name

    def origin(self) -> Origin | None:
        """Return what the live generation was built from, or the newest that can tell; None without any.

        Raises IndexBroken if there are generations and none of them can tell.
        """
        names = self.names()
        if not names:
            return None
        with suppress(IndexProblem):
            names.append(self.live())
        for name in reversed(names):
            if found := _read_origin(self.generations / name / MANIFEST):
                return found
        raise IndexBroken(
            "no generation can tell which articles it was built from",
            where=self.generations,
            mend="Run `mbc-chat index build --corpus FOLDER`.",
        )

    def names(self) -> list[str]:
        """Return the names of all complete generations, oldest first."""
        if not self.generations.is_dir():
            return []
        found = (path.name for path in self.generations.iterdir() if (path / MANIFEST).is_file())
        return sorted(name for name in found if _NAME.match(name))

    def next_name(self, content_sha256: str) -> str:
        """Return the name for a new generation: a running number and the start of the content's hash."""
        taken = [path.name for path in self.generations.glob("[0-9]*")] if self.generations.is_dir() else []
        numbers = [int(name[:6]) for name in taken if name[:6].isdigit()]
        return f"{max(numbers, default=0) + 1:06d}-{content_sha256[:12]}"

    def switch(self, name: str) -> None:
        """Make ``name`` the live generation, with one atomic rename."""
        pending = self.path / "CURRENT.new"
        with pending.open("w", encoding="utf-8") as file:
            file.write(name + "\n")
            file.flush()
            os.fsync(file.fileno())
        pending.replace(self.path / "CURRENT")
        sync_folder(self.path)

    def prune(self, keep: int) -> list[str]:
        """Remove all but the live generation and the ``keep`` newest others; return what was removed."""
        live = self.live()
        others = [name for name in self.names() if name != live]
        removed = others[: max(0, len(others) - keep)]
        for name in removed:
            shutil.rmtree(self.generations / name)
        return removed


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest and flush it to disk; its presence says that the generation is complete."""
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, indent=1, sort_keys=True)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)


def _read_origin(path: Path) -> Origin | None:
    try:
        values = json.loads(path.read_text("utf-8"))
        return Origin(tuple(root_path(name) for name in values["corpora"]), str(values["model"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest. Raises IndexBroken or, for another schema, IndexForeign."""
    path = folder / MANIFEST
    try:
        values: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if values["schema"] != SCHEMA:
            raise _foreign_schema(path, int(values["schema"]))
        values["files"] = {name: FileEntry(**entry) for name, entry in values["files"].items()}
        values["corpora"] = tuple(values["corpora"])
        manifest = Manifest(**values)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IndexBroken("the manifest cannot be read", where=path, mend=_REBUILD) from error
    if manifest.generation != folder.name:
        raise IndexBroken("the manifest is that of another generation", where=path, mend=_REBUILD)
    return manifest


def _foreign_schema(path: Path, schema: int) -> IndexForeign:
    problem = f"the index has schema {schema}, and this version reads {SCHEMA}"
    if schema > SCHEMA:
        return IndexForeign(problem, where=path, mend=f"Update mbc-chat, or: {_REBUILD}")
    return IndexForeign(problem, where=path, mend=_REBUILD)


def list_files(folder: Path) -> dict[str, FileEntry]:
    """Return size and hash of every file of a generation but the manifest, all flushed to disk."""
    entries = {}
    for below in (path for path in folder.rglob("*") if path.is_dir()):
        sync_folder(below)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST and not path.name.endswith(".lock"):
            with path.open("rb") as file:
                os.fsync(file.fileno())
            name = path.relative_to(folder).as_posix()
            entries[name] = FileEntry(path.stat().st_size, sha256_of(path))
    return entries


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """Raise IndexBroken unless every file is there with the size that the manifest says."""
    for name, entry in manifest.files.items():
        path = folder / name
        try:
            size = path.stat().st_size
        except OSError as error:
            raise IndexBroken("a file of the index is missing", where=path, mend=_REBUILD) from error
        if size != entry.bytes:
            problem = f"a file of the index has {size} bytes instead of {entry.bytes}"
            raise IndexBroken(problem, where=path, mend=_REBUILD)


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raise IndexBroken unless every file is there in its size, and all but the largest byte for byte.

    Comes before any native reader, which a damaged file can bring to end the process or to read
    other words than were written.
    """
    check_sizes(folder, manifest)
    hashed = [name for name, entry in manifest.files.items() if entry.bytes <= HASHED_UP_TO]
    problems = check_hashes(folder, manifest, hashed) if hashed else []
    if problems:
        raise IndexBroken(f"a file of the index is damaged: {problems[0]}", where=folder, mend=_REBUILD)


def check_hashes(folder: Path, manifest: Manifest, names: Iterable[str] = ()) -> list[str]:
    """Hash the files ``names`` of a generation again, else all; return what differs from the manifest."""
    problems = []
    for name in tuple(names) or manifest.files:
        try:
            same = sha256_of(folder / name) == manifest.files[name].sha256
        except OSError as error:
            problems.append(f"{name} cannot be read ({error.strerror or error})")
            continue
        if not same:
            problems.append(f"{name} is not the file that was written")
    return problems


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
