"""Which stages of a turn are at work: all of them, except where the worth of one is measured."""

from __future__ import annotations

from dataclasses import dataclass

from index.fusion import WORDS_WEIGHT


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages that can be left out, each by itself."""

    words_weight: float = WORDS_WEIGHT
    """How much the words count against the vectors: 0 leaves out the words, 1 the vectors."""
    understanding: bool = True
    """Whether follow-ups are resolved and the question inside a long message is found."""
    backstop: bool = True
    """Whether resemblance to example messages adds to what the safety rules see."""


ALL_STAGES = Stages()
"""How questions are answered outside of measurements."""
