"""Where each fact that a right answer states got lost, if it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eval.cases import Gold
from eval.metrics import facts_in
from eval.scoring import Observed, nuggets_cited, nuggets_found


class Fate(StrEnum):
    """How far a fact came."""

    QUOTED = "quoted"
    CITED = "in a cited passage, but not in a quoted sentence"
    FOUND = "in a passage that was found, but not cited"
    LOST = "in no passage that was found"


@dataclass(frozen=True, slots=True)
class FactTrace:
    """One fact and how far it came."""

    patterns: tuple[str, ...]
    vital: bool
    support: str | None
    fate: Fate


def fact_traces(gold: Gold, observed: Observed, hit_texts: Sequence[str]) -> tuple[FactTrace, ...]:
    """Return every fact of a turn; ``hit_texts`` are the passages that were found."""
    found = facts_in((nugget.patterns for nugget in gold.nuggets), hit_texts)
    flags = zip(nuggets_found(gold, observed), nuggets_cited(gold, observed), found, strict=True)
    return tuple(
        FactTrace(
            patterns=tuple(pattern.pattern for pattern in nugget.patterns),
            vital=nugget.vital,
            support=nugget.support,
            fate=_fate(*flag),
        )
        for nugget, flag in zip(gold.nuggets, flags, strict=True)
    )


def _fate(quoted: bool, cited: bool, found: bool) -> Fate:
    if quoted:
        return Fate.QUOTED
    if cited:
        return Fate.CITED
    return Fate.FOUND if found else Fate.LOST
