"""What passes between server and session process: a kind, a length, a payload."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

READY = b"__GANGLION__\n"
"""What Textual's web driver writes before its first packet."""
LARGEST = 32 * 1024 * 1024
_HEAD = 5


class ProtocolBroken(Exception):
    """What came is no packet."""


class Kind(Enum):
    """What a packet holds."""

    DATA = b"D"
    """Bytes of the terminal, in either direction."""
    META = b"M"
    """A JSON object."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One message between server and session process."""

    kind: Kind
    payload: bytes

    def __bytes__(self) -> bytes:
        return self.kind.value + len(self.payload).to_bytes(4, "big") + self.payload


def data(payload: bytes) -> bytes:
    """Return a packet with bytes of the terminal."""
    return bytes(Packet(Kind.DATA, payload))


def meta(values: Mapping[str, object]) -> bytes:
    """Return a packet with a JSON object."""
    import json

    return bytes(Packet(Kind.META, json.dumps(values).encode()))


async def read_ready(reader: asyncio.StreamReader) -> None:
    """Wait for the session process to say that it is there. Raises ProtocolBroken if it says otherwise."""
    try:
        said = await reader.readexactly(len(READY))
    except asyncio.IncompleteReadError as error:
        raise ProtocolBroken("the session process ended before it began") from error
    if said != READY:
        raise ProtocolBroken("the session process began with something else")


async def read_packet(reader: asyncio.StreamReader) -> Packet | None:
    """Return the next packet, None at the end. Raises ProtocolBroken for what is no packet."""
    try:
        head = await reader.readexactly(_HEAD)
        size = int.from_bytes(head[1:], "big")
        if size > LARGEST:
            raise ProtocolBroken(f"a packet of {size} bytes")
        return Packet(Kind(head[:1]), await reader.readexactly(size))
    except asyncio.IncompleteReadError:
        return None
    except ValueError as error:
        raise ProtocolBroken(f"unknown kind of packet {head[:1]!r}") from error
