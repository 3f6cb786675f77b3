"""Tables on PDF pages: rows whose cells stand in the same columns, line after line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.pdf_page import PdfLine
from corpus.formats.plain_text import BULLET
from corpus.formats.tables import table_row
from corpus.text import one_line

_GAP = 1.0
"""Empty space, in sizes, that parts two columns."""
_MARK = re.compile(r"[^\w\s]{1,2}|\(?\w{1,3}[.)]|\d{1,2}(?:\.\d{1,2})+")
"""What begins a list item or a numbered heading: no column of its own."""
_BESIDE_MARK = 2.5
"""How far from a bare number, in sizes, the text begins that it counts."""
_SAME_COLUMN = 2.5
"""How far apart, in points, two cells of one column begin."""
_MAX_CELL = 60
"""Letters of a first cell; a longer line at the same place is text after the table."""
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
    """Return the number of the line after the table that begins at ``start``, or ``start``.

    A row whose cells have several lines may be drawn cell by cell: its lines go up again, but never
    above the head.
    """
    head = lines[start]
    columns = [cell.x for cell in _cells(head)]
    if len(columns) < 2 or BULLET.match(head.text):
        return start
    end, full, lowest = start + 1, 1, head.y
    while end < len(lines) and _is_inside(lines[end], head, lowest, columns):
        full += len(_cells(lines[end], columns)) > 1
        lowest = min(lowest, lines[end].y)
        end += 1
    while end > start + 1 and _stands_alone(lines[end - 1], lines[start : end - 1], columns):
        end -= 1
    return end if full >= 2 else start


def _is_inside(line: PdfLine, head: PdfLine, lowest: float, columns: Sequence[float]) -> bool:
    if line.page != head.page or BULLET.match(line.text):
        return False
    if not lowest - 4 * head.size < line.y < head.y - 0.5 * head.size:
        return False
    cells = _cells(line, columns)
    is_text = (
        len(cells) == 1 and line.y < lowest and len(line.text) > _MAX_CELL and _is_at(cells[0].x, columns[0])
    )
    return not is_text and all(any(_is_at(cell.x, x) for x in columns) for cell in cells)


def _stands_alone(line: PdfLine, above: Sequence[PdfLine], columns: Sequence[float]) -> bool:
    """Whether a last line of one cell is text after the table: too far below it to go on with a cell."""
    return (
        len(_cells(line, columns)) == 1 and min(upper.y for upper in above) - line.y >= _WRAPPED * line.size
    )


def _is_at(x: float, column: float) -> bool:
    return abs(x - column) <= _SAME_COLUMN


def _cells(line: PdfLine, columns: Sequence[float] = ()) -> list[_Cell]:
    """Divide a line at gaps that are wide enough to part columns, and where a known column begins."""
    cells: list[_Cell] = []
    end = 0.0
    for fragment in line.fragments:
        at_column = any(_is_at(fragment.x, x) and not _is_at(cells[-1].x, x) for x in columns if cells)
        if cells and not at_column and fragment.x - end < _GAP * fragment.size:
            cells[-1].text += fragment.text
        else:
            cells.append(_Cell(fragment.x, fragment.text.lstrip()))
        end = max(end, fragment.x + fragment.width)
    if len(cells) > 1 and _is_mark(cells[0], cells[1], line.size):
        cells[1] = _Cell(cells[0].x, f"{cells[0].text} {cells[1].text}")
        return cells[1:]
    return cells


def _is_mark(first: _Cell, second: _Cell, size: float) -> bool:
    text = first.text.strip()
    return bool(_MARK.fullmatch(text)) or (text.isdigit() and second.x - first.x < _BESIDE_MARK * size)


def _rows(lines: Sequence[PdfLine]) -> list[TableRow]:
    """Put wrapped cells together; the first row is the head of the columns if it alone is bold."""
    columns = [cell.x for cell in _cells(lines[0])]
    levels = _by_height(lines)
    steps = [upper[0].y - lower[0].y for upper, lower in pairwise(levels)]
    least = max(steps) / _WRAPPED if max(steps) > _WRAPPED * min(steps) else 0.0
    rows: list[tuple[PdfLine, list[str]]] = []
    for level, step in zip(levels, [max(steps), *steps], strict=True):
        cells = [cell for line in level for cell in _cells(line, columns)]
        opens = step >= least and (least > 0 or any(_is_at(cell.x, columns[0]) for cell in cells))
        if opens or not rows:
            rows.append((level[0], [""] * len(columns)))
        for cell in cells:
            place = min(range(len(columns)), key=lambda column: abs(columns[column] - cell.x))
            rows[-1][1][place] = one_line(f"{rows[-1][1][place]} {cell.text}")
    (head_line, heads), *body = rows
    if not (head_line.is_bold and body and not any(line.is_bold for line, _ in body)):
        heads, body = [], rows
    return [TableRow(table_row(heads, cells), line) for line, cells in body]


def _by_height(lines: Sequence[PdfLine]) -> list[list[PdfLine]]:
    """Return the lines from the top down, those on one height together."""
    levels: list[list[PdfLine]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if levels and levels[-1][0].y - line.y < 0.3 * line.size:
            levels[-1].append(line)
        else:
            levels.append([line])
    return levels
