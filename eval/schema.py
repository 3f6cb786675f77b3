"""The form of a set file, checked strictly. Imported when a set is read, for pydantic is slow to load."""

from __future__ import annotations

import re
import warnings
from datetime import date
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from bot.reply import Kind
from bot.safety import Category
from eval.cases import Case, Gold, Nugget, Split


def _compiled(text: str) -> str:
    """Refuse a pattern that does not compile, or that finds itself in anything."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            pattern = re.compile(text, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError, Warning) as e:
        raise ValueError(f"{text!r} is not a usable regular expression: {e}") from e
    if pattern.search(""):
        raise ValueError(f"{text!r} is found in any text, even an empty one, so it would always count")
    return text


def _listed(value: object) -> object:
    """Let a single kind be written without brackets."""
    return [value] if isinstance(value, str) else value


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


Text = Annotated[str, StringConstraints(strict=True, pattern=r"\S")]
Name = Annotated[str, StringConstraints(strict=True, pattern=r"^[^\s/\x00-\x1f\x7f]+$")]
PatternText = Annotated[str, StringConstraints(strict=True, min_length=1), AfterValidator(_compiled)]
SectionId = Annotated[str, StringConstraints(strict=True, pattern=r"^[^#\s]+#[^#\s]+$")]
Kinds = Annotated[list[Kind], BeforeValidator(_listed), Field(min_length=1)]


class StrictModel(BaseModel):
    """A mapping that takes no key that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NuggetModel(StrictModel):
    """One entry of ``nuggets``."""

    any: Annotated[list[PatternText], Field(min_length=1)]
    vital: Annotated[bool, Field(strict=True)] = False
    support: SectionId | None = None

    def nugget(self) -> Nugget:
        """Return the checked nugget."""
        return Nugget(tuple(_pattern(text) for text in self.any), self.vital, self.support)


class TurnModel(StrictModel):
    """The keys of one question and of one turn."""

    question: Text
    kind: Kinds | None = None
    categories: list[Category] | None = None
    also: list[Category] = []
    sections_any: list[SectionId] = []
    sections_all: list[SectionId] = []
    nuggets: list[NuggetModel] = []
    must_not: list[PatternText] = []
    understood: PatternText | None = None

    @model_validator(mode="after")
    def _also_adds_to_something(self) -> Self:
        if self.also and self.categories is None:
            raise ValueError("'also' widens 'categories', which is missing; write categories: [] for none")
        return self

    def gold(self) -> Gold:
        """Return the checked turn."""
        return Gold(
            question=self.question,
            kinds=tuple(dict.fromkeys(self.kind or ())),
            categories=None if self.categories is None else tuple(dict.fromkeys(self.categories)),
            also=tuple(dict.fromkeys(self.also)),
            sections_any=tuple(dict.fromkeys(self.sections_any)),
            sections_all=tuple(dict.fromkeys(self.sections_all)),
            nuggets=tuple(nugget.nugget() for nugget in self.nuggets),
            must_not=tuple(_pattern(text) for text in self.must_not),
            understood=_pattern(self.understood) if self.understood else None,
        )


class QuestionModel(TurnModel):
    """A case with one question."""

    id: Name
    split: Split = Split.DEV
    tags: list[Name] = []

    def case(self) -> Case:
        """Return the checked case."""
        return Case(self.id, (self.gold(),), self.split, tuple(sorted(set(self.tags))))


class ConversationModel(StrictModel):
    """A case with several turns."""

    id: Name
    turns: Annotated[list[TurnModel], Field(min_length=1)]
    split: Split = Split.DEV
    tags: list[Name] = []

    def case(self) -> Case:
        """Return the checked case."""
        keys = tuple(f"turns[{i}]." for i in range(len(self.turns)))
        turns = tuple(turn.gold() for turn in self.turns)
        return Case(self.id, turns, self.split, tuple(sorted(set(self.tags))), keys)


class SetModel(StrictModel):
    """A set file that states more than its cases."""

    cases: list[Any]
    today: date | None = None
