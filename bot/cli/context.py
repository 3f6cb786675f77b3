"""What every command shares: the home, how much is said, and how errors end."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from bot.home import Home, find_home


class Exit(IntEnum):
    """Exit codes, an interface that scripts read."""

    FINE = 0
    FAILED = 1
    """The thing asked for failed or found something."""
    WRONG_USE = 2
    TRY_LATER = 3
    INTERRUPTED = 130


class WrongUse(Exception):
    """Arguments or input that cannot be used: says what, where and what to do."""


@dataclass(slots=True)
class Options:
    """The global options of this run."""

    home: Path | None = None
    quiet: bool = False
    debug: bool = False


options = Options()
"""Set once, by the main callback, before any command runs."""


def home() -> Home:
    """Return the home of this run."""
    return find_home(options.home)


def say(text: str) -> None:
    """Write a line of narration to stderr, unless --quiet."""
    if not options.quiet:
        sys.stderr.write(text + "\n")


def complain(text: str) -> None:
    """Write an error to stderr, quiet or not."""
    sys.stderr.write(f"mbc-chat: {text}\n")


def terminal_width() -> int | None:
    """Return the columns that text is wrapped to, at most 100; None where stdout is no terminal."""
    width = full_width()
    return min(width, 100) if width else None


def full_width() -> int | None:
    """Return the columns of the terminal; None where stdout is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def fitted(line: str, width: int | None) -> str:
    """Return a line cut to ``width`` columns, "…" for what was cut off; None leaves it whole."""
    return line if width is None or len(line) <= width else line[: width - 1] + "…"


def may_style() -> bool:
    """Return whether stdout is a terminal that shows bold text, and nobody asked for plain."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def put(text: str) -> None:
    """Write a line of the result to stdout."""
    sys.stdout.write(text + "\n")
