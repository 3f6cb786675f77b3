"""The book of what was asked: which questions wait, which one is out, which result is stale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from bot.conversation import Conversation
from bot.engine import AT_ONCE
from bot.reply import Reply


class Stage(Enum):
    """How far a question is."""

    WAITING = auto()
    OUT = auto()
    ANSWERED = auto()
    FAILED = auto()


@dataclass(slots=True)
class Request:
    """One question with its number; numbers never repeat, also not after a new beginning."""

    number: int
    question: str
    stage: Stage = Stage.WAITING
    reply: Reply | None = None
    early: Reply | None = None
    """What the assistant without an index said while the question waited."""
    as_typed: bool = False
    """Whether nothing is to be read into the question."""
    withdrawn: bool = False
    """Whether the reader had the question answered as typed instead: it is no turn of the talk any more."""


class Requests:
    """The questions of the conversation on the screen, in the order in which they were asked.

    Only the app's handlers use it; threads get copies.
    """

    def __init__(self) -> None:
        self._last = 0
        self._requests: dict[int, Request] = {}

    def ask(self, question: str, *, as_typed: bool = False) -> Request:
        """Take a question in."""
        self._last += 1
        request = Request(self._last, question, as_typed=as_typed)
        self._requests[request.number] = request
        return request

    def resume(self, question: str, reply: Reply, *, withdrawn: bool) -> Request:
        """Take in a turn of a stored conversation."""
        request = self.ask(question)
        request.stage, request.reply, request.withdrawn = Stage.ANSWERED, reply, withdrawn
        return request

    def forget(self) -> None:
        """Begin anew: whatever is still out is stale from now on."""
        self._requests.clear()

    def get(self, number: int) -> Request | None:
        """Return the request, or None if it belongs to a conversation that was left."""
        return self._requests.get(number)

    @property
    def busy(self) -> bool:
        """Whether a reply is being computed."""
        return any(request.stage is Stage.OUT for request in self._requests.values())

    @property
    def waiting(self) -> tuple[Request, ...]:
        """The questions that nothing has been done about, oldest first."""
        return tuple(request for request in self._requests.values() if request.stage is Stage.WAITING)

    def send_next(self) -> Request | None:
        """Mark the oldest waiting question as out; None while one is out, so that turns keep their order."""
        if self.busy or not self.waiting:
            return None
        request = self.waiting[0]
        request.stage = Stage.OUT
        return request

    def settle(self, number: int, reply: Reply) -> bool:
        """Keep the reply; False if it is stale: its question was left, or has been answered."""
        request = self._requests.get(number)
        if request is None or request.stage is Stage.ANSWERED:
            return False
        request.stage, request.reply = Stage.ANSWERED, reply
        return True

    def settle_early(self, number: int, reply: Reply) -> bool:
        """Keep what the assistant without an index said; True if it must be shown at once."""
        request = self._requests.get(number)
        if request is None or request.stage is Stage.ANSWERED:
            return False
        request.early = reply
        return reply.kind in AT_ONCE and self.settle(number, reply)

    def fail(self, number: int) -> bool:
        """Mark a question whose reply could not be computed; False if that is stale."""
        request = self._requests.get(number)
        if request is None or request.stage is Stage.ANSWERED:
            return False
        request.stage = Stage.FAILED
        return True

    def withdraw(self, number: int) -> Request | None:
        """Take an answered question out of the talk, and return it; None if it is no turn of it."""
        request = self._requests.get(number)
        if request is None or request.stage is not Stage.ANSWERED or request.withdrawn:
            return None
        request.withdrawn = True
        return request

    @property
    def last_answered(self) -> int | None:
        """Number of the answered question that the talk goes on from."""
        answered = [r.number for r in self._requests.values() if r.reply is not None and not r.withdrawn]
        return answered[-1] if answered else None

    def so_far(self) -> Conversation:
        """Return all turns as a conversation of its own."""
        return self.before(self._last + 1)

    def before(self, number: int) -> Conversation:
        """Return the turns before a question as a conversation of its own.

        A question that still waits counts with its early reply, so that a sign which is spread
        over two messages is seen whatever the state of the articles.
        """
        conversation = Conversation()
        for request in self._requests.values():
            reply = request.reply or request.early
            if request.number < number and reply is not None and not request.withdrawn:
                conversation.add(request.question, reply)
        return conversation
