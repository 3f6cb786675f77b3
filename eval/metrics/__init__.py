"""The metrics, as pure functions. None means "no gold, not scored", which is never the same as 0."""

from eval.metrics.answers import (
    ANSWERS,
    count_words,
    facts_per_100_words,
    finds_any,
    is_answerable,
    is_answered,
    share,
)
from eval.metrics.context import ContextFault, PlacedQuote, context_faults, points_back
from eval.metrics.form import FormFault, form_faults, is_framed, is_led_by_notice
from eval.metrics.grounding import citation_precision, facts_in, is_exact_slice
from eval.metrics.retrieval import (
    hit_at,
    ndcg_at,
    needs_met_at,
    rank,
    rank_sections,
    recall_at,
    reciprocal_rank_at,
    section_of,
)
from eval.metrics.selective import CurvePoint, Judged, auroc, coverage_at, coverage_curve
from eval.metrics.triage import Confusion, Lead, LeadRange, Triage, right_leads

__all__ = [
    "ANSWERS",
    "Confusion",
    "ContextFault",
    "CurvePoint",
    "FormFault",
    "Judged",
    "Lead",
    "LeadRange",
    "PlacedQuote",
    "Triage",
    "auroc",
    "citation_precision",
    "context_faults",
    "count_words",
    "coverage_at",
    "coverage_curve",
    "facts_in",
    "facts_per_100_words",
    "finds_any",
    "form_faults",
    "hit_at",
    "is_answerable",
    "is_answered",
    "is_exact_slice",
    "is_framed",
    "is_led_by_notice",
    "ndcg_at",
    "needs_met_at",
    "points_back",
    "rank",
    "rank_sections",
    "recall_at",
    "reciprocal_rank_at",
    "right_leads",
    "section_of",
    "share",
]
