"""The articles behind the talk: opened, built, and changed for newer ones between two turns."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from bot.engine import Engine, source_as_quoted
from bot.reply import Citation, Reply, SourceView
from bot.tui.backing import Backing
from bot.tui.events import Built, ChangesFound, Looked, Opened
from bot.tui.jobs import Job, Jobs
from index.progress import Report


class Readiness(StrEnum):
    """How far the articles are, in the reader's words."""

    OPENING = "opening the articles"
    BUILDING = "preparing the articles"
    READY = "ready"
    FAILED = "articles not open"


class Articles:
    """Which engine answers. Only the screen's handlers use it, but for ``source``, which threads call."""

    def __init__(self, backing: Backing, jobs: Jobs) -> None:
        self._backing = backing
        self._jobs = jobs
        self._needs_build = backing.needs_build
        self._next: Engine | None = None
        self._tried: str | None = None
        self._opening = False
        self.engine: Engine | None = None
        """Answers; None until the articles are open, the early one if they cannot be."""
        self.readiness = Readiness.OPENING
        self.rebuilding = False
        self._rebuilt = False
        self.changes = ""
        """How the articles' files differ from the index."""

    @property
    def early(self) -> Engine:
        """The engine that works without an index."""
        return self._backing.early_engine

    @property
    def generation(self) -> str | None:
        """Id of the generation that answers."""
        return self.engine.generation if self.engine else None

    def open(self, report: Report, *, build: bool = False) -> None:
        """Open the articles, built first where there are none yet or ``build`` asks for it."""
        self._needs_build = self._needs_build or build
        if self._needs_build:
            self.readiness = Readiness.BUILDING
            self._jobs.start(Job.BUILD, partial(self._backing.build, report), lambda _: Built())
        else:
            self.readiness = Readiness.OPENING
            self._open()

    def rebuild(self, report: Report) -> bool:
        """Build beside the talk; False if a build or an opening is under way already."""
        if self.rebuilding or self._opening or self.readiness is not Readiness.READY:
            return False
        self.rebuilding = True
        self._jobs.start(Job.BUILD, partial(self._backing.build, report), lambda _: Built())
        return True

    def built(self, report: Report) -> None:
        """Open what was built; what is the same as before stays open."""
        if self.rebuilding:
            self.rebuilding = False
            self._rebuilt = True
            self._tried = None
            self.look()
            self.look_for_changes()
        else:
            self._needs_build = False
            self.open(report)

    def opened(self, engine: Engine) -> bool:
        """Take an engine in; one that follows another waits for ``take_next``.

        True if it has another generation than the one before.
        """
        self._opening = False
        if self.readiness is Readiness.READY:
            self._next = engine
            return engine.generation != self.generation
        self.engine, self.readiness = engine, Readiness.READY
        self.look_for_changes()
        return False

    def take_next(self) -> bool:
        """Let the newer engine answer from now on; False if there is none. To be called between turns."""
        if self._next is None:
            return False
        self.engine, self._next = self._next, None
        self.look_for_changes()
        return True

    def failed(self) -> bool:
        """Note that building or opening failed; True if an earlier engine answers all the same."""
        if self.readiness is Readiness.READY:
            self.rebuilding = self._opening = False
            return True
        self._opening = False
        self.readiness = Readiness.FAILED
        return False

    def go_on_without(self) -> None:
        """Let the engine without an index answer: it says what is missing."""
        self.engine = self.early

    def reopen(self) -> None:
        """Open the live generation once more: a setting has changed."""
        if self.readiness is Readiness.READY and not self._opening:
            self._open()

    def look(self) -> None:
        """Find out whether another generation is live by now."""
        if self.readiness is Readiness.READY and not (self.rebuilding or self._opening or self._next):
            self._jobs.start(Job.LOOK, self._backing.live_generation, Looked)

    def looked(self, live: str | None) -> bool:
        """Open the live generation if it is another one; one that could not be opened is left alone.

        True if a build has just ended and changed nothing.
        """
        rebuilt, self._rebuilt = self._rebuilt, False
        if live is None or self._opening or live in {self.generation, self._tried}:
            return rebuilt and live == self.generation
        self._tried = live
        self._open()
        return False

    def look_for_changes(self) -> None:
        """Find out whether the articles' files differ from the index."""
        self._jobs.start(Job.CHANGES, self._backing.changes, ChangesFound)

    def source(self, reply: Reply, citation: Citation) -> SourceView:
        """Return a passage as the generation has it that the reply came from, while that is kept.

        Else from the one that is open now. Raises IndexProblem if neither has it.
        """
        engine = self.engine or self.early
        return source_as_quoted(engine, self._backing.open_generation, reply, citation)

    def _open(self) -> None:
        self._opening = True
        self._jobs.start(Job.OPEN, self._backing.open_engine, Opened)
