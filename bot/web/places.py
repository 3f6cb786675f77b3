"""How many sessions there may be at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Places:
    """A number of places; whoever comes when all are taken waits a moment for one.

    The moment lets a page that is loaded again have the place that it just left.
    """

    def __init__(self, count: int, *, patience: float = 4.0) -> None:
        self.count = count
        self._free = asyncio.Semaphore(count)
        self._patience = patience

    @asynccontextmanager
    async def one(self) -> AsyncIterator[bool]:
        """Give whether there is a place, and keep it until the end of the block."""
        taken = await self._take()
        try:
            yield taken
        finally:
            if taken:
                self._free.release()

    async def _take(self) -> bool:
        if not self._free.locked():
            return await self._free.acquire()
        try:
            await asyncio.wait_for(self._free.acquire(), self._patience)
        except TimeoutError:
            return False
        return True
