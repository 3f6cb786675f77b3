"""Every text of every theme is readable: at least 4.5:1 by WCAG 2.2, 1.4.3."""

from __future__ import annotations

import threading
from itertools import product

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from bot.config import ThemeName
from bot.tui.backing import Settings
from bot.tui.themes import themes
from index.progress import Progress, Report
from tests.bot.tui.fake_engine import ask, chat, settle, strips

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


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
async def test_everything_on_the_screen_reaches_the_contrast(theme: Theme) -> None:
    app = chat(settings=Settings(theme=ThemeName(theme.name)))
    async with app.run_test(size=(140, 60)) as pilot:
        await settle(pilot)
        scenes: list[list[str]] = [
            [],
            ["f2"],
            ["f1"],
            ["escape", "f3"],
            ["escape"],
            *[["ask"] for _ in QUESTIONS],
        ]
        questions = iter(QUESTIONS)
        await ask(pilot, "what helps")
        for keys in scenes:
            if keys == ["ask"]:
                await ask(pilot, next(questions))
            else:
                await pilot.press(*keys)
                await settle(pilot)
            poor = [segment for strip in strips(app) for segment in strip if unreadable(segment)]
            assert poor == []


QUESTIONS = ("chest pain", "I want to die", "38.5 now", "should I stop?", "hello")


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
async def test_the_first_build_and_its_failure_reach_the_contrast(theme: Theme) -> None:
    hold = threading.Event()

    def build(report: Report) -> None:
        report(Progress("writing", 1, 2))
        hold.wait()
        raise OSError("no room")

    app = chat(settings=Settings(theme=ThemeName(theme.name)), build=build)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        assert [s for strip in strips(app) for s in strip if unreadable(s)] == []
        hold.set()
        await settle(pilot)
        assert [s for strip in strips(app) for s in strip if unreadable(s)] == []
