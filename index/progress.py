"""How far a build is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step of the build is."""

    step: str
    """reading, encoding or writing"""
    done: int
    total: int


Report = Callable[[Progress], None]
