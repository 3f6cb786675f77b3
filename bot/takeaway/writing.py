"""Writing what a person takes along: whole or not at all, and for their eyes alone."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


class NotWritten(Exception):
    """A file that could not be written: says what, where and what to do; what was there is as it was."""


def write_file(path: Path, text: str, *, force: bool = False) -> None:
    """Write ``text`` to a new file that only its owner can read, in one step.

    With ``force`` a file that is there is replaced. Raises NotWritten.
    """
    path = path.expanduser()
    pending = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        try:
            _write(pending, text)
            _put(pending, path, force=force)
        finally:
            with suppress(FileNotFoundError):
                pending.unlink()
    except FileExistsError as error:
        raise NotWritten(f"{path} is there already. Give another name, or --force to replace it.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise NotWritten(
            f"{path} cannot be written ({reason or error}). Check that its folder is there and yours."
        ) from error


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _put(pending: Path, path: Path, *, force: bool) -> None:
    """Give a finished file its name. Raises FileExistsError where there is one and no ``force``."""
    if force:
        pending.replace(path)
        return
    try:
        os.link(pending, path)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no links; there the name is taken first, and only then replaced.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        pending.replace(path)
