"""Every text of every theme is readable: at least 4.5:1 by WCAG 2.2, 1.4.3."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import product

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from bot.config import ThemeName
from bot.tui.app import ChatApp
from bot.tui.backing import Settings
from bot.tui.themes import themes
from index.progress import Progress, Report
from tests.bot.tui.fake_engine import (
    ANSWER,
    GLANCE,
    HELPS,
    FakeEngine,
    ask,
    chat,
    seen,
    settle,
    strips,
)

LEAST = 4.5
PAIRS = (
    *product(("foreground", "quiet", "accent", "warning", "error", "secondary"), ("background", "surface")),
    ("foreground", "block-cursor-blurred-background"),
    ("text", "block-hover-background"),
    *((f"on-{card}", card) for card in ("emergency", "urgent", "crisis", "advice", "mark")),
    ("background", "accent"),
    ("block-cursor-foreground", "block-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
)


def luminance(color: Color) -> float:
    """Relative luminance by WCAG 2.2."""
    channels = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.r / 255, color.g / 255, color.b / 255)
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color(255, 255, 255)) == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("pair", PAIRS, ids=" on ".join)
def test_every_pair_of_text_and_background_reaches_the_contrast(theme: Theme, pair: tuple[str, str]) -> None:
    colors = {**theme.to_color_system().generate(), **theme.variables}
    text, background = (Color.parse(colors[name]) for name in pair)
    assert contrast(text, background) >= LEAST


def unreadable(segment: Segment) -> bool:
    style = segment.style
    if not any(character.isalnum() for character in segment.text) or style is None:
        return False
    if style.color is None or style.bgcolor is None or style.dim:
        return True
    text, background = (Color.from_rich_color(color) for color in (style.color, style.bgcolor))
    return contrast(text, background) < LEAST


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("words", "#777777 on #ffffff", True),
        ("words", "dim #000000 on #ffffff", True),
        ("words", "#000000 on #ffffff", False),
        ("│", "#dddddd on #ffffff", False),
    ],
)
def test_grey_words_on_white_are_noticed(text: str, style: str, expected: bool) -> None:
    assert unreadable(Segment(text, Style.parse(style))) is expected


def poor(app: ChatApp) -> list[Segment]:
    """Return the words on the screen that miss the contrast."""
    return [segment for strip in strips(app) for segment in strip if unreadable(segment)]


MORE = replace(ANSWER, more=2, citations=(replace(HELPS, stale=True), GLANCE))
QUESTIONS = ("what helps", "38.5 now", "should I stop?", "hello", "chest pain", "what helps", "I want to die")
SCENES = (
    "f2",
    "f",
    "escape f3",
    "t",
    "escape slash o",
    "enter n f",
    "escape escape ctrl+g",
    "l",
    "z z",
    "escape alt+w",
    "x",
    "tab",
    "escape alt+c",
    "down",
    "escape f1",
    "end",
    "escape ctrl+l",
    "ctrl+b",
)


@pytest.mark.parametrize("size", [(60, 20), (140, 60)])
@pytest.mark.parametrize("theme", list(ThemeName))
async def test_every_reply_reaches_the_contrast(theme: ThemeName, size: tuple[int, int]) -> None:
    app = chat(
        FakeEngine({"helps": MORE}),
        settings=Settings(theme=theme),
        changes=lambda: "2 files changed",
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        assert poor(app) == []
        for question in QUESTIONS:
            await ask(pilot, question)
            assert poor(app) == []
            await pilot.press("pagedown")
            await settle(pilot)
            assert poor(app) == []


@pytest.mark.parametrize("size", [(60, 20), (140, 60)])
@pytest.mark.parametrize("theme", list(ThemeName))
async def test_every_screen_reaches_the_contrast(theme: ThemeName, size: tuple[int, int]) -> None:
    settings = Settings(theme=theme, asks_country=True, kept_in="/home/ann", keep=lambda key, value: None)
    app = chat(FakeEngine({"helps": MORE}), settings=settings)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        assert poor(app) == []
        await pilot.press("escape")
        await ask(pilot, "what helps")
        for keys in SCENES:
            await pilot.press(*keys.split())
            await settle(pilot)
            assert poor(app) == [], keys


@pytest.mark.parametrize("theme", list(ThemeName))
async def test_the_palette_reaches_the_contrast(theme: ThemeName) -> None:
    app = chat(settings=Settings(theme=theme))
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *"glo")
        while "Look up a word" not in seen(app):
            await pilot.pause()
        box = app.screen.query_one("#--container").region
        lines = [strip.crop(box.x, box.right) for strip in strips(app)[box.y : box.bottom]]
        assert [segment for strip in lines for segment in strip if unreadable(segment)] == []


@pytest.mark.parametrize("theme", list(ThemeName))
async def test_the_first_build_and_its_failure_reach_the_contrast(theme: ThemeName) -> None:
    hold = threading.Event()

    def build(report: Report) -> None:
        report(Progress("writing", 1, 2))
        hold.wait()
        raise OSError("no room")

    app = chat(settings=Settings(theme=theme), build=build)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        assert poor(app) == []
        hold.set()
        await settle(pilot)
        assert poor(app) == []
        await pilot.press("tab")
        assert poor(app) == []


@pytest.mark.parametrize("theme", list(ThemeName))
async def test_a_failed_reply_and_a_source_that_is_gone_reach_the_contrast(theme: ThemeName) -> None:
    engine = FakeEngine(no_source=OSError("gone"))
    app = chat(engine, settings=Settings(theme=theme))
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert poor(app) == []
        engine.trouble = OSError("broken")
        await ask(pilot, "what helps")
        assert poor(app) == []
