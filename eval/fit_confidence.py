"""Fitting the confidence model on the development cases: ``python -m eval.fit_confidence --home DIR``.

Prints a new ``bot/confidence.toml``. Only single questions of the development split take part: those
with gold sections ought to be answered, those that should not be covered ought not. The threshold is
the one that makes the fewest mistakes, an invented answer counting twice as much as a missed one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.evidence import SIGNALS, ConfidenceModel, Evidence, signals_of
from bot.question import understand
from bot.reply import Kind
from eval.cases import Case, Split
from eval.reading import load_sets, packaged_sets
from index.generation import IndexFolder
from index.search import open_index

_INVENTED_COSTS = 2.0
_REGULARISATION = 10.0


def collect(assistant: Assistant, cases: Sequence[Case]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the signals of each usable case, (n, signals), and whether it is answerable, (n,)."""
    rows, labels = [], []
    for case in cases:
        if case.split is not Split.DEV or len(case.turns) != 1:
            continue
        turn = case.turns[0]
        answerable = bool(turn.sections_any or turn.sections_all)
        if not answerable and turn.kinds != (Kind.NOT_COVERED,):
            continue
        question = understand(Conversation(), turn.question)
        evidence = assistant.find(question.search_text).evidence
        if not evidence.foreign:
            rows.append(signals_of(evidence))
            labels.append(int(answerable))
    return np.array(rows), np.array(labels)


def fit(signals: NDArray[np.float64], answerable: NDArray[np.int64]) -> ConfidenceModel:
    """Fit a logistic model with L2 regularisation, both classes weighing the same, and its threshold."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_REGULARISATION, class_weight="balanced", max_iter=1000)
    model.fit(signals, answerable)
    weights = dict(zip(SIGNALS, (round(float(weight), 3) for weight in model.coef_[0]), strict=True))
    fitted = ConfidenceModel(bias=round(float(model.intercept_[0]), 3), **weights, threshold=0.5)
    confidences = np.array([fitted.confidence(_evidence(row)) for row in signals])
    return ConfidenceModel(fitted.bias, **weights, threshold=_threshold(confidences, answerable))


def _threshold(confidences: NDArray[np.float64], answerable: NDArray[np.int64]) -> float:
    def cost(threshold: float) -> float:
        answered = confidences >= threshold
        invented = float(np.mean(answered[answerable == 0]))
        missed = float(np.mean(~answered[answerable == 1]))
        return _INVENTED_COSTS * invented + missed

    return float(min((round(0.01 * n, 2) for n in range(5, 96)), key=lambda t: (cost(t), abs(t - 0.5))))


def _evidence(row: NDArray[np.float64]) -> Evidence:
    cosine, sentence_cosine, coverage, words = row.tolist()
    return Evidence(cosine, sentence_cosine, coverage, words, foreign=False, unknown=())


def as_toml(model: ConfidenceModel) -> str:
    """Return the content of ``bot/confidence.toml``."""
    lines = [f"{field.name} = {getattr(model, field.name)}" for field in fields(model)]
    return "\n".join(
        [
            "# The logistic model in bot/evidence.py. Written by `python -m eval.fit_confidence`",
            "# from the development cases; never from test cases.",
            *lines,
            "",
        ]
    )


def main() -> None:
    """Read the packaged sets, fit, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--home", type=Path, required=True, help="a home with an index of our own articles")
    home: Path = parser.parse_args().home
    assistant = Assistant(open_index(IndexFolder(home / "index")), today=date(2026, 1, 1))
    cases = [case for one in load_sets(packaged_sets()) for case in one.cases]
    signals, answerable = collect(assistant, cases)
    sys.stdout.write(as_toml(fit(signals, answerable)))


if __name__ == "__main__":
    main()
