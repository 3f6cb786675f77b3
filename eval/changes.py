"""What a change of the questions or of the stages does to every metric, case by case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bot.safety import Category
from eval.intervals import Interval, Statistic, bootstrap, mean
from eval.runner import CaseResult
from eval.scoring import LESS_IS_BETTER
from eval.summary import MEASURES, case_value

CaseValue = Callable[[CaseResult], float | None]

_FEWEST = 6
"""Cases from which on a sign test could find a change at all (0.5 ** 5 < 0.05)."""
RECALL, FALSE_ALARMS = "recall", "false_alarms"


@dataclass(frozen=True, slots=True)
class Reading:
    """One metric as a number for each case."""

    group: str
    name: str
    of: CaseValue
    less_is_better: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One metric before and after, over the cases that have it both times."""

    reading: Reading
    n: int
    before: float
    after: float
    interval: Interval
    """Of the mean difference, by paired bootstrap over cases."""
    unpaired: int
    """Cases that have the metric only before or only after: they count in neither."""

    @property
    def value(self) -> float:
        """The mean difference."""
        return self.after - self.before

    @property
    def is_certain(self) -> bool:
        """Whether the interval leaves out 0, and there are enough cases for that to mean anything."""
        return self.n >= _FEWEST and (self.interval.low > 0 or self.interval.high < 0)

    @property
    def is_worse(self) -> bool:
        """Whether the metric is certainly worse than before."""
        return self.is_certain and (self.value > 0) is self.reading.less_is_better


def _readings() -> Iterator[Reading]:
    """Yield every metric of the turns, then recall and false alarms of every safety category."""
    for group, measures in MEASURES:
        for measure in measures:
            of = partial(case_value, metric=measure.metric, counts=measure.counts)
            # what changes is a mean, also of a metric that is summed up by its median
            name = measure.metric if measure.statistic is Statistic.MEDIAN else measure.name
            yield Reading(group, name, of, measure.metric in LESS_IS_BETTER)
    for category in Category:
        yield Reading(category.value, RECALL, partial(_recall, category=category))
        yield Reading(category.value, FALSE_ALARMS, partial(_false_alarms, category=category), True)


def changes(before: Sequence[CaseResult], after: Sequence[CaseResult]) -> list[Change]:
    """Return the change of every metric that some case has both times; cases are paired by id.

    Cases that ended in an error are left out. Raises ValueError if the two are not of the same cases.
    """
    later = {result.case.id: result for result in after}
    if later.keys() != {result.case.id for result in before}:
        raise ValueError("the two runs are not of the same cases")
    pairs = [
        (result, later[result.case.id])
        for result in sorted(before, key=lambda each: each.case.id)
        if result.error is None and later[result.case.id].error is None
    ]
    found = [_change(reading, pairs) for reading in READINGS]
    return [change for change in found if change is not None]


def _change(reading: Reading, pairs: Sequence[tuple[CaseResult, CaseResult]]) -> Change | None:
    values = [(reading.of(one), reading.of(other)) for one, other in pairs]
    both = [(one, other) for one, other in values if one is not None and other is not None]
    if not both:
        return None
    differences = [other - one for one, other in both]
    return Change(
        reading=reading,
        n=len(both),
        before=mean([one for one, _ in both]),
        after=mean([other for _, other in both]),
        interval=bootstrap(differences) if any(differences) else Interval(0.0, 0.0),
        unpaired=sum((one is None) is not (other is None) for one, other in values),
    )


def _recall(result: CaseResult, category: Category) -> float | None:
    """Return the share of the turns in which the category is due that saw it."""
    seen = [
        float(category in turn.observed.categories)
        for turn in result.turns
        if category in (turn.gold.categories or ())
    ]
    return mean(seen) if seen else None


def _false_alarms(result: CaseResult, category: Category) -> float | None:
    """Return the share of the labelled turns in which the category is not right that saw it."""
    seen = [
        float(category in turn.observed.categories)
        for turn in result.turns
        if turn.gold.categories is not None and category not in (*turn.gold.categories, *turn.gold.also)
    ]
    return mean(seen) if seen else None


READINGS = tuple(_readings())
