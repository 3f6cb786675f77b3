"""Building the index again beside the talk, which goes on meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bot.plain.desk import Talk
from bot.plain.words import Said
from bot.render import shown
from index.errors import IndexProblem

STARTED = "The index is being built again from the articles. You can go on asking."
RUNNING = "The index is being built already."
BUILT = "The index is built. From now on it answers."


class Building:
    """A build in a thread of its own; at most one at a time."""

    def __init__(self, build: Callable[[], None]) -> None:
        self._build = build
        self._thread: threading.Thread | None = None
        self._outcome: str | None = None

    def start(self) -> bool:
        """Begin to build; False if a build is under way."""
        if self._thread is not None and self._thread.is_alive():
            return False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return True

    def news(self, *, wait: bool = False) -> str | None:
        """Return once how a build ended; with ``wait``, wait for one that is under way."""
        if self._thread is not None and (wait or not self._thread.is_alive()):
            self._thread.join()
            self._thread = None
            return self._outcome
        return None

    def _run(self) -> None:
        try:
            self._build()
            self._outcome = BUILT
        except (IndexProblem, OSError) as problem:
            self._outcome = f"The index could not be built: {shown(str(problem))}"


def rebuild(talk: Talk, _: Said) -> str:
    """Build the index again, beside the talk."""
    return STARTED if talk.desk.building.start() else RUNNING


def take_newer(talk: Talk) -> None:
    """Let the live index answer from now on if it is another one than before, whoever built it."""
    if talk.desk.index_changed():
        talk.engine = talk.desk.open_engine()
