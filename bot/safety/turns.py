"""The whole conversation: flags split over turns, grown worse, taken back, or still standing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from bot.safety.reading import Hit, Message, read_message
from bot.safety.rules import RED, SERIOUSNESS, Category, Country, Rule, Ruleset, Status

TURNS_LOOKED_AT = 10
"""Messages, the last one included: older ones no longer complete a combination."""

Resemblance = Mapping[Category, float]
"""What a message resembles, and by how much more than it must, in log odds."""
Resemble = Callable[[str], Resemblance]
"""The semantic backstop: a message to the categories whose examples it resembles."""
RESEMBLES = "(the whole message)"
"""What a hit of the backstop gives as its words."""

_SURE = 3.0
"""Log odds above the threshold from which likeness counts although a rule's context says no: 20 to 1."""
_ASKED_ABOUT = frozenset({Status.HYPOTHETICAL, Status.GENERAL})
_NOT_THERE = frozenset({Status.NEGATED, Status.PAST, Status.HYPOTHETICAL})
_LEANS_UP_TO = 15
"""Words up to which a message is also read together with the one before it."""
_LEANT_ON_UP_TO = 60


@dataclass(frozen=True, slots=True)
class Heard:
    """What the conversation says, seen from its last message."""

    now: tuple[Hit, ...] = ()
    """Hits of the last message, those completed by earlier messages included."""
    standing: Category | None = None
    """The most serious flag of an earlier message that nothing has taken back since."""
    taken_back: bool = False
    """Whether the last message takes back what was told before."""


def hear(
    messages: Sequence[str],
    rules: Ruleset,
    country: Country | None,
    resemble: Resemble = lambda _: {},
) -> Heard:
    """Read the last messages of a conversation; ``messages`` is all that was typed, oldest first.

    A flag that only ``resemble`` saw in an earlier message stands like one that a rule saw; the last
    message is left to the caller.
    """
    last = len(messages) - 1
    hits: list[Hit] = []
    flags: list[Hit] = []
    read = Message((), False, False, False, False, False)
    for turn in range(max(0, last - TURNS_LOOKED_AT + 1), last + 1):
        flags += [hit for hit in hits if hit.turn == turn - 1 and _is_flag(hit)]
        read = read_message(
            messages[turn], turn, rules, country, speaks_of_temperature=read.speaks_of_temperature
        )
        hits += read.hits
        if read.mine_now:
            hits = [_made_current(hit, turn, _ASKED_ABOUT) for hit in hits]
        if read.after_all:
            hits = [_made_current(hit, turn, _NOT_THERE) for hit in hits]
        hits += [hit for hit in _combinations(hits, rules, turn) if hit.rule.id not in read.blocked]
        if read.taken_back:
            flags = [flag for flag in flags if flag.rule.category is Category.CRISIS]
        elif turn < last:
            seen = [hit for hit in hits if hit.turn == turn]
            hits += _flags_resembled(seen, messages[turn], turn, resemble)
    now = [hit for hit in hits if hit.turn == last]
    if last > 0 and not any(_is_flag(hit) for hit in now) and not read.taken_back:
        now += _split_over_two(messages, rules, country)
        now += _grown_worse(flags, read, last)
    return Heard(tuple(now), _most_serious(flags), read.taken_back)


def resembled(now: Sequence[Hit], likeness: Resemblance, turn: int) -> list[Hit]:
    """Return a hit for each category that the rules say nothing about.

    Where a rule saw the sign and its context cancelled it ("no chest pain"), the rule is right, also about
    a milder reading of that sign, unless the message resembles the examples by far: a context is easily
    misread ("not chest pain as such, an elephant sat there"). What resembles an emergency always resembles
    urgent messages too, which then says nothing more. Nor does it if words of fear about an emergency that
    a rule saw resemble a crisis, unless something was taken.
    """
    known = {hit.rule.category for hit in now if hit.active}
    cancelled = {hit.rule.category for hit in now if not hit.active}
    if Category.EMERGENCY in cancelled:
        cancelled.add(Category.URGENT)
    categories = [
        category for category, over in likeness.items() if over >= _SURE or category not in cancelled
    ]
    if any(
        hit.active and hit.rule.category is Category.EMERGENCY and hit.rule.notice != "overdose"
        for hit in now
    ):
        known.add(Category.CRISIS)
    worse = {Category.CRISIS, Category.EMERGENCY}
    if worse & {*categories, *(hit.rule.category for hit in now if hit.active)}:
        known.add(Category.URGENT)
    return [
        Hit(Rule(f"{category.value}.resembles", category), RESEMBLES, turn, Status.ACTIVE, other=False)
        for category in categories
        if category not in known
    ]


def _flags_resembled(seen: Sequence[Hit], text: str, turn: int, resemble: Resemble) -> list[Hit]:
    """Return the flags of an earlier message that no rule saw; where a rule raised one, none is sought."""
    if any(_is_flag(hit) for hit in seen):
        return []
    return [hit for hit in resembled(seen, resemble(text), turn) if _is_flag(hit)]


def _is_flag(hit: Hit) -> bool:
    return hit.active and hit.rule.category in RED


def _most_serious(flags: Iterable[Hit]) -> Category | None:
    categories = [flag.rule.category for flag in flags if flag.rule.category is not None]
    return min(categories, key=SERIOUSNESS.__getitem__, default=None)


def _made_current(hit: Hit, turn: int, statuses: Set[Status]) -> Hit:
    """Turn a sign that was only asked about, or denied, into one that is there: "I have it now"."""
    if hit.status in statuses and turn - 1 <= hit.turn <= turn:
        return replace(hit, turn=turn, status=Status.ACTIVE)
    return hit


def _split_over_two(messages: Sequence[str], rules: Ruleset, country: Country | None) -> list[Hit]:
    """Return the flags that only the last two messages together hold: "I have a cough", "it is worse today".

    Only a short message that asks nothing leans on the one before it.
    """
    before, after = messages[-2].strip(), messages[-1].strip()
    if len(after.split()) > _LEANS_UP_TO or len(before.split()) > _LEANT_ON_UP_TO:
        return []
    if "?" in before or "?" in after:
        return []
    turn = len(messages) - 1
    alone = {hit.rule.id for hit in read_message(before, turn, rules, country).hits}
    together = read_message(f"{before.rstrip('.!;, ')}, {after}", turn, rules, country)
    return [hit for hit in together.hits if _is_flag(hit) and hit.rule.id not in alone]


def _grown_worse(flags: Sequence[Hit], read: Message, turn: int) -> list[Hit]:
    """Return the last flag again where the message says that it is worse, one step up if much worse."""
    if not read.worse or not flags:
        return []
    flag = flags[-1]
    step_up = read.much_worse and flag.rule.category is Category.URGENT
    category = Category.EMERGENCY if step_up else flag.rule.category
    assert category is not None
    rule = Rule(f"{category.value}.grown_worse", category)
    return [Hit(rule, flag.words, turn, Status.ACTIVE, flag.other)]


def _combinations(hits: Sequence[Hit], rules: Ruleset, last: int) -> list[Hit]:
    """Return the rules whose signs are together, at least one of them said in message ``last``."""
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
