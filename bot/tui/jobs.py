"""Jobs in threads; what comes back is a message to the screen, or a failure in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from bot.tui.work import in_thread

_Result = TypeVar("_Result")


class Job(StrEnum):
    """What a thread is doing for the chat."""

    BUILD = "build"
    OPEN = "open"
    LOOK = "look"
    CHANGES = "changes"
    EARLY = "early"
    REPLY = "reply"
    SOURCE = "source"
    GLOSSARY = "glossary"
    KEEP = "keep"
    WRONG = "wrong"
    SAVE = "save"
    PAST = "past"
    MORE = "more"
    COPY = "copy"
    LISTEN = "listen"
    LIST = "list"
    SEARCH = "search"
    CHANGE = "change"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Failure:
    """A job that ended with an error."""

    job: Job
    number: int
    what: str
    """The error in words; its type where it has none of its own."""


class Jobs:
    """Starts jobs for one screen."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen

    def start(
        self,
        job: Job,
        work: Callable[[], _Result],
        message: Callable[[_Result], Message],
        *,
        number: int = 0,
    ) -> None:
        """Run ``work`` in a thread and post the ``message`` that is made of its result.

        ``number`` names what the job is for where there can be several: a failure comes back with it.
        """
        self._screen.run_worker(
            self._deliver(work, message), name=str(number), group=job.value, exit_on_error=False
        )

    async def _deliver(self, work: Callable[[], _Result], message: Callable[[_Result], Message]) -> None:
        self._screen.post_message(message(await in_thread(work)))


def failure_of(event: Worker.StateChanged) -> Failure | None:
    """Return what went wrong, if the event tells of a job that failed."""
    worker = event.worker
    if event.state is not WorkerState.ERROR or worker.group not in list(Job):
        return None
    error = worker.error
    return Failure(Job(worker.group), int(worker.name), str(error) or type(error).__name__)
