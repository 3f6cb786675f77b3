"""``corpus.toml``: what a corpus says of itself, beside its articles."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from corpus.article import ArticleError

FILE_NAME = "corpus.toml"


@dataclass(frozen=True, slots=True)
class CorpusSettings:
    """Name, subject and framing of one corpus; the defaults fit any folder of articles."""

    name: str = "Articles"
    subject: str = "the subjects of these articles"
    framing: str = (
        "General information from the articles, not advice for one person: "
        "a professional who knows the situation can say what applies."
    )
    notice: str = "These answers quote the articles word for word."
    team: str = "the people who advise you"
    """Who a person can turn to, as it reads in "a question for ..."."""
    review_max_age_days: int = 365

    def as_plain(self) -> dict[str, Any]:
        """Return the settings as plain values."""
        return asdict(self)

    @classmethod
    def from_plain(cls, values: dict[str, Any]) -> Self:
        """Return settings from plain values that ``as_plain`` gave."""
        return cls(**values)


def read_settings(path: Path) -> CorpusSettings:
    """Read ``corpus.toml`` at ``path``; a file that does not exist gives the defaults.

    Raises ArticleError if it is not valid TOML or has an unknown key or a value of the wrong kind.
    """
    if not path.exists():
        return CorpusSettings()
    from pydantic import ConfigDict, TypeAdapter, ValidationError
    from pydantic.dataclasses import dataclass as checked

    strict = TypeAdapter(checked(CorpusSettings, config=ConfigDict(extra="forbid")))
    try:
        with path.open("rb") as file:
            values = strict.validate_python(tomllib.load(file))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ArticleError(path, str(error), mend="Mend the file; it is TOML.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ArticleError(path, f"{key}: {first['msg']}", mend="Mend or remove that key.") from error
    return CorpusSettings(**asdict(values))
