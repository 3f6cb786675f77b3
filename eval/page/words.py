"""What each number of the page means, in a few words."""

from __future__ import annotations

from collections.abc import Mapping

MEANINGS: Mapping[str, str] = {
    "hit@1": "the first section found is a right one",
    "hit@5": "a right section is among the first five",
    "recall@5": "needed sections among the first five",
    "mrr@10": "1 / place of the first right section",
    "ndcg@10": "right sections, early ones counting more",
    "quote_fidelity": "sentences that are exact slices of the article",
    "citation_precision": "cited passages that are from a right section",
    "citation_recall": "facts that stand in a cited passage",
    "context_integrity": "sentences that stand by themselves",
    "right_kind": "the kind of reply is right",
    "vital_recall": "facts that matter, in the quoted sentences",
    "nugget_recall": "all facts, in the quoted sentences",
    "contradiction": "says what a right answer must not say",
    "words_median": "words of a typical answer",
    "nuggets_per_100_words": "facts in a hundred words",
    "hallucination": "answered, though the articles do not cover it",
    "hallucination_off_topic": "the same, where the subject is another",
    "hallucination_near_topic": "the same, where the subject is near",
    "error_rate": "not answered, though the articles cover it",
    "auroc": "how well confidence parts what can be answered",
    "coverage_at_5_error": "could be answered at 5 % error",
    "understood": "follow-ups that are understood",
    "vital_recall_stand_alone": "facts that matter, in first questions",
    "vital_recall_follow_up": "facts that matter, in follow-ups",
    "under_triage": "led less seriously than it should be",
    "over_triage": "led more seriously than it should be",
    "over_refusal": "general questions that got a notice or boundary",
    "action_first": "notices that open with what to do",
    "frame_presence": "replies with their framing line",
    "precision": "of those seen, were due",
    "recall": "of those due, were seen",
    "false_alarms": "seen where neither due nor allowed",
    "both_right": "base and variant are both right",
    "changed_unduly": "the reply changed, though nothing called for it",
    "failed_to_change": "the reply did not change, though it should",
}
"""By the names of the scores."""
