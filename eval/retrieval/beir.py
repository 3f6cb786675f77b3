"""Reading queries and relevance grades as BEIR writes them: queries.jsonl and qrels.tsv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.cases import EvalSetError

_MEND_QUERIES = 'A line is {"_id": "...", "text": "..."}.'
_MEND_QRELS = "A line is query-id, corpus-id and a whole number, with tabs between them."
_COLUMNS = ("query-id", "corpus-id", "score")


@dataclass(frozen=True, slots=True)
class Query:
    """A question, and how much each document answers it."""

    id: str
    text: str
    grades: Mapping[str, int]
    """By document; a grade above 0 is relevant. Empty where nobody judged the question."""

    @property
    def relevant(self) -> frozenset[str]:
        """The documents that answer it."""
        return frozenset(name for name, grade in self.grades.items() if grade > 0)


class _QueryModel(BaseModel):
    """A line of queries.jsonl; BEIR's files say more in it than is used."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: str = Field(alias="_id", min_length=1)
    text: str = Field(pattern=r"\S")


def read_queries(queries: Path, qrels: Path) -> list[Query]:
    """Return the questions with their grades, in the order of their ids.

    Raises EvalSetError naming file and line for what cannot be used, and for a grade whose question is
    not there.
    """
    texts = _read_texts(queries)
    grades = _read_grades(qrels)
    if missing := sorted(grades.keys() - texts.keys()):
        raise EvalSetError(
            qrels,
            f"grades {len(missing)} questions that {queries} has not, the first of them {missing[0]!r}",
            mend="Name the queries that belong to these grades.",
        )
    return [Query(name, texts[name], grades.get(name, {})) for name in sorted(texts)]


def _read_texts(path: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for number, line in _lines(path):
        where = f"{path}, line {number}"
        try:
            query = _QueryModel.model_validate_json(line)
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            key = "".join(f"{part}: " for part in problem["loc"])
            raise EvalSetError(where, f"is not a query: {key}{problem['msg']}", mend=_MEND_QUERIES) from error
        if query.id in texts:
            raise EvalSetError(
                where, f"the id {query.id!r} is used already", mend="Give each query its own id."
            )
        texts[query.id] = query.text
    if not texts:
        raise EvalSetError(path, "holds no query", mend=_MEND_QUERIES)
    return texts


def _read_grades(path: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        columns = tuple(line.split("\t"))
        if number == 1 and columns == _COLUMNS:
            continue
        where = f"{path}, line {number}"
        if len(columns) != len(_COLUMNS) or not all(column.strip() for column in columns):
            raise EvalSetError(where, f"has not the three columns {', '.join(_COLUMNS)}", mend=_MEND_QRELS)
        query, document, text = columns
        try:
            grade = int(text)
        except ValueError as error:
            raise EvalSetError(where, f"{text!r} is not a whole number", mend=_MEND_QRELS) from error
        if grades.setdefault(query, {}).setdefault(document, grade) != grade:
            raise EvalSetError(
                where, f"{document!r} has another grade for {query!r} further up", mend="Keep one."
            )
    if not grades:
        raise EvalSetError(path, "holds no grade", mend=_MEND_QRELS)
    return grades


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers from 1."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise EvalSetError(
            path, f"is not UTF-8 (at byte {error.start})", mend="Save the file as UTF-8."
        ) from error
    except OSError as error:
        raise EvalSetError(path, f"cannot be read: {error.strerror}", mend="Name a readable file.") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line.rstrip("\r")
