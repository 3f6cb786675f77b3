"""The search as it is beside each of its stages alone, on the same questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich.table import Table

from bot.cli.console import console_on
from eval.engine import Found
from eval.intervals import Interval, bootstrap, mean
from eval.retrieval.scores import RetrievalReport
from eval.table import number_text
from index.fusion import VECTORS_ALONE, WORDS_ALONE, FusionWeights
from index.search import Index
from index.words import terms_of

STAGES: Mapping[str, FusionWeights] = {"vectors alone": VECTORS_ALONE, "words alone": WORDS_ALONE}
"""What the search is made of."""
_METRIC = "ndcg@10"


@dataclass(frozen=True, slots=True)
class WeighedSearch:
    """The search of an index with other weights than its own."""

    index: Index
    weights: FusionWeights

    def search(self, question: str, k: int) -> Sequence[Found]:
        """Return the ``k`` best passages."""
        return self.index.find(self.index.encode(question), terms_of(question), k, weights=self.weights)


@dataclass(frozen=True, slots=True)
class Gain:
    """How much better the whole search is than one stage, by nDCG@10 over the same questions."""

    stage: str
    n: int
    alone: float
    gain: float
    interval: Interval


def gain_over(stage: str, whole: RetrievalReport, alone: RetrievalReport) -> Gain:
    """Compare two runs question by question. Raises ValueError if they share no judged question."""
    before = {each.query.id: each.scores[_METRIC] for each in alone.ranked}
    pairs = [
        (now, then)
        for each in whole.ranked
        if (now := each.scores[_METRIC]) is not None and (then := before[each.query.id]) is not None
    ]
    differences = [now - then for now, then in pairs]
    return Gain(
        stage, len(pairs), mean([then for _, then in pairs]), mean(differences), bootstrap(differences)
    )


def print_gains(gains: Sequence[Gain], out: TextIO) -> None:
    """Print what the whole search gains over each stage."""
    table = Table(f"gain of {_METRIC} over", box=None, pad_edge=False)
    for name in ("n", "alone", "gain", "95 % of the gain"):
        table.add_column(name, justify="right")
    for one in gains:
        between = f"{one.interval.low:+.3f} - {one.interval.high:+.3f}"
        table.add_row(one.stage, str(one.n), number_text(one.alone), f"{one.gain:+.3f}", between)
    console_on(out).print(table)
