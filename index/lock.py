"""One builder at a time: a lock that the operating system frees with its process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from index.errors import BuildFailed, IndexLocked
from index.generation import IndexFolder


@contextmanager
def builder_lock(folder: IndexFolder) -> Iterator[None]:
    """Hold the index for writing. Raises IndexLocked, saying who has it since when, or BuildFailed."""
    lock = FileLock(folder.lock, timeout=0)
    try:
        folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire()
    except Timeout as error:
        raise IndexLocked(
            f"the index is locked by {_holder(folder)}", where=folder.lock, mend="Wait until that is done."
        ) from error
    except OSError as error:
        raise BuildFailed(
            f"the index cannot be written ({error.strerror or error})",
            where=folder.path,
            mend="Check the folder's permissions, or give another home with --home.",
        ) from error
    holder = folder.lock.with_suffix(".holder")
    try:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        holder.write_text(f"process {os.getpid()} since {since}\n", "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _holder(folder: IndexFolder) -> str:
    try:
        return folder.lock.with_suffix(".holder").read_text("utf-8").strip() or "another process"
    except (OSError, UnicodeDecodeError):
        return "another process"
