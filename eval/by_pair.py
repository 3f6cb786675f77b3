"""Pairs of cases that differ in one thing: a base, and a variant that is negated, past, noisy and so on.

Both carry a tag ``pair-...``; the base carries ``base`` beside it, and what else the variant is tagged
with says in what it differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.reply import Kind
from eval.cases import Case, Gold
from eval.runner import CaseResult
from eval.score import Group, Unit, proportion
from eval.scoring import is_right

PAIR = "pair-"
BASE = "base"


@dataclass(frozen=True, slots=True)
class PairResult:
    """What became of a base and one variant of it."""

    name: str
    variant: str
    """In what the variant differs."""
    base_id: str
    variant_id: str
    base_right: bool
    variant_right: bool
    base_label: Kind
    variant_label: Kind
    change_due: bool
    """Whether the two are labelled differently."""

    @property
    def changed(self) -> bool:
        """Whether the kind of reply changed."""
        return self.base_label is not self.variant_label


def pair_name(case: Case) -> str | None:
    """Return the pair that a case belongs to; None for a case by itself."""
    return next((tag for tag in case.tags if tag.startswith(PAIR)), None)


def pair_results(results: Iterable[CaseResult]) -> tuple[tuple[PairResult, ...], tuple[str, ...]]:
    """Return all pairs by name and variant, and the names of pairs of which a side is not there.

    A case that ended in an error or is not labelled is not there either.
    """
    bases: dict[str, CaseResult] = {}
    variants: dict[str, list[CaseResult]] = {}
    for result in results:
        name = pair_name(result.case)
        if name is None or _right(result) is None:
            continue
        if BASE in result.case.tags:
            bases[name] = result
        else:
            variants.setdefault(name, []).append(result)
    lone = sorted(bases.keys() ^ variants.keys())
    found = [_pair(name, bases[name], each) for name in bases for each in variants.get(name, ())]
    return tuple(sorted(found, key=lambda pair: (pair.name, pair.variant_id))), tuple(lone)


def _pair(name: str, base: CaseResult, variant: CaseResult) -> PairResult:
    return PairResult(
        name=name,
        variant="+".join(tag for tag in variant.case.tags if tag != name) or "variant",
        base_id=base.case.id,
        variant_id=variant.case.id,
        base_right=bool(_right(base)),
        variant_right=bool(_right(variant)),
        base_label=base.turns[-1].observed.kind,
        variant_label=variant.turns[-1].observed.kind,
        change_due=_label(base.case.turns[-1]) != _label(variant.case.turns[-1]),
    )


def _right(result: CaseResult) -> bool | None:
    """Tell whether every labelled turn is right; None if none is labelled."""
    known = [right for turn in result.turns if (right := is_right(turn.scores)) is not None]
    return all(known) if known else None


def _label(gold: Gold) -> object:
    return set(gold.kinds), set(gold.categories or ())


def pair_groups(pairs: Sequence[PairResult]) -> tuple[Group, ...]:
    """Return per variant: pairs with both sides right, changes that nothing called for, changes missed."""
    return tuple(
        _group(variant, [pair for pair in pairs if pair.variant == variant])
        for variant in sorted({pair.variant for pair in pairs})
    )


def _group(variant: str, pairs: Sequence[PairResult]) -> Group:
    same = [pair for pair in pairs if not pair.change_due]
    other = [pair for pair in pairs if pair.change_due]
    return Group(
        variant,
        (
            proportion(
                "both_right", sum(p.base_right and p.variant_right for p in pairs), len(pairs), Unit.PAIRS
            ),
            proportion("changed_unduly", sum(p.changed for p in same), len(same), Unit.PAIRS),
            proportion("failed_to_change", sum(not p.changed for p in other), len(other), Unit.PAIRS),
        ),
    )
