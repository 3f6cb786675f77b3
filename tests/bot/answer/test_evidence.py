from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.answer.evidence import ConfidenceModel, Evidence, gather_evidence
from bot.answer.ranking import rank_sentences
from bot.answer.sections import read_sections
from bot.question.asked import asked_of
from bot.question.forms import Mention
from bot.question.intent import Intent
from corpus.glossary import Term, TermKind
from index.generation import IndexFolder
from index.search import Index, open_index
from index.words import terms_of
from tests.conftest import StubEncoder

MODEL = ConfidenceModel(-1.0, 2.0, 0.0, 0.0, 1.0, 0.0, -1.0, 0.0, threshold=0.5)
PLAIN = Evidence(
    score=0.5,
    cosine=0.4,
    sentence_cosine=0.5,
    key=0.0,
    coverage=1.0,
    headed=0.0,
    strange=0.0,
    unknown_share=0.0,
    foreign=False,
)


class PiecesEncoder(StubEncoder):
    """Knows words of up to five letters as one piece each, so longer ones are no everyday words."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [sum(1 + len(word) // 6 for word in text.split()) for text in texts]


@pytest.fixture
def bees(bee_index: IndexFolder) -> Index:
    return open_index(bee_index, PiecesEncoder())


def evidence(index: Index, question: str, *known: str) -> Evidence:
    """The evidence for a question; ``known`` are words in it that the glossary has as drugs."""
    asked = asked_of(index.words, terms_of(question))
    sections = read_sections(index, index.search(question, 12), Intent.OPEN, asked)
    ranked = rank_sentences(index, index.encode(question), asked, sections, Intent.OPEN)
    mentions = [
        Mention(Term(word, f"{word} is a drug.", TermKind.DRUG), word, at, at + len(word))
        for word in known
        for at in [question.index(word)]
    ]
    return gather_evidence(index, question, asked, sections, ranked, mentions)


def test_confidence_is_the_logistic_of_the_weighted_signals() -> None:
    assert MODEL.confidence(PLAIN) == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert MODEL.confidence(replace(PLAIN, strange=1.0)) == pytest.approx(0.5)
    assert MODEL.confidence(replace(PLAIN, foreign=True)) == 0.0


def test_a_question_in_the_articles_words_is_covered(bees: Index) -> None:
    found = evidence(bees, "Do bees store honey for the winter?")
    assert found.coverage == 1.0
    assert (found.unknown, found.strange) == ((), 0.0)


def test_words_that_no_article_has_are_unknown_and_uncovered(bees: Index) -> None:
    found = evidence(bees, "Do bees drink lemonade and beer?")
    assert found.unknown == ("drink", "lemonade", "beer")
    assert found.unknown_names == ()
    assert found.strange == 0.5
    assert found.coverage < 0.5


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Do bees have BRCA2 or PALB genes?", ("BRCA2", "PALB")),
        ("Do bees swarm in Norway?", ("Norway",)),
        ("Norwegian bees swarm", ()),
        ("is zorvatinib good for bees", ("zorvatinib",)),
        ("do bees swarm on 2340 days", ()),
        ("DO BEES DRINK LEMONADE", ()),
    ],
)
def test_unknown_names_are_told_from_other_unknown_words(
    bees: Index, question: str, names: tuple[str, ...]
) -> None:
    assert evidence(bees, question).unknown_names == names


def test_a_question_about_an_unknown_name_alone_is_foreign(bees: Index) -> None:
    assert evidence(bees, "Is zorvatinib stored for the winter?").foreign
    assert not evidence(bees, "Is zorvatinib or honey stored for the winter?", "honey").foreign
    assert evidence(bees, "Is honey zorvatinib stored for the winter?", "honey").foreign


def test_another_kind_of_the_same_thing_is_foreign(bees: Index) -> None:
    assert evidence(bees, "Can honey cure lung cancer?").foreign
    assert not evidence(bees, "What do bees eat?").foreign
