"""The files of stored conversations: appending so that nothing is ever half there, and reading safely.

Every change holds one lock of the folder for the moment that it takes: repairing a torn end and
numbering a turn both read before they write, which appending alone would not protect.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.conversations.errors import ConversationProblem, NoSuchConversation, NotSaved
from bot.conversations.ids import is_id
from index.generation import sync_folder

ENDING = ".jsonl"
_LOCK = ".lock"
_LOCK_SECONDS = 5.0
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Never through a link, and never waiting for a pipe."""


def ids_in(folder: Path) -> list[str]:
    """Return the ids of the conversations in a folder, oldest first; anything else there is passed over.

    Raises ConversationProblem if the folder cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ConversationProblem(
            f"{folder}: the conversations cannot be read ({error.strerror or error}). "
            "`mbc-chat doctor` says what is wrong with the folder."
        ) from error
    stems = (name.removesuffix(ENDING) for name in names if name.endswith(ENDING))
    return sorted(stem for stem in stems if is_id(stem))


def read_bytes(path: Path) -> bytes:
    """Return all of a conversation's file. Raises ConversationProblem if it is no file of ours."""
    try:
        handle = _open(path, os.O_RDONLY)
    except OSError as error:
        raise _unreadable(path, error) from error
    with os.fdopen(handle, "rb") as file:
        return file.read()


def create(path: Path, lines: bytes) -> None:
    """Make a new file that holds ``lines``, on disk when this returns. Raises NotSaved."""
    with _saving(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(path.parent):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFELY, 0o600)
            try:
                _write(handle, lines)
            except OSError:
                path.unlink(missing_ok=True)
                raise
            finally:
                os.close(handle)
            sync_folder(path.parent)


def append(path: Path, make_line: Callable[[bytes], bytes]) -> None:
    """Add the line that ``make_line`` makes of what the file holds; it is on disk when this returns.

    A torn last line stays as it is, and the new one does not begin on it. Where the disk is full, the
    file is cut back to what it was. Raises NotSaved, and what ``make_line`` raises.
    """
    with _saving(path), locked(path.parent):
        handle = _open(path, os.O_RDWR | os.O_APPEND)
        try:
            data = _all(handle)
            line = make_line(data)
            if data and not data.endswith(b"\n"):
                line = b"\n" + line
            try:
                _write(handle, line)
            except OSError:
                os.ftruncate(handle, len(data))
                raise
        finally:
            os.close(handle)


def remove(path: Path) -> None:
    """Remove a file, or a link of that name and never what it points to. Raises NotSaved."""
    with _saving(path, "deleted"), locked(path.parent):
        path.unlink()
        sync_folder(path.parent)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other programs from changing the folder. Raises NotSaved if another one does so for long."""
    from filelock import FileLock, Timeout

    lock = folder / _LOCK
    if lock.is_symlink():
        raise NotSaved(f"{lock} is a link, which this program never makes. Remove it.")
    try:
        with FileLock(lock, timeout=_LOCK_SECONDS, mode=0o600):
            yield
    except Timeout as error:
        raise NotSaved(f"{folder}: another program is writing there. Try again in a moment.") from error


@contextmanager
def _saving(path: Path, done: str = "saved") -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotSaved(f"{path}: there is no such conversation any more; was it deleted?") from error
    except OSError as error:
        raise NotSaved(
            f"{path}: this could not be {done} ({error.strerror or error}). "
            "Free some space, or see `mbc-chat doctor`."
        ) from error


def _open(path: Path, flags: int) -> int:
    """Open an ordinary file. Raises OSError for anything else that has its name."""
    handle = os.open(path, flags | _SAFELY)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("it is no ordinary file")
    return handle


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.fsync(handle)


def _all(handle: int) -> bytes:
    with os.fdopen(handle, "rb", closefd=False) as file:
        return file.read()


def _unreadable(path: Path, error: OSError) -> ConversationProblem:
    if isinstance(error, FileNotFoundError):
        return NoSuchConversation(
            f"{path}: there is no such conversation. See `mbc-chat conversations list`."
        )
    return ConversationProblem(f"{path}: this conversation cannot be read ({error.strerror or error}).")
