"""How strict the editorial checks are: the ``[check]`` table of ``corpus.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_type_hints

from corpus.article import ArticleError

TABLE = "check"


class ProfileName(StrEnum):
    """The two profiles that a corpus can begin from."""

    STRICT = "strict"
    LENIENT = "lenient"


class Level(StrEnum):
    """What becomes of a check's findings."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


class CheckName(StrEnum):
    """The checks, as findings and profiles name them."""

    UNREADABLE = "unreadable"
    READING = "reading"
    FRONT_MATTER = "front-matter"
    REVIEW_DATE = "review-date"
    LENGTH = "length"
    EMPTY_SECTION = "empty-section"
    FACTS = "facts"
    FIGURES = "figures"
    LINKS = "links"
    GRADE = "grade"
    HEADINGS = "headings"
    OPENINGS = "openings"
    DIRECTIVES = "directives"
    DOSES = "doses"
    TERMS = "terms"
    DUPLICATES = "duplicates"
    CONTRADICTIONS = "contradictions"
    COPIED = "copied"
    GLOSSARY = "glossary"
    ASKED_AS = "asked-as"


@dataclass(frozen=True, slots=True)
class Profile:
    """What the checks ask of a corpus."""

    profile: ProfileName
    min_words: int
    max_words: int
    min_sections: int
    max_sections: int
    max_grade: float
    complete_front_matter: bool
    """Whether every key of the front matter must be there, and no other."""
    facts_needed: bool
    """Whether every section must name the facts that it rests on."""
    asked_as_needed: bool
    """Whether every section must have other ways to ask."""
    whole_links: bool
    """Whether a link must be a whole web address; otherwise one to a file beside the article will do."""
    levels: Mapping[CheckName, Level] = field(default_factory=lambda: MappingProxyType({}))
    """What becomes of a check's findings; where none is named, they stay as they are."""


STRICT = Profile(
    profile=ProfileName.STRICT,
    min_words=500,
    max_words=1_100,
    min_sections=5,
    max_sections=10,
    max_grade=9.0,
    complete_front_matter=True,
    facts_needed=True,
    asked_as_needed=True,
    whole_links=True,
)
"""What our own articles are held to."""

_WARNED_OF = (
    CheckName.FRONT_MATTER,
    CheckName.LINKS,
    CheckName.GRADE,
    CheckName.OPENINGS,
    CheckName.DIRECTIVES,
    CheckName.DOSES,
    CheckName.TERMS,
    CheckName.DUPLICATES,
    CheckName.CONTRADICTIONS,
)

LENIENT = Profile(
    profile=ProfileName.LENIENT,
    min_words=0,
    max_words=1_000_000,
    min_sections=0,
    max_sections=1_000_000,
    max_grade=12.0,
    complete_front_matter=False,
    facts_needed=False,
    asked_as_needed=False,
    whole_links=False,
    levels=MappingProxyType(
        {**dict.fromkeys(_WARNED_OF, Level.WARNING), CheckName.HEADINGS: Level.OFF},
    ),
)
"""What anyone's articles are held to: what is wrong is an error, what is a matter of style a warning."""

PROFILES = MappingProxyType({ProfileName.STRICT: STRICT, ProfileName.LENIENT: LENIENT})


def read_profile(path: Path, name: ProfileName | None = None) -> Profile:
    """Read the ``[check]`` table of the ``corpus.toml`` at ``path``; without one, the lenient profile.

    ``name`` takes the place of the table's ``profile``; its other keys change single limits, and its
    ``levels`` single checks. Raises ArticleError if a key or a value of the table cannot be used.
    """
    table = _table(path)
    values = _checked_values(path, table)
    base = PROFILES[name or values.pop("profile", None) or ProfileName.LENIENT]
    values.pop("profile", None)
    levels = {**base.levels, **values.pop("levels", {})}
    return replace(base, levels=MappingProxyType(levels), **values)


def _table(path: Path) -> object:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8")).get(TABLE, {})
    except (OSError, ValueError, RecursionError) as error:
        raise ArticleError(path, str(error), mend="Mend the file; it is TOML.") from error


def _checked_values(path: Path, table: object) -> dict[str, Any]:
    from pydantic import ConfigDict, ValidationError, create_model

    kinds = get_type_hints(Profile)
    keys: dict[str, Any] = {key.name: (kinds[key.name] | None, None) for key in fields(Profile)}
    keys["levels"] = (dict[CheckName, Level], {})
    model = create_model("Check", __config__=ConfigDict(extra="forbid"), **keys)
    try:
        values: dict[str, Any] = model.model_validate(table).model_dump(exclude_unset=True, exclude_none=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(part) for part in (TABLE, *first["loc"]))
        raise ArticleError(path, f"{place}: {first['msg']}", mend="Mend or remove that key.") from error
    return values
