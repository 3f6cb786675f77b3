"""How old the index of a home is, and whether its articles have changed since. Light on imports."""

from __future__ import annotations

from bot.home import Home
from index.errors import IndexProblem
from index.generation import read_manifest


def freshness_of(home: Home) -> str:
    """Return a word on how old the index is; empty without one."""
    try:
        manifest = read_manifest(home.index.generations / home.index.live())
    except IndexProblem:
        return ""
    return f"{manifest.articles} articles, index of {manifest.built[:10]}"


def live_generation(home: Home) -> str | None:
    """Return the name of the live generation; None where that cannot be told."""
    try:
        return home.index.live()
    except IndexProblem:
        return None


def changes_since(home: Home) -> str:
    """Say, for the reader, that the articles' files differ from the index; empty where they do not.

    Looks at every file of the corpora: fast, but not for before the first paint.
    """
    from index.live import waiting_changes

    try:
        manifest = read_manifest(home.index.generations / home.index.live())
        changes = waiting_changes(home.index, manifest)
    except IndexProblem:
        return ""
    if not changes.any:
        return ""
    return changes.words if changes.missing else "articles changed"
