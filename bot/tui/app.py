"""The terminal chat. It composes the widgets and carries messages between them and the threads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

from textual.app import App, ComposeResult, SystemCommand
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.worker import Worker, WorkerState

from bot.reply import Citation, Reply
from bot.tui.actions import APP_ACTIONS, CITATION_KEYS
from bot.tui.engine import Build, Engine, OpenEngine, Source
from bot.tui.first_run import BuildProgress, FirstRun
from bot.tui.help import FailureScreen, HelpScreen
from bot.tui.prompt import Prompt
from bot.tui.requests import AT_ONCE, Request, Requests
from bot.tui.source_panel import ArticleScreen, Cited, SourcePanel
from bot.tui.status import Readiness, StatusLine
from bot.tui.text import plain
from bot.tui.themes import DARK, themes
from bot.tui.transcript import Transcript
from bot.tui.work import in_thread

TITLE = "mbc-chat"
SUBTITLE = "general information, not medical advice"
WAITING = "Waiting for the articles. Your question is kept and answered as soon as they are ready."
LOOKING = "Looking in the articles"
TRY_AGAIN = "Press Enter to try again, or run this in a terminal and start the chat anew: mbc-chat index build"


class ChatApp(App[None]):
    """The chat in a terminal.

    ``early_engine`` works without an index: whatever it finds to be a crisis, an emergency or
    urgent is answered at once, also during the first build and while another reply is computed.
    ``build`` is called in a thread if ``needs_build``, then ``open_engine``.
    """

    CSS_PATH = "styles.tcss"
    TITLE = TITLE
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-short"), (32, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [*(action.binding() for action in APP_ACTIONS), *CITATION_KEYS]

    def __init__(
        self,
        open_engine: OpenEngine,
        *,
        early_engine: Engine,
        needs_build: bool,
        build: Build,
        notice: str,
        freshness: str = "",
        private: bool = True,
        theme: str = DARK,
    ) -> None:
        super().__init__()
        for name in list(self.available_themes):
            self.unregister_theme(name)
        for own in themes():
            self.register_theme(own)
        self.theme = theme
        if "TEXTUAL_ANIMATIONS" not in os.environ:
            self.animation_level = "none"
        self._open_engine = open_engine
        self._early_engine = early_engine
        self._needs_build = needs_build
        self._build = build
        self._notice = notice
        self._engine: Engine | None = None
        self._requests = Requests()
        self._source_calls = 0
        self._cited: Cited | None = None
        self._opening_article = False
        self._suggested = 0
        self._transcript = Transcript(notice)
        self._panel = SourcePanel()
        self._prompt = Prompt()
        self._status = StatusLine(private=private, freshness=freshness)
        self._first_run: FirstRun | None = None

    def compose(self) -> ComposeResult:
        yield Static(plain(TITLE, "bold $accent") + plain(f"   {SUBTITLE}", "$quiet"), markup=False, classes="bar")
        with Container(id="body"):
            yield self._transcript
            yield self._panel
        with Vertical(id="below"):
            yield self._prompt
            yield self._status
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Paint first; open the articles then."""
        self._panel.display = False
        self._prompt.focus()
        self.call_after_refresh(self.action_retry)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """List every action, and the themes by name."""
        for action in APP_ACTIONS:
            if action.id != "palette":
                yield SystemCommand(action.help.rstrip("."), action.key_display, partial(self.run_action, action.action))
        for theme in themes():
            yield SystemCommand(f"Theme: {theme.name}", "Colours", partial(self._use_theme, theme.name))

    # Work in threads, and what comes back

    def _work(self, group: str, number: int, job: Callable[[], object]) -> None:
        self.run_worker(partial(in_thread, job), name=str(number), group=group, exit_on_error=False)

    async def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Hand a finished job's result, or its error, to the handler of its group."""
        worker, number = event.worker, event.worker.name
        if event.state is WorkerState.SUCCESS:
            handler = {
                "open": self._opened, "reply": self._replied, "early": self._replied_early, "source": self._sourced
            }[worker.group]
            await handler(int(number), worker.result)
        elif event.state is WorkerState.ERROR and worker.error is not None:
            failed = {
                "open": self._open_failed, "reply": self._reply_failed, "early": self._reply_failed, "source": self._source_failed
            }[worker.group]
            await failed(int(number), worker.error)

    async def action_retry(self) -> None:
        pass
