"""Fitting the confidence model on the development cases: ``python -m eval.fit_confidence --home DIR``.

Prints a new ``bot/answer/confidence.toml``, and what cross-validation makes of it. Every turn of the
development split takes part that ought to be answered, or ought not. What the model is not asked, since
the question names something that no article has, is counted as left unanswered. Each turn is seen twice, with
the keys of our corpus and without them, since articles of others have none. The threshold is the one that
invents the fewest answers while it misses at most one in twenty, as judged with keys by models that never
saw the question.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.answer.evidence import SIGNALS, ConfidenceModel, Evidence, signals_of
from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.stages import Stages
from eval.cases import Case, Split
from eval.metrics import is_answerable
from eval.reading import load_sets, packaged_sets
from index.fusion import WITHOUT_KEYS
from index.generation import IndexFolder
from index.search import open_index

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

_MOST_MISSED = 0.05
_REGULARISATION = 3.0
_BARE = 0.25
"""What a turn without keys weighs beside the same with them."""
_FOLDS = 8
_SHUFFLES = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """The evidence for one turn of the development cases, and what is right."""

    evidence: Evidence
    bare: Evidence
    """The evidence without keys."""
    answerable: bool


def collect(assistant: Assistant, bare: Assistant, cases: Sequence[Case]) -> list[Sample]:
    """Return a sample of each turn that ought to be answered, or ought not; ``bare`` has no keys."""
    samples = []
    for case in cases:
        if case.split is not Split.DEV:
            continue
        conversation = Conversation()
        for turn in case.turns:
            question = assistant.understand(conversation, turn.question)
            answerable = is_answerable(turn.kinds)
            if answerable is not None and not question.talk:
                found, without = (
                    one.find(question.search_text, question.text).evidence for one in (assistant, bare)
                )
                samples.append(Sample(found, without, answerable))
            if len(case.turns) > 1:
                conversation.add(turn.question, assistant.reply(conversation, turn.question))
    return samples


def fit(samples: Sequence[Sample]) -> ConfidenceModel:
    """Fit a logistic model with L2 regularisation, both classes weighing the same, and its threshold."""
    model = _fitted([sample for sample in samples if not sample.evidence.foreign])
    weights = dict(zip(SIGNALS, (round(float(weight), 3) for weight in model.coef_[0]), strict=True))
    threshold = choose_threshold(samples, cross_validated(samples))
    return ConfidenceModel(round(float(model.intercept_[0]), 3), **weights, threshold=threshold)


def cross_validated(samples: Sequence[Sample]) -> NDArray[np.float64]:
    """Return for each sample the mean confidence of models that were fitted without it, shape (n,)."""
    from sklearn.model_selection import StratifiedKFold

    confidences = np.zeros(len(samples))
    rows = np.array([n for n, sample in enumerate(samples) if not sample.evidence.foreign])
    judged = [samples[n] for n in rows]
    signals = np.array([signals_of(sample.evidence) for sample in judged])
    labels = np.array([sample.answerable for sample in judged])
    for seed in range(_SHUFFLES):
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
        for seen, unseen in folds.split(signals, labels):
            model = _fitted([judged[n] for n in seen])
            confidences[rows[unseen]] += model.predict_proba(signals[unseen])[:, 1] / _SHUFFLES
    return confidences


def choose_threshold(samples: Sequence[Sample], confidences: NDArray[np.float64]) -> float:
    """Return the threshold with the fewest invented answers that does not miss too many.

    Of several, the middle one: it is the furthest from both kinds of mistake.
    """
    candidates = [round(0.01 * n, 2) for n in range(1, 100)]
    allowed = [t for t in candidates if missed(samples, confidences, t) <= _MOST_MISSED] or candidates[:1]
    fewest = min(invented(samples, confidences, t) for t in allowed)
    best = [t for t in allowed if invented(samples, confidences, t) == fewest]
    return best[len(best) // 2]


def missed(samples: Sequence[Sample], confidences: NDArray[np.float64], threshold: float) -> float:
    """Return the share of the answerable questions that would not be answered."""
    right = np.array([sample.answerable for sample in samples])
    return float(np.mean(confidences[right] < threshold))


def invented(samples: Sequence[Sample], confidences: NDArray[np.float64], threshold: float) -> float:
    """Return the share of the unanswerable questions that would be answered."""
    wrong = np.array([not sample.answerable for sample in samples])
    return float(np.mean(confidences[wrong] >= threshold))


def _fitted(samples: Sequence[Sample]) -> LogisticRegression:
    from sklearn.linear_model import LogisticRegression

    signals = [signals_of(one) for sample in samples for one in (sample.evidence, sample.bare)]
    labels = [sample.answerable for sample in samples for _ in range(2)]
    weights = [1.0, _BARE] * len(samples)
    model = LogisticRegression(C=_REGULARISATION, class_weight="balanced", max_iter=1000)
    return model.fit(np.array(signals), labels, sample_weight=weights)


def as_toml(model: ConfidenceModel) -> str:
    """Return the content of ``bot/answer/confidence.toml``."""
    lines = [f"{field.name} = {getattr(model, field.name)}" for field in fields(model)]
    return "\n".join(
        [
            "# The logistic model in bot/answer/evidence.py. Written by `python -m eval.fit_confidence`",
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
    index, today = open_index(IndexFolder(home / "index")), date(2026, 1, 1)
    bare = Assistant(index, today=today, stages=Stages(weights=WITHOUT_KEYS))
    cases = [case for one in load_sets(packaged_sets()) for case in one.cases]
    samples = collect(Assistant(index, today=today), bare, cases)
    model = fit(samples)
    confidences = cross_validated(samples)
    sys.stderr.write(
        f"{len(samples)} turns, each judged by models that did not see it: "
        f"missed {missed(samples, confidences, model.threshold):.3f}, "
        f"invented {invented(samples, confidences, model.threshold):.3f}\n"
    )
    sys.stdout.write(as_toml(model))


if __name__ == "__main__":
    main()
