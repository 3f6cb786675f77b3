"""One visitor's session: a process of its own, the connection to the browser, and their end."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from bot.web.packets import Kind, ProtocolBroken, data, meta, read_packet, read_ready
from bot.web.words import Ending

LARGEST_MESSAGE = 64 * 1024
"""Bytes of one message from the browser; a long paste comes in several."""
LARGEST_NOTE = 1024
"""Characters of a message that is no typing."""
START_SECONDS = 60.0
QUIT_SECONDS = 3.0
COLUMNS = range(20, 501)
ROWS = range(6, 201)


@dataclass(frozen=True, slots=True)
class Launch:
    """What a session process runs: ``factory`` and ``arguments`` are those of ``bot.web.session_process``."""

    factory: str
    arguments: tuple[str, ...] = ()
    show_errors: bool = False
    """Whether what the process complains of is passed on; it may hold what somebody typed."""

    def command(self, size: Size, *, light: bool) -> list[str]:
        """Return the command line of one session; nothing in the present folder is taken for a module."""
        return [
            *(sys.executable, "-P", "-m", "bot.web.session_process", self.factory),
            *(str(size.columns), str(size.rows), "light" if light else "dark"),
            *self.arguments,
        ]


@dataclass(frozen=True, slots=True)
class Idleness:
    """How many seconds without typing end a session, and how many before that it is said."""

    end: float = 30 * 60
    warning: float = 60


@dataclass(frozen=True, slots=True)
class Size:
    """The size of the terminal in the page, within bounds."""

    columns: int
    rows: int

    @classmethod
    def near(cls, columns: object, rows: object) -> Size:
        """Return the possible size that is nearest; 80 to 24 for what is no number."""
        return cls(_within(columns, COLUMNS, 80), _within(rows, ROWS, 24))


async def run_session(
    browser: ServerConnection, launch: Launch, size: Size, *, light: bool, idleness: Idleness
) -> Ending:
    """Run a session until one side ends it; return why. Its process is gone when this returns."""
    async with _process(launch, size, light=light) as process:
        session = _Session(browser, process, idleness)
        return await session.run()


@asynccontextmanager
async def _process(launch: Launch, size: Size, *, light: bool) -> AsyncIterator[Process]:
    """Give the session process; at the end it is asked to leave, and killed if it does not."""
    process = await asyncio.create_subprocess_exec(
        *launch.command(size, light=light),
        stdin=PIPE,
        stdout=PIPE,
        stderr=None if launch.show_errors else DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        await asyncio.shield(_end(process))


async def _end(process: Process) -> None:
    assert process.stdin is not None
    with suppress(OSError):
        process.stdin.write(meta({"type": "quit"}))
        process.stdin.close()
    try:
        await asyncio.wait_for(_drained(process), QUIT_SECONDS)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _drained(process: Process) -> None:
    """Wait for the end, reading what is still written so that nothing waits for us."""
    assert process.stdout is not None
    with suppress(OSError):
        while await process.stdout.read(LARGEST_MESSAGE):
            pass
    await process.wait()


class _Session:
    """Carries bytes both ways and watches the clock."""

    def __init__(self, browser: ServerConnection, process: Process, idleness: Idleness) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._browser, self._process = browser, process
        self._in, self._out = process.stdin, process.stdout
        self._idleness = idleness
        self._typed = asyncio.Event()

    async def run(self) -> Ending:
        """Return why the session ended: whatever happens first."""
        jobs = [asyncio.create_task(job) for job in (self._to_browser(), self._from_browser(), self._watch())]
        try:
            done, _ = await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
            return _why(next(job for job in jobs if job in done))
        finally:
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)

    async def _to_browser(self) -> Ending:
        await asyncio.wait_for(read_ready(self._out), START_SECONDS)
        while packet := await read_packet(self._out):
            if packet.kind is Kind.DATA:
                await self._browser.send(packet.payload)
            else:
                await self._note_from_chat(json.loads(packet.payload))
        return Ending.BROKEN if await self._process.wait() else Ending.QUIT

    async def _note_from_chat(self, note: dict[str, Any]) -> None:
        """Pass on what the chat wants of the browser."""
        if note["type"] == "file":
            await self.tell("file", note["name"], note["mime"], note["base64"])
        elif note["type"] == "open_url" and str(note["url"]).startswith(("https://", "http://")):
            await self.tell("link", note["url"])

    async def _from_browser(self) -> Ending:
        async for message in self._browser:
            if isinstance(message, bytes):
                self._typed.set()
                self._in.write(data(message))
            elif not self._take_note(message):
                return Ending.REFUSED
            try:
                await self._in.drain()
            except OSError:  # the chat is ending, and says itself why
                await self._browser.wait_closed()
        return Ending.LEFT

    def _take_note(self, text: str) -> bool:
        """Do what a note from the browser says; return whether it is one."""
        match _parsed(text):
            case ["resize", columns, rows]:
                size = Size.near(columns, rows)
                self._in.write(meta({"type": "resize", "width": size.columns, "height": size.rows}))
            case ["focus" | "blur" as kind]:
                self._in.write(meta({"type": kind}))
            case ["stay"]:
                self._typed.set()
            case _:
                return False
        return True

    async def _watch(self) -> Ending:
        while True:
            if await self._typed_within(self._idleness.end - self._idleness.warning):
                continue
            await self.tell("idle", self._idleness.warning)
            if not await self._typed_within(self._idleness.warning):
                return Ending.IDLE

    async def _typed_within(self, seconds: float) -> bool:
        self._typed.clear()
        try:
            await asyncio.wait_for(self._typed.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def tell(self, *note: object) -> None:
        """Send the browser a note."""
        await self._browser.send(json.dumps(note))


def _why(job: asyncio.Task[Ending]) -> Ending:
    """Return what a job that is done says of the end."""
    error = job.exception()
    if error is None:
        return job.result()
    if isinstance(error, ConnectionClosed):
        return Ending.LEFT
    if isinstance(error, ProtocolBroken | OSError | ValueError | KeyError):
        return Ending.BROKEN
    raise error


def _parsed(note: str) -> object:
    """Return the JSON value of a note, None for what is none."""
    try:
        return json.loads(note) if len(note) <= LARGEST_NOTE else None
    except (ValueError, RecursionError):
        return None


def _within(value: object, bounds: range, otherwise: int) -> int:
    number = value if isinstance(value, int) else otherwise
    return min(max(number, bounds.start), bounds.stop - 1)
