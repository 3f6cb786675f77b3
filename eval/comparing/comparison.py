"""Two runs held against each other, over the cases that both have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eval.case_scores import LESS_IS_BETTER, NAMES
from eval.comparing.paired import holm, randomisation_p
from eval.comparing.rows import Row
from eval.intervals import Interval, bootstrap, mean
from eval.rounding import rounded

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric in two runs, over the cases that have it in both."""

    metric: str
    n: int
    old: float
    new: float
    interval: Interval
    """Of the mean difference, new less old, by bootstrap over cases."""
    p: float
    p_holm: float
    won: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def value(self) -> float:
        """New less old."""
        return self.new - self.old

    @property
    def less_is_better(self) -> bool:
        """Whether a smaller value is the better one."""
        return self.metric in LESS_IS_BETTER

    @property
    def is_fall(self) -> bool:
        """Whether the new run is worse by more than the interval leaves open."""
        return self.interval.low > 0 if self.less_is_better else self.interval.high < 0

    @property
    def is_significant(self) -> bool:
        """Whether the corrected p value is below 0.05."""
        return self.p_holm < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two runs have in common, and how they differ there."""

    common: tuple[str, ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    relabelled: tuple[str, ...]
    """Cases that ask or expect something else now; they are not compared."""
    failed: tuple[str, ...]
    """Cases that ended in an error in either run; they are not compared."""
    differences: tuple[Difference, ...]
    unpaired: Mapping[str, tuple[str, ...]]
    """Per metric the cases that have it in one run alone; they are in no number of that metric."""


def compare_rows(
    old: Mapping[str, Row], new: Mapping[str, Row], metrics: Collection[str] = NAMES
) -> Comparison:
    """Compare every metric that some case has in both runs; Holm's correction is over all of these."""
    both = sorted(old.keys() & new.keys())
    relabelled = [name for name in both if old[name].sha256 != new[name].sha256]
    failed = [name for name in both if old[name].error is not None or new[name].error is not None]
    common = [name for name in both if name not in {*relabelled, *failed}]
    found = [_difference(metric, common, old, new) for metric in metrics]
    return Comparison(
        common=tuple(common),
        only_old=tuple(sorted(old.keys() - new.keys())),
        only_new=tuple(sorted(new.keys() - old.keys())),
        relabelled=tuple(relabelled),
        failed=tuple(failed),
        differences=_corrected([each for each in found if each is not None]),
        unpaired={
            metric: tuple(name for name in common if _is_lone(old[name], new[name], metric))
            for metric in metrics
        },
    )


def _is_lone(old: Row, new: Row, metric: str) -> bool:
    return (old.scores.get(metric) is None) is not (new.scores.get(metric) is None)


def _difference(
    metric: str, common: Sequence[str], old: Mapping[str, Row], new: Mapping[str, Row]
) -> Difference | None:
    values = {name: (old[name].scores.get(metric), new[name].scores.get(metric)) for name in common}
    pairs = {name: (a, b) for name, (a, b) in values.items() if a is not None and b is not None}
    if not pairs:
        return None
    differences = {name: b - a for name, (a, b) in pairs.items()}
    better = -1 if metric in LESS_IS_BETTER else 1
    p = randomisation_p(list(differences.values()))
    return Difference(
        metric=metric,
        n=len(pairs),
        old=mean([a for a, _ in pairs.values()]),
        new=mean([b for _, b in pairs.values()]),
        interval=bootstrap(list(differences.values())) if any(differences.values()) else Interval(0.0, 0.0),
        p=p,
        p_holm=p,
        won=tuple(name for name, difference in differences.items() if difference * better > 0),
        lost=tuple(name for name, difference in differences.items() if difference * better < 0),
    )


def _corrected(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    corrected = holm({each.metric: each.p for each in differences})
    return tuple(replace(each, p_holm=corrected[each.metric]) for each in differences)


def difference_json(each: Difference) -> dict[str, Any]:
    """Return one difference as plain values."""
    return {
        "n": each.n,
        "old": rounded(each.old),
        "new": rounded(each.new),
        "change": rounded(each.value),
        "low": rounded(each.interval.low),
        "high": rounded(each.interval.high),
        "p": rounded(each.p),
        "p_holm": rounded(each.p_holm),
        "less_is_better": each.less_is_better,
        "won": list(each.won),
        "lost": list(each.lost),
    }
