"""Building again whenever the corpus folders change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

QUIET_MS = 1_000
"""How long the folders must be still before a build begins: an editor writes in several steps."""


def changes_of(
    roots: Sequence[Path], stop: Event | None = None, quiet_ms: int = QUIET_MS
) -> Iterator[list[Path]]:
    """Yield the files that changed below ``roots`` since the last time, until ``stop`` is set.

    The first time comes as soon as the watch is up, if need be with nothing: what changed just before
    is for the caller to find.
    """
    tops = [root if root.is_dir() else root.parent for root in roots]
    is_up = False
    for changed in watch(
        *tops,
        watch_filter=_concerns(roots),
        debounce=quiet_ms * 10,
        step=quiet_ms,
        stop_event=stop,
        rust_timeout=quiet_ms,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        if changed or not is_up:
            is_up = True
            yield sorted({Path(path) for _, path in changed})


def _concerns(roots: Iterable[Path]) -> Callable[[Change, str], bool]:
    """Return what tells whether a changed file can matter: all but hidden ones."""
    files = {root.absolute() for root in roots if not root.is_dir()}
    folders = [root.absolute() for root in roots if root.is_dir()]

    def concerns(_: Change, name: str) -> bool:
        path = Path(name)
        if path in files:
            return True
        below = (path.relative_to(folder) for folder in folders if path.is_relative_to(folder))
        return any(
            not any(part.startswith(".") for part in one.parts) and path.suffix != ".tmp" for one in below
        )

    return concerns
