"""The strict form of ``corpus.toml``. Imported only when such a file is read."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from corpus.article import ArticleError
from corpus.settings import PhoneLine, Readers
from corpus.text import clean_text, one_line


def _line(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


def _text(value: object) -> object:
    return clean_text(value).strip() if isinstance(value, str) else value


def _known_readers(value: object) -> object:
    return Readers(value) if isinstance(value, str) and value in set(Readers) else value


NotEmpty = Field(pattern=r"\S")
Line = Annotated[str, BeforeValidator(_line), NotEmpty]
Text = Annotated[str, BeforeValidator(_text), NotEmpty]

_FORMS = {
    "name": "Write a name in quotes.",
    "readers": f"Write {' or '.join(repr(one.value) for one in Readers)}.",
    "review_max_age_days": "Write a number of days, from 1 on, without quotes.",
    "country": "Write two capital letters in quotes, such as 'UK'.",
    "number": "Write the number in digits, in quotes.",
    "source": "Write the address of the page that lists the number, from https:// on, in quotes.",
    "checked": "Write the day on which it was last read there, such as 2026-11-23, without quotes.",
    "phone": "Write each phone line as a table of its own, under [[phone]].",
}
"""How the value of a key is written; of every other key it is text in quotes."""


class PhoneRow(BaseModel):
    """One table ``[[phone]]``; a number without a source and a day is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    name: Line
    number: Annotated[str, Field(pattern=r"^[0-9+][0-9 ()/+-]{1,30}$")]
    source: Annotated[str, Field(pattern=r"^https?://[!-~]+$")]
    checked: date

    def phone_line(self) -> PhoneLine:
        """Return the row as the value that the rest of the program uses."""
        return PhoneLine(**self.model_dump())


class SettingsRow(BaseModel):
    """The keys of ``corpus.toml``; every one may be left out."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Line = ""
    subject: Line = ""
    framing: Line = ""
    notice: Text = ""
    team: Line = ""
    readers: Annotated[Readers, BeforeValidator(_known_readers)] = Readers.ANYONE
    review_max_age_days: Annotated[int, Field(ge=1, le=36_500)] = 365
    reviewed_by: Line = ""
    phone: list[PhoneRow] = []


def settings_row(path: Path, values: dict[str, Any]) -> SettingsRow:
    """Return the values of ``corpus.toml`` once they are known to be right.

    Raises ArticleError that names the file, the key and, for an unknown key, the nearest known one.
    """
    try:
        return SettingsRow.model_validate(values)
    except ValidationError as error:
        errors = error.errors()
        first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])
        problem, mend = _in_words(first["type"], [str(part) for part in first["loc"]])
        raise ArticleError(path, problem, mend=mend) from error


def _in_words(kind: str, place: list[str]) -> tuple[str, str]:
    """Return what is wrong at ``place``, such as phone > 0 > number, and what mends it."""
    key = place[-1] if len(place) != 2 else place[0]
    table = f"[[phone]] number {int(place[1]) + 1}: " if len(place) > 1 else ""
    known = list((PhoneRow if table else SettingsRow).model_fields)
    if kind == "extra_forbidden":
        near = get_close_matches(key, known, 1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(known)}."
        return f"{table}unknown key {key!r}", hint
    if kind == "missing":
        return f"{table}the key {key!r} is missing", f"Add it. {_FORMS[key]}"
    return f"{table}the value of {key!r} cannot be used", _FORMS.get(key, "Write a text in quotes.")
