"""From the lines of PDF pages to lines of text: furniture dropped, headings known, paragraphs parted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.formats.hyphens import mend_line_ends
from corpus.formats.pdf_page import PdfLine
from corpus.formats.pdf_running import text_of_pages
from corpus.formats.pdf_tables import TableRow, read_tables
from corpus.formats.plain_text import BULLET, ENUMERATED, SENTENCE_END, Line

_HEADING_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})+[.)]?|\d{1,2}[.)])\s+(?=\S)")
_LARGER = 1.12
_MAX_HEADING_WORDS = 30
_MAX_BOLD_WORDS = 14
_HEADING_STEP = 1.45
"""Distance of two lines of one heading at most, in sizes."""
_GAP = 1.35
"""How much larger than between lines the step to a new paragraph is."""
_INDENT = 0.7


@dataclass(frozen=True, slots=True)
class Layout:
    """The title set largest at the top, or "", and the lines of the text."""

    title: str
    lines: list[Line]


def lay_out_pages(pages: Sequence[Sequence[PdfLine]]) -> Layout:
    """Return the text of the pages without running heads, feet, page numbers and tables of contents."""
    parts = read_tables(text_of_pages(pages))
    lines = [part for part in parts if isinstance(part, PdfLine)]
    levels = _heading_levels(lines)
    title = _title(lines, levels)
    blocks = _Blocks(lines)
    texts = mend_line_ends([part.text for part in parts if part not in title])
    for part, text in zip((part for part in parts if part not in title), texts, strict=True):
        if isinstance(part, TableRow):
            blocks.add_row(part.first, text)
        elif text and (level := levels.get(part)):
            blocks.add_heading(part, text, level)
        elif text:
            blocks.add_text(part, text)
    return Layout(" ".join(mend_line_ends([line.text for line in title])).strip(), blocks.lines)


def _heading_levels(lines: Sequence[PdfLine]) -> dict[PdfLine, int]:
    """Return the level of every line that is a heading by its size or weight."""
    letters: Counter[float] = Counter()
    bold: Counter[float] = Counter()
    for line in lines:
        letters[_size(line)] += len(line.text)
        bold[_size(line)] += len(line.text) * line.is_bold
    body = max(letters, key=lambda size: (letters[size], -size), default=0.0)
    weighs = bold[body] < 0.5 * letters[body]
    kinds = [_heading_kind(line, body, weighs=weighs) for line in lines]
    ranks = {kind: rank for rank, kind in enumerate(sorted(filter(None, set(kinds)), reverse=True), start=1)}
    levels = _only_short([ranks.get(kind, 0) for kind in kinds], lines)
    return {line: level for line, level in zip(lines, levels, strict=True) if level}


def _heading_kind(line: PdfLine, body: float, *, weighs: bool) -> float:
    """Return what headings of one level have in common: their size, a little above the body's if bold."""
    if not any(letter.isalpha() for letter in line.text) or BULLET.match(line.text):
        return 0
    size = _size(line)
    if size >= _LARGER * body:
        return size
    is_short = len(line.text.split()) <= _MAX_BOLD_WORDS and line.text[-1] not in ".;,:"
    return body + 0.1 if weighs and line.is_bold and size >= 0.95 * body and is_short else 0


def _only_short(levels: list[int], lines: Sequence[PdfLine]) -> list[int]:
    """Return the levels without those of large type that runs on too long to be a heading."""
    checked = list(levels)
    n = 0
    while n < len(lines):
        end = n + 1
        while end < len(lines) and levels[end] == levels[n] and _goes_on(lines[end - 1], lines[end]):
            end += 1
        if levels[n] and sum(len(line.text.split()) for line in lines[n:end]) > _MAX_HEADING_WORDS:
            checked[n:end] = [0] * (end - n)
        n = end
    return checked


def _goes_on(upper: PdfLine, lower: PdfLine) -> bool:
    """Whether two lines of one heading stand under each other."""
    return upper.page == lower.page and 0 < upper.y - lower.y < _HEADING_STEP * upper.size


def _title(lines: Sequence[PdfLine], levels: Mapping[PdfLine, int]) -> list[PdfLine]:
    """Return the lines of the largest heading, if it is on the first page and the only one as large."""
    largest = [line for line in lines if levels.get(line) == 1]
    if not largest or largest[0].page != lines[0].page:
        return []
    is_one = all(_goes_on(upper, lower) for upper, lower in pairwise(largest))
    return largest if is_one else []


class _Blocks:
    """The lines so far, and what stood last: where a block ends is told from the step to the next."""

    def __init__(self, lines: Sequence[PdfLine]) -> None:
        self.lines: list[Line] = []
        self._step = _usual_step(lines)
        lengths = sorted(len(line.text) for line in lines)
        self._width = lengths[int(len(lengths) * 0.9)] if lengths else 0
        self._before: PdfLine | None = None
        self._item: PdfLine | None = None
        self._in_table = False

    def add_row(self, line: PdfLine, text: str) -> None:
        if not self._in_table:
            self._part()
        self.lines.append(Line(0, f"• {text}", line.page))
        self._before, self._in_table = None, True

    def add_heading(self, line: PdfLine, text: str, level: int) -> None:
        last = self.lines[-1] if self.lines else Line(0, "")
        if last.level == level and self._before and _goes_on(self._before, line):
            self.lines[-1] = replace(last, text=f"{last.text} {text}")
        else:
            self.lines.append(Line(0, _HEADING_NUMBER.sub("", text), line.page, level))
        self._before, self._item, self._in_table = line, None, False

    def add_text(self, line: PdfLine, text: str) -> None:
        opens = self._opens(line, text)
        if opens:
            self._part()
        if BULLET.match(text) or (ENUMERATED.match(text) and opens is not False):
            self._item = line
        self.lines.append(Line(0, text, line.page, continues=opens is False))
        self._before, self._in_table = line, False

    def _part(self) -> None:
        self.lines.append(Line(0, ""))
        self._item = None

    def _opens(self, line: PdfLine, text: str) -> bool | None:
        """Return whether a line opens a block (True) or goes on (False); None if its place does not tell."""
        before = self._before
        if before is None or self.lines[-1].level:
            return True
        if BULLET.match(text):
            return None
        ended = bool(SENTENCE_END.search(before.text))
        if ENUMERATED.match(text) and (ended or before.text.endswith(":")):
            return True
        step = before.y - line.y
        if before.page != line.page or step <= 0:
            return ended or (self._item is not None and text[0].isupper())
        if step > _GAP * self._step * line.size or abs(line.size - before.size) > 0.15 * before.size:
            return True
        return self._opens_in_place(line, text, before, ended=ended)

    def _opens_in_place(self, line: PdfLine, text: str, before: PdfLine, *, ended: bool) -> bool | None:
        if self._item is not None and line.x > self._item.x + 2:
            return False
        if self._item is not None:
            return True if text[0].isupper() and len(before.text) < 0.75 * self._width else None
        return True if ended and line.x > before.x + _INDENT * line.size else None


def _usual_step(lines: Sequence[PdfLine]) -> float:
    """Return the usual distance of two lines of a paragraph, in sizes."""
    steps = [
        (upper.y - lower.y) / upper.size
        for upper, lower in pairwise(lines)
        if upper.page == lower.page
        and _size(upper) == _size(lower)
        and 0 < upper.y - lower.y < 3 * upper.size
    ]
    return median(steps) if steps else 1.2


def _size(line: PdfLine) -> float:
    return round(2 * line.size) / 2
