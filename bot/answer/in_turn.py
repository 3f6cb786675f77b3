"""One reply to a message with several questions: each answered in turn, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import wording
from bot.reply import Citation, Kind, Offer, Reply

_MOST_OFFERS = 3
_MOST_SUGGESTIONS = 3


def joined_replies(questions: Sequence[str], replies: Sequence[Reply]) -> Reply:
    """Return one reply of the replies to each of ``questions``, at least one, in their order.

    It is an answer if every question is answered, partial if one is not, and as sure as the surest.
    Citations that several replies share must have the same number in each.
    """
    left_open = [
        question for question, reply in zip(questions, replies, strict=True) if reply.kind is Kind.NOT_COVERED
    ]
    if len(left_open) == len(replies):
        return replace(replies[0], offers=_offers(replies))
    answered = [reply for reply in replies if reply.kind is not Kind.NOT_COVERED]
    missing = [reply.missing for reply in answered if reply.missing]
    if left_open:
        missing.append(wording.left_open(left_open))
    suggestions = dict.fromkeys(one for reply in answered for one in reply.suggestions)
    return replace(
        answered[0],
        kind=Kind.PARTIAL if missing else Kind.ANSWER,
        missing=" ".join(missing) or None,
        sentences=tuple(sentence for reply in answered for sentence in reply.sentences),
        citations=_citations(answered),
        more=sum(reply.more for reply in answered),
        suggestions=tuple(one for one in suggestions if one not in questions)[:_MOST_SUGGESTIONS],
        confidence=max(reply.confidence for reply in answered),
    )


def _citations(replies: Sequence[Reply]) -> tuple[Citation, ...]:
    by_number = {citation.n: citation for reply in reversed(replies) for citation in reply.citations}
    return tuple(by_number[n] for n in sorted(by_number))


def _offers(replies: Sequence[Reply]) -> tuple[Offer, ...]:
    return tuple(dict.fromkeys(offer for reply in replies for offer in reply.offers))[:_MOST_OFFERS]
