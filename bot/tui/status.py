"""The line that says how things stand: offline, private, how fresh, which index."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from textual.widgets import Static

from bot.tui.text import plain

GENERATION_CHARACTERS = 8


class Readiness(Enum):
    """How far the articles are, in the reader's words."""

    OPENING = "opening the articles"
    BUILDING = "preparing the articles"
    READY = "ready"
    FAILED = "articles not open: F9"


class StatusLine(Static):
    """Offline, private, the articles' freshness, the generation's short id, and what is going on."""

    def __init__(self, *, private: bool, freshness: Callable[[], str]) -> None:
        super().__init__(markup=False, id="status")
        self._private = private
        self._read_freshness = freshness
        self._freshness = freshness()
        self.readiness = Readiness.OPENING
        self._generation: str | None = None
        self._answering = False

    def on_mount(self) -> None:
        """Show how things stand at the start."""
        self._tell()

    def ready(self, readiness: Readiness, generation: str | None = None) -> None:
        """Say how far the articles are."""
        self.readiness = readiness
        self._freshness = self._read_freshness()
        self._generation = generation
        self._tell()

    def answering(self, answering: bool) -> None:
        """Say whether a reply is being computed."""
        self._answering = answering
        self._tell()

    def _tell(self) -> None:
        facts = [
            "offline",
            "private, nothing saved" if self._private else "kept on this computer",
            self._freshness,
        ]
        if self._generation:
            facts.append(f"index {self._generation[:GENERATION_CHARACTERS]}")
        state = "answering" if self._answering else self.readiness.value
        mark = "●" if self.readiness is Readiness.READY and not self._answering else "○"
        style = "$warning" if self.readiness is Readiness.FAILED else "$accent"
        words = " · ".join(fact for fact in facts if fact)
        self.update(plain(f"{mark} {state}", style) + plain(f" · {words}", "$quiet"))
