"""What the eval needs of the thing it measures, so that a test can pass a small one of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.conversation import Conversation
from bot.reply import Citation, Reply


class SourceText(Protocol):
    """The text behind a citation."""

    @property
    def article_text(self) -> str:
        """The whole reading text of the cited article."""


class Assistant(Protocol):
    """The one door to an answer."""

    def reply(self, conversation: Conversation, text: str, /) -> Reply:
        """Answer ``text``; the turn is not added to the conversation."""

    def source(self, citation: Citation, /) -> SourceText:
        """Return the text behind a citation."""


class FoundPassage(Protocol):
    """A passage as far as its name: ``article#section/k``."""

    @property
    def id(self) -> str:
        """The passage's id."""


class Found(Protocol):
    """One hit of a search."""

    @property
    def passage(self) -> FoundPassage:
        """The passage that was found."""

    @property
    def score(self) -> float:
        """How well it fits; more is better."""


class Searcher(Protocol):
    """The search alone, without choosing sentences."""

    def search(self, question: str, k: int, /) -> Sequence[Found]:
        """Return the ``k`` best passages."""


def _nothing() -> dict[str, str]:
    return {}


def _yes() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything that is measured in one run."""

    assistant: Assistant
    searcher: Searcher
    sections: Collection[str]
    """The ids of all indexed sections, ``article#section``."""
    content_sha256: str | None = None
    """Hash over the indexed articles, the same for every index of the same content."""
    generation: str | None = None
    section_sha256: Mapping[str, str] = field(default_factory=dict)
    """Hash of the text of each indexed section."""
    sections_on_disk: Callable[[], Mapping[str, str]] = _nothing
    """Reads the same from the files that the index was built from; what cannot be read is left out."""
    rules: Collection[str] = ()
    """The ids of all rules of the safety layer that can lead a reply."""
    is_fp32: Callable[[], bool] = _yes
    """Tells whether the stored vectors are those of the encoder in fp32."""
    index_bytes: int | None = None
