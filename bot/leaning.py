"""Sentences that lean on another: they open with a word that points back, or limit what was said."""

from __future__ import annotations

import re

_LEANING = re.compile(
    r"^[\"'“‘(]*(?:it|its|it['’]s|this|that|these|those|they|their|he|she|such|both|each|either|neither|"
    r"the same|however|but|and|so|or|yet|also|instead|therefore|thus|then|otherwise|still|for example|"
    r"for instance|in that case|after that|that said|in addition|as a result|below|above|here)\b",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"^(?:but|however|yet|unless|except|even so|still|that said|on the other hand)\b",
    re.IGNORECASE,
)


def leans(text: str) -> bool:
    """Whether a sentence opens with a word that only the sentence before explains."""
    return bool(_LEANING.match(text))


def limits(text: str) -> bool:
    """Whether a sentence limits or contradicts the one before, so that that one may not stand alone."""
    return bool(_CONTRAST.match(text))
