"""Our own themes: dark, light and high contrast, every text at 4.5:1 or better."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

from bot.config import ThemeName

DARK = ThemeName.DARK
LIGHT = ThemeName.LIGHT
HIGH_CONTRAST = ThemeName.HIGH_CONTRAST


_ROLES: Mapping[str, str] = {
    "quiet": "quiet",
    "line": "line",
    "on-mark": "on-mark",
    "mark": "mark",
    "text": "text",
    "text-muted": "quiet",
    "text-disabled": "quiet",
    "foreground-muted": "quiet",
    "foreground-disabled": "quiet",
    "border": "accent",
    "border-blurred": "line",
    "block-cursor-foreground": "background",
    "block-cursor-background": "accent",
    "block-cursor-blurred-foreground": "text",
    "block-cursor-blurred-background": "raised",
    "block-hover-background": "raised",
    "footer-foreground": "quiet",
    "footer-background": "background",
    "footer-key-foreground": "accent",
    "footer-description-foreground": "quiet",
    "input-cursor-foreground": "background",
    "input-cursor-background": "accent",
    "input-selection-foreground": "on-mark",
    "input-selection-background": "mark",
    "screen-selection-foreground": "on-mark",
    "screen-selection-background": "mark",
    "link-color": "accent",
    "link-color-hover": "background",
    "link-background-hover": "accent",
    "button-foreground": "text",
    "button-color-foreground": "background",
    "scrollbar": "line",
    "scrollbar-hover": "quiet",
    "scrollbar-active": "accent",
    "scrollbar-background": "background",
    "scrollbar-background-hover": "background",
    "scrollbar-background-active": "background",
    "scrollbar-corner-color": "background",
}
"""Which colour of a theme each name of our style sheet and of Textual's own widgets stands for."""


def _variables(
    *,
    text: str,
    quiet: str,
    accent: str,
    background: str,
    raised: str,
    line: str,
    mark: tuple[str, str],
    cards: dict[str, tuple[str, str]],
) -> dict[str, str]:
    """Name every colour that our style sheet and Textual's own widgets read, with no opacity left in.

    ``mark`` and ``cards`` are (text, background) pairs.
    """
    colours = {
        "text": text,
        "quiet": quiet,
        "accent": accent,
        "background": background,
        "raised": raised,
        "line": line,
        "on-mark": mark[0],
        "mark": mark[1],
    }
    of_cards = {f"on-{name}": foreground for name, (foreground, _) in cards.items()}
    of_cards |= {name: card for name, (_, card) in cards.items()}
    named = {name: colours[role] for name, role in _ROLES.items()}
    return named | of_cards | {"button-focus-text-style": "bold"}


def themes() -> tuple[Theme, ...]:
    """Return the themes, the default first."""
    return (_dark(), _light(), _high_contrast())


def _dark() -> Theme:
    return Theme(
        name=DARK,
        dark=True,
        primary="#7fc8be",
        secondary="#a9c3d6",
        accent="#7fc8be",
        foreground="#e3e9ec",
        background="#141a20",
        surface="#1b232b",
        panel="#1b232b",
        warning="#f0b95a",
        error="#ff9b8f",
        success="#8fd19e",
        variables=_variables(
            text="#e3e9ec",
            quiet="#9db0bc",
            accent="#7fc8be",
            background="#141a20",
            raised="#232d37",
            line="#34424e",
            mark=("#f4fbfa", "#1f4d4c"),
            cards={
                "emergency": ("#ffffff", "#a31621"),
                "urgent": ("#1d1400", "#f2b544"),
                "crisis": ("#ffffff", "#3d4899"),
                "advice": ("#e3e9ec", "#232d37"),
            },
        ),
    )


def _light() -> Theme:
    return Theme(
        name=LIGHT,
        dark=False,
        primary="#0b6b66",
        secondary="#36566b",
        accent="#0b6b66",
        foreground="#1d2a32",
        background="#fbfaf7",
        surface="#f3f1ec",
        panel="#f3f1ec",
        warning="#8a5300",
        error="#a31621",
        success="#1c6b34",
        variables=_variables(
            text="#1d2a32",
            quiet="#54646e",
            accent="#0b6b66",
            background="#fbfaf7",
            raised="#ebe8e1",
            line="#cfcac0",
            mark=("#10231f", "#cdeae3"),
            cards={
                "emergency": ("#ffffff", "#a31621"),
                "urgent": ("#1d1400", "#f5b83d"),
                "crisis": ("#ffffff", "#3d4899"),
                "advice": ("#1d2a32", "#ebe8e1"),
            },
        ),
    )


def _high_contrast() -> Theme:
    return Theme(
        name=HIGH_CONTRAST,
        dark=True,
        primary="#ffe14d",
        secondary="#ffffff",
        accent="#ffe14d",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        warning="#ffe14d",
        error="#ffb3ab",
        success="#9dffb0",
        variables=_variables(
            text="#ffffff",
            quiet="#e6e6e6",
            accent="#ffe14d",
            background="#000000",
            raised="#1f1f1f",
            line="#ffffff",
            mark=("#000000", "#ffe14d"),
            cards={
                "emergency": ("#000000", "#ffffff"),
                "urgent": ("#000000", "#ffe14d"),
                "crisis": ("#000000", "#ffffff"),
                "advice": ("#ffffff", "#1f1f1f"),
            },
        ),
    )
