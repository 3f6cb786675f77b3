"""Looking up a word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Input

from bot.tui.failure import FailureScreen
from bot.tui.glossary_screen import NOTHING, GlossaryScreen, matching
from tests.bot.tui.fake_engine import TERMS, FakeEngine, ask, chat, front, seen, settle, words

SIZE = (100, 30)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["diarrhoea", "loperamide", "neratinib"]),
        ("LOPER", ["loperamide"]),
        ("imodium", ["loperamide"]),
        ("runs", ["diarrhoea"]),
        ("neratanib", ["neratinib"]),
        ("diarrhoea", ["diarrhoea", "loperamide"]),
        ("pill", ["neratinib"]),
        ("zzz", []),
        ("[/", []),
    ],
)
def test_a_word_is_found_by_every_form_and_by_what_it_means(typed: str, names: list[str]) -> None:
    assert [term.name for term in matching(TERMS, typed)] == names


def test_a_name_that_begins_so_goes_before_another_form_that_does() -> None:
    other = replace(TERMS[0], name="another", lay=("lop-sided",))
    assert [term.name for term in matching((other, *TERMS), "lop")] == ["loperamide", "another"]


@pytest.mark.parametrize("size", [(60, 20), (140, 45)])
async def test_searching_shows_the_meaning_and_enter_asks_about_the_word(size: tuple[int, int]) -> None:
    engine = FakeEngine()
    app = chat(engine)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press(*"half", "ctrl+g")
        await settle(pilot)
        assert isinstance(front(app), GlossaryScreen)
        await pilot.press(*"imod")
        await settle(pilot)
        page = words(seen(app))
        assert "Loperamide is a medicine against diarrhoea." in page
        assert "Also: Imodium" in page
        await pilot.press("enter")
        await settle(pilot)
        assert front(app) is app.chat
        assert engine.seen[-1][1] == "What is loperamide?"
        assert app.chat.prompt.text == "half"


async def test_the_arrows_choose_while_the_word_is_being_typed() -> None:
    engine = FakeEngine()
    app = chat(engine)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g")
        await settle(pilot)
        await pilot.press("down", "down", "up", "pagedown")
        assert "Neratinib is a targeted pill." in words(seen(app))
        await pilot.press("enter")
        await settle(pilot)
        assert engine.seen[-1][1] == "What is neratinib?"


async def test_a_word_that_is_not_there_can_be_asked_about_all_the_same() -> None:
    engine = FakeEngine()
    app = chat(engine)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g")
        await settle(pilot)
        await pilot.press(*"zzz")
        await settle(pilot)
        assert NOTHING in words(seen(app))
        await pilot.press("enter")
        await settle(pilot)
        assert engine.seen[-1][1] == "What is zzz?"


async def test_escape_asks_nothing() -> None:
    engine = FakeEngine()
    app = chat(engine)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert front(app).query_one(Input).has_focus
        await pilot.press("escape")
        await settle(pilot)
        assert front(app) is app.chat
        assert len(engine.seen) == 1


async def test_a_glossary_that_cannot_be_read_says_what_to_do() -> None:
    app = chat(FakeEngine(trouble=OSError("content.sqlite is gone")))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert isinstance(front(app), FailureScreen)
        assert "content.sqlite is gone" in seen(app)
