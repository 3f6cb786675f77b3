"""Phrases that no text of a corpus should have, whatever file it stands in."""

from __future__ import annotations

import re

LEANING_OPENING = re.compile(
    r"^[\"'“‘(]*(?:it|its|it's|it’s|this|that|these|those|they|their|them|he|she|his|her|such|"
    r"both (?:are|can|have|may|of them)|the (?:former|latter)|however|but|and|so|or|also|therefore|"
    r"instead|moreover|nevertheless|otherwise|in addition|for this reason|as a result)\b(?!\w)",
    re.IGNORECASE,
)
"""An opening that leans on a sentence before it."""

DOSE = re.compile(
    r"\b\d+(?:[.,]\d+)?[\s-]?(?:mg|mcg|µg|μg|micrograms?|milligrams?|grams?|millilitres?|milliliters?|"
    r"ml|iu|international units?|units?)\b(?!/)",
    re.IGNORECASE,
)
"""An amount of a medicine, which a reader could take for advice."""
