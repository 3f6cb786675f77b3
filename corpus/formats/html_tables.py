"""Tables of a web page: which hold data, and their rows with the heads of their columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from corpus.formats.html_furniture import tag_of
from corpus.formats.tables import Cell, row_text

_MAX_CELL_WORDS = 60
_MAX_SPAN = 100
_NUMBER = re.compile(r"\s*(\d{1,4})\b")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table as a line of text."""

    text: str
    line: int


@dataclass(slots=True)
class _Grid:
    """Places cells in columns, with those that reach down from the rows above."""

    text_of: Callable[[Element], str]
    reaching: dict[int, tuple[int, Cell]] = field(default_factory=dict)
    """By starting column: for how many more rows a cell is there, and the cell."""

    def place(self, row: Element) -> list[Cell]:
        cells: list[Cell] = []
        column = self._pass_reaching(0, cells)
        for element in row.iterchildren("td", "th"):
            if column >= _MAX_SPAN:
                break
            width, height = _span(element, "colspan"), _span(element, "rowspan")
            cell = Cell(self.text_of(element), (column, column + width), tag_of(element) == "th")
            cells.append(cell)
            if height > 1:
                self.reaching[column] = (height, cell)
            column = self._pass_reaching(column + width, cells)
        self.reaching = {start: (left - 1, cell) for start, (left, cell) in self.reaching.items() if left > 1}
        return cells

    def _pass_reaching(self, column: int, cells: list[Cell]) -> int:
        while column in self.reaching and self.reaching[column][1] not in cells:
            cell = self.reaching[column][1]
            cells.append(cell)
            column = cell.columns[1]
        return column


def is_data_table(table: Element) -> bool:
    """Whether a table holds rows of data; other tables only place parts of a page beside each other."""
    if table.get("role") in {"presentation", "none"} or any(
        inner is not table for inner in table.iter("table")
    ):
        return False
    rows = [list(row.iterchildren("td", "th")) for row in table.iter("tr")]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    if any(True for _ in table.iter("th", "thead", "caption")):
        return True
    return all(_is_simple(cell) for row in rows for cell in row)


def read_table(table: Element, text_of: Callable[[Element], str]) -> tuple[str, list[Row]]:
    """Return the caption of a data table and its rows, each cell behind the head of its column."""
    grid = _Grid(text_of)
    caption = " ".join(text_of(element) for element in table.iterchildren("caption"))
    heads: list[list[Cell]] = []
    rows: list[Row] = []
    for element in table.iter("tr"):
        cells = grid.place(element)
        if not rows and _is_head_row(element, cells, first=not heads):
            heads.append(cells)
        elif text := row_text(heads, cells):
            rows.append(Row(text, element.sourceline or 0))
    return caption, rows or [Row(row_text([], cells), table.sourceline or 0) for cells in heads]


def _is_head_row(element: Element, cells: list[Cell], *, first: bool) -> bool:
    parent = element.getparent()
    if parent is not None and tag_of(parent) == "thead":
        return True
    if cells and all(cell.is_head for cell in cells):
        return len(cells) > 1
    return first and len(cells) > 1 and all(_is_bold(cell) for cell in element.iterchildren("td", "th"))


def _is_simple(cell: Element) -> bool:
    blocks = sum(1 for _ in cell.iter("p", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "form"))
    return blocks <= 1 and len("".join(map(str, cell.itertext())).split()) <= _MAX_CELL_WORDS


def _is_bold(cell: Element) -> bool:
    text = "".join(map(str, cell.itertext())).strip()
    bold = "".join(str(part) for strong in cell.iter("b", "strong") for part in strong.itertext()).strip()
    return bool(text) and text == bold


def _span(cell: Element, name: str) -> int:
    number = _NUMBER.match(cell.get(name) or "")
    return min(max(int(number[1]), 1), _MAX_SPAN) if number else 1
