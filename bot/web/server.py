"""The server: lets requests in or not, hands out the page, and runs a session a connection."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit
from weakref import WeakSet

from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response
from websockets.protocol import State

from bot.web.access import Door, is_same_origin
from bot.web.pages import Pages, static_file
from bot.web.places import Places
from bot.web.session import LARGEST_MESSAGE, Idleness, Launch, Size, run_session
from bot.web.words import Ending, Words

PING_SECONDS = 20
OPEN_SECONDS = 15
CONNECTION = "connection"
"""The room behind the token where the browser opens its connection."""
_FOREIGN = Words(
    "This page may not use the chat", "The request came from another website, so it was refused."
)
_NO_HOST = Words(
    "The chat is not known under this name",
    "Open it by the address that the program printed. For a name of your own, start it with --name.",
)
_NOTHING = Words("There is nothing here", "Only the chat itself is at this address.")


@dataclass(frozen=True, slots=True)
class Service:
    """What is served, to whom and how many."""

    door: Door
    pages: Pages
    launch: Launch
    sessions: int
    idleness: Idleness = field(default_factory=Idleness)
    patience: float = 4.0


@asynccontextmanager
async def listening(service: Service, host: str, port: int) -> AsyncIterator[int]:
    """Serve during the block, and give the port; every session has ended after it.

    Raises OSError if it cannot listen.
    """
    rooms, waiting = _Rooms(service), _Waiting()
    logger = logging.getLogger("bot.web")  # silent: an address in a log would hold the token
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    async with serve(
        rooms.run,
        host,
        port,
        process_request=rooms.answer,
        compression=None,
        server_header=None,
        open_timeout=OPEN_SECONDS,
        ping_interval=PING_SECONDS,
        ping_timeout=PING_SECONDS,
        max_size=LARGEST_MESSAGE,
        logger=logger,
        create_connection=waiting.kind(),
    ) as server:
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            waiting.drop()


async def run_server(
    service: Service, host: str, port: int, announce: Callable[[int], None]
) -> signal.Signals:
    """Serve until SIGTERM or SIGINT comes, and return which.

    ``announce`` is called with the port once the server listens. Raises OSError if it cannot listen.
    """
    stopped = _signals()
    async with listening(service, host, port) as actual_port:
        announce(actual_port)
        return await stopped


def _signals() -> asyncio.Future[signal.Signals]:
    loop = asyncio.get_running_loop()
    stopped: asyncio.Future[signal.Signals] = loop.create_future()

    def stop(number: signal.Signals) -> None:
        if not stopped.done():
            stopped.set_result(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # on Windows; Ctrl-C raises KeyboardInterrupt there
            loop.add_signal_handler(number, stop, number)
    return stopped


class _Waiting:
    """Connections that nothing came by yet: browsers open some in advance, and no stop waits for them."""

    def __init__(self) -> None:
        self._all: WeakSet[ServerConnection] = WeakSet()

    def kind(self) -> type[ServerConnection]:
        """Return the class of connections that are remembered here."""
        every = self._all

        class Remembered(ServerConnection):
            def __init__(self, *arguments: Any, **options: Any) -> None:
                super().__init__(*arguments, **options)
                every.add(self)

        return Remembered

    def drop(self) -> None:
        """Close those that are still waiting."""
        for connection in list(self._all):
            if connection.state is State.CONNECTING:
                connection.transport.abort()


class _Rooms:
    """What stands behind each path."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._places = Places(service.sessions, patience=service.patience)

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """Return a page, a file or a refusal; None opens a connection to a session."""
        door, pages = self._service.door, self._service.pages
        address, port = connection.local_address[:2]
        host, origin = _only(request, "Host"), _only(request, "Origin")
        if not door.is_our_host(host, address, port):
            return pages.refused(HTTPStatus.MISDIRECTED_REQUEST, _NO_HOST)
        room = door.room(request.path)
        if room is None:
            return pages.refused()
        if ("Origin" in request.headers or room == CONNECTION) and not is_same_origin(origin, host):
            return pages.refused(words=_FOREIGN)
        return self._open(room, request.method)

    def _open(self, room: str, method: str) -> Response | None:
        """Return what stands behind a path for those who may come in."""
        pages = self._service.pages
        if method != "GET":
            return pages.refused(HTTPStatus.METHOD_NOT_ALLOWED, _NOTHING)
        if room == CONNECTION:
            return None
        if room:
            return static_file(room) or pages.refused(HTTPStatus.NOT_FOUND, _NOTHING)
        return pages.chat(f"/{self._service.door.token}")

    async def run(self, connection: ServerConnection) -> None:
        """Run a session on an open connection, if there is a place, and tell the browser its end."""
        assert connection.request is not None
        wanted = parse_qs(urlsplit(connection.request.path).query)
        async with self._places.one() as free:
            if free:
                size = Size.near(_number(wanted, "columns"), _number(wanted, "rows"))
                ending = await run_session(
                    connection,
                    self._service.launch,
                    size,
                    light="light" in wanted.get("colours", ()),
                    idleness=self._service.idleness,
                )
            else:
                ending = Ending.FULL
        await connection.close(ending.code)


def _only(request: Request, name: str) -> str | None:
    """Return the one value of a header; None where it is missing or said twice."""
    values = request.headers.get_all(name)
    return values[0] if len(values) == 1 else None


def _number(wanted: dict[str, list[str]], name: str) -> int | None:
    text = wanted.get(name, [""])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
