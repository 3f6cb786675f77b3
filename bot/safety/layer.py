"""The one door of the safety layer: ``assess``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.reply import Kind
from bot.safety.context import Context
from bot.safety.languages import alarm_in_other_language
from bot.safety.matching import Reader
from bot.safety.normalise import Sentence, normalise
from bot.safety.notices import framing_for, notice_for, reminder_for, team_question_for
from bot.safety.quantities import TEMPERATURE_WORDS, mark_temperatures
from bot.safety.rules import (
    SERIOUSNESS,
    Assessment,
    Category,
    Country,
    Finding,
    Rule,
    Ruleset,
    Status,
)

log = logging.getLogger(__name__)

TURNS_LOOKED_AT = 10
"""Messages, the last one included: older ones no longer complete a combination."""

RESEMBLES = "(the whole message)"

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
_RED = (Category.CRISIS, Category.EMERGENCY, Category.URGENT)
_HELP_ALONE = frozenset({Category.CRISIS, Category.HARMFUL})
"""Nothing from the articles follows the notice."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a pattern matched."""

    rule: Rule
    words: str
    turn: int
    status: Status
    other: bool

    @property
    def active(self) -> bool:
        """Whether the context leaves the rule standing."""
        return self.status is Status.ACTIVE or self.status not in self.rule.cancels


Resemble = Callable[[str], Sequence[Category]]
"""The semantic backstop: a message to the categories whose examples it resembles."""


