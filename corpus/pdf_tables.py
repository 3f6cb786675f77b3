"""Tables on PDF pages: rows whose cells stand in the same columns, line after line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.pdf_page import PdfLine
from corpus.plain_text import BULLET
from corpus.tables import table_row
from corpus.text import one_line

_GAP = 1.0
"""Empty space, in sizes, that parts two columns."""
_MARK = re.compile(r"[^\w\s]{1,2}|\(?\w{1,3}[.)]|\d{1,2}(?:\.\d{1,2})+")
"""What begins a list item or a numbered heading: no column of its own."""
_SAME_COLUMN = 4.0
"""How far apart, in points, two cells of one column begin."""
_WRAPPED = 1.3
"""How much larger the step to the next row is than to the next line of a cell."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as one line of text, and the first of the lines that it was set in."""

    text: str
    first: PdfLine


@dataclass(slots=True)
class _Cell:
    x: float
    text: str


def read_tables(lines: Sequence[PdfLine]) -> list[PdfLine | TableRow]:
    """Return the lines with every table among them as its rows, each cell behind the head of its column."""
    read: list[PdfLine | TableRow] = []
    n = 0
    while n < len(lines):
        end = _table_end(lines, n)
        if end - n >= 2:
            read += _rows(lines[n:end])
            n = end
        else:
            read.append(lines[n])
            n += 1
    return read


def _table_end(lines: Sequence[PdfLine], start: int) -> int:
    """Return the number of the line after the table that begins at ``start``, or ``start``."""
    columns = [cell.x for cell in _cells(lines[start])]
    if len(columns) < 2 or BULLET.match(lines[start].text):
        return start
    end, full = start + 1, 1
    while end < len(lines) and _is_below(lines[end - 1], lines[end]):
        if BULLET.match(lines[end].text):
            break
        cells = _cells(lines[end])
        if not all(any(abs(cell.x - x) <= _SAME_COLUMN for x in columns) for cell in cells):
            break
        if len(cells) == 1 and abs(cells[0].x - columns[0]) <= _SAME_COLUMN and len(cells[0].text) > 60:
            break
        full += len(cells) > 1
        end += 1
    while end > start and len(_cells(lines[end - 1])) == 1 and not _is_wrapped(lines, end - 1):
        end -= 1
    return end if full >= 2 else start


def _is_below(upper: PdfLine, lower: PdfLine) -> bool:
    return upper.page == lower.page and 0 < upper.y - lower.y < 4 * upper.size


def _is_wrapped(lines: Sequence[PdfLine], n: int) -> bool:
    return n > 0 and lines[n - 1].y - lines[n].y < _WRAPPED * lines[n].size


def _cells(line: PdfLine) -> list[_Cell]:
    """Divide a line at its gaps that are wide enough to part columns."""
    cells: list[_Cell] = []
    end = 0.0
    for fragment in line.fragments:
        if cells and fragment.x - end < _GAP * fragment.size:
            cells[-1].text += fragment.text
        else:
            cells.append(_Cell(fragment.x, fragment.text.lstrip()))
        end = max(end, fragment.x + fragment.width)
    if len(cells) > 1 and _MARK.fullmatch(cells[0].text.strip()):
        cells[1] = _Cell(cells[0].x, f"{cells[0].text} {cells[1].text}")
        return cells[1:]
    return cells


def _rows(lines: Sequence[PdfLine]) -> list[TableRow]:
    """Put wrapped cells together; the first row is the head of the columns if it alone is bold."""
    columns = [cell.x for cell in _cells(lines[0])]
    rows: list[tuple[PdfLine, list[str]]] = []
    steps = [upper.y - lower.y for upper, lower in pairwise(lines)]
    least = max(steps) / _WRAPPED if max(steps) > _WRAPPED * min(steps) else 0.0
    for line, step in zip(lines, [max(steps), *steps], strict=True):
        cells = _cells(line)
        opens = step >= least and (least > 0 or abs(cells[0].x - columns[0]) <= _SAME_COLUMN)
        if opens or not rows:
            rows.append((line, [""] * len(columns)))
        for cell in cells:
            place = min(range(len(columns)), key=lambda column: abs(columns[column] - cell.x))
            rows[-1][1][place] = one_line(f"{rows[-1][1][place]} {cell.text}")
    (head_line, heads), *body = rows
    if not (head_line.is_bold and body and not any(line.is_bold for line, _ in body)):
        heads, body = [], rows
    return [TableRow(table_row(heads, cells), line) for line, cells in body]
