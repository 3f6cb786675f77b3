"""What the other checks need of the live index; what is wrong with it is for one check alone to say."""

from __future__ import annotations

from bot.doctor.finding import Finding, note
from bot.doctor.surroundings import Surroundings
from index.errors import IndexProblem
from index.generation import Manifest, check_sizes, read_manifest


def complete_generation(at: Surroundings) -> Manifest:
    """Return the manifest of the live generation. Raises IndexProblem if a file of it is not there whole."""
    folder = at.home.index
    path = folder.generations / folder.live()
    manifest = read_manifest(path)
    check_sizes(path, manifest)
    return manifest


def live_manifest(at: Surroundings) -> Manifest | None:
    """Return the manifest of the live generation, or None if that is not complete."""
    try:
        return complete_generation(at)
    except IndexProblem:
        return None


def not_looked_at() -> Finding:
    """Return what a check says that needs the index, where there is none to look at."""
    return note("Not looked at, for want of a complete index.")
