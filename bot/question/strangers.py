"""Words of a question that no article has, and those among them that name what is asked about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.question.forms import Mention
from corpus.glossary import TermKind
from index.search import Index
from index.words import Alternatives, terms_of

_WORD = re.compile(r"[^\W_](?:[\w'’-]*[^\W_])?")
_SHORTEST = 3
_MEDICINE = re.compile(
    r"^[a-z]{3,}(?:[mt]?ab|t[ua]g|bart|mig|n?ib|ciclib|estrant|tecan|taxel|rubicin|platin|vedotin|tansine|limus|azole|statin|"
    r"sartan|cillin|mycin|cycline|olol|setron|gliptin|gliflozin|tide|formin|profen|oxetine|triptan|pril|pine)s?$"
)
"""Endings by which medicines of one kind are named (the stems of the WHO's international names)."""
_NAMED = frozenset(
    {TermKind.DRUG, TermKind.DRUG_CLASS, TermKind.GENE, TermKind.MARKER, TermKind.RECEPTOR}
    | {TermKind.SUBTYPE, TermKind.TRIAL}
)
_QUANTITY = re.compile(
    r"^\d+(?:am|pm|st|nd|rd|th|s|x|k|h|hrs?|mins?|days?|wks?|mths?|yrs?|yo|mg|ml|kg|cm|mm|c|f)$"
)
"""A number with its unit, which names nothing."""
_ALONE = re.compile(r"[\s(\[]*")
"""What stands between two words that are one name."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """A word of a question that no article has under any of its names."""

    word: str
    """As typed."""
    start: int
    end: int
    is_rare: bool
    """Whether it is no everyday word either."""
    is_name: bool
    """Whether it looks like the name of a medicine, a gene, a person or a place."""


def looks_like_medicine(word: str) -> bool:
    """Whether a word in small letters ends as the names of medicines do."""
    return bool(_MEDICINE.match(word))


def strangers_in(index: Index, question: str, alternatives: Collection[Alternatives]) -> tuple[Stranger, ...]:
    """Return the words of ``question`` that no article has, each once, in order."""
    elsewhere = {term for one in alternatives for term in one.terms}
    found: dict[str, Stranger] = {}
    for match in _WORD.finditer(question):
        word, terms = match.group(), terms_of(match.group())
        if len(word) < _SHORTEST or not terms or word in found:
            continue
        if any(index.words.known(term) or term in elsewhere for term in terms):
            continue
        rare = not index.is_everyday(word.lower())
        named = _is_name(question, match, rare=rare)
        found[word] = Stranger(word, match.start(), match.end(), rare, named)
    return tuple(found.values())


def stands_alone(question: str, strangers: Sequence[Stranger], mentions: Sequence[Mention]) -> bool:
    """Whether the question is about nothing that has a name here beside the ``strangers`` that are names.

    A known name next to a strange word is part of a strange name: "trastuzumab beloxican".
    """
    drugs = [mention for mention in mentions if mention.term.kind is TermKind.DRUG]
    names = [
        one
        for one in strangers
        if one.is_name
        or (
            one.is_rare
            and (_next_to_medicine(question, one) or any(_adjoins(question, one, d) for d in drugs))
        )
    ]
    known = [
        mention
        for mention in mentions
        if mention.term.kind in _NAMED and not any(_adjoins(question, one, mention) for one in names)
    ]
    return bool(names) and not known


def _next_to_medicine(question: str, one: Stranger) -> bool:
    """Whether the word after ``one`` ends as the names of medicines do."""
    after = _WORD.match(question[one.end :].lstrip().lower())
    return bool(after and looks_like_medicine(after.group()))


def _adjoins(question: str, one: Stranger, mention: Mention) -> bool:
    first, second = sorted([(one.start, one.end), (mention.start, mention.end)])
    return bool(_ALONE.fullmatch(question[first[1] : second[0]]))


def _opens(question: str, start: int) -> bool:
    """Whether a word opens a sentence, where everything has a capital."""
    before = question[:start].rstrip(" \"'“‘(")
    return not before or before[-1] in ".!?:"


def _is_name(question: str, match: re.Match[str], *, rare: bool) -> bool:
    word = match.group()
    if _QUANTITY.match(word.lower()):
        return False
    mixed = any(map(str.isalpha, word)) and any(map(str.isdigit, word))
    inner_capital = word[1:] != word[1:].lower() and not question.isupper()
    capital = word[:1].isupper() and not question.isupper() and not _opens(question, match.start())
    return mixed or inner_capital or (rare and (capital or looks_like_medicine(word.lower())))
