"""The lines of one PDF page: their text, where they stand, and how large they are set."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject, mult

from corpus.text import clean_text, superscript

_BOLD = ("bold", "black", "heavy", "semibold", "medi", "cmbx")
_MONOSPACED = ("mono", "courier", "consol", "nimbusmon", "cmtt", "typewriter")
_SYMBOL_BULLETS = re.compile("[\uf0b7\uf0a7\uf076\uf0d8\uf0fc\uf06e\uf0a8]")
"""Bullets of symbol fonts, which have no meaning outside them."""
_RAISED = 0.15
"""Share of a line's size that a smaller figure stands above it if it is raised."""
_SMALLER = 0.85


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of text of one font on one line; ``x`` and ``y`` are where it begins, in points."""

    text: str
    x: float
    y: float
    size: float
    is_bold: bool
    width: float
    """How wide it is about, from the usual width of a letter in its font."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line of a page."""

    text: str
    page: int
    x: float
    y: float
    size: float
    is_bold: bool
    """Whether all of it is bold."""
    fragments: tuple[Fragment, ...]


class TooMuch(Exception):
    """The file asks for more work than any text needs."""


@dataclass(slots=True)
class Deadline:
    """Until when a file may be read; what a page draws has no bound that its size would tell."""

    seconds: float
    clock: Callable[[], float] = time.monotonic
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    def check(self, *_: object) -> None:
        """Raise TooMuch if the time is over."""
        if self.clock() - self.started > self.seconds:
            raise TooMuch


def page_lines(page: PageObject, number: int, deadline: Deadline) -> list[PdfLine]:
    """Return the lines of upright text in the order in which the page draws them.

    Raises TooMuch once the time is over, and whatever pypdf raises for a damaged page.
    """
    turned = int(page.rotation) % 360
    collector = _Collector(number, _turn(turned))
    page.extract_text(
        orientations=(turned,), visitor_text=collector.read, visitor_operand_before=deadline.check
    )
    deadline.check()
    collector.close()
    return collector.lines


def _turn(degrees: int) -> Callable[[float, float], tuple[float, float]]:
    """Return how the page's coordinates turn to those of the page as it is seen."""
    match degrees:
        case 90:
            return lambda x, y: (y, -x)
        case 180:
            return lambda x, y: (-x, -y)
        case 270:
            return lambda x, y: (-y, x)
        case _:
            return lambda x, y: (x, y)


class _Collector:
    """Puts the pieces that pypdf reports together to lines."""

    def __init__(self, page: int, turn: Callable[[float, float], tuple[float, float]]) -> None:
        self.lines: list[PdfLine] = []
        self._page = page
        self._turn = turn
        self._fragments: list[Fragment] = []

    def read(self, text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        placed = mult(tm, cm)
        x, y = self._turn(placed[4], placed[5])
        size = abs(size) * math.hypot(placed[2], placed[3])
        name = str(font.get("/BaseFont", "")).lower() if font else ""
        is_bold = any(mark in name for mark in _BOLD)
        letter = size * (0.6 if any(mark in name for mark in _MONOSPACED) else 0.5)
        text = _SYMBOL_BULLETS.sub("•", text)
        first, *rest = text.split("\n")
        self._append(Fragment(first, x, y, size, is_bold, letter * len(first)))
        for part in rest:
            self.close()
            self._append(Fragment(part, x, y, size, is_bold, letter * len(part)))

    def _append(self, fragment: Fragment) -> None:
        if fragment.text.strip():
            self._fragments.append(fragment)
        elif fragment.text and self._fragments:
            last = self._fragments[-1]
            self._fragments[-1] = replace(last, text=f"{last.text} ")

    def close(self) -> None:
        fragments, self._fragments = self._fragments, []
        if not fragments:
            return
        largest = max(fragments, key=lambda fragment: (round(fragment.size, 1), len(fragment.text)))
        text = (
            clean_text("".join(_raised(fragment, largest) for fragment in fragments))
            .replace("\n", " ")
            .strip()
        )
        if text:
            bold = all(fragment.is_bold for fragment in fragments)
            x = min(fragment.x for fragment in fragments)
            self.lines.append(PdfLine(text, self._page, x, largest.y, largest.size, bold, tuple(fragments)))


def _raised(fragment: Fragment, largest: Fragment) -> str:
    is_raised = fragment.size < _SMALLER * largest.size and fragment.y - largest.y > _RAISED * largest.size
    return superscript(fragment.text) if is_raised else fragment.text
