"""The screen of the chat: it composes the widgets and carries messages between them and the threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from functools import partial
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.worker import Worker, WorkerState

from bot.about import About
from bot.render import shown
from bot.reply import Citation, Reply
from bot.tui.actions import APP_ACTIONS, CHAT_ACTIONS, CITATION_KEYS, Action
from bot.tui.engine import Build, Engine, OpenEngine
from bot.tui.events import BuildProgress, Built, Fetched, Opened, Replied
from bot.tui.first_run import FirstRun
from bot.tui.help import FailureScreen
from bot.tui.prompt import Prompt
from bot.tui.requests import AT_ONCE, Request, Requests
from bot.tui.source_panel import ArticleScreen, Cited, SourcePanel
from bot.tui.status import Readiness, StatusLine
from bot.tui.text import plain
from bot.tui.transcript import Transcript
from bot.tui.work import in_thread
from index.progress import Progress

TITLE = "mbc-chat"
WAITING = "Kept. It is answered as soon as the articles are ready."
LOOKING = "Looking in the articles"
EARLY_FAILED = "Kept, but it could not be checked for an emergency. In an emergency call 911, 999 or 112."
TRY_AGAIN = (
    "Press Enter to try again, or run this in a terminal and start the chat anew: mbc-chat index build"
)

WIDTHS = [(0, "-narrow"), (100, "-wide")]
"""Columns from which the source stands beside the talk."""
HEIGHTS = [(0, "-short"), (32, "-tall")]
"""Lines from which there is room for the source below the talk."""

_Result = TypeVar("_Result")


class Job(StrEnum):
    """What a thread is doing for the chat."""

    BUILD = "build"
    OPEN = "open"
    EARLY = "early"
    REPLY = "reply"
    SOURCE = "source"


class Whole(Enum):
    """Whether a passage is shown in the whole article, and where that opens."""

    NO = auto()
    TEXT = auto()
    FACTS = auto()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The source that was asked for last."""

    number: int
    reply: Reply
    citation: Citation
    whole: Whole


