"""Rounding, so that the last bits of a number do not reach a file."""

from __future__ import annotations

DIGITS = 6


def rounded(value: float | None) -> float | None:
    """Round to six digits; minus zero becomes zero."""
    return None if value is None else round(value, DIGITS) + 0.0
