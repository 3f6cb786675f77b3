"""Fitting the semantic backstop: ``python -m eval.fit_backstop --home DIR``.

Learns from the example messages in ``bot/safety/utterances`` and the examples of the rules; takes the
thresholds from the development cases, at a stated share of false alarms; writes ``bot/safety/backstop.npz``.
Test cases take no part.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.reply import Kind
from bot.safety import Category, assess, load_rules
from bot.safety.backstop import FITTED, Backstop, EncodeMessage, Leanings, as_arrays, windows_of
from bot.safety.compile import rule_examples
from bot.safety.rules import RED
from bot.safety.wordings import rarity, weighed
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
    Category.INTERPRETATION: 0.015,
    Category.PROGNOSIS: 0.01,
    Category.INTERACTION: 0.01,
    Category.ALTERNATIVE: 0.01,
    Category.HARMFUL: 0.002,
}
"""Share of other messages of the development split that may resemble a category."""
ON_INFORMATION = 0.004
"""Share of the development questions that the articles answer that may resemble a category."""
ASKED_AND_TOLD = frozenset({Category.EMERGENCY, Category.URGENT})
"""Signs that people ask about in general in the words in which others tell that they have them."""
AT_LEAST = {Category.URGENT: frozenset({Category.URGENT, Category.EMERGENCY})}
"""What "urgent" learns from is urgent or worse: an emergency that is not seen as one is seen as that."""
_REGULARISATION = 2.0
_WORDS = 2.0
"""Length of the words' part of what is weighed; the vector has length 1."""
_LEAST_OFTEN = 2
"""Examples that a wording stands in at least."""


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


