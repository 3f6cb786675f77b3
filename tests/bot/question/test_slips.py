from __future__ import annotations

from pathlib import Path

import pytest

from bot.question.slips import Slips
from bot.question.vocabulary import Vocabulary
from index.generation import IndexFolder
from index.search import open_index

EVERYDAY = ["what", "happens", "when", "often", "mind", "mixed", "does", "dose", "doors", "hubby", "approved"]
KNOWN = {"mixed", "often", "capivasertib"}


def slips(told: frozenset[str] = frozenset()) -> Slips:
    return Slips(lambda: EVERYDAY, lambda word: word in {*EVERYDAY, *KNOWN}, told.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how offten", "how often"),
        ("waht hapens", "what happens"),
        ("is it aproved", "is it approved"),
        ("a mixd response", "a mixed response"),
        ("Offten", "often"),
    ],
)
def test_a_slip_in_an_everyday_word_is_mended(typed: str, meant: str) -> None:
    assert slips().mended(typed) == meant


@pytest.mark.parametrize(
    "text", ["how often", "capivasertib", "zzyzx", "of", "fogg", "OffTen", "PALB2", "", "[/x] 😀 \x00"]
)
def test_what_is_right_short_strange_or_looks_like_a_name_stays(text: str) -> None:
    assert slips().mended(text) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("theyve often", "they’ve often"), ("it wouldnt", "it would not"), ("they couldn't", "they could not")],
)
def test_two_words_run_together_are_two_words(typed: str, meant: str) -> None:
    assert slips().mended(typed) == meant


def test_of_words_equally_near_the_one_that_the_articles_have_comes_first() -> None:
    assert slips(frozenset({"dose"})).mended("dosee") == "dose"
    assert slips(frozenset({"does"})).mended("doess") == "does"


def test_the_everyday_words_are_fetched_only_when_a_word_needs_them() -> None:
    def fetched() -> list[str]:
        raise AssertionError("fetched")

    assert Slips(fetched, lambda _: True, lambda _: False).mended("all right words") == "all right words"


def test_a_misspelt_name_of_a_medicine_is_left_to_the_glossary(real_home: Path) -> None:
    vocabulary = Vocabulary(open_index(IndexFolder(real_home / "index")))
    searched = vocabulary.searched("is zorvatinib somthing for teh liver")
    assert searched.text.split()[1:3] == ["zorvatinib", "something"]
