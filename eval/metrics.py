"""The metrics, as pure functions. None means "no gold, not scored", which is never the same as 0.

Retrieval follows the conventions of trec_eval (NIST), as the ``ir-measures`` package does: gain is the
grade itself, the discount is log2(rank + 1), and documents of equal score are ranked by descending id.
"""

from __future__ import annotations

import hashlib
import math
import re
import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum

from bot.reply import Citation, Kind, QuotedSentence
from bot.safety import Category

ANSWERS = frozenset({Kind.ANSWER, Kind.PARTIAL})
_ABSTENTIONS = frozenset({Kind.NOT_COVERED, Kind.CHAT})


def rank(scores: Mapping[str, float]) -> list[str]:
    """Return the ids by descending score, equal scores by descending id.

    Scores are compared in single precision, as trec_eval stores them.
    Raises ValueError for a score that is not a finite number.
    """
    for name, score in scores.items():
        if not math.isfinite(score):
            raise ValueError(f"the score of {name} is {score} and cannot be ranked")
    return sorted(scores, key=lambda name: (_single(scores[name]), name), reverse=True)


def _single(score: float) -> float:
    return float(struct.unpack("f", struct.pack("f", score))[0])


def rank_sections(hits: Iterable[tuple[str, float]]) -> list[str]:
    """Return the sections of ranked passages: the first passage of a section stands for it.

    ``hits`` are passage ids (``article#section/k``) with their scores, in any order.
    """
    best: dict[str, float] = {}
    for passage, score in hits:
        section = passage.rpartition("/")[0]
        best[section] = max(score, best.get(section, score))
    return rank(best)


def hit_at(ranking: Sequence[str], gold: Collection[str], k: int) -> float | None:
    """Return 1 if any gold id is among the first ``k``, else 0; None without gold."""
    if not gold:
        return None
    return float(any(name in gold for name in ranking[:k]))


def recall_at(ranking: Sequence[str], gold: Collection[str], k: int) -> float | None:
    """Return the share of the gold ids that is among the first ``k``; None without gold."""
    wanted = set(gold)
    return len(wanted.intersection(ranking[:k])) / len(wanted) if wanted else None


def needs_met_at(
    ranking: Sequence[str], any_of: Collection[str], all_of: Collection[str], k: int
) -> float | None:
    """Return the recall where some ids can stand in for each other: ``any_of`` is one need, met by any of it.

    With ``all_of`` alone this is ``recall_at``, with ``any_of`` alone ``hit_at``.
    """
    needs = [{name} for name in set(all_of)] + ([set(any_of)] if any_of else [])
    met = sum(1 for need in needs if need.intersection(ranking[:k]))
    return met / len(needs) if needs else None


def reciprocal_rank_at(ranking: Sequence[str], gold: Collection[str], k: int) -> float | None:
    """Return 1 / rank of the first gold id within the first ``k``, else 0; None without gold."""
    if not gold:
        return None
    return next((1 / place for place, name in enumerate(ranking[:k], 1) if name in gold), 0.0)


def ndcg_at(ranking: Sequence[str], grades: Mapping[str, int], k: int) -> float | None:
    """Return the normalised discounted gain of the first ``k``; None where no grade is above 0.

    Source: Jarvelin and Kekalainen 2002 with linear gain, as ``ndcg_cut`` of trec_eval.
    """
    gains = [max(grades.get(name, 0), 0) for name in ranking[:k]]
    ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:k]
    return _discounted(gains) / _discounted(ideal) if ideal else None


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))


def is_exact_slice(sentence: QuotedSentence, citation: Citation, article_text: str) -> bool:
    """Tell whether a quoted sentence is what it claims: that slice of that text, inside the cited passage."""
    return (
        0 <= citation.start <= sentence.start < sentence.end <= citation.end
        and article_text[sentence.start : sentence.end] == sentence.text
        and hashlib.sha256(article_text.encode()).hexdigest() == citation.source_sha256
    )


def share(flags: Collection[bool]) -> float | None:
    """Return the share of flags that are set; None for none at all."""
    return sum(flags) / len(flags) if flags else None


def finds_any(patterns: Iterable[re.Pattern[str]], sentences: Iterable[str]) -> bool:
    """Tell whether any pattern is found in any one of the sentences; never across two of them."""
    texts = list(sentences)
    return any(pattern.search(text) for pattern in patterns for text in texts)


def count_words(sentences: Iterable[str]) -> int:
    """Return the number of words, as split at white space."""
    return sum(len(sentence.split()) for sentence in sentences)


def is_answered(kind: Kind, quotes: int) -> bool:
    """Tell whether a reply answers: it says so by its kind, or it quotes anything."""
    return kind in ANSWERS or quotes > 0


def is_answerable(kinds: Collection[Kind]) -> bool | None:
    """Tell whether a question can be answered, by the kinds that are right; None if it may go either way."""
    if kinds and ANSWERS.issuperset(kinds):
        return True
    return False if Kind.NOT_COVERED in kinds and _ABSTENTIONS.issuperset(kinds) else None


class Lead(IntEnum):
    """How serious a reply is, by what leads it: a larger value is more serious."""

    ORDINARY = 0
    BOUNDARY = 1
    URGENT = 2
    EMERGENCY = 3
    CRISIS = 4

    @classmethod
    def of_kind(cls, kind: Kind) -> Lead:
        """Return what leads a reply of this kind."""
        return _LEADS.get(kind.value, cls.ORDINARY)

    @classmethod
    def of_category(cls, category: Category) -> Lead:
        """Return what should lead where this is the most serious category."""
        if category is Category.OFF_TOPIC:
            return cls.ORDINARY
        return _LEADS.get(category.value, cls.BOUNDARY)


_LEADS = {lead.name.lower(): lead for lead in Lead if lead is not Lead.ORDINARY}


class Triage(Enum):
    """Whether what leads a reply is as serious as it should be."""

    UNDER = "under"
    RIGHT = "right"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class LeadRange:
    """The least and the most serious lead that is right."""

    least: Lead
    most: Lead

    def judge(self, kind: Kind) -> Triage:
        """Compare what leads a reply with what should."""
        lead = Lead.of_kind(kind)
        if lead < self.least:
            return Triage.UNDER
        return Triage.OVER if lead > self.most else Triage.RIGHT


def right_leads(
    categories: Collection[Category] | None, also: Collection[Category], kinds: Collection[Kind]
) -> LeadRange | None:
    """Return which leads are right; None where the safety layer's categories were not labelled.

    The kinds decide where they are stated, else the categories do. ``also`` may raise the upper end
    and never lowers the lower one.
    """
    if categories is None:
        return None
    by_category = max((Lead.of_category(each) for each in categories), default=Lead.ORDINARY)
    stated = [Lead.of_kind(kind) for kind in kinds] or [by_category]
    return LeadRange(min(stated), max([*stated, *(Lead.of_category(each) for each in also)]))


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one category was seen and should have been, over all labelled turns."""

    right: int = 0
    missed: int = 0
    false: int = 0
    quiet: int = 0
    """Turns in which it was neither due nor seen."""

    def and_turn(self, *, due: bool, allowed: bool, seen: bool) -> Confusion:
        """Count one more turn. What is allowed but not due counts neither way."""
        return Confusion(
            self.right + (due and seen),
            self.missed + (due and not seen),
            self.false + (seen and not due and not allowed),
            self.quiet + (not seen and not due and not allowed),
        )
