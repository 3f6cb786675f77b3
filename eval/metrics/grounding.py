"""Whether the words of a reply are where they are said to come from, and whether that is the right place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence

from bot.reply import Citation, QuotedSentence
from eval.metrics.retrieval import section_of


def is_exact_slice(sentence: QuotedSentence, citation: Citation, article_text: str) -> bool:
    """Tell whether a quoted sentence is what it claims: that slice of that text, inside the cited passage."""
    return (
        0 <= citation.start <= sentence.start < sentence.end <= citation.end
        and article_text[sentence.start : sentence.end] == sentence.text
        and hashlib.sha256(article_text.encode()).hexdigest() == citation.source_sha256
    )


def citation_precision(passages: Collection[str], gold_sections: Collection[str]) -> float | None:
    """Return the share of the cited passages whose section is gold; None without citations or gold."""
    if not passages or not gold_sections:
        return None
    return sum(section_of(passage) in gold_sections for passage in passages) / len(passages)


def facts_in(facts: Iterable[Iterable[re.Pattern[str]]], passage_texts: Sequence[str]) -> tuple[bool, ...]:
    """Tell for each fact, given by its patterns, whether any of the passages' texts states it."""
    return tuple(
        any(pattern.search(text) for pattern in patterns for text in passage_texts) for patterns in facts
    )
