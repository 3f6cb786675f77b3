"""Sentences that lean on another: they open with a word that points back, or limit what was said."""

from __future__ import annotations

import re

_OPENING = r"^[\s\"'“‘(\[]*"
_LEANING = re.compile(
    _OPENING + r"(?:it|its|it['’]s|this|that|these|those|they|them|their|theirs|he|she|his|her|such|each|"
    r"both(?!.*\band\b)|either(?!.*\bor\b)|neither(?!.*\bnor\b)|the (?:same|former|latter|others?)|"
    r"however|but|and|so|or|yet|also|instead|therefore|thus|hence|then|otherwise|still|moreover|"
    r"furthermore|besides|similarly|likewise|meanwhile|nevertheless|nonetheless|even so|for example|"
    r"for instance|if so|if not|after that|that said|in addition|as a result|on the other hand|"
    r"in that case|below|above|here|"
    r"(?:in|for|with|of|after|before|because of|among|both of|all of|some of|most of|each of|none of) "
    r"(?:this|that|these|those|them|it))(?![-\w])",
    re.IGNORECASE,
)
_POINTS_NOWHERE = re.compile(
    _OPENING + r"(?:it(?:['’]s| is| was| (?:may|can|might|could) be)(?: not| also| often| very| quite| too)* "
    r"(?:important|possible|impossible|common|normal|natural|understandable|worth|helpful|useful|best|better|"
    r"safe|safer|hard|easy|wise|good|fine|likely|unlikely|rare|unusual|usual|true|clear|unclear|known|"
    r"difficult|essential|vital|sensible|reasonable)\b"
    r"|it (?:can |may |often |also )*(?:helps?|takes time|makes sense)\b"
    r"|(?:this|these) (?:articles?|pages?|sections?|chat|guides?|leaflets?)\b|such as\b)",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"^(?:but|however|yet|unless|except|even so|still|that said|nevertheless|nonetheless|"
    r"on the other hand)\b",
    re.IGNORECASE,
)


def leans(text: str) -> bool:
    """Whether a sentence opens with a word that only the sentence before explains."""
    return bool(_LEANING.match(text)) and not _POINTS_NOWHERE.match(text)


def limits(text: str) -> bool:
    """Whether a sentence limits or contradicts the one before, so that that one may not stand alone."""
    return bool(_CONTRAST.match(text))
