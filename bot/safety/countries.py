"""Phone numbers as one line, for a country or for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.safety.rules import Country


def lines(countries: Mapping[str, Any], country: Country | None) -> dict[str, str]:
    """Return what the placeholders of a notice stand for: "emergency", "crisis", "poison", "advice"."""
    texts = countries["lines"][country.value if country else "unknown"]
    return dict(texts)
