"""Which words are shown first: notices, reminders, team questions and framing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.safety.countries import lines
from bot.safety.rules import Country, Ruleset


def fill(text: str, rules: Ruleset, country: Country | None) -> str:
    """Put the numbers of a country into a text of ``notices.yaml``."""
    return text.format_map(lines(rules.countries, country))


def notice_for(key: str, carer: bool, rules: Ruleset, country: Country | None) -> str:
    """Return a notice, in the carer's wording where the sign is someone else's."""
    texts: Mapping[str, Any] = rules.notices["notices"][key]
    return fill(texts["carer"] if carer and texts.get("carer") else texts["text"], rules, country)


def reminder_for(key: str, rules: Ruleset, country: Country | None) -> str:
    """Return the line that says when to call."""
    return fill(rules.notices["reminders"][key], rules, country)


def framing_for(category: str, rules: Ruleset, country: Country | None) -> str | None:
    """Return the closing line of a category; None where the corpus's own framing closes the reply."""
    line = rules.notices["framing"].get(category)
    return fill(line, rules, country) if line else None


def team_question_for(category: str, rules: Ruleset) -> str | None:
    """Return a question to take to the team, if the category has one."""
    question = rules.notices["team_questions"].get(category)
    return str(question) if question else None
