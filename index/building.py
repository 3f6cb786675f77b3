"""What a build may be told, the steps it goes through, and what it says of itself afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.article import ArticleError
from index.changes import Changes
from index.vectors import EXACT_UP_TO

KEPT_GENERATIONS = 2
"""Earlier generations that stay for going back."""


class BuildStep(StrEnum):
    """The steps of a build, in order, for whoever wants to stop it at one of them."""

    LOCKED = "locked"
    SCANNED = "scanned"
    READ = "read"
    ENCODED = "encoded"
    CONTENT_WRITTEN = "content-written"
    WORDS_WRITTEN = "words-written"
    VECTORS_WRITTEN = "vectors-written"
    EXPORTED = "exported"
    SEALED = "sealed"
    MOVED = "moved"
    SWITCHED = "switched"
    PRUNED = "pruned"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build may be told besides where the articles are."""

    identity: str = ""
    """Names the model's files without loading it; with it, a build that finds nothing new loads nothing."""
    full: bool = False
    """Forget what earlier builds worked out, and do it all again."""
    hold_back: bool = False
    """Leave the live index alone while a file that it holds cannot be read."""
    keep: int = KEPT_GENERATIONS
    exact_up_to: int = EXACT_UP_TO


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build found and made."""

    generation: str
    """The live generation now."""
    built: bool
    """Whether it is a new one; if not, nothing had changed, or the build was held back."""
    changes: Changes
    articles: int
    passages: int
    sentences: int
    encoded: int = 0
    """Texts that went through the encoder; the others' vectors were known."""
    cut: int = 0
    """Passages longer than the encoder reads: their ends are not in their vectors."""
    withdrawn: tuple[str, ...] = ()
    """Ids of articles that are marked as withdrawn and stay out."""

    @property
    def failures(self) -> tuple[ArticleError, ...]:
        """Files that could not be read; the others are in the index."""
        return self.changes.failed
