"""What the chat does about what fails: it says what and what to do, and loses nothing that was typed."""

from __future__ import annotations

from textual.worker import Worker

from bot.tui.articles import Readiness
from bot.tui.chat_parts import ChatParts
from bot.tui.failure import FailureScreen, Problem, WayOn
from bot.tui.jobs import Failure, Job, failure_of
from bot.tui.problems import problem_of


class ChatTroubles(ChatParts):
    """Takes in the failures of all jobs."""

    problem: Problem | None = None
    """What failed last, until it is tried again."""

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong in a job, where it was asked for."""
        if failure := failure_of(event):
            self._failed(failure)

    def _failed(self, failure: Failure) -> None:
        match failure.job:
            case Job.BUILD | Job.OPEN:
                self._articles_failed(failure)
            case Job.EARLY:
                self.asking.early_failed(failure.number)
            case Job.REPLY:
                self._reply_failed(failure)
            case Job.SOURCE:
                if self.desk.is_wanted(failure.number):
                    self.panel.fail(failure.what)
            case Job.GLOSSARY | Job.KEEP | Job.WRONG | Job.SAVE | Job.PAST | Job.MORE | Job.COPY:
                self._tell(problem_of(failure, goes_on=True))
            case Job.LOOK | Job.CHANGES | Job.LISTEN:
                pass  # nobody asked: the next look may do better

    def _articles_failed(self, failure: Failure) -> None:
        goes_on = self.articles.failed()
        problem = problem_of(failure, goes_on=goes_on)
        if goes_on and failure.job is Job.OPEN:
            self.problem = problem
            self.notify(f"{problem.title}. {self.keys.words('retry')} says why.", markup=False)
            self.show_standing()
            return
        self._tell(problem)
        if not goes_on and self.transcript.serious:
            self._after(WayOn.GO_ON)

    def _reply_failed(self, failure: Failure) -> None:
        """Say why there is no reply, and put the question back where it can be sent again."""
        request = self.asking.failed(failure.number, failure.what, f"{self.keys.words('retry')} says more.")
        if request:
            self.problem = problem_of(failure, goes_on=True)
            if not self.prompt.text:
                self.prompt.put(request.question)
        self.send_next()

    def _tell(self, problem: Problem) -> None:
        """Say what happened; over a card that must be seen, only once a key asks for it."""
        self.problem = problem
        self.show_standing()
        if not self.transcript.serious:
            self.action_retry()

    def action_retry(self) -> None:
        """Say what failed last, and offer what can be done about it."""
        if self.problem is not None:
            self.app.push_screen(FailureScreen(self.problem), self._after)

    def _after(self, way: WayOn | None) -> None:
        """Do what was chosen; without the articles, the assistant without an index says what is missing."""
        question = self.problem.question if self.problem else None
        ready = self.articles.readiness is Readiness.READY
        if way in {WayOn.AGAIN, WayOn.BUILD}:
            self.problem = None
        if way is WayOn.AGAIN and question is not None:
            self.call_later(self._ask_again, question)
        elif way in {WayOn.AGAIN, WayOn.BUILD} and not ready:
            self.open_articles(build=way is WayOn.BUILD)
        elif way is WayOn.BUILD:
            self.action_rebuild()
        elif self.articles.readiness is Readiness.FAILED and self.articles.engine is None:
            self.articles.go_on_without()
            self.send_next()

    async def _ask_again(self, number: int) -> None:
        request = self.asking.requests.get(number)
        if request is not None:
            if self.prompt.text == request.question:
                self.prompt.clear()
            await self.ask(request.question)

    def action_rebuild(self) -> None:
        """Build the index again beside the talk."""
        if self.articles.readiness is Readiness.FAILED:
            self.open_articles(build=True)
        elif not self.articles.rebuild(self.report):
            self.notify("The articles are being prepared already.", markup=False)
        self.status.rebuilding(None)
