"""The chat in a browser: memory and start of one session and of several at once."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from bot.about import About
from bot.cli.serve import FACTORY, PRIVATE
from bot.web.access import Door, new_token
from bot.web.pages import Pages
from bot.web.server import Service, listening
from bot.web.session import Launch
from eval.bench.measure import Measure

_HOST = "127.0.0.1"
_MANY = 5
_QUESTION = b"What does HER2-low mean?\r"
_PAINTED, _READY, _ANSWERED = b"mbc-chat", b"ready", b"[1]"
_PATIENCE = 60.0
_MEGABYTES = 600
"""A session that loaded torch would hold more than this."""


def measure_sessions(home: Path) -> list[Measure]:
    """Measure sessions that have each answered a question; none where the system does not tell."""
    if not Path("/proc/self/smaps_rollup").exists():
        return []
    return asyncio.run(_measure(home))


async def _measure(home: Path) -> list[Measure]:
    launch = Launch(FACTORY, (str(home), PRIVATE))
    service = Service(Door(new_token()), Pages(About("")), launch, sessions=_MANY)
    async with listening(service, _HOST, 0) as port, AsyncExitStack() as tabs:
        place = f"{_HOST}:{port}"
        url = f"ws://{place}/{service.door.token}/connection?columns=100&rows=40"
        seconds, resident, shared = [], [], []
        for _ in range(_MANY):
            start = time.perf_counter()
            tab = await tabs.enter_async_context(
                connect(url, origin=Origin(f"http://{place}"), max_size=None)
            )
            await _read_until(tab, _PAINTED)
            seconds.append(time.perf_counter() - start)
            await _read_until(tab, _READY)
            await tab.send('["focus"]')
            await tab.send(_QUESTION)
            await _read_until(tab, _ANSWERED)
            held = [_held(process) for process in _processes()]
            resident.append(max(one.resident for one in held))
            shared.append(sum(one.proportional for one in held))
    return [
        Measure("session in a browser, first paint", statistics.median(seconds), "s", 1.5),
        Measure("session in a browser, resident", resident[0], "MB", _MEGABYTES),
        Measure("one session, its share of memory (PSS)", shared[0], "MB"),
        Measure(f"{_MANY} sessions, their share of memory (PSS)", shared[-1], "MB"),
    ]


async def _read_until(tab: ClientConnection, words: bytes) -> None:
    seen = b""
    async with asyncio.timeout(_PATIENCE):
        while words not in seen:
            heard = await tab.recv()
            seen += heard if isinstance(heard, bytes) else b""


@dataclass(frozen=True, slots=True)
class _Held:
    """Memory of a process in MB."""

    resident: float
    proportional: float
    """What is shared with other processes counts in part."""


def _processes() -> list[str]:
    return Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text("utf-8").split()


def _held(process: str) -> _Held:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines()[1:]
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return _Held(kilobytes["Rss"] * 1024 / 1e6, kilobytes["Pss"] * 1024 / 1e6)
