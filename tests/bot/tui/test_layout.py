"""What stands where, from a small terminal to a very large one."""

from __future__ import annotations

import pytest

from bot.tui.app import ChatApp
from bot.tui.article_screen import ArticleScreen
from tests.bot.tui.fake_engine import (
    FIRST,
    FRAMING,
    ask,
    chat,
    front,
    panel_in_sight,
    seen,
    settle,
    strips,
    words,
)


async def test_the_source_stands_beside_the_talk_on_a_wide_screen() -> None:
    app = chat()
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert not panel_in_sight(app)
        await ask(pilot, "what helps")
        assert panel_in_sight(app)
        assert app.chat.panel.region.x >= app.chat.transcript.region.right


async def test_the_source_stands_below_the_talk_on_a_narrow_tall_screen() -> None:
    app = chat()
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert app.chat.panel.region.y >= app.chat.transcript.region.bottom
        assert app.chat.panel.region.width == 80


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_small_screen_gives_the_room_to_the_talk_and_a_digit_opens_the_article(
    size: tuple[int, int],
) -> None:
    app = chat()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert not panel_in_sight(app)
        await pilot.press("1")
        await settle(pilot)
        assert isinstance(front(app), ArticleScreen)
        assert FIRST in words(seen(app))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (120, 36), (200, 60)])
async def test_prompt_and_status_stay_in_sight_and_the_framing_can_be_reached(size: tuple[int, int]) -> None:
    app = chat()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        page = seen(app)
        assert "Ask in your own words" in page
        assert "● ready" in page
        assert "F1 Help" in words(page)
        assert app.chat.transcript.region.height >= 8
        await pilot.press("pagedown", "pagedown", "pagedown")
        await pilot.pause()
        assert FRAMING.split()[0] in seen(app)


def key_line(app: ChatApp) -> str:
    return seen(app).splitlines()[-1].strip()


@pytest.mark.parametrize(
    ("width", "chat_keys", "article_keys"),
    [
        (
            60,
            "F1 Help  ^P Commands  ^Q Quit  F2 Source  F3 Article",
            "Esc Back  t Contents  / Find  n Next  N Before  F1 Help",
        ),
        (
            80,
            "F1 Help  ^P Commands  ^Q Quit  F2 Source  F3 Article  Alt+K Keep  F4 Suggest",
            "Esc Back  t Contents  / Find  n Next  N Before  g Quote  f Facts  F1 Help",
        ),
    ],
)
async def test_no_key_at_the_bottom_is_cut_and_the_help_is_always_named(
    width: int, chat_keys: str, article_keys: str
) -> None:
    app = chat()
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert key_line(app) == chat_keys
        await pilot.press("f3")
        await settle(pilot)
        assert key_line(app) == article_keys


async def test_where_there_is_room_the_line_at_the_bottom_names_more_keys() -> None:
    app = chat()
    async with app.run_test(size=(60, 24)) as pilot:
        await settle(pilot)
        assert key_line(app) == "F1 Help  ^P Commands  ^Q Quit  ^G Glossary  ^N New"
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert key_line(app) == "F1 Help  ^P Commands  ^Q Quit  ^G Glossary  ^N New  F8 Theme"
        await pilot.resize_terminal(24, 24)
        await settle(pilot)
        assert key_line(app) == "F1 Help  ^P Commands"


async def test_growing_and_shrinking_moves_the_source() -> None:
    app = chat()
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert not panel_in_sight(app)
        await pilot.resize_terminal(140, 40)
        await pilot.pause()
        assert panel_in_sight(app)


async def test_no_color_leaves_no_colour_on_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = chat()
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert app.no_color
        await ask(pilot, "chest pain")
        assert "EMERGENCY" in seen(app)
        styles = [segment.style for strip in strips(app) for segment in strip]
        colors = [color for style in styles if style for color in (style.color, style.bgcolor) if color]
        assert colors
        assert all(len(set(color.get_truecolor())) == 1 for color in colors)
