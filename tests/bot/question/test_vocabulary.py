from __future__ import annotations

from pathlib import Path

import pytest

from bot.question.vocabulary import Vocabulary
from index.generation import IndexFolder
from index.search import open_index


@pytest.fixture(scope="module")
def vocabulary(real_home: Path) -> Vocabulary:
    return Vocabulary(open_index(IndexFolder(real_home / "index")))


def test_the_letters_of_a_name_with_a_number_stand_for_the_whole_of_it(vocabulary: Vocabulary) -> None:
    alternatives = {
        one.terms: one.others for one in vocabulary.searched("can men take CDK pills").alternatives
    }
    assert ("cdk4", "6") in alternatives["cdk",]


def test_an_everyday_word_stands_for_no_name_that_begins_like_it(vocabulary: Vocabulary) -> None:
    named = {one.terms for one in vocabulary.searched("what should her sister ask").alternatives}
    assert ("her",) not in named


def test_a_talk_can_be_about_what_is_of_a_sort_with_what_takes_its_place(vocabulary: Vocabulary) -> None:
    text = "does Ibrance lower white cells"
    named = {text[start:end]: sort for start, end, sort in vocabulary.topics(text)}
    assert named == {"Ibrance": "drug", "white cells": "body"}
