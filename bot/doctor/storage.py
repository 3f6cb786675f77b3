"""Checks of the home: whether it can be used, who else can read it, its settings, and the room left."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.config import ConfigProblem
from bot.doctor.finding import Finding, note, ok, problem, size
from bot.doctor.live import live_manifest
from bot.doctor.surroundings import Surroundings
from corpus.text import some_of

BUILD_BYTES = 300_000_000
"""What a first build of a few hundred articles writes: the exported encoder (90 MB) while its
predecessor is kept, the cache, and room for SQLite and the word index to work in."""

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_home(at: Surroundings) -> Finding:
    """Look whether the home can be read and written to."""
    home = at.home.path
    if not os.path.lexists(home):
        return _check_future_home(at)
    if not home.is_dir():
        return problem(f"{home} is not a folder.", "Move it away, or give another home with --home.")
    unreadable = [str(path) for path in _entries(home) if not at.may(path, _reading(path))]
    if unreadable:
        return problem(
            f"You may not read {some_of(unreadable)}.",
            f"Run `sudo chown -R $(id -u) {_quoted(home)}`, or give another home with --home.",
        )
    fixed = [str(path) for path in _entries(home) if path.is_dir() and not at.may(path, os.W_OK)]
    if fixed:
        return note(
            f"You may not write to {some_of(fixed)}: reading works, and building does not.",
            f"To build, run `chmod -R u+w {_quoted(home)}`, or give another home with --home.",
        )
    return ok(f"The home is {home}.")


def check_permissions(at: Surroundings) -> Finding:
    """Look whether the home is closed to everybody else."""
    home = at.home.path
    if os.name != "posix" or not home.is_dir():
        return ok("There is nothing here yet that others could read.")
    open_to_others = [str(path) for path in _entries(home) if path.stat().st_mode & _OTHERS]
    if not open_to_others:
        return ok("Only you can read the home.")
    return note(
        f"Others on this machine have rights to {some_of(open_to_others)}.",
        f"Run `chmod -R go-rwx {_quoted(home)}`.",
    )


def check_config(at: Surroundings) -> Finding:
    """Read ``config.toml``."""
    path = at.home.path / "config.toml"
    try:
        config = at.home.config()
    except ConfigProblem as error:
        return problem(str(error), f"Edit {path}, or remove it.")
    if not path.exists():
        return ok("There is no config.toml; everything is as it comes.")
    return ok(f"config.toml is valid; country: {config.country or 'not given'}.")


def check_space(at: Surroundings) -> Finding:
    """Look whether there is room for a build."""
    manifest = live_manifest(at)
    written = sum(entry.bytes for entry in manifest.files.values()) if manifest else 0
    # A build writes a generation beside the live one, and a full one as much again to the cache.
    needed = BUILD_BYTES + 2 * written
    free = at.free_bytes(at.home.path)
    found = f"{size(free)} are free, and a build needs up to {size(needed)}."
    if free >= needed:
        return ok(found)
    return problem(found, "Free some space, or give a home on another disk with --home.")


def _check_future_home(at: Surroundings) -> Finding:
    home = at.home.path
    above = next(path for path in home.parents if path.exists())
    if above.is_dir() and at.may(above, os.W_OK | os.X_OK):
        return note(f"There is no {home} yet.", "Run `mbc-chat index build`; it makes the folder.")
    return problem(
        f"There is no {home}, and it cannot be made in {above}.",
        "Give another home with --home or MBC_CHAT_HOME.",
    )


def _entries(home: Path) -> Iterator[Path]:
    """Yield the home and everything in it, links left out."""
    yield home
    for folder, folders, files in os.walk(home):
        for name in sorted((*folders, *files)):
            path = Path(folder, name)
            if not path.is_symlink():
                yield path


def _reading(path: Path) -> int:
    return os.R_OK | os.X_OK if path.is_dir() else os.R_OK


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