def informational(cases: Sequence[Case]) -> list[Example]:
    """Return every turn of the development split that has an answer and no category."""
    return [
        Example(turn.question, frozenset(), frozenset(turn.also))
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


def matrix(texts: Sequence[str], telling: Mapping[str, float]) -> Any:
    """Return the weighed words of texts as a sparse matrix, shape (n, wordings)."""
    from scipy.sparse import csr_matrix

    rows = {wording: row for row, wording in enumerate(telling)}
    found = [weighed(text, telling) for text in texts]
    places = [(n, rows[wording]) for n, one in enumerate(found) for wording in one]
    values = np.array([_WORDS * weight for one in found for weight in one.values()], dtype=np.float64)
    return csr_matrix((values, tuple(zip(*places, strict=True))), shape=(len(texts), len(telling)))


def fit(category: Category, examples: Sequence[Example], features: Any) -> tuple[NDArray[Any], float]:
    """Return the weights of the features and the bias of a logistic model with L2 regularisation."""
    from sklearn.linear_model import LogisticRegression

    wanted = AT_LEAST.get(category, frozenset({category}))
    labels = [bool(wanted & example.categories) for example in examples]
    model = LogisticRegression(C=_REGULARISATION, class_weight="balanced", max_iter=2000)
    model.fit(features, labels)
    return model.coef_[0], float(model.intercept_[0])


def threshold(
    category: Category,
    cases: Sequence[Example],
    scores: Sequence[float],
    asked: Sequence[Example],
    on_information: Sequence[float],
) -> float:
    """Return the score that the allowed share of other messages reaches.

    For a boundary those are the messages without any category, since another boundary or a call for help
    is answered as that. All but the signs that need a call also stay above nearly every question of the
    development split that has its answer in the articles: there a notice would only stand in the way.
    """
    wanted = AT_LEAST.get(category, frozenset({category}))
    others = [
        score
        for example, score in zip(cases, scores, strict=True)
        if not wanted & (example.categories | example.also) and (category in RED or not example.categories)
    ]
    limit = float(np.quantile(others, 1 - FALSE_ALARMS[category]))
    if category not in ASKED_AND_TOLD:
        plain = [score for one, score in zip(asked, on_information, strict=True) if category not in one.also]
        limit = max(limit, float(np.quantile(plain, 1 - ON_INFORMATION)))
    return round(limit, 3)


def fitted_models(examples: Sequence[Example], vectors: NDArray[np.float32], encoder: str) -> Backstop:
    """Return the models of all categories, not yet with thresholds: every message passes those."""
    from scipy.sparse import csr_matrix, hstack

    texts = [example.text for example in examples]
    telling = rarity(texts, _LEAST_OFTEN)
    words = matrix(texts, telling)
    both = hstack([csr_matrix(vectors), words]).tocsr()
    dim = vectors.shape[1]
    with_vectors = [fit(category, examples, both) for category in FALSE_ALARMS]
    alone = [fit(category, examples, words) for category in FALSE_ALARMS]
    weights = np.array([weights for weights, _ in with_vectors], dtype=np.float32).T
    return Backstop(
        encoder,
        tuple(FALSE_ALARMS),
        telling,
        {wording: row for row, wording in enumerate(telling)},
        _leanings(weights[dim:], weights[:dim], [bias for _, bias in with_vectors]),
        _leanings(
            np.array([weights for weights, _ in alone], dtype=np.float32).T, None, [b for _, b in alone]
        ),
    )


def _leanings(words: Any, vector: Any, biases: Sequence[float]) -> Leanings:
    bias = np.array(biases, dtype=np.float32)
    return Leanings(words * np.float32(_WORDS), vector, bias, np.full(len(bias), -np.inf, dtype=np.float32))


def highest(backstop: Backstop, text: str, encode: EncodeMessage | None) -> NDArray[np.float32]:
    """Return the highest score of each category over the windows of a message, shape (categories,)."""
    scores = [backstop.scores(window, encode) for window in windows_of(text)]
    return np.max(scores, axis=0) if scores else np.full(len(backstop.categories), -np.inf, dtype=np.float32)


def with_thresholds(backstop: Backstop, cases: Sequence[Case], encode: EncodeMessage | None) -> Leanings:
    """Return the models with words and vectors, or those of words alone, with their thresholds."""
    messages, asked = from_cases(cases), informational(cases)
    scores = np.array([highest(backstop, one.text, encode) for one in messages])
    on_information = np.array([highest(backstop, one.text, encode) for one in asked])
    leanings = backstop.with_vectors if encode else backstop.alone
    limits = [
        threshold(category, messages, list(scores[:, n]), asked, list(on_information[:, n]))
        for n, category in enumerate(backstop.categories)
    ]
    for n, category in enumerate(backstop.categories):
        of_category = [
            score >= limits[n]
            for one, score in zip(messages, scores[:, n], strict=True)
            if category in one.categories
        ]
        sys.stdout.write(
            f"{category.value:<20} from {limits[n]:.3f}  found {sum(of_category)} of {len(of_category)}\n"
        )
    return replace(leanings, threshold=np.array(limits, dtype=np.float32))


def main() -> None:
    """Fit every category, print what it finds on the development cases, and write the file."""
    parser = argparse.ArgumentParser(description="Fit the semantic backstop.")
    parser.add_argument("--home", type=Path, required=True, help="a home with an index of our own articles")
    folder = IndexFolder(parser.parse_args().home / "index")
    encoder = open_encoder(folder, read_manifest(folder.generations / folder.live()).encoder)
    examples = utterances() + from_rules() + from_headings() + from_asked_as()
    vectors = encode_all(encoder, [example.text for example in examples])
    backstop = fitted_models(examples, vectors, encoder.settings.fingerprint)
    cases = [case for one in load_sets(packaged_sets()) for case in one.cases]
    sys.stdout.write("words and vectors\n")
    both = with_thresholds(backstop, cases, lambda text: encoder.encode_query(text)[0])
    sys.stdout.write("words alone\n")
    alone = with_thresholds(backstop, cases, None)
    np.savez_compressed(FITTED, **as_arrays(replace(backstop, with_vectors=both, alone=alone)))


if __name__ == "__main__":
    main()
