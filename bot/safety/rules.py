"""The values of the safety layer, and the one file that holds all compiled rules."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from bot import country
from bot.reply import Kind
from bot.safety.matching import Group, Steps, read_group
from bot.safety.normalise import Spelling
from bot.safety.quantities import Thresholds

COMPILED = Path(__file__).with_name("compiled.json")
Country = country.Country


class Category(StrEnum):
    """What kind of request it is, most serious first."""

    CRISIS = "crisis"
    EMERGENCY = "emergency"
    URGENT = "urgent"
    TREATMENT_DECISION = "treatment_decision"
    DOSING = "dosing"
    INTERPRETATION = "interpretation"
    PROGNOSIS = "prognosis"
    INTERACTION = "interaction"
    ALTERNATIVE = "alternative"
    HARMFUL = "harmful"
    OFF_TOPIC = "off_topic"


RED = (Category.CRISIS, Category.EMERGENCY, Category.URGENT)
"""Red flags: someone has to act now."""
SERIOUSNESS: Mapping[Category, int] = {category: place for place, category in enumerate(Category)}


class Status(StrEnum):
    """Whether a sign is there now, for someone in particular."""

    ACTIVE = "active"
    NEGATED = "negated"
    PAST = "past"
    HYPOTHETICAL = "hypothetical"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that fired or was cancelled, with the words that did it."""

    category: Category
    rule: str
    words: str
    turn: int
    """Index of the message, from 0."""
    cancelled_by: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the safety layer decided about the last message."""

    findings: tuple[Finding, ...] = ()
    categories: tuple[Category, ...] = ()
    """Of the findings that were not cancelled, most serious first."""
    rules: tuple[str, ...] = ()
    kind: Kind | None = None
    notice: str | None = None
    reminder: str | None = None
    team_question: str | None = None
    framing: str | None = None
    quotes_allowed: bool = True


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern of one rule."""

    rule: int
    parts: Sequence[Steps]
    """One, unless several must stand in one sentence in any order."""
    mention: bool
    """A bare sign ("chest pain"): it counts only where someone in particular has it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it runs."""

    id: str
    category: Category | None
    """None: a sign that fires only together with others."""
    cancels: frozenset[Status] = frozenset()
    absent: int | None = None
    """Group that must not match in the same sentence."""
    absent_message: int | None = None
    """Group that must match nowhere in the message."""
    together: tuple[frozenset[str], ...] = ()
    """Ids of signs: one of each set must be there, at least one of them in the last message."""
    background: bool = False
    """A fact that stays true, such as a medicine: it completes a combination but does not repeat it."""
    told: bool = False
    """It counts as told, also beside a question about medicine in general."""
    reminder: str | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Everything the layer needs, read from the compiled file."""

    rules: tuple[Rule, ...]
    patterns: tuple[Pattern, ...]
    by_word: Mapping[str, Sequence[int]]
    """Patterns that can match only where this word stands; the key "" holds those that need no one word."""
    groups: tuple[Group, ...]
    cues: Mapping[str, int]
    spelling: Spelling
    countries: Mapping[str, Any]
    notices: Mapping[str, Any]
    languages: Mapping[str, Any]

    def for_anyone(self) -> Ruleset:
        """Return the same rules with the texts for readers who need not be in cancer treatment.

        What is off the topic of our own articles may be the topic of others: those rules stay silent.
        """
        silent = tuple(
            replace(rule, category=None) if rule.category is Category.OFF_TOPIC else rule
            for rule in self.rules
        )
        return replace(self, rules=silent, notices=self.notices["anyone"])

    def thresholds(self, country: Country | None) -> Thresholds:
        """Return the fever thresholds of a country, the stricter ones if it is not known."""
        plain = self.countries["thresholds"][country.value if country else "unknown"]
        return Thresholds(plain["fever_c"], plain["low_c"])


@cache
def load_rules() -> Ruleset:
    """Read the compiled rules; later calls return the same set.

    Raises OSError or ValueError if the file is missing or broken: ``python -m bot.safety.compile`` writes it.
    """
    return read_ruleset(json.loads(COMPILED.read_text(encoding="utf-8")))


def read_ruleset(plain: Mapping[str, Any]) -> Ruleset:
    """Build a ruleset from its compiled form."""
    groups = tuple(read_group(group) for group in plain["groups"])
    spelling = plain["spelling"]
    return Ruleset(
        rules=tuple(_rule(rule) for rule in plain["rules"]),
        patterns=tuple(Pattern(rule, parts, bool(mention)) for rule, parts, mention in plain["patterns"]),
        by_word=plain["by_word"],
        groups=groups,
        cues=plain["cues"],
        spelling=Spelling(spelling["variants"], frozenset(spelling["known"].split()), spelling["rank"]),
        countries=plain["countries"],
        notices=plain["notices"],
        languages=plain["languages"],
    )


def _rule(plain: Mapping[str, Any]) -> Rule:
    category = plain["category"]
    return Rule(
        id=plain["id"],
        category=Category(category) if category else None,
        cancels=frozenset(Status(status) for status in plain["cancels"]),
        absent=plain.get("absent"),
        absent_message=plain.get("absent_message"),
        together=tuple(frozenset(ids) for ids in plain.get("together", ())),
        background=plain.get("background", False),
        told=plain.get("told", False),
        reminder=plain.get("reminder"),
        notice=plain.get("notice"),
    )
