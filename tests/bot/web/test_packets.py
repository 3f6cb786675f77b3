from __future__ import annotations

import asyncio

import pytest

from bot.web.packets import LARGEST, READY, Kind, Packet, ProtocolBroken, data, meta, read_packet, read_ready


def reader(*pieces: bytes) -> asyncio.StreamReader:
    stream = asyncio.StreamReader()
    for piece in pieces:
        stream.feed_data(piece)
    stream.feed_eof()
    return stream


async def test_packets_come_out_as_they_went_in_one_after_the_other() -> None:
    stream = reader(data(b"ab"), meta({"type": "quit"}), data(b""))
    assert await read_packet(stream) == Packet(Kind.DATA, b"ab")
    assert await read_packet(stream) == Packet(Kind.META, b'{"type": "quit"}')
    assert await read_packet(stream) == Packet(Kind.DATA, b"")
    assert await read_packet(stream) is None


@pytest.mark.parametrize("cut", range(1, 7))
async def test_a_torn_packet_is_the_end(cut: int) -> None:
    assert await read_packet(reader(data(b"ab")[:cut])) is None


@pytest.mark.parametrize(
    "broken", [b"X\0\0\0\0", b"D" + (LARGEST + 1).to_bytes(4, "big"), b"noise on stdout"]
)
async def test_what_is_no_packet_is_refused(broken: bytes) -> None:
    with pytest.raises(ProtocolBroken):
        await read_packet(reader(broken))


async def test_a_session_begins_with_the_word_of_the_driver() -> None:
    stream = reader(READY, data(b"x"))
    await read_ready(stream)
    assert await read_packet(stream) == Packet(Kind.DATA, b"x")
    for other in (b"", b"__GANG", b"a line before it\n" + READY):
        with pytest.raises(ProtocolBroken):
            await read_ready(reader(other))
