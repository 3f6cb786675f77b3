"""What one of these programs found."""

from __future__ import annotations

from dataclasses import dataclass

from eval.bench.measure import Measure, table


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures, and what went wrong, each in a line."""

    name: str
    measures: tuple[Measure, ...]
    faults: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether nothing went wrong and every figure keeps its bound."""
        return not self.faults and not any(measure.is_missed for measure in self.measures)

    def __str__(self) -> str:
        faults = [f"FAULT {fault}" for fault in self.faults]
        return "\n".join([self.name, table(self.measures, {}), *faults])
