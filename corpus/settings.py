"""``corpus.toml``: what a corpus says of itself, beside its articles."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from corpus.article import ArticleError

FILE_NAME = "corpus.toml"
CHECK_TABLE = "check"
"""The table that loosens the editorial checks: it has a reader of its own."""


class Readers(StrEnum):
    """Whom a corpus is written for: the safety notices speak to them."""

    ANYONE = "anyone"
    CANCER_TREATMENT = "people in cancer treatment"


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """Someone to talk to, beside the emergency numbers, which every corpus has."""

    country: str
    """Two capital letters, such as "UK"."""
    name: str
    number: str
    source: str
    """Address of the page that lists the number."""
    checked: date


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
    readers: Readers = Readers.ANYONE
    review_max_age_days: int = 365
    reviewed_by: str = ""
    """Who or what reviewed the articles, as a sentence; empty if nobody says."""
    phones: tuple[PhoneLine, ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """Return the settings as values that JSON has."""
        phones = [asdict(phone) | {"checked": phone.checked.isoformat()} for phone in self.phones]
        return asdict(self) | {"phones": phones}

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> Self:
        """Return settings from the values that ``as_plain`` gave."""
        phones = tuple(
            PhoneLine(**{**phone, "checked": date.fromisoformat(phone["checked"])})
            for phone in values.get("phones", ())
        )
        readers = Readers(values.get("readers", Readers.ANYONE))
        return cls(**{**values, "readers": readers, "phones": phones})

    def phones_for(self, country: str | None) -> tuple[PhoneLine, ...]:
        """Return the lines of a country, all of them where the country is not known."""
        return tuple(phone for phone in self.phones if country in {None, phone.country})


def read_settings(path: Path) -> CorpusSettings:
    """Read ``corpus.toml`` at ``path``; a file that does not exist gives the defaults.

    The table ``[check]`` is left alone. Raises ArticleError if the file is not valid TOML, has an
    unknown key or a value of the wrong kind, or a phone line without its source and day.
    """
    if not path.exists():
        return CorpusSettings()
    try:
        with path.open("rb") as file:
            values = tomllib.load(file)
    except (OSError, ValueError, RecursionError) as error:
        raise ArticleError(path, str(error), mend="Mend the file; it is TOML.") from error
    values.pop(CHECK_TABLE, None)
    from corpus.settings_file import settings_row

    row = settings_row(path, values)
    given = row.model_dump(exclude_unset=True, exclude={"phone"})
    return replace(CorpusSettings(phones=tuple(phone.phone_line() for phone in row.phone)), **given)


def combined(settings: Sequence[CorpusSettings]) -> CorpusSettings:
    """Return what several corpora, searched as one, say of themselves together.

    What differs between them and has no sum, such as the framing, becomes what fits any corpus.
    """
    neutral = CorpusSettings()
    if len(settings) < 2:
        return settings[0] if settings else neutral
    teams = {one.team for one in settings}
    return CorpusSettings(
        name=" · ".join(dict.fromkeys(one.name for one in settings)),
        subject=" and ".join(dict.fromkeys(one.subject for one in settings)),
        notice="\n\n".join(dict.fromkeys(one.notice.strip() for one in settings)),
        team=teams.pop() if len(teams) == 1 else neutral.team,
        readers=max((one.readers for one in settings), key=list(Readers).index),
        review_max_age_days=min(one.review_max_age_days for one in settings),
        reviewed_by=" ".join(dict.fromkeys(one.reviewed_by for one in settings if one.reviewed_by)),
        phones=tuple(dict.fromkeys(phone for one in settings for phone in one.phones)),
    )
