"""Reading one message: every place where a rule matches, and what the message says of the ones before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.safety.context import Context
from bot.safety.matching import Reader, cut
from bot.safety.normalise import Sentence, normalise
from bot.safety.quantities import TEMPERATURE_WORDS, mark_temperatures
from bot.safety.quoted import words_named
from bot.safety.rules import RED, Category, Country, Rule, Ruleset, Status

_SELF = frozenset("i me myself mine".split())
_SAID = ("mine_now", "after_all", "taken_back", "worse_now", "much_worse")
"""Cues by which a message speaks of the ones before it."""
_ASKED_FOR = frozenset({Category.TREATMENT_DECISION, Category.DOSING, Category.INTERPRETATION})
"""What someone has to ask for: a message that asks about medicine in general alone does not."""


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


@dataclass(frozen=True, slots=True)
class Message:
    """What one message holds."""

    hits: tuple[Hit, ...]
    speaks_of_temperature: bool
    """In this message or one before it."""
    mine_now: bool
    """Says "I have it now" of what was asked about."""
    taken_back: bool
    """Says that what was told before is not so, not now, or already in good hands."""
    worse: bool
    """Says that what was told before has grown worse."""
    much_worse: bool
    """Says so in words that leave no time."""
    after_all: bool = False
    """Says that what was denied, past or only asked about is there after all."""
    blocked: frozenset[str] = frozenset()
    """Rules whose ``absent_message`` is there."""


def read_message(
    text: str, turn: int, rules: Ruleset, country: Country | None, *, speaks_of_temperature: bool = False
) -> Message:
    """Read one message; ``turn`` is its place in the conversation, from 0."""
    limits = rules.thresholds(country)
    seen: set[Sentence] = set()
    hits: list[Hit] = []
    blocked: set[str] = set()
    said: set[str] = set()
    contexts: list[Context] = []
    for plain in normalise(text, rules.spelling):
        speaks_of_temperature = speaks_of_temperature or not TEMPERATURE_WORDS.isdisjoint(plain.words)
        words = mark_temperatures(plain.words, limits, speaks_of_temperature)
        sentence = Sentence(words, plain.breaks, plain.question)
        if sentence in seen:
            continue
        seen.add(sentence)
        reader = Reader(words, rules.groups)
        context = Context(reader, sentence, rules.cues)
        said |= {cue for cue in _SAID if context.spans(cue)}
        if context.spans("struck_out") or context.spans("corrected"):
            hits = [_struck_out(hit) for hit in hits]
        contexts.append(context)
        hits.extend(_match(reader, context, rules, turn))
        blocked |= _blocked(reader, rules)
    if _only_in_general(contexts, hits):
        hits = [_unasked(hit) for hit in hits]
        blocked |= {rule.id for rule in rules.rules if rule.together and _must_be_asked(rule)}
    hits = _named_alone(hits, text, rules)
    return Message(
        hits=tuple(hit for hit in hits if hit.rule.id not in blocked),
        speaks_of_temperature=speaks_of_temperature,
        mine_now="mine_now" in said,
        after_all="after_all" in said,
        taken_back="taken_back" in said,
        worse="worse_now" in said,
        much_worse="much_worse" in said,
        blocked=frozenset(blocked),
    )


def _blocked(reader: Reader, rules: Ruleset) -> set[str]:
    """Return the rules that a sentence rules out for the whole message."""
    return {
        rule.id for rule in rules.rules if rule.absent_message is not None and reader.has(rule.absent_message)
    }


def is_about_another(text: str, rules: Ruleset) -> bool:
    """Say whether a message names another person and nowhere the one who types: "should mum stop"."""
    named = False
    for sentence in normalise(text, rules.spelling):
        words = sentence.words
        others = Context(Reader(words, rules.groups), sentence, rules.cues).spans("others")
        begins = {begin for begin, _ in others}
        if not _SELF.isdisjoint(words) or any(
            word == "my" and not begins & {at, at + 1} for at, word in enumerate(words)
        ):
            return False
        named = named or bool(others)
    return named


def _only_in_general(contexts: Sequence[Context], hits: Sequence[Hit]) -> bool:
    """Say whether a message asks something, and nothing but general knowledge; if that changes any hit."""
    if not any(_must_be_asked(hit.rule) or hit.rule.category is None for hit in hits):
        return False
    asks: set[str] = set()
    for context in contexts:
        asks |= _asks(context)
        if "personal" in asks:
            return False
    return bool(asks)


def _asks(context: Context) -> set[str]:
    """Return what a sentence asks: "general" knowledge, something "personal", or nothing."""
    if context.spans("personal_ask"):
        return {"personal"}
    if context.asks_in_general():
        return {"general"}
    return {"personal"} if context.sentence.question else set()


def _must_be_asked(rule: Rule) -> bool:
    return rule.category in _ASKED_FOR and not rule.told


def _unasked(hit: Hit) -> Hit:
    """Return a hit in a message that asks about medicine in general alone."""
    return replace(hit, status=Status.GENERAL) if hit.active and _must_be_asked(hit.rule) else hit


def _named_alone(hits: Sequence[Hit], text: str, rules: Ruleset) -> list[Hit]:
    """Return the hits; a sign that stands as a word between quotation marks is asked about, not there."""
    named = words_named(text, rules.spelling)
    return [
        replace(hit, status=Status.GENERAL)
        if hit.active and _is_bodily(hit.rule) and any(hit.words in words for words in named)
        else hit
        for hit in hits
    ]


def _is_bodily(rule: Rule) -> bool:
    return rule.category in {Category.EMERGENCY, Category.URGENT}


def _struck_out(hit: Hit) -> Hit:
    """Return a hit that the message itself takes back; a wish to die is never taken back that easily.

    A red flag counts as asked about then, so that the line on when to call still stands.
    """
    if not hit.active or hit.rule.category is Category.CRISIS:
        return hit
    return replace(hit, status=Status.HYPOTHETICAL if hit.rule.category in RED else Status.PAST)


def _only_sounds(rule: Rule, context: Context, start: int, end: int) -> bool:
    """Say whether the words are talk of others, a text's, or a figure of speech, so no sign of anyone's."""
    if rule.category is Category.CRISIS and context.told_of(start, "at_large"):
        return True
    if Status.NEGATED in rule.cancels and context.is_read_of(start):
        return True
    return (rule.category is None or rule.category in RED) and context.is_idiom(start, end)


def _match(reader: Reader, context: Context, rules: Ruleset, turn: int) -> Iterator[Hit]:
    """Yield each match of each rule in one sentence."""
    candidates: set[int] = set(rules.by_word.get("", ()))
    for word in reader.words:
        for form in cut(word):
            candidates.update(rules.by_word.get(form, ()))
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
            if status is Status.ACTIVE and _only_sounds(rule, context, start, end):
                status = Status.GENERAL
            hit = Hit(rule, " ".join(reader.words[start:end]), turn, status, context.about_other(start))
            hit = _struck_out(hit) if context.struck_out_after(end) else hit
            yield hit
            if rule.background and hit.active:
                break
