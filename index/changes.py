"""What differs between the live index and the corpus folders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from corpus.article import ArticleError
from index.files import FileKey, IndexedFile


@dataclass(frozen=True, slots=True)
class Renamed:
    """A file that was moved without a change of its bytes."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference by file, each named once; paths are relative to their corpus's root."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    side_files: tuple[str, ...] = ()
    """Files beside the articles (settings, facts and the like) that changed."""
    settings: bool = False
    """Whether the model, a setting or the list of folders is another one."""
    failed: tuple[ArticleError, ...] = ()
    newly_failed: bool = False
    """Whether a failure is another one than the live index knows."""

    @property
    def any(self) -> bool:
        """Whether a new generation is needed. Files that failed before and fail again need none."""
        named = self.added or self.changed or self.renamed or self.removed or self.side_files
        return bool(named or self.settings or self.newly_failed)

    def as_plain(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "added": list(self.added),
            "changed": list(self.changed),
            "renamed": [{"from": pair.before, "to": pair.after} for pair in self.renamed],
            "removed": list(self.removed),
            "unchanged": self.unchanged,
            "side_files": list(self.side_files),
            "settings_changed": self.settings,
            "failed": [
                {"file": error.path, "line": error.line, "problem": error.problem, "mend": error.mend}
                for error in self.failed
            ],
        }


def compare_files(
    before: Iterable[IndexedFile], after: Iterable[IndexedFile], unread: Set[FileKey] = frozenset()
) -> Changes:
    """Compare what the live generation remembers of its files with what was read now.

    A file with the same bytes counts as changed if it was read into another article than before, or
    into one at last. A file that fails, or is there and ``unread``, is in no list: why is for the caller
    to tell.
    """
    old = {(one.corpus, one.path): one for one in before}
    new = {(one.corpus, one.path): one for one in after}
    failing = {key for key, one in new.items() if one.failure}
    both = old.keys() & new.keys()
    changed = {key for key in both if _content(old[key]) != _content(new[key])}
    added, removed = new.keys() - both, old.keys() - both
    renamed, gone, came = _pair(
        {key: old[key].sha256 for key in removed - unread}, {key: new[key].sha256 for key in added - failing}
    )
    return Changes(
        added=_paths(came),
        changed=_paths(changed - failing),
        renamed=tuple(renamed),
        removed=_paths(gone),
        unchanged=len(both - changed - failing),
        newly_failed=bool((added | changed) & failing or removed & unread),
    )


def _content(file: IndexedFile) -> tuple[str, str | None]:
    return file.sha256, file.article


def _pair(
    gone: Mapping[FileKey, str], new: Mapping[FileKey, str]
) -> tuple[list[Renamed], dict[FileKey, str], dict[FileKey, str]]:
    """Pair files that went with files that came where the bytes are the same."""
    by_hash: defaultdict[str, list[FileKey]] = defaultdict(list)
    for key in sorted(gone):
        by_hash[gone[key]].append(key)
    pairs = [(by_hash[new[key]].pop(0), key) for key in sorted(new) if by_hash[new[key]]]
    left, came = {old for old, _ in pairs}, {fresh for _, fresh in pairs}
    return (
        [Renamed(old[1], fresh[1]) for old, fresh in pairs],
        {key: sha for key, sha in gone.items() if key not in left},
        {key: sha for key, sha in new.items() if key not in came},
    )


def _paths(keys: Iterable[FileKey]) -> tuple[str, ...]:
    return tuple(path for _, path in sorted(keys))


def summary(changes: Changes, most: int = 10) -> list[str]:
    """Return the report as lines for a reader, long lists cut after ``most`` with their count."""
    lines = []
    for title, paths in (
        ("added", changes.added),
        ("changed", changes.changed),
        ("renamed", tuple(f"{pair.before} -> {pair.after}" for pair in changes.renamed)),
        ("removed", changes.removed),
        ("side files", changes.side_files),
        ("failed", tuple(str(error) for error in changes.failed)),
    ):
        if paths:
            shown = [f"  {path}" for path in paths[:most]]
            rest = len(paths) - len(shown)
            lines += [f"{len(paths)} {title}", *shown, *([f"  and {rest} more"] if rest else [])]
    if changes.settings:
        lines.append("the model, the settings or the folders are not those of the live index")
    return [*lines, f"{changes.unchanged} unchanged"]
