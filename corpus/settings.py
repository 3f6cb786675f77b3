"""``corpus.toml``: what a corpus says of itself, beside its articles."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self, get_type_hints

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
    from pydantic import ConfigDict, ValidationError, create_model

    kinds = get_type_hints(CorpusSettings)
    keys: dict[str, Any] = {key.name: (kinds[key.name], key.default) for key in fields(CorpusSettings)}
    model = create_model("Settings", __config__=ConfigDict(extra="forbid", strict=True), **keys)
    try:
        with path.open("rb") as file:
            values = model.model_validate(tomllib.load(file))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ArticleError(path, str(error), mend="Mend the file; it is TOML.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ArticleError(path, f"{place}: {first['msg']}", mend="Mend or remove that key.") from error
    return CorpusSettings(**values.model_dump())
