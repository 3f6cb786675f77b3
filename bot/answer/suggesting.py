"""What to ask next: headings near to an answer that the reader has not seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.question.intent import Intent, heads
from bot.reply import Citation
from index.search import Hit, Index

_MOST = 3
_FROM_ARTICLE = 2
"""Suggestions at most that come from the article quoted first, if others are near too."""


def suggestions(
    index: Index, hits: Sequence[Hit], citations: Sequence[Citation], seen: Collection[str]
) -> tuple[str, ...]:
    """Return up to three questions that sections near to the answer answer, in the words of their headings.

    Those of the article that is quoted first come first, the sections after the quoted one before the
    rest. ``seen`` are headings and questions that the reader has met.
    """
    met = {*(text.casefold() for text in seen), *(citation.section.casefold() for citation in citations)}
    own = _fresh(_following(index, citations[0]), met) if citations else []
    near = [
        heading for heading in _fresh((hit.passage.headings[-1] for hit in hits), met) if heading not in own
    ]
    chosen = own[: max(_FROM_ARTICLE, _MOST - len(near))] + near
    return tuple(chosen[:_MOST])


def _fresh(headings: Iterable[str], met: Collection[str]) -> list[str]:
    return [
        heading
        for heading in dict.fromkeys(headings)
        if heading.endswith("?")
        and heading.casefold() not in met
        and not heads(Intent.QUESTIONS_TO_ASK, heading)
    ]


def _following(index: Index, citation: Citation) -> list[str]:
    """Return the headings of the cited article, from the section after the cited one round to it."""
    headings = [section.heading for section in index.content.sections(citation.article)]
    at = headings.index(citation.section) + 1 if citation.section in headings else 0
    return headings[at:] + headings[:at]
