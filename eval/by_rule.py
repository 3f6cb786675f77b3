"""How right each rule of the safety layer is where it fires, and how much of its category it catches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from bot.safety import Category
from eval.runner import CaseResult, TurnResult
from eval.score import Group, Unit, proportion


def rule_groups(results: Iterable[CaseResult], rules: Collection[str] = ()) -> tuple[Group, ...]:
    """Return precision and recall of every rule that is known or fired, by id.

    A rule is right where its category is due, and neither right nor wrong where that is only allowed.
    Recall is over all turns of its category, so it says how much rests on this one rule; ``alone`` is
    the share of what it got right that no other rule of the category saw. Turns nobody labelled do not
    count, nor does a rule whose id does not begin with a category.
    """
    labelled = [turn for result in results for turn in result.turns if turn.gold.categories is not None]
    due = Counter(category for turn in labelled for category in turn.gold.categories or ())
    fired = {rule for turn in labelled for rule in turn.observed.rules}
    return tuple(
        _group(rule, category, labelled, due[category])
        for rule in sorted({*rules, *fired})
        if (category := category_of(rule)) is not None
    )


def category_of(rule: str) -> Category | None:
    """Return the category of a rule ``category.name``; None for an id of another form."""
    name = rule.partition(".")[0]
    return Category(name) if "." in rule and name in set(Category) else None


def _group(rule: str, category: Category, turns: Sequence[TurnResult], due: int) -> Group:
    hits = [turn for turn in turns if rule in turn.observed.rules]
    right = [turn for turn in hits if category in (turn.gold.categories or ())]
    wrong = sum(category not in {*(turn.gold.categories or ()), *turn.gold.also} for turn in hits)
    alone = sum(
        not any(other != rule and category_of(other) is category for other in turn.observed.rules)
        for turn in right
    )
    return Group(
        rule,
        (
            proportion("precision", len(right), len(right) + wrong, Unit.TURNS),
            proportion("recall", len(right), due, Unit.TURNS),
            proportion("alone", alone, len(right), Unit.TURNS),
        ),
    )
