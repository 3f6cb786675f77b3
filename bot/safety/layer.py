"""The one door of the safety layer: ``assess``."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.reply import Kind
from bot.safety.languages import alarm_in_other_language
from bot.safety.notices import framing_for, notice_for, reminder_for, team_question_for
from bot.safety.reading import Hit, is_about_another, read_message
from bot.safety.rules import (
    RED,
    SERIOUSNESS,
    Assessment,
    Category,
    Country,
    Finding,
    Ruleset,
    Status,
)
from bot.safety.turns import RESEMBLES, Heard, Resemblance, Resemble, hear, resembled

log = logging.getLogger(__name__)

FAILED_NOTICE = (
    "If anything feels wrong right now, call 911 (US), 999 (UK) or 112 (EU), or your clinic's 24-hour line "
    "if you have one. "
    "The safety check of this chat failed on this message, so please do not rely on the reply below."
)
FAILED_FRAMING = "General information, not medical advice: someone who knows you can say what applies."

_KINDS: Mapping[Category, Kind] = {
    Category.CRISIS: Kind.CRISIS,
    Category.EMERGENCY: Kind.EMERGENCY,
    Category.URGENT: Kind.URGENT,
}
_REMIND = frozenset({Status.HYPOTHETICAL, Status.GENERAL})
_HELP_ALONE = frozenset({Category.CRISIS, Category.HARMFUL})
"""Nothing from the articles follows the notice."""


def assess(
    messages: Sequence[str],
    rules: Ruleset,
    country: Country | None,
    resemble: Resemble = lambda _: {},
) -> Assessment:
    """Decide what is said first about the last of the messages. Never raises.

    ``messages`` is all that the person typed, oldest first. What ``resemble`` sees is added to what the
    rules find, never the other way round. An error inside leads to a boundary that says so and names
    the emergency numbers; what was typed is never logged.
    """
    try:
        return _assess(messages, rules, country, resemble)
    except Exception as error:  # the layer must fail towards safety, whatever the cause
        log.error("safety check failed: %s", type(error).__name__)
        return Assessment(
            categories=(),
            rules=("safety.failed",),
            kind=Kind.BOUNDARY,
            notice=FAILED_NOTICE,
            framing=FAILED_FRAMING,
        )


def _assess(
    messages: Sequence[str], rules: Ruleset, country: Country | None, resemble: Resemble
) -> Assessment:
    if not messages:
        return Assessment()
    heard = hear(messages, rules, country, resemble)
    now = [*heard.now]
    now += _resembled(heard, resemble(messages[-1]), len(messages) - 1)
    active = _leading([hit for hit in now if hit.active and hit.rule.category is not None])
    if not any(hit.rule.category in RED and hit.words != RESEMBLES for hit in active):
        alarm = alarm_in_other_language(messages[-1], rules, country)
        if alarm is not None:
            return alarm
    heard = replace(heard, now=tuple(now))
    return _conclude(active, heard, rules, country, messages[-1])


def _resembled(heard: Heard, likeness: Resemblance, turn: int) -> list[Hit]:
    """Return what the backstop adds to the last message, but no flag where it takes flags back."""
    gone = {Category.EMERGENCY, Category.URGENT} if heard.taken_back else set()
    kept = {category: over for category, over in likeness.items() if category not in gone}
    return resembled(heard.now, kept, turn)


def takes_back(text: str, rules: Ruleset, country: Country | None) -> bool:
    """Whether a message says that what was told before is not so, not now, or in good hands.

    Never raises: where the check fails, nothing is taken back.
    """
    try:
        return read_message(text, 0, rules, country).taken_back
    except Exception as error:  # as in ``assess``: a failure keeps what stands
        log.error("safety check failed: %s", type(error).__name__)
        return False


def rules_that_fire(messages: Sequence[str], rules: Ruleset, country: Country | None) -> set[str]:
    """Return the ids of all rules and signs that the last message sets off; for examples and reports."""
    return {hit.rule.id for hit in hear(messages, rules, country).now if hit.active}


def _leading(hits: Sequence[Hit]) -> list[Hit]:
    """Return one hit a rule, most serious category first."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.rule.id, hit)
    return sorted(first.values(), key=lambda hit: SERIOUSNESS[_category(hit)])


def _category(hit: Hit) -> Category:
    assert hit.rule.category is not None
    return hit.rule.category


def _conclude(
    active: Sequence[Hit], heard: Heard, rules: Ruleset, country: Country | None, text: str
) -> Assessment:
    """Compose the assessment from the hits of the last message."""
    findings = tuple(dict.fromkeys(_finding(hit) for hit in heard.now if hit.rule.category is not None))
    if not active:
        return Assessment(findings=findings, reminder=_reminder(heard, rules, country))
    categories = tuple(dict.fromkeys(_category(hit) for hit in active))
    lead, category = active[0], categories[0]
    carer = _to_carer([hit for hit in active if _category(hit) is category], text, rules)
    return Assessment(
        findings=findings,
        categories=categories,
        rules=tuple(hit.rule.id for hit in active),
        kind=_KINDS.get(category, Kind.NOT_COVERED if category is Category.OFF_TOPIC else Kind.BOUNDARY),
        notice=notice_for(_notice_key(active, category), carer, rules, country),
        reminder=None if lead.rule.category in RED else _reminder(heard, rules, country),
        team_question=team_question_for(category.value, rules),
        framing=framing_for(category.value, rules, country),
        quotes_allowed=category not in _HELP_ALONE,
    )


def _to_carer(leading: Sequence[Hit], text: str, rules: Ruleset) -> bool:
    """Say whether someone else is meant: by each sign, else by the message where no sign says whose it is."""
    if all(hit.other for hit in leading):
        return True
    unsaid = all(hit.other or hit.words == RESEMBLES or hit.rule.category not in RED for hit in leading)
    return unsaid and is_about_another(text, rules)


def _notice_key(active: Sequence[Hit], category: Category) -> str:
    """Return which notice leads: the one that a rule of the category asks for, else that of the category.

    In a crisis with an emergency that a rule saw, such as tablets taken, the call for an ambulance leads.
    """
    if category is Category.CRISIS:
        seen = [hit for hit in active if _category(hit) is Category.EMERGENCY and hit.words != RESEMBLES]
        taken = any(hit.rule.notice == "overdose" for hit in seen)
        return "crisis_overdose" if taken else "crisis_emergency" if seen else category.value
    named = (hit.rule.notice for hit in active if _category(hit) is category and hit.rule.notice)
    return next(named, category.value)


def _finding(hit: Hit) -> Finding:
    cancelled = None if hit.active else hit.status.value
    return Finding(_category(hit), hit.rule.id, hit.words, hit.turn, cancelled)


def _reminder(heard: Heard, rules: Ruleset, country: Country | None) -> str | None:
    """Return when to call: for a flag that still stands, else for a red flag that was only asked about."""
    if heard.standing is not None:
        return reminder_for(f"standing_{heard.standing.value}", rules, country)
    asked = [hit for hit in heard.now if not hit.active and hit.status in _REMIND]
    flags = [hit for hit in asked if hit.rule.category in RED]
    if flags:
        first = min(flags, key=lambda hit: SERIOUSNESS[_category(hit)])
        return reminder_for(first.rule.reminder or _category(first).value, rules, country)
    named = next((hit.rule.reminder for hit in asked if hit.rule.reminder), None)
    return reminder_for(named, rules, country) if named else None
