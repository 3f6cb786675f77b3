"""Fitting the semantic backstop: ``python -m eval.fit_backstop --home DIR``.

Learns from the example messages in ``bot/safety/utterances`` and the examples of the rules; takes the
thresholds from the development cases, at a stated share of false alarms; writes ``bot/safety/backstop.json``.
Test cases take no part.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.reply import Kind
from bot.safety import Category, assess, load_rules
from bot.safety.backstop import FITTED, windows_of
from bot.safety.compile import rule_examples
from bot.safety.rules import RED
from corpus.asked_as import FILE_NAME, read_asked_as
from corpus.reader import OUR_CORPUS, read_corpus
from eval.cases import Case, Split
from eval.reading import load_sets, packaged_sets
from index.encoder import QueryEncoder
from index.generation import IndexFolder, read_manifest
from index.search import open_encoder

UTTERANCES = FITTED.parent / "utterances"
FALSE_ALARMS = {
    Category.CRISIS: 0.01,
    Category.EMERGENCY: 0.015,
    Category.URGENT: 0.02,
    Category.TREATMENT_DECISION: 0.015,
    Category.DOSING: 0.015,
    Category.INTERPRETATION: 0.01,
    Category.PROGNOSIS: 0.005,
    Category.INTERACTION: 0.005,
    Category.ALTERNATIVE: 0.005,
    Category.HARMFUL: 0.002,
}
"""Share of the development cases without a category that may resemble it."""
ON_INFORMATION = {Category.TREATMENT_DECISION: 0.01, Category.DOSING: 0.01}
"""Share of the development questions that the articles answer which may resemble a boundary; else none."""
AT_LEAST = {Category.URGENT: frozenset({Category.URGENT, Category.EMERGENCY})}
"""What "urgent" learns from is urgent or worse: an emergency that is not seen as one is seen as that."""
_REGULARISATION = 3.0


@dataclass(frozen=True, slots=True)
class Example:
    """A message and its categories."""

    text: str
    categories: frozenset[Category]
    also: frozenset[Category] = frozenset()
    """Categories that neither must nor must not be seen."""


def utterances() -> list[Example]:
    """Read the example messages."""
    examples = []
    for path in sorted(UTTERANCES.glob("*.yaml")):
        for name, texts in yaml.safe_load(path.read_text("utf-8")).items():
            categories = frozenset() if name == "none" else frozenset({Category(name)})
            examples += [Example(text, categories) for text in texts]
    return examples


def from_rules() -> list[Example]:
    """Return the examples of the rules; what must not match one rule is no example of any."""
    return [
        Example(text, frozenset({category}) if matches else frozenset())
        for category, text, matches in rule_examples()
    ]


def from_headings() -> list[Example]:
    """Return the questions that our articles answer: general ones, which no category should see."""
    articles = read_corpus(OUR_CORPUS).articles
    headings = dict.fromkeys(s.heading for article in articles for s in article.sections)
    return [Example(heading, frozenset()) for heading in headings if heading.endswith("?")]


def from_asked_as() -> list[Example]:
    """Return the other ways to ask for our sections that no rule sees anything in."""
    rules = load_rules()
    ways = [
        way
        for sections in read_asked_as(OUR_CORPUS / FILE_NAME).values()
        for asked in sections.values()
        for way in asked
    ]
    return [Example(way, frozenset()) for way in ways if not assess([way], rules, None).categories]


def informational(cases: Sequence[Case]) -> list[str]:
    """Return every turn of the development split that has an answer and no category."""
    return [
        turn.question
        for case in cases
        if case.split is Split.DEV
        for turn in case.turns
        if turn.categories == () and Kind.ANSWER in turn.kinds
    ]


def from_cases(cases: Sequence[Case]) -> list[Example]:
    """Return the single questions of the development split."""
    return [
        Example(turn.question, frozenset(turn.categories or ()), frozenset(turn.also))
        for case in cases
        if case.split is Split.DEV and len(case.turns) == 1
        for turn in case.turns
        if turn.categories is not None
    ]


def encode_all(encoder: QueryEncoder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the vectors of short texts, shape (n, dim)."""
    return np.vstack([encoder.encode_query(text) for text in texts])


def fit(
    category: Category, examples: Sequence[Example], vectors: NDArray[np.float32]
) -> tuple[NDArray[Any], float]:
    """Return weights, shape (dim,), and bias of a logistic model with L2 regularisation."""
    from sklearn.linear_model import LogisticRegression

    wanted = AT_LEAST.get(category, frozenset({category}))
    labels = [bool(wanted & example.categories) for example in examples]
    model = LogisticRegression(C=_REGULARISATION, class_weight="balanced", max_iter=2000)
    model.fit(vectors, labels)
    return model.coef_[0], float(model.intercept_[0])


def most_probable(windows: NDArray[np.float32], weights: NDArray[Any], bias: float) -> float:
    """Return the highest probability over the windows of a message, shape (n, dim)."""
    z = windows @ weights + bias
    return float(np.max(1 / (1 + np.exp(-z))))


def threshold(
    category: Category,
    cases: Sequence[Example],
    probabilities: Sequence[float],
    on_information: Sequence[float],
) -> float:
    """Return the probability that the allowed share of other messages reaches.

    A boundary besides stays above nearly every question of the development split that has its answer in
    the articles: there it would only stand in the way.
    """
    wanted = AT_LEAST.get(category, frozenset({category}))
    others = [
        probability
        for example, probability in zip(cases, probabilities, strict=True)
        if not wanted & (example.categories | example.also)
    ]
    limit = float(np.quantile(others, 1 - FALSE_ALARMS[category]))
    if category not in RED:
        share = ON_INFORMATION.get(category, 0.0)
        limit = max(limit, float(np.quantile(on_information, 1 - share)) + 0.002)
    return round(limit, 3)


def main() -> None:
    """Fit every category, print what it finds on the development cases, and write the file."""
    parser = argparse.ArgumentParser(description="Fit the semantic backstop.")
    parser.add_argument("--home", type=Path, required=True, help="a home with an index of our own articles")
    folder = IndexFolder(parser.parse_args().home / "index")
    encoder = open_encoder(folder, read_manifest(folder.generations / folder.live()).encoder)
    examples = utterances() + from_rules() + from_headings() + from_asked_as()
    vectors = encode_all(encoder, [example.text for example in examples])
    all_cases = [case for one in load_sets(packaged_sets()) for case in one.cases]
    cases = from_cases(all_cases)
    seen = [encode_all(encoder, windows_of(case.text)) for case in cases]
    asked = [encode_all(encoder, windows_of(text)) for text in informational(all_cases)]
    fitted: dict[str, Any] = {}
    for category in FALSE_ALARMS:
        weights, bias = fit(category, examples, vectors)
        probabilities = [most_probable(windows, weights, bias) for windows in seen]
        on_information = [most_probable(windows, weights, bias) for windows in asked]
        limit = threshold(category, cases, probabilities, on_information)
        found = [
            p >= limit for case, p in zip(cases, probabilities, strict=True) if category in case.categories
        ]
        sys.stdout.write(f"{category.value:<20} threshold {limit:.3f}  found {sum(found)} of {len(found)}\n")
        plain = [round(float(weight), 4) for weight in weights]
        fitted[category.value] = {"bias": round(bias, 4), "threshold": limit, "weights": plain}
    content = {"encoder": encoder.settings.fingerprint, "categories": fitted}
    FITTED.write_text(json.dumps(content, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
