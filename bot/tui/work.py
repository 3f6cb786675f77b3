"""Running slow work beside the chat."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, TypeVar

_Result = TypeVar("_Result")
_Value = TypeVar("_Value")


async def in_thread(work: Callable[[], _Result]) -> _Result:
    """Run ``work`` in a thread of its own and return what it returns, or raise what it raises.

    The thread is a daemon: leaving the chat never waits for it, unlike the loop's own pool. When
    the awaiting task is cancelled, the result is dropped.
    """
    loop = asyncio.get_running_loop()
    handover: _Handover[_Result] = _Handover(loop, loop.create_future())
    threading.Thread(target=_run, args=(work, handover), daemon=True, name="mbc-chat-work").start()
    return await handover.outcome


def _run(work: Callable[[], _Result], handover: _Handover[_Result]) -> None:
    with handover:
        handover.give(work())


@dataclass(slots=True)
class _Handover(Generic[_Result]):
    """Carries a result, or the exception that its block ends with, from a thread to the loop."""

    loop: asyncio.AbstractEventLoop
    outcome: asyncio.Future[_Result]

    def give(self, result: _Result) -> None:
        self._call(self.outcome.set_result, result)

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if error is not None:
            self._call(self.outcome.set_exception, error)
        return True

    def _call(self, settle: Callable[[_Value], None], value: _Value) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed once the chat is left
            self.loop.call_soon_threadsafe(self._settle, settle, value)

    def _settle(self, settle: Callable[[_Value], None], value: _Value) -> None:
        if not self.outcome.done():
            settle(value)
