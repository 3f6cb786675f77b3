from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import takeaway

CSS = Path(takeaway.__path__[0], "page.css").read_text("utf-8")
SCHEMES = {
    scheme: dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", rules))
    for scheme, rules in zip(("light", "dark", "print"), re.findall(r":root \{([^}]*)\}", CSS), strict=True)
}
GROUNDS = {
    "ink": ("paper", "wash", "alarm-wash", "warn-wash"),
    "soft": ("paper",),
    "accent": ("paper",),
    "alarm": ("alarm-wash",),
    "warn": ("warn-wash", "paper"),
}
"""On which grounds each colour of text stands."""


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize("colour", GROUNDS)
def test_all_text_stands_out_from_its_ground(scheme: str, colour: str) -> None:
    colours = SCHEMES[scheme]
    for ground in GROUNDS[colour]:
        assert contrast(colours[colour], colours[ground]) >= 4.5, (scheme, colour, ground)