class ChatScreen(Screen[None]):
    """The talk, its sources and the prompt.

    ``early_engine`` works without an index: whatever it finds to be a crisis, an emergency or
    urgent is answered at once, also during the first build and while another reply is computed.
    ``build`` is called first if ``needs_build``, then ``open_engine``; each in a daemon thread.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(action.binding("app.") for action in APP_ACTIONS if action.id != "theme"),
        *CITATION_KEYS,
        *(action.binding() for action in CHAT_ACTIONS),
    ]

    def __init__(
        self,
        open_engine: OpenEngine,
        *,
        early_engine: Engine,
        needs_build: bool,
        build: Build,
        about: About,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = WIDTHS
        self.VERTICAL_BREAKPOINTS = HEIGHTS
        self._open_engine = open_engine
        self._early_engine = early_engine
        self._needs_build = needs_build
        self._build = build
        self._engine: Engine | None = None
        self._requests = Requests()
        self._source_calls = 0
        self._wanted: Wanted | None = None
        self._suggested = ""
        self._problem = ""
        self.transcript = Transcript(about.notice)
        self.panel = SourcePanel()
        self.prompt = Prompt()
        self._first_run = FirstRun()
        self._subtitle = about.subtitle
        self._status = status

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        title = plain(TITLE, "bold $accent") + plain(f"   {self._subtitle}", "$quiet")
        yield Static(title, markup=False, classes="bar")
        with Container(id="body"):
            yield self.transcript
            yield self.panel
        with Vertical(id="below"):
            yield self._first_run
            yield self.prompt
            yield self._status
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Paint first, and open the articles then."""
        self.prompt.focus()
        self.call_after_refresh(self._open)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open the articles again only after a failure."""
        if action == "retry":
            return self._status.readiness is Readiness.FAILED
        return super().check_action(action, parameters)

    def possible_actions(self) -> list[Action]:
        """Return what can be done here now, for the palette."""
        return [action for action in CHAT_ACTIONS if self.check_action(action.action.split("(")[0], ())]

    # Jobs in threads; what comes back is a message

    def _work(
        self, job: Job, number: int, work: Callable[[], _Result], message: Callable[[_Result], Message]
    ) -> None:
        self.run_worker(self._deliver(work, message), name=str(number), group=job, exit_on_error=False)

    async def _deliver(self, work: Callable[[], _Result], message: Callable[[_Result], Message]) -> None:
        self.post_message(message(await in_thread(work)))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong in a job, where it was asked for."""
        worker = event.worker
        if event.state is not WorkerState.ERROR or worker.group not in list(Job):
            return
        job, number, what = Job(worker.group), int(worker.name), problem(worker.error)
        if job in {Job.BUILD, Job.OPEN}:
            self._failed(what)
        elif job is Job.EARLY:
            self.transcript.say(number, EARLY_FAILED)
        elif job is Job.REPLY:
            self._give_back(number, what)
            self._send_next()
        elif self._wanted and self._wanted.number == number:
            self.panel.fail(what)

    # Opening the articles

    def _open(self) -> None:
        if self._needs_build:
            self._set_ready(Readiness.BUILDING)
            self._work(Job.BUILD, 0, partial(self._build, self._report), lambda _: Built())
        else:
            self._set_ready(Readiness.OPENING)
            self._work(Job.OPEN, 0, self._open_engine, Opened)

    def _report(self, progress: Progress) -> None:
        self.post_message(BuildProgress(progress))

    def on_build_progress(self, message: BuildProgress) -> None:
        """Show how far the first build is."""
        self._first_run.show(message.progress)

    def on_built(self) -> None:
        """Open what was built."""
        self._needs_build = False
        self._open()

    def on_opened(self, message: Opened) -> None:
        """Answer what waits."""
        self._engine = message.engine
        self._set_ready(Readiness.READY)
        self._send_next()

    def _failed(self, what: str) -> None:
        """Say what happened; over a card that must be seen, only once F9 asks for it."""
        self._problem = what
        self._set_ready(Readiness.FAILED)
        if self.transcript.serious:
            self._after_failure(False)
        else:
            self.action_retry()

    def _after_failure(self, again: bool | None) -> None:
        """Try again, or let the assistant without an index answer what waits: it says what is missing."""
        if again:
            self._open()
        else:
            self._engine = self._early_engine
            self._send_next()

    def _set_ready(self, readiness: Readiness) -> None:
        self._first_run.running = readiness is Readiness.BUILDING
        self._status.ready(readiness, self._engine.generation if self._engine else None)
        self.refresh_bindings()

    # Questions and replies

    async def on_prompt_sent(self, message: Prompt.Sent) -> None:
        """Take a question in, and have it answered as soon as it can be."""
        request = self._requests.ask(message.text)
        await self.transcript.add_question(request.number, request.question)
        if self._engine is None or self._requests.busy:
            self.transcript.say(request.number, WAITING)
            self._compute(Job.EARLY, request, self._early_engine)
        self._send_next()

    def _send_next(self) -> None:
        engine = self._engine
        request = self._requests.send_next() if engine else None
        if engine and request:
            self.transcript.say(request.number, LOOKING)
            self._compute(Job.REPLY, request, engine)
        self._status.answering(self._requests.busy)

    def _compute(self, job: Job, request: Request, engine: Engine) -> None:
        work = partial(engine.reply, self._requests.before(request.number), request.question)
        message = partial(Replied, request.number, early=job is Job.EARLY)
        self._work(job, request.number, work, message)

    async def on_replied(self, message: Replied) -> None:
        """Show a reply, unless it is stale or may wait for the articles."""
        settle = self._requests.settle_early if message.early else self._requests.settle
        if settle(message.number, message.reply):
            if message.reply.kind in AT_ONCE:
                self._uncover()
            await self.transcript.show_reply(message.number, message.reply)
        self._send_next()

    def _uncover(self) -> None:
        """Take away what covers the answers: nothing may hide a card."""
        while self.app.screen is not self and not isinstance(self.app.screen, FailureScreen):
            self.app.pop_screen()

    def _give_back(self, number: int, what: str) -> None:
        """Say why there is no reply, and put the question back where it can be sent again."""
        request = self._requests.get(number)
        if request and self._requests.fail(number):
            self.transcript.say(number, f"This could not be answered: {what}")
            if not self.prompt.text:
                self.prompt.put(request.question)

    # The selected answer and its source

    def on_transcript_chosen(self, message: Transcript.Chosen) -> None:
        """Select the answer that was clicked on."""
        if turn := self.transcript.turn(message.number):
            self.transcript.select(turn)

    def on_transcript_selected(self, message: Transcript.Selected) -> None:
        """Show the first source of the selected answer; without sources, give the room to the answer."""
        citations = message.reply.citations if message.reply else ()
        self.prompt.citations = frozenset(citation.n for citation in citations)
        self.panel.set_class(bool(citations), "-used")
        self._wanted = None
        if message.reply and citations:
            self._want(message.reply, citations[0])
        self.refresh_bindings()

    def on_prompt_stepped(self, message: Prompt.Stepped) -> None:
        """Select another answer from an empty prompt."""
        self.transcript.step(message.by)

    def on_prompt_paged(self, message: Prompt.Paged) -> None:
        """Scroll the answers from an empty prompt."""
        height = self.transcript.size.height - 1
        self.transcript.scroll_relative(y=message.by * height, animate=False)

    def on_source_panel_opened(self) -> None:
        """Read the whole article."""
        self.action_article()

    def on_source_panel_turned(self, message: SourcePanel.Turned) -> None:
        """Show another citation of the same answer."""
        self.action_cite(message.n)

    def _want(self, reply: Reply, citation: Citation, whole: Whole = Whole.NO) -> None:
        self._source_calls += 1
        self._wanted = Wanted(self._source_calls, reply, citation, whole)
        engine = self._engine or self._early_engine
        fetched = partial(Fetched, self._source_calls)
        self._work(Job.SOURCE, self._source_calls, partial(engine.source, citation), fetched)

    def on_fetched(self, message: Fetched) -> None:
        """Show a passage, unless another has been asked for since."""
        wanted = self._wanted
        if wanted is None or wanted.number != message.number:
            return
        cited = Cited(wanted.reply, wanted.citation, message.source)
        self.panel.show(cited)
        if wanted.whole is not Whole.NO and self.is_current:
            self.app.push_screen(ArticleScreen(cited, facts=wanted.whole is Whole.FACTS))

    # Actions

    def action_cite(self, n: int) -> None:
        """Show citation ``n`` of the selected answer, in the article where there is no room for the panel."""
        reply = self.transcript.reply
        citation = next((c for c in reply.citations if c.n == n), None) if reply else None
        if reply and citation:
            self._want(reply, citation, Whole.NO if self.panel.display else Whole.TEXT)

    def action_article(self) -> None:
        """Open the whole article behind the citation that is shown."""
        if self._wanted:
            self._want(self._wanted.reply, self._wanted.citation, Whole.TEXT)

    def action_facts(self) -> None:
        """Show what the section rests on, in the article where there is no room for the panel."""
        if self.panel.display:
            self.panel.focus()
            self.panel.action_facts()
        elif self._wanted:
            self._want(self._wanted.reply, self._wanted.citation, Whole.FACTS)

    def action_source(self) -> None:
        """Go to the source panel, or to the article where there is no room for the panel."""
        if self.panel.display:
            self.panel.focus()
        else:
            self.action_article()

    def action_select(self, by: int) -> None:
        """Select the answer before or after."""
        self.transcript.step(by)

    def action_suggestion(self) -> None:
        """Put the next suggestion of the selected answer into the prompt; what was typed stays."""
        reply = self.transcript.reply
        if reply is None or not reply.suggestions or self.prompt.text not in {"", self._suggested}:
            return
        at = reply.suggestions.index(self._suggested) + 1 if self._suggested in reply.suggestions else 0
        self._suggested = shown(reply.suggestions[at % len(reply.suggestions)])
        self.prompt.put(self._suggested)

    async def action_new(self) -> None:
        """Begin a new conversation; replies still being computed are dropped when they come."""
        self._requests.forget()
        await self.transcript.clear()
        self._send_next()
        self.prompt.focus()

    def action_retry(self) -> None:
        """Say what kept the articles from being opened, and offer to try again."""
        self.app.push_screen(FailureScreen(self._problem, TRY_AGAIN), self._after_failure)

    def action_prompt(self) -> None:
        """Go back to the prompt."""
        self.prompt.focus()


def problem(error: BaseException | None) -> str:
    """Return an error in words; its type where it has none of its own."""
    return str(error) or type(error).__name__
