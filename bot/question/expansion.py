"""Other names of what a question names: brand and generic, short and long form, lay word and term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.question.forms import Mention
from corpus.glossary import Term
from index.words import Alternatives, terms_of

_MOST_NAMES = 12
"""Other names of one thing that are looked for."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What is looked for in the articles."""

    text: str
    """What is encoded."""
    terms: tuple[str, ...]
    """What is looked for by words."""
    alternatives: tuple[Alternatives, ...] = ()
    """What may stand instead of some of the terms."""


def expanded(question: str, mentions: Sequence[Mention]) -> Searched:
    """Return what to look for: the question's own words, and other names of what they name.

    The names serve the search by words alone: the encoder knows what is near in meaning, and more
    names in what it encodes found no more and answered more that the articles do not cover.
    """
    terms = tuple(terms_of(question))
    alternatives = []
    for mention in mentions:
        own = tuple(dict.fromkeys(terms_of(question[mention.start : mention.end])))
        others = _other_names(mention.term, own)
        if own and others:
            alternatives.append(Alternatives(own, others))
    return Searched(question, terms, tuple(alternatives))


def _other_names(term: Term, own: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the terms of each other form; one that contains the question's own form adds nothing."""
    named = dict.fromkeys(tuple(dict.fromkeys(terms_of(form))) for form in term.forms)
    return tuple(name for name in named if name and not set(own) <= set(name))[:_MOST_NAMES]
