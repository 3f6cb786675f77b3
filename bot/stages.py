"""Which stages of a turn are at work: all of them, except where the worth of one is measured."""

from __future__ import annotations

from dataclasses import dataclass

from index.fusion import ALL_SCORES, FusionWeights


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages that can be left out, each by itself."""

    weights: FusionWeights = ALL_SCORES
    """How much each score of the search counts; a stage that counts nothing is left out."""
    neighbours: bool = True
    """Whether the passages around the one that was found are read with it."""
    understanding: bool = True
    """Whether follow-ups are resolved and the question inside a long message is found."""
    backstop: bool = True
    """Whether resemblance to example messages adds to what the safety rules see."""


ALL_STAGES = Stages()
"""How questions are answered outside of measurements."""
