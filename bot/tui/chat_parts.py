"""What the chat's screen is made of: the widgets, and the objects that carry the talk."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.widgets import Static

from bot.actions import CHAT, EVERYWHERE, Keys
from bot.tui.articles import Articles, Readiness
from bot.tui.asking import Asking
from bot.tui.backing import Backing, Settings
from bot.tui.bindings import CITATION_KEYS, bindings
from bot.tui.events import BuildProgress
from bot.tui.first_run import FirstRun
from bot.tui.jobs import Jobs
from bot.tui.key_line import KeyLine
from bot.tui.pinned import Pinned
from bot.tui.prompt import Prompt
from bot.tui.recording import Recording
from bot.tui.source_panel import SourcePanel
from bot.tui.sources import SourceDesk
from bot.tui.status import StatusLine
from bot.tui.text import plain
from bot.tui.transcript import Transcript
from bot.tui.widths import HEIGHTS, WIDTHS
from index.progress import Progress

TITLE = "mbc-chat"


class ChatParts(Screen[None]):
    """The parts, laid out, and what several of them have to show together."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((action for action in EVERYWHERE if action.id != "theme"), "app."),
        *CITATION_KEYS,
        *bindings(CHAT),
    ]

    def __init__(self, backing: Backing, settings: Settings) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = WIDTHS
        self.VERTICAL_BREAKPOINTS = HEIGHTS
        self.backing = backing
        self.settings = settings
        self.keys = Keys(settings.keys)
        self.about = backing.about()
        self.jobs = Jobs(self)
        self.articles = Articles(backing, self.jobs)
        self.transcript = Transcript(self.about.notice, self.keys)
        self.asking = Asking(self.articles, self.jobs, self.transcript)
        self.recording = Recording(backing.shelf)
        self.desk = SourceDesk(self.articles, self.jobs)
        self.panel = SourcePanel(self.keys)
        self.pinned = Pinned(self.keys)
        self.prompt = Prompt()
        self.status = StatusLine(
            self.articles, self.keys, private=settings.private, freshness=backing.freshness
        )
        self.first_run = FirstRun()

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        title = plain(TITLE, "bold $accent") + plain(f"   {self.about.subtitle}", "$quiet")
        yield Static(title, markup=False, classes="bar")
        yield self.pinned
        with Container(id="body"):
            yield self.transcript
            yield self.panel
        with Vertical(id="below"):
            yield self.first_run
            yield self.prompt
            yield self.status
        yield KeyLine()

    def open_articles(self, *, build: bool = False) -> None:
        """Open the articles, built first where that is needed or asked for."""
        self.articles.open(self.report, build=build)
        self.show_standing()

    def report(self, progress: Progress) -> None:
        """Hand on how far a build is; called from its thread."""
        self.post_message(BuildProgress(progress))

    def show_standing(self) -> None:
        """Show how far the articles are, wherever that is shown."""
        self.first_run.running = self.articles.readiness is Readiness.BUILDING
        self.status.tell(fresh=True)
        self.refresh_bindings()

    def send_next(self) -> None:
        """Have the next question answered, and show whether one is."""
        self.asking.send_next()
        self.show_standing()
        self.status.answering(self.asking.requests.busy)

    async def ask(self, text: str) -> None:
        """Take a question in, and show that it is being answered."""
        await self.asking.ask(text)
        self.status.answering(self.asking.requests.busy)
