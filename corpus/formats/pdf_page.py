"""The lines of one PDF page: their text, where they stand, and how large they are set."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject, mult

from corpus.formats.pdf_marks import Marks
from corpus.text import clean_text, superscript

_BOLD = ("bold", "black", "heavy", "semibold", "medi", "cmbx")
_MONOSPACED = ("mono", "courier", "consol", "nimbusmon", "cmtt", "typewriter")
_SYMBOL_BULLETS = re.compile("[\x7f\uf0b7\uf0a7\uf076\uf0d8\uf0fc\uf06e\uf0a8]")
"""Bullets by their codes in symbol fonts, and the code that stands for one where a font has none."""
_BARE_MARK = re.compile(r"[•‣◦▪●·–-]|\d{1,2}[.)]")
_RAISED = 0.15
_HIGH = 0.3
"""Shares of a line's size that a raised figure stands above it: a smaller one, and one of any size."""
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

    def check(self) -> None:
        """Raise TooMuch if the time is over."""
        if self.clock() - self.started > self.seconds:
            raise TooMuch


def page_lines(page: PageObject, number: int, deadline: Deadline) -> list[PdfLine]:
    """Return the lines of upright text in the order in which the page draws them.

    Raises TooMuch once the time is over, and whatever pypdf raises for a damaged page.
    """
    turned = int(page.rotation) % 360
    turned = turned if turned in {90, 180, 270} else 0
    collector, marks = _Collector(number, turned), Marks()

    def draw(operator: bytes, operands: Any, cm: list[float], _: object) -> None:
        deadline.check()
        marks.read(operator, operands, cm)

    page.extract_text(orientations=(turned,), visitor_text=collector.read, visitor_operand_before=draw)
    deadline.check()
    collector.close()
    marks.centres = [_turn(turned, x, y) for x, y in marks.centres]
    return _with_marks(collector.lines, marks)


def _with_marks(lines: Sequence[PdfLine], marks: Marks) -> list[PdfLine]:
    """Return the lines with a bullet before those that a mark stands beside, and without bare marks."""
    bare = [line for line in lines if _BARE_MARK.fullmatch(line.text)]
    marks.centres += [(line.x, line.y) for line in bare]
    marked: list[PdfLine] = []
    for line in lines:
        x = marks.beside(line.x, line.y, line.size)
        if x is not None:
            marked.append(replace(line, text=f"• {line.text}", x=x))
        elif line not in bare:
            marked.append(line)
    return marked


def _turn(degrees: int, x: float, y: float) -> tuple[float, float]:
    """Return where a point of the page stands as the page is seen."""
    match degrees:
        case 90:
            return y, -x
        case 180:
            return -x, -y
        case 270:
            return -y, x
        case _:
            return x, y


class _Collector:
    """Puts the pieces that pypdf reports together to lines."""

    def __init__(self, page: int, turned: int) -> None:
        self.lines: list[PdfLine] = []
        self._page = page
        self._turned = turned
        self._fragments: list[Fragment] = []

    def read(self, text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        placed = mult(tm, cm)
        x, y = _turn(self._turned, placed[4], placed[5])
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
            if not any(_is_shadow(fragment, other) for other in self._fragments[-4:]):
                self._fragments.append(fragment)
        elif fragment.text and self._fragments:
            last = self._fragments[-1]
            self._fragments[-1] = replace(last, text=f"{last.text} ")

    def close(self) -> None:
        """End the line being read; a bullet that was set after its text is a line of its own."""
        fragments, self._fragments = self._fragments, []
        last = fragments[-1] if len(fragments) > 1 else None
        if last and last.x < fragments[0].x and _BARE_MARK.fullmatch(last.text.strip()):
            self._append_line(fragments.pop())
        if fragments:
            self._append_line(*fragments)

    def _append_line(self, *fragments: Fragment) -> None:
        before = self.lines[-1] if self.lines else None
        if before and _is_beside(before.fragments[-1], fragments[0]):
            self.lines.pop()
            last = before.fragments[-1]
            fragments = (*before.fragments[:-1], replace(last, text=f"{last.text} "), *fragments)
        line = _line(fragments, self._page)
        if line and not (
            before and _is_shadow(line.fragments[0], before.fragments[0]) and line.text == before.text
        ):
            self.lines.append(line)


def _is_shadow(one: Fragment, other: Fragment) -> bool:
    """Whether a run is drawn a second time at the same place, which makes letters look bold."""
    same = one.text.strip() == other.text.strip()
    return same and abs(one.x - other.x) < 1 and abs(one.y - other.y) < 1


def _is_beside(left: Fragment, right: Fragment) -> bool:
    """Whether a line that was begun anew goes on with the one before it, as cells of a table do."""
    size = max(left.size, right.size)
    return abs(left.y - right.y) < 0.25 * size and right.x > left.x + size


def _line(fragments: tuple[Fragment, ...], page: int) -> PdfLine | None:
    base = max(fragments, key=lambda fragment: len(fragment.text))
    text = clean_text("".join(_raised(fragment, base) for fragment in fragments)).replace("\n", " ")
    if not text.strip():
        return None
    is_bold = all(fragment.is_bold for fragment in fragments)
    x = min(fragment.x for fragment in fragments)
    return PdfLine(text.strip(), page, x, base.y, base.size, is_bold, fragments)


def _raised(fragment: Fragment, base: Fragment) -> str:
    rise = (fragment.y - base.y) / base.size if base.size else 0.0
    is_raised = rise > _HIGH or (rise > _RAISED and fragment.size < _SMALLER * base.size)
    return superscript(fragment.text) if is_raised else fragment.text
