"""What the YAML files of the safety layer must look like. Imported only when rules are compiled."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, model_validator

from bot.safety.rules import Category, Status

Line = Annotated[str, Field(min_length=1, pattern=r"^[^\n]+$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RuleFile(_Strict):
    """One rule of ``rules/<category>.yaml``."""

    id: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z0-9_]+$")]
    source: Line
    """Fact ids, or the reason in words, for the sign and its threshold."""
    patterns: tuple[Line, ...] = ()
    mentions: tuple[Line, ...] = ()
    """Bare signs: they count only where someone in particular has them."""
    absent: tuple[Line, ...] = ()
    absent_message: tuple[Line, ...] = ()
    together: tuple[tuple[Line, ...], ...] = ()
    keeps: tuple[Status, ...] = ()
    """Contexts that do not cancel this rule although they cancel its category."""
    background: bool = False
    told: bool = False
    """It counts as told, also where all that is asked is general."""
    reminder: Line | None = None
    notice: Line | None = None
    match: tuple[str | tuple[str, ...], ...]
    not_match: Annotated[tuple[str | tuple[str, ...], ...], Field(alias="not")]

    @model_validator(mode="after")
    def _complete(self) -> RuleFile:
        if not (self.patterns or self.mentions or self.together):
            raise ValueError("needs patterns, mentions or together")
        least = 2 if self.id.startswith("sign.") else 5
        if min(len(self.match), len(self.not_match)) < least:
            raise ValueError(f"needs at least {least} examples under match and under not")
        return self


class Rules(_Strict):
    """One rule file."""

    category: Category | None
    """Empty for signs that fire only together with others."""
    cancels: tuple[Status, ...]
    """Contexts that cancel the rules of this file."""
    rules: tuple[RuleFile, ...]


class Vocabulary(_Strict):
    """``vocabulary.yaml``."""

    groups: dict[str, tuple[Line, ...]]
    spelling: dict[str, tuple[Line, ...]]


class Number(_Strict):
    """A phone number; without source and day it is not shown."""

    show: Line
    source: HttpUrl
    checked: date


class Limits(_Strict):
    """When a temperature means a call."""

    fever_c: Annotated[float, Field(ge=37.0, le=38.5)]
    low_c: Annotated[float, Field(ge=35.0, le=36.5)]
    show: Line
    source: Line
    checked: date


class Lines(_Strict):
    """What the placeholders of a notice become in one country; numbers by their names in braces."""

    emergency: Line
    crisis: Line
    poison: Line
    fever: Line
    support: Line
    """Who listens, where nothing is urgent."""


class Countries(_Strict):
    """``countries.yaml``."""

    numbers: dict[str, Number]
    thresholds: dict[str, Limits]
    lines: dict[str, Lines]


class Notice(_Strict):
    """A safety text, and its wording for someone who cares for the person."""

    text: Line
    carer: Line | None = None


class Wording(_Strict):
    """Every safety text, as one kind of reader is spoken to."""

    notices: dict[str, Notice]
    reminders: dict[str, Line]
    framing: dict[str, Line]
    team_questions: dict[str, Line]


class Notices(Wording):
    """``notices.yaml``: the texts for people in cancer treatment, and those for anyone else."""

    anyone: Wording


class Language(_Strict):
    """The few words by which a language and an alarm in it are recognised."""

    small_words: tuple[str, ...]
    alarm: dict[str, tuple[str, ...]] = {}
