"""A server with small sessions, and a visitor without a browser."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from bot.about import About
from bot.web.access import Door
from bot.web.pages import Pages
from bot.web.server import Service, listening
from bot.web.session import Idleness, Launch

TOKEN = "t" * 40
PATIENCE = 30.0
"""Seconds that anything may take before a test fails."""
NOTICE = "General information, not medical advice. In an emergency call <112>."
ABOUT = About(NOTICE, "about the fake articles")
ECHO = Launch("tests.bot.web.fake_app:echo_app", ("here",))


def service(
    launch: Launch = ECHO,
    *,
    sessions: int = 2,
    idleness: Idleness | None = None,
    patience: float = 0.0,
    names: frozenset[str] = frozenset(),
) -> Service:
    return Service(Door(TOKEN, names), Pages(ABOUT), launch, sessions, idleness or Idleness(), patience)


@dataclass(slots=True)
class Site:
    """Where the server listens."""

    port: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def get(
        self, path: str, *, method: str = "GET", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read().decode()

    async def fetch(
        self, path: str = f"/{TOKEN}/", *, method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str], str]:
        return await asyncio.to_thread(self.get, path, method=method, headers=headers)

    @asynccontextmanager
    async def visit(
        self, query: str = "columns=80&rows=24&colours=dark", *, token: str = TOKEN, origin: str | None = ""
    ) -> AsyncIterator[Visitor]:
        address = f"ws://{self.host}/{token}/connection?{query}"
        ours = f"http://{self.host}" if origin == "" else origin
        from_there = Origin(ours) if ours else None
        async with connect(address, origin=from_there, max_size=None, compression=None) as connection:
            yield Visitor(connection)


@asynccontextmanager
async def site(given: Service | None = None) -> AsyncIterator[Site]:
    async with listening(given or service(), "127.0.0.1", 0) as port:
        yield Site(port)


@dataclass(slots=True)
class Visitor:
    """Types, and reads what comes back."""

    connection: ClientConnection
    shown: str = ""
    notes: list[list[Any]] = field(default_factory=list)

    async def type(self, text: str) -> None:
        await self.connection.send(text.encode())

    async def note(self, *values: object) -> None:
        await self.connection.send(json.dumps(values))

    async def command(self, word: str) -> None:
        await self.type(f"{word}\r")

    async def read_until(self, words: str) -> None:
        """Wait until the terminal was sent ``words``."""
        async with asyncio.timeout(PATIENCE):
            while words not in self.shown:
                await self._hear()

    async def read_note(self, kind: str) -> list[Any]:
        async with asyncio.timeout(PATIENCE):
            while not (found := [note for note in self.notes if note[0] == kind]):
                await self._hear()
        return found[0]

    async def read_to_the_end(self) -> int | None:
        """Return the code that the server closes the connection with."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self._hear()
        except ConnectionClosed:
            return self.connection.close_code

    async def process(self) -> int:
        """Return the number of the session's process."""
        await self.read_until("ready")
        await self.command("process")
        async with asyncio.timeout(PATIENCE):
            while not (found := re.search(r"process (\d+)\.", self.shown)):
                await self._hear()
        return int(found[1])

    async def _hear(self) -> None:
        heard = await self.connection.recv()
        if isinstance(heard, str):
            self.notes.append(json.loads(heard))
        else:
            self.shown += heard.decode()


def is_running(process: int) -> bool:
    """Return whether a process is there and no zombie."""
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not Path("/proc").exists()


async def gone(process: int) -> None:
    """Wait for the end of a process."""
    async with asyncio.timeout(PATIENCE):
        while is_running(process):
            await asyncio.sleep(0.02)
