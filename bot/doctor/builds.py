"""Checks of what builds leave behind: who is building, unfinished folders, and the cache."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from bot.doctor.finding import Finding, note, ok, size
from bot.doctor.live import live_manifest
from bot.doctor.surroundings import Surroundings
from corpus.text import some_of
from index.cache import BuildCache

_HOLDER = re.compile(r"process (\d{1,9}) since (\S+)")


def check_lock(at: Surroundings) -> Finding:
    """Look whether a build is at work, or ended without finishing; the lock itself is not touched."""
    holder = _holder(at)
    if holder is None:
        return ok("No build is at work.")
    process, since = holder
    if _runs(process):
        return note(
            f"Process {process} has been building since {since}.",
            "Wait until that is done; if it is no build any more, the next one takes over.",
        )
    return note(
        f"A build by process {process}, begun {since}, ended without finishing; nothing is lost.",
        "Run `mbc-chat index build`; it goes on where that one stopped.",
    )


def check_leftovers(at: Surroundings) -> Finding:
    """Look for folders that an interrupted build left unfinished."""
    holder = _holder(at)
    if holder is not None and _runs(holder[0]):
        return ok("A build is at work, and its folder is not finished yet.")
    left = [str(path) for path in _unfinished(at)]
    if not left:
        return ok("No build left anything unfinished.")
    removes = "prune" if live_manifest(at) else "build"
    return note(
        f"A build that was interrupted left {some_of(left)}.",
        f"Run `mbc-chat index {removes}`; it removes that.",
    )


def check_cache(at: Surroundings) -> Finding:
    """Look whether the cache can be read that spares the next build its work."""
    files = sorted(at.home.index.cache.glob("*"))
    if not files:
        return ok("There is no build cache yet.")
    taken = size(sum(path.stat().st_size for path in files))
    counted = BuildCache.peek_counts(at.home.index.cache)
    if counted is None:
        return note(
            f"The build cache ({taken}) cannot be read; the next build does all of its work again.",
            "Run `mbc-chat index build`; it begins a new cache.",
        )
    return ok(f"The build cache holds {counted[0]} articles and {counted[1]} vectors in {taken}.")


def _holder(at: Surroundings) -> tuple[int, str] | None:
    """Return the process that said it is building, and since when; None if none did."""
    try:
        said = at.home.index.lock.with_suffix(".holder").read_text("utf-8")
    except FileNotFoundError:
        return None
    found = _HOLDER.match(said)
    return (int(found[1]), found[2]) if found else None


def _runs(process: int) -> bool:
    if os.name != "posix":  # elsewhere, signal 0 would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _unfinished(at: Surroundings) -> Iterator[Path]:
    for folder in (at.home.index.generations, at.home.index.encoders):
        yield from sorted(folder.glob("*.partial"))
