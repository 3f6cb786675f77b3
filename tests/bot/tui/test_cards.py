"""Notices as cards: what to do first is in sight, whatever else is on the screen."""

from __future__ import annotations

import threading

import pytest
from textual.widgets import Static

from bot.tui.help import HelpScreen
from bot.tui.messages import Card
from tests.bot.tui.fake_engine import (
    CRISIS,
    EMERGENCY,
    URGENT,
    FakeEngine,
    ask,
    chat,
    front,
    panel_in_sight,
    said,
    seen,
    settle,
    type_in,
)

WIDE = (140, 45)


@pytest.mark.parametrize(
    ("question", "reply", "title"),
    [
        ("chest pain", EMERGENCY, "EMERGENCY"),
        ("38.5 now", URGENT, "CALL NOW"),
        ("I want to die", CRISIS, "Help now"),
    ],
)
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_a_serious_card_is_first_and_in_sight_at_any_size(
    question: str, reply: object, title: str, size: tuple[int, int]
) -> None:
    app = chat()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await ask(pilot, "I have a long story to tell. " * 30 + question)
        card = app.chat.transcript.turns[-1].query_one(Card)
        assert title in seen(app)
        assert app.chat.transcript.region.contains_region(card.region)
        assert card.styles.border_top[0] == "heavy"
        statics = [static for static in app.chat.transcript.turns[-1].query(Static) if static.display]
        assert statics[1] is card


async def test_a_crisis_leaves_nothing_else_on_the_screen_to_compete() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert panel_in_sight(app)
        await ask(pilot, "I want to die")
        assert not panel_in_sight(app)


async def test_an_emergency_uncovers_what_lies_over_the_answers() -> None:
    hold = threading.Event()
    app = chat(FakeEngine(hold=hold))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        type_in(app, "chest pain")
        await pilot.press("enter", "f1")
        await pilot.pause()
        assert isinstance(front(app), HelpScreen)
        hold.set()
        await settle(pilot)
        assert front(app) is app.chat
        assert "EMERGENCY" in seen(app)


async def test_a_boundary_says_what_to_ask_the_team() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "should I stop?")
        text = said(app.chat.transcript.turns[0])
        assert "That is decided with the team." in text
        assert "Why treatments stop working" in text
        assert "A question for the care team: What happens if I stop?" in text
