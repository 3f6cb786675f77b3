"""What a reply states, how long it is, and whether it answers at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bot.reply import Kind

ANSWERS = frozenset({Kind.ANSWER, Kind.PARTIAL})
_ABSTENTIONS = frozenset({Kind.NOT_COVERED, Kind.CHAT})


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


def facts_per_100_words(facts: int, words: int) -> float | None:
    """Return how many facts a hundred quoted words state; None where nothing is quoted."""
    return 100 * facts / words if words else None


def is_answered(kind: Kind, quotes: int) -> bool:
    """Tell whether a reply answers: it says so by its kind, or it quotes anything."""
    return kind in ANSWERS or quotes > 0


def is_answerable(kinds: Collection[Kind]) -> bool | None:
    """Tell whether a question can be answered, by the kinds that are right; None if it may go either way."""
    if kinds and ANSWERS.issuperset(kinds):
        return True
    return False if Kind.NOT_COVERED in kinds and _ABSTENTIONS.issuperset(kinds) else None
