"""What the checks look at: everything that is not in the home comes in as a value."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from shutil import disk_usage

from bot.home import Home
from index.encoder import QueryEncoder


@dataclass(frozen=True, slots=True)
class Package:
    """What the installed package asks for."""

    requires_python: str
    requirements: tuple[str, ...]
    """As the package's metadata gives them, such as "numpy>=1.26"."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the output goes."""

    is_terminal: bool
    columns: int
    rows: int
    encoding: str
    """How text is written."""
    locale_encoding: str
    """How the terminal reads it, as the locale says."""
    variables: Mapping[str, str]


def free_bytes(folder: Path) -> int:
    """Return how much may be written to the disk that ``folder`` is, or will be, on."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return disk_usage(there).free


def version_of(package: str) -> str | None:
    """Return the version of an installed package, or None if it is not there; it is not imported."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def installed_package(name: str = "mbc-chat") -> Package | None:
    """Return what the package asks for, or None if it is not installed as a package."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None
    return Package(found.metadata["Requires-Python"] or "", tuple(found.requires or ()))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything that the checks look at."""

    home: Home
    today: date
    python: str
    """Version of the running Python, such as "3.11.9"."""
    package: Package | None
    terminal: Terminal
    encoder: QueryEncoder | None = None
    """In the place of the exported one."""
    version_of: Callable[[str], str | None] = version_of
    free_bytes: Callable[[Path], int] = free_bytes
    may: Callable[[Path, int], bool] = os.access
    """Whether a path may be used in a way, as ``os.access`` says it."""
