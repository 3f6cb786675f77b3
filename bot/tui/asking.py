"""From a question sent to its reply on the screen: what waits, what is out, what failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.conversation import Conversation
from bot.engine import Engine
from bot.reply import Reply
from bot.tui.articles import Articles
from bot.tui.events import Replied
from bot.tui.jobs import Job, Jobs
from bot.tui.requests import Request, Requests
from bot.tui.transcript import Transcript

WAITING = "Kept. It is answered as soon as the articles are ready."
LOOKING = "Looking in the articles"
EARLY_FAILED = "Kept, but it could not be checked for an emergency. In an emergency call 911, 999 or 112."
TAKEN_BACK = "You had this answered as you typed it."


@dataclass(frozen=True, slots=True)
class _Heard:
    """A reply, and whether the question takes back what was told before."""

    reply: Reply
    taken_back: bool


class Asking:
    """Sends the questions of the talk to the engine, one at a time, and shows what comes back."""

    def __init__(self, articles: Articles, jobs: Jobs, transcript: Transcript) -> None:
        self.requests = Requests()
        self._articles = articles
        self._jobs = jobs
        self._transcript = transcript

    async def ask(self, text: str, *, as_typed: bool = False) -> None:
        """Take a question in, and have it answered as soon as it can be."""
        request = self.requests.ask(text, as_typed=as_typed)
        await self._transcript.add_question(request.number, request.question)
        if self._articles.engine is None or self.requests.busy:
            self._transcript.say(request.number, WAITING)
            self._compute(Job.EARLY, request, self._articles.early)
        self.send_next()

    def send_next(self) -> None:
        """Have the oldest waiting question answered, unless one is out or there is nobody to ask."""
        if not self.requests.busy:
            self._articles.take_next()
        engine = self._articles.engine
        request = self.requests.send_next() if engine else None
        if engine and request:
            self._transcript.say(request.number, LOOKING)
            self._compute(Job.REPLY, request, engine)

    def settle(self, message: Replied) -> bool:
        """Keep a reply; False if it is stale or may wait for the articles."""
        keep = self.requests.settle_early if message.early else self.requests.settle
        return keep(message.number, message.reply)

    def early_failed(self, number: int) -> None:
        """Say that a waiting question could not be checked for an emergency."""
        self._transcript.say(number, EARLY_FAILED)

    def failed(self, number: int, what: str, more: str) -> Request | None:
        """Say why there is no reply, and return the request; None if that is stale.

        ``more`` says how to read what to do about it.
        """
        request = self.requests.get(number)
        if request is None or not self.requests.fail(number):
            return None
        self._transcript.say(number, f"This could not be answered: {what}\n{more}", warns=True)
        return request

    async def again_as_typed(self, number: int) -> Request | None:
        """Ask an answered question once more with nothing read into it; the first answer counts no more."""
        request = self.requests.withdraw(number)
        if request is not None:
            self._transcript.say(number, TAKEN_BACK)
            self._transcript.withdraw(number)
            await self.ask(request.question, as_typed=True)
        return request

    async def begin_anew(self) -> None:
        """Leave the talk; replies still being computed are dropped when they come."""
        self.requests.forget()
        await self._transcript.clear()

    def _compute(self, job: Job, request: Request, engine: Engine) -> None:
        before = self.requests.before(request.number)
        work = partial(_hear, engine, before, request.question, as_typed=request.as_typed)
        message = _message(request.number, early=job is Job.EARLY)
        self._jobs.start(job, work, message, number=request.number)


def _hear(engine: Engine, before: Conversation, text: str, *, as_typed: bool) -> _Heard:
    return _Heard(engine.reply(before, text, as_typed=as_typed), engine.takes_back(text))


def _message(number: int, *, early: bool) -> Callable[[_Heard], Replied]:
    def made(heard: _Heard) -> Replied:
        return Replied(number, heard.reply, taken_back=heard.taken_back, early=early)

    return made
