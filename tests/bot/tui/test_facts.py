"""What a section rests on, shown by a key."""

from __future__ import annotations

from bot.render import NO_FACTS
from bot.tui.article_screen import ArticleScreen
from tests.bot.tui.fake_engine import (
    FIRST,
    ask,
    chat,
    front,
    said,
    seen,
    settle,
    words,
)

WIDE = (140, 45)


async def test_one_key_shows_what_the_section_rests_on_and_takes_it_away_again() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert "F5: the 2 facts behind it" in said(app.chat.panel)
        await pilot.press("f5")
        await settle(pilot)
        shown = said(app.chat.panel)
        assert "What this section rests on, in our words:" in shown
        assert (
            "Loperamide is given from day one.\n"
            "Label of neratinib. As of: May 2024. Status: verified.\n"
            "https://example.org/label\n\n"
            "Small meals are [easier].\n"
            "Food notes. As of: undated. Status: corrected by a second reader.\n"
            "https://example.org/food"
        ) in shown
        assert "Where these facts come from" not in shown
        assert "Loperamide is given from day one." in words(seen(app))
        await pilot.press("f")
        await settle(pilot)
        assert "Where these facts come from" in said(app.chat.panel)
        assert "in our words" not in said(app.chat.panel)


async def test_a_section_without_facts_says_so() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("f5", "right")
        await settle(pilot)
        assert NO_FACTS in said(app.chat.panel)


async def test_an_f_in_the_prompt_is_a_letter() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("f")
        assert app.chat.prompt.text == "f"
        assert "in our words" not in said(app.chat.panel)


async def test_without_room_for_the_panel_the_facts_stand_below_the_article() -> None:
    app = chat()
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("f5")
        await settle(pilot)
        assert isinstance(front(app), ArticleScreen)
        assert "What this section rests on, in our words:" in words(seen(app))
        await pilot.press("f")
        await settle(pilot)
        assert "What this section rests on" not in words(seen(app))
        assert FIRST in words(seen(app))
