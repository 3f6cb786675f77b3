"""Whether a quoted sentence still says, out of its paragraph, what it says in it.

A quote loses its context where it opens with a word that points back to a sentence that is not quoted,
or where the contrast that follows it in the same paragraph is left out. This is judged by words of its
own and by the article's text, not by what the assistant takes for a reference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_OPENING = r"^[\s\"'“‘(\[]*"
_POINTS_BACK = re.compile(
    _OPENING + r"(?:it|its|it['’]s|this|that|these|those|they|them|their|theirs|he|she|his|her|such|"
    r"the (?:same|former|latter)|however|but|and|so|or|yet|also|instead|therefore|thus|hence|then|otherwise|"
    r"still|moreover|furthermore|besides|similarly|likewise|meanwhile|nevertheless|nonetheless|even so|"
    r"for (?:example|instance)|as a result|in addition|on the other hand|if (?:so|not)|"
    r"(?:in|for|with|of|after|before|because of|among|both of|all of|some of|most of|each of|none of) "
    r"(?:this|that|these|those|them|it))(?![-\w])",
    re.IGNORECASE,
)
_BOTH = re.compile(
    _OPENING + r"(?:both(?!.*\band\b)|neither(?!.*\bnor\b)|either(?!.*\bor\b))\b", re.IGNORECASE
)
_POINTS_NOWHERE = re.compile(
    _OPENING + r"(?:it(?:['’]s| is| was| (?:may|can|might|could) be| has been)"
    r"(?: not| also| often| very| quite| too)* (?:important|possible|impossible|common|normal|natural|"
    r"understandable|worth|helpful|useful|best|better|safe|safer|hard|easy|wise|good|fine|okay|ok|likely|"
    r"unlikely|rare|unusual|usual|true|clear|unclear|known|difficult|early|essential|vital|sensible|reasonable)\b"
    r"|it (?:can |may |often |also )*(?:helps?|takes time|makes sense)\b"
    r"|(?:this|these) (?:articles?|pages?|sections?|chat|guides?|leaflets?)\b"
    r"|so far\b|such as\b|and/or\b)",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"^(?:but|however|yet|unless|except|even so|still|that said|nevertheless|nonetheless|"
    r"on the other hand)\b",
    re.IGNORECASE,
)
_BETWEEN = " \t,;:–—-)]\"'”’.!?"


class ContextFault(StrEnum):
    """What a sentence lost when it was quoted."""

    REFERENCE = "opens with a reference that nothing before it resolves"
    CONTRAST = "leaves out the contrast that follows"


@dataclass(frozen=True, slots=True)
class PlacedQuote:
    """A quoted sentence in its article: ``article_text[start:end]``."""

    article: str
    article_text: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.article_text[self.start : self.end]


def points_back(sentence: str) -> bool:
    """Tell whether a sentence opens with a word that only what stands before it explains."""
    if _POINTS_NOWHERE.match(sentence):
        return False
    return bool(_POINTS_BACK.match(sentence) or _BOTH.match(sentence))


def context_faults(quotes: Sequence[PlacedQuote]) -> tuple[tuple[ContextFault, ...], ...]:
    """Return what each of the quotes of one reply lost, in the order in which the reply shows them.

    A reference is resolved if the quote directly before it is the text directly before it, and stands.
    """
    found: list[tuple[ContextFault, ...]] = []
    for n, quote in enumerate(quotes):
        faults = []
        if points_back(quote.text) and not (n and _leads_to(quotes[n - 1], quote, found[n - 1])):
            faults.append(ContextFault.REFERENCE)
        contrast = _contrast_after(quote)
        if contrast is not None and not any(_covers(other, quote, contrast) for other in quotes):
            faults.append(ContextFault.CONTRAST)
        found.append(tuple(faults))
    return tuple(found)


def _leads_to(before: PlacedQuote, quote: PlacedQuote, faults: Sequence[ContextFault]) -> bool:
    if before.article != quote.article or before.end > quote.start or ContextFault.REFERENCE in faults:
        return False
    return not quote.article_text[before.end : quote.start].strip()


def _contrast_after(quote: PlacedQuote) -> int | None:
    """Return where the contrast begins that follows in the same paragraph, if one does."""
    line_end = quote.article_text.find("\n", quote.end)
    rest = quote.article_text[quote.end : line_end if line_end >= 0 else None]
    following = rest.lstrip(_BETWEEN)
    return quote.end + len(rest) - len(following) if _CONTRAST.match(following) else None


def _covers(other: PlacedQuote, quote: PlacedQuote, place: int) -> bool:
    return other.article == quote.article and other.start <= place < other.end