def assess(
    messages: Sequence[str],
    rules: Ruleset,
    country: Country | None,
    resemble: Resemble = lambda _: (),
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
    now = _hits(messages, rules, country)
    now += _resembled(now, resemble(messages[-1]), len(messages) - 1)
    active = _leading([hit for hit in now if hit.active and hit.rule.category is not None])
    if not any(hit.rule.category in _RED for hit in active):
        alarm = alarm_in_other_language(messages[-1], rules, country)
        if alarm is not None:
            return alarm
    return _conclude(active, now, rules, country)


def rules_that_fire(messages: Sequence[str], rules: Ruleset, country: Country | None) -> set[str]:
    """Return the ids of all rules and signs that the last message sets off; for examples and reports."""
    return {hit.rule.id for hit in _hits(messages, rules, country) if hit.active}


def _hits(messages: Sequence[str], rules: Ruleset, country: Country | None) -> list[Hit]:
    """Return the hits of the last message, those completed by earlier messages included."""
    last = len(messages) - 1
    hits: list[Hit] = []
    about_temperature = False
    for turn in range(max(0, last - TURNS_LOOKED_AT + 1), last + 1):
        found, about_temperature, mine = _read_turn(messages[turn], turn, rules, country, about_temperature)
        hits.extend(found)
        if mine:
            hits = [_made_current(hit, turn) for hit in hits]
    hits.extend(_combinations(hits, rules, last))
    return [hit for hit in hits if hit.turn == last]


def _resembled(now: Sequence[Hit], categories: Iterable[Category], turn: int) -> list[Hit]:
    """Return a hit for each category that the rules say nothing about.

    Where a rule saw the sign and its context cancelled it ("no chest pain"), the rule is right. What
    resembles an emergency always resembles urgent messages too, which then says nothing more.
    """
    known = {hit.rule.category for hit in now}
    categories = list(categories)
    worse = {Category.CRISIS, Category.EMERGENCY}
    if worse & {*categories, *(hit.rule.category for hit in now if hit.active)}:
        known.add(Category.URGENT)
    return [
        Hit(Rule(f"{category.value}.resembles", category), RESEMBLES, turn, Status.ACTIVE, other=False)
        for category in categories
        if category not in known
    ]


def _read_turn(
    text: str, turn: int, rules: Ruleset, country: Country | None, about_temperature: bool
) -> tuple[list[Hit], bool, bool]:
    """Return a message's hits, whether temperature was spoken of, whether it says "I have it now"."""
    limits = rules.thresholds(country)
    seen: set[Sentence] = set()
    hits: list[Hit] = []
    blocked: set[str] = set()
    mine = False
    for plain in normalise(text, rules.spelling):
        about_temperature = about_temperature or not TEMPERATURE_WORDS.isdisjoint(plain.words)
        words = mark_temperatures(plain.words, limits, about_temperature)
        sentence = Sentence(words, plain.breaks, plain.question)
        if sentence in seen:
            continue
        seen.add(sentence)
        reader = Reader(words, rules.groups)
        context = Context(reader, sentence, rules.cues)
        mine = mine or bool(context.spans("mine_now"))
        hits.extend(_match(reader, context, rules, turn))
        blocked |= {
            rule.id
            for rule in rules.rules
            if rule.absent_message is not None and reader.has(rule.absent_message)
        }
    return [hit for hit in hits if hit.rule.id not in blocked], about_temperature, mine


def _match(reader: Reader, context: Context, rules: Ruleset, turn: int) -> Iterator[Hit]:
    """Yield each match of each rule in one sentence."""
    candidates: set[int] = set(rules.by_word.get("", ()))
    for word in reader.words:
        candidates.update(rules.by_word.get(word, ()))
        candidates.update(rules.by_word.get(word[:3] + "*", ()))
    absent: dict[int, bool] = {}
    for number in sorted(candidates):
        pattern = rules.patterns[number]
        rule = rules.rules[pattern.rule]
        for spans in reader.find_all(pattern.parts):
            if rule.absent is not None:
                if rule.absent not in absent:
                    absent[rule.absent] = reader.has(rule.absent)
                if absent[rule.absent]:
                    break
            statuses = [context.status(start, end, pattern.mention) for start, end in spans]
            status = next((one for one in statuses if one is not Status.ACTIVE), Status.ACTIVE)
            start, end = min(start for start, _ in spans), max(end for _, end in spans)
            yield Hit(rule, " ".join(reader.words[start:end]), turn, status, context.about_other(start))


def _made_current(hit: Hit, turn: int) -> Hit:
    """Turn a sign that was only asked about into one that is there: "I have it now"."""
    if hit.status in _REMIND and turn - 1 <= hit.turn <= turn:
        return Hit(hit.rule, hit.words, turn, Status.ACTIVE, hit.other)
    return hit


def _combinations(hits: Sequence[Hit], rules: Ruleset, last: int) -> list[Hit]:
    """Return the rules whose signs are together, at least one of them said in the last message."""
    before: dict[str, Hit] = {}
    now: dict[str, Hit] = {}
    for hit in hits:
        if hit.active and (hit.status is Status.ACTIVE or hit.rule.category is None):
            (now if hit.turn == last else before).setdefault(hit.rule.id, hit)
    found = []
    for rule in rules.rules:
        if not rule.together:
            continue
        parts = [_one_of(ids, now) or _one_of(ids, before) for ids in rule.together]
        if any(part is None for part in parts):
            continue
        signs = [part for part in parts if part is not None]
        fresh = [part for part in signs if part.turn == last]
        known = all(_one_of(ids, before) for ids in rule.together)
        if fresh and (not known or any(not part.rule.background for part in fresh)):
            words = " + ".join(part.words for part in signs)
            found.append(Hit(rule, words, last, Status.ACTIVE, any(part.other for part in signs)))
    return found


def _one_of(ids: Iterable[str], hits: Mapping[str, Hit]) -> Hit | None:
    return next((hits[name] for name in sorted(ids) if name in hits), None)


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
    active: Sequence[Hit], now: Sequence[Hit], rules: Ruleset, country: Country | None
) -> Assessment:
    """Compose the assessment from the hits of the last message."""
    findings = tuple(dict.fromkeys(_finding(hit) for hit in now if hit.rule.category is not None))
    if not active:
        return Assessment(findings=findings, reminder=_reminder(now, rules, country))
    categories = tuple(dict.fromkeys(_category(hit) for hit in active))
    lead, category = active[0], categories[0]
    named = next((hit for hit in active if _category(hit) is category and hit.rule.notice), None)
    key = (named.rule.notice if named else None) or category.value
    carer = all(hit.other for hit in active if _category(hit) is category)
    return Assessment(
        findings=findings,
        categories=categories,
        rules=tuple(hit.rule.id for hit in active),
        kind=_KINDS.get(category, Kind.NOT_COVERED if category is Category.OFF_TOPIC else Kind.BOUNDARY),
        notice=notice_for(key, carer, rules, country),
        reminder=None if lead.rule.category in _RED else _reminder(now, rules, country),
        team_question=team_question_for(category.value, rules),
        framing=framing_for(category.value, rules, country),
        quotes_allowed=category not in _HELP_ALONE,
    )


def _finding(hit: Hit) -> Finding:
    cancelled = None if hit.active else hit.status.value
    return Finding(_category(hit), hit.rule.id, hit.words, hit.turn, cancelled)


def _reminder(now: Sequence[Hit], rules: Ruleset, country: Country | None) -> str | None:
    """Return when to call, if a red flag was only asked about."""
    asked = [hit for hit in now if not hit.active and hit.status in _REMIND]
    flags = [hit for hit in asked if hit.rule.category in _RED]
    if flags:
        first = min(flags, key=lambda hit: SERIOUSNESS[_category(hit)])
        return reminder_for(first.rule.reminder or _category(first).value, rules, country)
    named = next((hit.rule.reminder for hit in asked if hit.rule.reminder), None)
    return reminder_for(named, rules, country) if named else None
