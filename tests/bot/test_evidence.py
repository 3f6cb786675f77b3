from __future__ import annotations

import math
from dataclasses import replace

import pytest

from bot.evidence import ConfidenceModel, Evidence, gather_evidence
from index.generation import IndexFolder
from index.search import Index, open_index
from tests.conftest import StubEncoder

MODEL = ConfidenceModel(-1.0, 2.0, 0.0, 1.0, 0.0, threshold=0.5)


PLAIN = Evidence(cosine=0.5, sentence_cosine=0.5, coverage=1.0, words=0.5, foreign=False, unknown=())


@pytest.fixture
def bees(bee_index: IndexFolder) -> Index:
    return open_index(bee_index, StubEncoder())


def test_confidence_is_the_logistic_of_the_weighted_signals() -> None:
    assert MODEL.confidence(PLAIN) == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert MODEL.confidence(replace(PLAIN, foreign=True)) == 0.0


def test_a_question_in_the_articles_words_is_covered(bees: Index) -> None:
    hits = bees.search("Do bees store honey for the winter?", 5)
    found = gather_evidence(bees, "Do bees store honey for the winter?", hits, 0.5)
    assert found.coverage == 1.0
    assert found.unknown == ()


def test_words_that_no_article_has_are_unknown_and_uncovered(bees: Index) -> None:
    question = "Do bees drink Xylotine?"
    found = gather_evidence(bees, question, bees.search(question, 5), 0.5)
    assert found.unknown == ("drink", "Xylotine")
    assert found.unknown_names == ()
    assert found.coverage < 0.5


def test_names_with_digits_or_inner_capitals_are_told_apart(bees: Index) -> None:
    question = "Do bees have BRCA2 or PALB genes?"
    found = gather_evidence(bees, question, bees.search(question, 5), 0.5)
    assert found.unknown_names == ("BRCA2", "PALB")


def test_another_kind_of_the_same_thing_is_foreign(bees: Index) -> None:
    for question, foreign in (("Can honey cure lung cancer?", True), ("What do bees eat?", False)):
        assert gather_evidence(bees, question, bees.search(question, 5), 0.5).foreign is foreign
