"""A call for help stays in sight until it is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.reply import Reply
from bot.tui.pinned import pinned_after, pinned_line
from tests.bot.tui.fake_engine import (
    ANSWER,
    CRISIS,
    EMERGENCY,
    NOTICE,
    URGENT,
    FakeEngine,
    ask,
    chat,
    seen,
    settle,
    words,
)

LATER = replace(EMERGENCY, question="another")


@pytest.mark.parametrize(
    ("pinned", "reply", "taken_back", "expected"),
    [
        (None, ANSWER, False, None),
        (None, URGENT, False, URGENT),
        (URGENT, ANSWER, False, URGENT),
        (URGENT, EMERGENCY, False, EMERGENCY),
        (EMERGENCY, URGENT, False, EMERGENCY),
        (EMERGENCY, LATER, False, LATER),
        (EMERGENCY, ANSWER, True, None),
        (CRISIS, ANSWER, True, CRISIS),
        (URGENT, EMERGENCY, True, EMERGENCY),
    ],
)
def test_the_most_serious_stays_and_only_words_that_take_it_back_release_it(
    pinned: Reply | None, reply: Reply, taken_back: bool, expected: Reply | None
) -> None:
    assert pinned_after(pinned, reply, taken_back=taken_back) is expected


def test_the_line_is_what_to_do_first_and_in_a_crisis_whom_to_call() -> None:
    assert pinned_line(replace(EMERGENCY, notice="Call 911 now. Then wait.")) == "Call 911 now."
    assert pinned_line(replace(CRISIS, framing="Call or text 988.")) == "Call or text 988."


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_it_is_in_sight_however_far_the_talk_goes_on_or_is_scrolled(size: tuple[int, int]) -> None:
    app = chat()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await ask(pilot, "chest pain")
        for _ in range(3):
            await ask(pilot, "what helps")
        assert "▲ EMERGENCY Call 911, 999 or 112 now." in words(seen(app))
        await pilot.press("pageup", "pageup", "pageup", "pageup")
        await settle(pilot)
        assert "▲ EMERGENCY Call 911, 999 or 112 now." in words(seen(app))
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert "▲ EMERGENCY" in words(seen(app))


async def test_a_key_puts_it_away() -> None:
    app = chat()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await ask(pilot, "chest pain")
        await ask(pilot, "hello")
        assert "Ctrl+R once it is taken care of" in words(seen(app))
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert "▲" not in seen(app)


async def test_words_take_an_emergency_back() -> None:
    app = chat()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await ask(pilot, "chest pain")
        await ask(pilot, "that was a typo")
        assert app.chat.pinned.reply is None


async def test_after_a_crisis_only_the_help_stands_until_it_is_put_away() -> None:
    app = chat()
    async with app.run_test(size=(140, 45)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await ask(pilot, "I want to die")
        page = words(seen(app))
        assert "Call or text 988" in page
        assert "Loperamide" not in page
        assert words(NOTICE) not in page
        assert "When to call?" not in page
        assert not app.chat.panel.display
        assert app.chat.check_action("suggestion", ()) is False
        await pilot.press("ctrl+up")
        await settle(pilot)
        assert "Loperamide" not in words(seen(app))
        await pilot.press("ctrl+r")
        await settle(pilot)
        await pilot.press("ctrl+up")
        await settle(pilot)
        assert "Loperamide" in words(seen(app))


async def test_an_emergency_told_while_an_answer_waits_is_pinned_at_once() -> None:
    early = FakeEngine(generation=None)
    app = chat(early=early, build=lambda report: None)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await ask(pilot, "38.5 now")
        assert "▲ CALL NOW" in words(seen(app))
