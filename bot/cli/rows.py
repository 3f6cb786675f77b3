"""Reading JSON lines for the batch commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.cli.context import WrongUse


class BadRow(Exception):
    """A line that is not a row: says which line and what is wrong; the other rows run on."""

    def __init__(self, number: int, problem: str, row_id: Any = None) -> None:
        self.row_id = row_id
        super().__init__(f"line {number}: {problem}")


def read_lines(source: str) -> Iterator[tuple[int, str]]:
    """Yield the number and text of every line that is not blank, from a file or, for "-", stdin.

    Raises WrongUse if the file cannot be read.
    """
    for number, line in enumerate(sys.stdin if source == "-" else _file_lines(source), start=1):
        if line.strip():
            yield number, line


def _file_lines(source: str) -> list[str]:
    try:
        return Path(source).read_text("utf-8-sig", errors="replace").split("\n")
    except OSError as error:
        problem = f"{source} cannot be read ({error.strerror or error})"
        raise WrongUse(f"{problem}. Check the path after --batch.") from error


def read_row(line: str, number: int) -> tuple[Any, list[str]]:
    """Return the id and the turns of one row. Raises BadRow if it has none."""
    try:
        row = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadRow(number, f"this is not valid JSON ({error}). Write one object a line.") from error
    if not isinstance(row, dict):
        raise BadRow(number, 'this is not an object. Write {"id": .., "question": ..} a line.')
    row_id = row.get("id")
    if not _comes_back(row_id):
        raise BadRow(number, 'an "id" is a text or a number.')
    if "id" not in row or ("question" in row) == ("turns" in row):
        raise BadRow(number, 'a row needs "id" and either "question" or "turns".', row_id)
    turns = row["turns"] if "turns" in row else [row["question"]]
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) and t.strip() for t in turns):
        raise BadRow(number, "questions are non-empty strings, and there is at least one.", row_id)
    return row_id, turns


def _refuse_constant(constant: str) -> None:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(f"{constant} is no value of JSON")


def _comes_back(row_id: object) -> bool:
    """Whether an id can be written down again: 1e999 is read as a number that JSON has not."""
    try:
        json.dumps(row_id, allow_nan=False)
    except (ValueError, RecursionError):
        return False
    return True
