"""What an answer leaves open: names that no article has, and what no quote is about."""

from __future__ import annotations

from collections.abc import Sequence

from bot import wording
from bot.answer.evidence import Evidence
from bot.answer.sections import ReadSection, names_it, terms_of_section
from bot.question.asked import Asked, terms_in

_ENOUGH_SAID = 0.5
"""Share of what is asked beside a drug that the quoted sections have if they answer it."""


def missing_from(
    quoted: Sequence[ReadSection], asked: Asked, drugs: Sequence[str], evidence: Evidence
) -> str | None:
    """Return what an answer from the ``quoted`` sections leaves open, or None.

    That is a name that no article has, or the ``drugs`` of the question where no quote is about one.
    """
    if unknown := evidence.unknown_names:
        return wording.not_mentioned(unknown)
    unnamed = tuple(drug for drug in drugs if not any(names_it(asked, section, drug) for section in quoted))
    return wording.not_named(unnamed) if drugs and unnamed == tuple(drugs) else None


def missing_beside(
    quoted: Sequence[ReadSection], asked: Asked, drugs: Sequence[str], evidence: Evidence, question: str
) -> str | None:
    """Return what is asked beside a drug, as wine is, and is in no article.

    Nothing is missing where the quotes have most of what is asked. ``question`` is what is asked,
    without a topic that it took over.
    """
    unknown = tuple(one.word for one in evidence.strangers if one.word in question)
    names = frozenset[str]().union(*map(terms_in, drugs))
    weights = {term: asked.weights[term] for term in terms_in(question) - names if term in asked.weights}
    have = frozenset[str]().union(*map(terms_of_section, quoted))
    if not unknown or Asked(weights, asked.alternatives).share(have) >= _ENOUGH_SAID:
        return None
    return wording.not_mentioned(unknown)
