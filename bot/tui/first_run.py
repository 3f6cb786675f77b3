"""The first build of the index, shown above the prompt while the notice can be read."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import ProgressBar, Static

from bot.tui.text import plain
from index.progress import Progress

STEPS = {
    "reading": "Reading the articles",
    "encoding": "Preparing the articles for search",
    "writing": "Writing the index",
}
WORDS = "This happens once. You can read on and type meanwhile; an emergency is answered at once."


class FirstRun(Vertical):
    """Step, bar and time of the first build; not there while nothing is built."""

    running: reactive[bool] = reactive(False)

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(id="first-run")
        self._clock = clock
        self._begun = 0.0
        self._step = ""
        self._line = Static(markup=False, id="build-step")
        self._bar = ProgressBar(total=None, show_eta=False, id="build-bar")

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield self._line
        yield self._bar
        yield Static(plain(WORDS, "$quiet"), markup=False)

    def on_mount(self) -> None:
        """Count the seconds."""
        self.set_interval(1, self._tell)

    def watch_running(self, running: bool) -> None:
        """Begin anew with every build."""
        self.display = running
        self._begun = self._clock()
        self._step = "Getting ready"
        self._bar.update(total=None, progress=0)
        self._tell()

    def show(self, progress: Progress) -> None:
        """Show how far the build is."""
        self._step = STEPS.get(progress.step, progress.step)
        self._bar.update(total=progress.total or None, progress=progress.done)
        self._tell()

    def _tell(self) -> None:
        seconds = int(self._clock() - self._begun)
        self._line.update(plain(f"{self._step}   {seconds // 60}:{seconds % 60:02}", "bold"))
