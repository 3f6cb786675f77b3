"""The line that says how things stand: offline, private, how fresh, which index."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static

from bot.actions import Keys
from bot.tui.articles import Articles, Readiness
from bot.tui.text import plain
from index.progress import Progress

GENERATION_CHARACTERS = 8


class StatusLine(Static):
    """What is going on, offline, private, the articles' freshness, the generation's short id."""

    def __init__(
        self, articles: Articles, keys: Keys, *, private: bool, freshness: Callable[[], str]
    ) -> None:
        super().__init__(markup=False, id="status")
        self._articles = articles
        self._keys = keys
        self._private = private
        self._read_freshness = freshness
        self._freshness = freshness()
        self._answering = False
        self._progress: Progress | None = None
        self._unsaved = False

    def on_mount(self) -> None:
        """Show how things stand at the start."""
        self.tell()

    def tell(self, *, fresh: bool = False) -> None:
        """Show how things stand; with ``fresh``, read anew how old the index is."""
        if fresh:
            self._freshness = self._read_freshness()
        facts = plain(f" · {' · '.join(self._facts())}", "$quiet")
        self.update(self._now() + self._trouble() + self._changes() + facts)

    def answering(self, answering: bool) -> None:
        """Say whether a reply is being computed."""
        self._answering = answering
        self.tell()

    def saved(self, saved: bool, /) -> None:
        """Say whether what was said could be saved."""
        self._unsaved = not saved
        self.tell()

    def rebuilding(self, progress: Progress | None) -> None:
        """Say how far a rebuild beside the talk is."""
        self._progress = progress
        self.tell()

    def _now(self) -> Content:
        readiness = self._articles.readiness
        if readiness is Readiness.FAILED:
            return plain(f"○ {readiness.value}: {self._keys.words('retry')}", "$warning")
        if self._answering:
            return plain("○ answering", "$accent")
        if self._articles.rebuilding:
            return plain(f"○ rebuilding{_share(self._progress)}", "$accent")
        return plain(f"{'●' if readiness is Readiness.READY else '○'} {readiness.value}", "$accent")

    def _facts(self) -> list[str]:
        generation = self._articles.generation
        facts = [
            "offline",
            self._privacy(),
            self._freshness,
            f"index {generation[:GENERATION_CHARACTERS]}" if generation else "",
        ]
        return [fact for fact in facts if fact]

    def _privacy(self) -> str:
        if self._private:
            return "private, nothing saved"
        return "" if self._unsaved else "kept on this computer"

    def _trouble(self) -> Content:
        if not self._unsaved:
            return Content()
        return plain(f" · not saved: {self._keys.words('retry')} says why", "$warning")

    def _changes(self) -> Content:
        if not self._articles.changes or self._articles.rebuilding:
            return Content()
        return plain(f" · {self._articles.changes}: {self._keys.words('rebuild')} rebuilds", "$warning")


def _share(progress: Progress | None) -> str:
    return f" {100 * progress.done // progress.total} %" if progress and progress.total else ""
