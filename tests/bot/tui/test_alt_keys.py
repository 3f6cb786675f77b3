"""Alt with a digit arrives as such, however the terminal sends it."""

from __future__ import annotations

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from bot.tui.alt_keys import keep_alt_digits
from bot.tui.app import ChatApp
from tests.bot.tui.fake_engine import FakeEngine, ask, chat, settle


def read(sent: str) -> list[Key]:
    """Return the keys that a terminal's bytes are read as, the wait after the last one included."""
    parser = XTermParser()
    events = [*parser.feed(sent), *parser.feed("")]
    return [event for event in events if isinstance(event, Key)]


def send(app: ChatApp, sent: str) -> None:
    for event in read(sent):
        event.set_sender(app)
        app.post_message(event)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("\x1b1", ["alt+1"]),
        ("\x1b3", ["alt+3"]),
        ("\x1b[49;3u", ["alt+1"]),
        ("£", ["pound_sign"]),
        ("\x1bw", ["alt+w"]),
    ],
)
def test_escape_and_a_digit_is_alt_and_a_pound_sign_is_a_pound_sign(sent: str, expected: list[str]) -> None:
    keep_alt_digits()
    assert [event.key for event in read(sent)] == expected


async def test_alt_and_a_digit_from_a_terminal_asks_and_writes_nothing_into_the_prompt() -> None:
    engine = FakeEngine()
    app = chat(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        send(app, "\x1b1")
        await settle(pilot)
        assert engine.seen[-1][1] == "When to call?"
        assert app.chat.prompt.text == ""
        send(app, "£")
        await settle(pilot)
        assert app.chat.prompt.text == "£"
