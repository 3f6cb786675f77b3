"""The results of a run by case, as far as two runs are compared by them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.text import some_of
from eval.case_hash import turns_sha256
from eval.case_scores import case_scores
from eval.cases import EvalSetError
from eval.report_files import ReportFiles
from eval.runner import CaseResult

_MEND = "Write it again with `mbc-chat eval run --json FILE`."
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """What one case came to."""

    id: str
    sha256: str
    """Hash of what was asked and what was right."""
    error: str | None
    scores: Mapping[str, float | None]


class _RowModel(BaseModel):
    """What is read of a line; a report says more of a case than is compared."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: Annotated[str, Field(min_length=1)]
    sha256: str
    error: str | None = None
    scores: dict[str, float | None]


class _SummaryModel(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    case_ids: list[str]


def row_of(result: CaseResult) -> Row:
    """Return the row of a result."""
    scores = case_scores(result) if result.error is None else {}
    return Row(result.case.id, turns_sha256(result.case), result.error, scores)


def read_run(summary: Path) -> dict[str, Row]:
    """Return the rows of a written run by id.

    Raises EvalSetError if a file is missing or broken, or if the rows are not those that the summary names.
    """
    files = ReportFiles(summary)
    try:
        named = _SummaryModel.model_validate_json(_text(files.summary)).case_ids
    except ValidationError as error:
        raise EvalSetError(summary, f"is not the summary of a run: {_first(error)}", mend=_MEND) from error
    rows = read_rows(files.cases)
    _check_complete(files.cases, named, rows)
    return rows


def read_rows(path: Path) -> dict[str, Row]:
    """Return the rows of one JSON lines file by id.

    Raises EvalSetError naming the line for one that cannot be used or has an id that was there before.
    """
    rows: dict[str, Row] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        where = f"{path}, line {number}"
        try:
            row = _RowModel.model_validate_json(line)
        except ValidationError as error:
            raise EvalSetError(where, f"is not the row of a case: {_first(error)}", mend=_MEND) from error
        if row.id in rows:
            raise EvalSetError(where, "the case has a row already", mend=_MEND, case=row.id)
        rows[row.id] = Row(row.id, row.sha256, row.error, row.scores)
    if not rows:
        raise EvalSetError(path, "has no rows", mend=_MEND)
    return rows


def rows_text(rows: Iterable[Row]) -> str:
    """Return rows as JSON lines, by id, without what is not known."""
    return "".join(_line(row) for row in sorted(rows, key=lambda row: row.id))


def _line(row: Row) -> str:
    known = {name: value for name, value in sorted(row.scores.items()) if value is not None}
    plain = {"id": row.id, "sha256": row.sha256, "error": row.error, "scores": known}
    told = {key: value for key, value in plain.items() if value is not None}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def _check_complete(path: Path, named: Iterable[str], rows: Mapping[str, Row]) -> None:
    due = set(named)
    if missing := sorted(due - rows.keys()):
        raise EvalSetError(
            path, f"the rows of these cases are missing: {some_of(missing, _SHOWN)}", mend=_MEND
        )
    if extra := sorted(rows.keys() - due):
        raise EvalSetError(path, f"has rows of cases that were not run: {some_of(extra, _SHOWN)}", mend=_MEND)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise EvalSetError(path, "there is no such file", mend=_MEND) from error
    except (OSError, UnicodeDecodeError) as error:
        raise EvalSetError(path, f"cannot be read: {error}", mend=_MEND) from error


def _first(error: ValidationError) -> str:
    found = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in found["loc"])
    return f"{key}: {found['msg']}" if key else found["msg"]
