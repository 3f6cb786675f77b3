"""Rows of tables as lines of text, each cell behind the heads of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ENDS = re.compile(r"[.!?:;,…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell in its place: ``columns[0]`` is the column it starts in, ``columns[1]`` the one after it."""

    text: str
    columns: tuple[int, int]
    is_head: bool


def table_row(heads: Sequence[str], cells: Sequence[str]) -> str:
    """Return a table row as one line, each cell behind the head of its column: "drug: A; kind: pill"."""
    padded = [*heads, *[""] * (len(cells) - len(heads))]
    pairs = zip(padded, cells, strict=False)
    return "; ".join(f"{head}: {cell}" if head else cell for head, cell in pairs if cell)


def join_blocks(blocks: Sequence[str]) -> str:
    """Return the blocks of a cell as one line: sentences after each other, other words as a list."""
    joined = (block if _ENDS.search(block) else f"{block}," for block in blocks[:-1])
    return " ".join([*joined, *blocks[-1:]])


def row_text(heads: Sequence[Sequence[Cell]], cells: Sequence[Cell]) -> str:
    """Return one row as a line; without rows of heads, a head at its start names the row."""
    filled = [cell for cell in cells if cell.text]
    if len(filled) == 1 and len(cells) == 1:
        return filled[0].text
    if not heads and filled and filled[0].is_head and not any(cell.is_head for cell in filled[1:]):
        rest = "; ".join(cell.text for cell in filled[1:])
        return f"{filled[0].text}: {rest}" if rest else filled[0].text
    return table_row([_head_of(cell, heads) for cell in filled], [cell.text for cell in filled])


def _head_of(cell: Cell, heads: Sequence[Sequence[Cell]]) -> str:
    """Return what stands above ``cell``: the heads of its columns, the upper row of heads first."""
    start, end = cell.columns
    above = [
        ", ".join(
            head.text for head in row if head.text and head.columns[0] < end and head.columns[1] > start
        )
        for row in heads
    ]
    return " ".join(dict.fromkeys(text for text in above if text)).rstrip(":")
