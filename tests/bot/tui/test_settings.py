"""The first start, the country, colours that are kept, and keys of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.about import About
from bot.config import ThemeName
from bot.tui.app import ChatApp
from bot.tui.backing import Settings
from bot.tui.failure import FailureScreen
from bot.tui.help import HelpScreen
from bot.tui.welcome import ASKS, WelcomeScreen, kept_words
from tests.bot.tui.fake_engine import ANSWER, FakeEngine, ask, chat, front, said, seen, settle, words

SIZE = (120, 40)


@dataclass(slots=True)
class Kept:
    """Remembers what was kept, or cannot keep anything."""

    settings: list[tuple[str, str]] = field(default_factory=list)
    trouble: Exception | None = None

    def __call__(self, key: str, value: str) -> None:
        if self.trouble:
            raise self.trouble
        self.settings.append((key, value))


def first_start(kept: Kept | None = None) -> ChatApp:
    kept = kept or Kept()
    opened: list[int] = []

    def open_engine() -> FakeEngine:
        opened.append(1)
        return FakeEngine(generation=f"00000{len(opened)}")

    def about() -> About:
        number = "999" if ("country", "UK") in kept.settings else "911, 999 or 112"
        return About(f"In an emergency call {number}.", "fake")

    return chat(
        open_engine=open_engine,
        about=about,
        settings=Settings(asks_country=True, kept_in="/home/ann/[/x]", keep=kept),
    )


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_the_first_start_says_where_things_are_kept_and_asks_for_the_country(
    size: tuple[int, int],
) -> None:
    app = first_start()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert isinstance(front(app), WelcomeScreen)
        page = words(seen(app))
        assert "/home/ann/[/x]" in page
        assert ASKS in page
        assert "United Kingdom: 999" in page


async def test_the_country_is_kept_and_shown_at_once() -> None:
    kept = Kept()
    app = first_start(kept)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("down", "down", "enter")
        await settle(pilot)
        assert kept.settings == [("country", "UK")]
        assert "In an emergency call 999." in words(seen(app))
        assert app.chat.articles.generation == "000002"


async def test_enter_alone_keeps_that_all_numbers_are_to_be_shown() -> None:
    kept = Kept()
    app = first_start(kept)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert kept.settings == [("country", "any")]


async def test_nobody_has_to_answer_before_asking_and_no_letter_is_lost() -> None:
    kept = Kept()
    app = first_start(kept)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(*"chest", "space", *"pain", "enter")
        await settle(pilot)
        assert "EMERGENCY" in seen(app)
        assert kept.settings == []


async def test_escape_leaves_it_open_and_a_key_asks_again() -> None:
    app = first_start()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert front(app) is app.chat
        await pilot.press("alt+c")
        await settle(pilot)
        assert isinstance(front(app), WelcomeScreen)
        assert "/home/ann" not in seen(app)


async def test_where_nothing_is_kept_nobody_is_asked() -> None:
    app = chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert front(app) is app.chat
        await pilot.press("alt+c", "f8")
        await settle(pilot)
        assert front(app) is app.chat
        assert app.theme == "light"


async def test_the_colours_chosen_are_kept() -> None:
    kept = Kept()
    app = chat(settings=Settings(theme=ThemeName.HIGH_CONTRAST, keep=kept))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert app.theme == "high-contrast"
        await pilot.press("f8")
        await settle(pilot)
        assert app.theme == "dark"
        assert kept.settings == [("theme", "dark")]


async def test_a_setting_that_cannot_be_kept_is_said_and_holds_all_the_same() -> None:
    app = chat(settings=Settings(keep=Kept(trouble=OSError("config.toml: Read-only file system"))))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f8")
        await settle(pilot)
        assert isinstance(front(app), FailureScreen)
        assert "config.toml: Read-only file system" in words(seen(app))
        assert app.theme == "light"


async def test_keys_of_ones_own_work_and_are_named_everywhere() -> None:
    app = chat(settings=Settings(keys={"help": "f10", "source": "f1", "choice-1": "alt+k", "facts": "f7"}))
    async with app.run_test(size=(140, 50)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert "alt+k" not in seen(app)
        assert "Alt+K When to call?" in words(said(app.chat.transcript))
        assert "F7: the 2 facts behind it" in said(app.chat.panel)
        await pilot.press("f1")
        assert app.chat.panel.has_focus
        await pilot.press("f10")
        await settle(pilot)
        assert isinstance(front(app), HelpScreen)
        page = words(seen(app))
        assert "F10 What every key does." in page
        assert "F1 Go to the source" in page
        titles = {command.title: command.help for command in app.get_system_commands(app.chat)}
        assert titles["Help: What every key does."] == "F10"


async def test_the_usual_key_does_nothing_once_it_has_been_given_away() -> None:
    app = chat(FakeEngine({"helps": ANSWER}), settings=Settings(keys={"help": "f10"}))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f1")
        await settle(pilot)
        assert front(app) is app.chat


def test_where_things_are_kept_depends_on_whether_talks_are_saved() -> None:
    assert "Conversations are not saved." in kept_words("/x", private=True)
    assert "--private saves none" in kept_words("/x", private=False)
