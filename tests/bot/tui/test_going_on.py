"""Suggestions, "more" and "as typed" by keys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.reply import Kind, Offer
from bot.tui.asking import TAKEN_BACK
from bot.tui.chat_actions import GO_ON, ONLY_THE_LAST
from bot.tui.messages import choices
from tests.bot.tui.fake_engine import ANSWER, CHAT, FakeEngine, ask, chat, said, seen, settle, words

WIDE = (140, 50)
MORE = replace(ANSWER, more=2)
OFFERS = replace(
    CHAT, kind=Kind.NOT_COVERED, text="Not here.", offers=(Offer("a", "b", "Pills"), Offer("a", "c", "Food"))
)


def test_the_choices_are_the_suggestions_else_the_sections_offered() -> None:
    assert choices(ANSWER) == ("When to call?", "How long does it last?")
    assert choices(OFFERS) == ("Pills", "Food")
    assert choices(CHAT) == ()


async def test_the_keys_of_the_suggestions_are_shown_and_ask_at_once() -> None:
    engine = FakeEngine()
    app = chat(engine)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert "Alt+1 When to call? Alt+2 How long does it last?" in words(said(app.chat.transcript))
        await pilot.press(*"half", "alt+2")
        await settle(pilot)
        assert engine.seen[-1] == (("what helps",), "How long does it last?")
        assert app.chat.prompt.text == "half"
        await pilot.press("alt+3")
        await settle(pilot)
        assert len(engine.seen) == 2


async def test_a_section_offered_has_a_key_where_nothing_is_suggested() -> None:
    engine = FakeEngine({"weather": OFFERS})
    app = chat(engine)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "weather")
        assert "Alt+1 Pills Alt+2 Food" in words(seen(app))
        await pilot.press("alt+1")
        await settle(pilot)
        assert engine.seen[-1][1] == "Pills"


async def test_f4_puts_one_suggestion_after_the_other_into_the_prompt_but_never_over_typed_text() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("f4")
        assert app.chat.prompt.text == "When to call?"
        await pilot.press("f4")
        assert app.chat.prompt.text == "How long does it last?"
        await pilot.press("!", "f4")
        assert app.chat.prompt.text == "How long does it last?!"


async def test_more_goes_on_with_the_last_answer_and_says_that_an_earlier_one_cannot() -> None:
    engine = FakeEngine({"helps": MORE})
    app = chat(engine)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert "The articles have 2 more sentences on this. Ctrl+O shows more" in words(seen(app))
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert engine.seen[-1] == (("what helps",), GO_ON)
        await pilot.press("ctrl+up", "ctrl+o")
        await settle(pilot)
        assert ONLY_THE_LAST in words(seen(app))
        assert len(engine.seen) == 2


async def test_an_answer_can_be_had_as_typed_and_the_first_one_counts_no_more() -> None:
    engine = FakeEngine()
    app = chat(engine)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert "Understood as: What helps against diarrhoea? Ctrl+L answers it as typed" in words(seen(app))
        await pilot.press("ctrl+l")
        await settle(pilot)
        first, second = app.chat.transcript.turns
        assert TAKEN_BACK in said(first)
        assert second.reply is not None
        assert second.reply.understood is None
        assert engine.as_typed == [False, True]
        await ask(pilot, "hello")
        assert engine.seen[1:] == [((), "what helps"), (("what helps",), "hello")]
        await pilot.press("ctrl+up", "ctrl+up", "ctrl+l")
        await settle(pilot)
        assert len(engine.seen) == 3


@pytest.mark.parametrize("key", ["ctrl+l", "ctrl+o", "alt+1", "f4"])
async def test_keys_that_have_nothing_to_do_do_nothing(key: str) -> None:
    engine = FakeEngine()
    app = chat(engine)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "hello")
        await pilot.press(key)
        await settle(pilot)
        assert len(engine.seen) == 1
        assert app.chat.prompt.text == ""
