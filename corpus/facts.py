"""The register of facts: what the sections of a corpus rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.article import Source


class FactStatus(StrEnum):
    """How a fact was established."""

    VERIFIED = "verified"
    RECALLED = "recalled"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in the corpus's own words, with where and when it was read."""

    id: str
    says: str
    source: Source
    as_of: str
    status: FactStatus


def read_facts(path: Path) -> dict[str, Fact]:
    """Read the register at ``path`` by fact id; a file that does not exist is an empty register.

    Raises ArticleError, with the line, if the file is not valid or has the same id twice.
    """
    if not path.exists():
        return {}
    from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

    from corpus.side_file import read_side_file

    class SourceRow(BaseModel):
        model_config = ConfigDict(extra="forbid")
        title: str
        url: str

    class FactRow(BaseModel):
        model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)
        says: str
        source: SourceRow
        as_of: str
        status: FactStatus

    file = read_side_file(path)
    try:
        rows = TypeAdapter(dict[str, FactRow]).validate_python(file.values)
    except ValidationError as error:
        first = error.errors()[0]
        raise file.error_at(first["loc"], first["msg"], "Mend that row of the register.") from error
    return {
        fact_id: Fact(fact_id, row.says, Source(row.source.title, row.source.url), row.as_of, row.status)
        for fact_id, row in rows.items()
    }


def sources_of(fact_ids: Iterable[str], facts: Mapping[str, Fact]) -> tuple[Source, ...]:
    """Return the sources of the facts named, each once, in the order of first use."""
    return tuple(dict.fromkeys(facts[fact_id].source for fact_id in fact_ids if fact_id in facts))
