"""The lists of talks and of what is kept are readable in every theme, the chosen row too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.config import ThemeName
from tests.bot.tui.fake_engine import ask, settle
from tests.bot.tui.shelves import Library
from tests.bot.tui.test_themes import poor

SCENES = (
    "alt+o",
    "down",
    *"what",
    "z z",
    "escape f6",
    "escape f7",
    "right",
    "escape alt+d",
    "escape escape alt+v",
    "escape alt+k",
    "alt+n",
    "w h y enter",
    "alt+v",
    "down",
    "e",
    "tab",
    "enter",
    "escape escape alt+o",
    "pagedown enter",
    "alt+u",
)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
@pytest.mark.parametrize("theme", list(ThemeName))
async def test_every_state_of_stored_talks_reaches_the_contrast(
    tmp_path: Path, theme: ThemeName, size: tuple[int, int]
) -> None:
    library = Library(tmp_path)
    library.stored(*(f"what of week {n}" for n in range(1, 23)))
    named = library.stored("is it safe to travel", letters="bbbbbb")
    library.store.rename(named.id, "Holiday")
    library.articles.text = "Nothing is as it was."
    app = library.chat()
    app.chat.settings = replace(app.chat.settings, theme=theme)
    app.theme = theme
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        for keys in SCENES:
            await pilot.press(*keys.split())
            await settle(pilot)
            assert poor(app) == [], keys
