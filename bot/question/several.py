"""Taking a message apart: the questions in it, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.words import terms_of

MOST_QUESTIONS = 3
"""Questions of one message that are answered."""
_LEAST_TERMS = 2
"""Weighty words that a question of its own has at least."""
_END = re.compile(r"(?<=[.!?…])[\"”')\]]*\s+|\s*\n+\s*")
_FORM = (
    r"(?:what|whats|what's|which|how|why|when|where|who|whose|is|are|was|were|do|does|did|can|could|will|would|"
    r"should|has|have|isn't|aren't|doesn't|don't|can't)"
)
_ASKS = re.compile(
    rf"^(?:(?:and|so|but|also|then|anyway|basically|in general|well|ok(?:ay)?|please|"
    rf"my question is|plus)[\s,:]+)*{_FORM}\b",
    re.IGNORECASE,
)
_WONDERS = re.compile(
    r"\b(?:i (?:just )?(?:want|wanted|need|would like|'d like|d like) to (?:know|ask|understand)|"
    r"wonder(?:ing|ed)?|(?:can|could) (?:you|anyone|somebody|someone) (?:just |please )*(?:tell|explain)|"
    r"any idea|does anyone know|my question)\b|"
    r"^\W*(?:(?:and|so|but|please|kindly|just)\W+)*(?:tell me|explain|describe|give me|show me|list|name)\b",
    re.IGNORECASE,
)
_RHETORICAL = re.compile(
    r"\b(?:can you believe|would you believe|you know what i mean|know what i mean|who knew|what can you do|"
    r"(?:isn't|wasn't|aren't) (?:it|that|he|she|they))\W*(?:\w+\W*){0,4}$|"
    r"^\W*(?:right|you know|ok(?:ay)?)\?$",
    re.IGNORECASE,
)
_JOINT = re.compile(rf"(?:[,;]\s*|\s+)(?:and|also|plus)\s+(?:also\s+)?(?={_FORM}\b)", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(?:it|its|they|them|their|that|this|these|those|such|he|she|him|her|his|one|ones)\b", re.IGNORECASE
)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a message as people type them, in order."""
    return [piece.strip() for piece in _END.split(text) if piece and piece.strip()]


def questions_of(text: str, weighs: Callable[[str], float]) -> list[str]:
    """Return the questions of a message that ask about something, in order, at most three.

    Where a sentence ends in a question mark, only such sentences are questions. ``weighs`` tells how
    much a sentence says of what the articles are about; 0 is nothing. One that says nothing is no
    question of its own if another says something, unless it points back to that.
    """
    sentences = [one for one in sentences_of(text) if not _RHETORICAL.search(one)]
    marked = [one for one in sentences if one.rstrip("\"”') ").endswith("?")]
    asking = marked or [one for one in sentences if _ASKS.match(one) or _WONDERS.search(one)]
    weighty: list[str] = []
    asked = [part for sentence in asking for part in _joined_questions(sentence, weighs)]
    for question in asked:
        if weighs(question) > 0 or (weighty and points_back(question) and terms_of(question)):
            weighty.append(question)
    return list(dict.fromkeys(weighty or asked))[:MOST_QUESTIONS]


def points_back(question: str) -> bool:
    """Whether a question has a word that something before it must explain."""
    return bool(_POINTS.search(question))


def _joined_questions(sentence: str, weighs: Callable[[str], float]) -> list[str]:
    """Return the whole questions that "and" joins; two aspects of one thing stay together."""
    pieces = _JOINT.split(sentence)
    if len(pieces) == 1 or not all(_stands(piece) and weighs(piece) > 0 for piece in pieces):
        return [sentence]
    return [f"{piece.strip().rstrip('?.!,')}?" for piece in pieces]


def _stands(piece: str) -> bool:
    return len(terms_of(piece)) >= _LEAST_TERMS and bool(_ASKS.match(piece)) and not points_back(piece)
