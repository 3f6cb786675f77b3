"""Tables of a Word document: which hold data, and their cells in their places."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.etree import _Element as Element

from corpus.formats.tables import Cell
from corpus.formats.word_styles import W, is_on, value_of

_PLAIN_STYLES = frozenset({"", "tablegrid", "tablenormal", "tablegridlight", "plaintable"})
_MAX_COLUMNS = 100
_FIRST_ROW = 0x20
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,8}")


def rows_of(table: Element) -> list[Element]:
    """Return the rows of a table but for those that were deleted."""
    rows = [element for element in _inside(table) if element.tag == f"{W}tr"]
    return [row for row in rows if not is_on(row.find(f"{W}trPr"), "del")]


def cells_of(row: Element) -> list[Element]:
    """Return the cells of a row."""
    return [element for element in _inside(row) if element.tag == f"{W}tc"]


def is_data_table(table: Element) -> bool:
    """Whether a table holds rows of data; a table of one row or column is a box around text."""
    rows = [cells_of(row) for row in rows_of(table)]
    nested = any(True for row in rows for cell in row for _ in cell.iter(f"{W}tbl"))
    return not nested and len(rows) > 1 and max(map(len, rows)) > 1


def place_cells(
    table: Element, words_in: Callable[[Element], tuple[str, bool]]
) -> tuple[list[list[Cell]], int]:
    """Return the cells of every row with their columns, and how many rows at the top are heads.

    ``words_in`` gives the text of a cell and whether all of it is bold.
    """
    rows: list[list[Cell]] = []
    bold_rows: list[bool] = []
    for row in rows_of(table):
        cells: list[Cell] = []
        bold: list[bool] = []
        column = 0
        for element in cells_of(row)[:_MAX_COLUMNS]:
            properties = element.find(f"{W}tcPr")
            width = value_of(properties, "gridSpan")
            end = column + (min(int(width), _MAX_COLUMNS) if width.isdecimal() else 1)
            text, is_bold = words_in(element)
            if _goes_on_from_above(properties) and rows:
                text = next((cell.text for cell in rows[-1] if cell.columns[0] == column), "")
            cells.append(Cell(text, (column, end), is_head=False))
            bold.append(is_bold or not text)
            column = end
        rows.append(cells)
        bold_rows.append(bool(cells) and all(bold) and any(cell.text for cell in cells))
    return rows, _head_count(table, bold_rows)


def _head_count(table: Element, bold_rows: list[bool]) -> int:
    marked = [is_on(row.find(f"{W}trPr"), "tblHeader") for row in rows_of(table)]
    count = next((n for n, is_head in enumerate(marked) if not is_head), len(marked))
    if count == 0 and bold_rows and (_has_styled_first_row(table) or (bold_rows[0] and not all(bold_rows))):
        count = 1
    return count if count < len(marked) else 0


def _has_styled_first_row(table: Element) -> bool:
    """Whether the table's style sets its first row apart, which most tables ask for and few styles do."""
    properties = table.find(f"{W}tblPr")
    look = properties.find(f"{W}tblLook") if properties is not None else None
    if look is None or value_of(properties, "tblStyle").lower() in _PLAIN_STYLES:
        return False
    bits = look.get(f"{W}val") or ""
    if _HEXADECIMAL.fullmatch(bits):
        return bool(int(bits, 16) & _FIRST_ROW)
    return look.get(f"{W}firstRow") in {"1", "true", "on"}


def _goes_on_from_above(properties: Element | None) -> bool:
    merged = properties.find(f"{W}vMerge") if properties is not None else None
    return merged is not None and merged.get(f"{W}val") != "restart"


def _inside(element: Element) -> list[Element]:
    """Return the children of a table or row, those in content controls and marked changes too."""
    found: list[Element] = []
    for child in element:
        if child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}:
            found += _inside(child)
        else:
            found.append(child)
    return found
