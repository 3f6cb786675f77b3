from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answer, compose
from bot.ranking import rank_sentences
from index.build import build_index
from index.generation import IndexFolder
from index.search import Index, open_index
from tests.conftest import TODAY, StubEncoder

ARTICLE = """---
id: tea
title: Tea
reviewed: 2024-01-01
---

## What is tea?

Tea is a drink made from leaves. The leaves come from one plant. However, herbal tea comes from other plants.

## Which kinds of tea are there?

The kinds of tea that people drink most are:

- Green tea is not oxidised.
- Black tea is fully oxidised.
- White tea is picked young.

## How is tea brewed?

Tea is brewed with hot water. It should not boil for long. This keeps it mild.
"""


@pytest.fixture
def tea(tmp_path: Path) -> Index:
    (tmp_path / "tea.md").write_text(ARTICLE)
    folder = IndexFolder(tmp_path / "index")
    build_index(folder, [tmp_path / "tea.md"], StubEncoder)
    return open_index(folder, StubEncoder())


def answer(index: Index, question: str, most_words: int = 120, today: date = TODAY) -> Answer:
    query = index.encode(question)
    hits = index.search(question, 12)
    ranked = rank_sentences(index, query, question, hits)
    return compose(index, question, hits, ranked, today=today, most_words=most_words)


def texts(found: Answer) -> list[str]:
    return [sentence.text for sentence in found.sentences]


def test_every_sentence_is_an_exact_slice_inside_its_passage(tea: Index) -> None:
    found = answer(tea, "How is tea brewed?")
    article = tea.content.article("tea")
    assert article is not None
    for sentence in found.sentences:
        citation = found.citations[sentence.citation - 1]
        assert article.text[sentence.start : sentence.end] == sentence.text
        assert citation.start <= sentence.start < sentence.end <= citation.end


def test_a_list_is_quoted_whole_with_what_introduces_it(tea: Index) -> None:
    assert texts(answer(tea, "Which kinds of tea are there?"))[:4] == [
        "The kinds of tea that people drink most are:",
        "Green tea is not oxidised.",
        "Black tea is fully oxidised.",
        "White tea is picked young.",
    ]


def test_a_sentence_that_leans_on_another_brings_it_along(tea: Index) -> None:
    quoted = texts(answer(tea, "Should it boil for long?", most_words=20))
    assert quoted.index("Tea is brewed with hot water.") + 1 == quoted.index("It should not boil for long.")


def test_a_contrast_that_follows_is_never_dropped(tea: Index) -> None:
    quoted = texts(answer(tea, "Do the leaves come from one plant?", most_words=25))
    position = quoted.index("The leaves come from one plant.")
    assert quoted[position + 1] == "However, herbal tea comes from other plants."


def test_the_budget_of_words_holds(tea: Index) -> None:
    assert sum(len(text.split()) for text in texts(answer(tea, "What is tea?", most_words=25))) <= 25


def test_nothing_is_said_twice(tea: Index) -> None:
    quoted = texts(answer(tea, "tea tea leaves drink plant"))
    assert len(quoted) == len(set(quoted))


def test_a_citation_says_where_it_is_from_and_how_old(tea: Index) -> None:
    citation = answer(tea, "What drink is made from leaves?").citations[0]
    assert (citation.n, citation.article, citation.section) == (1, "tea", "What is tea?")
    assert citation.passage == "tea#what-is-tea/1"
    assert citation.reviewed == date(2024, 1, 1)
    assert citation.stale
    assert not answer(tea, "What drink is made from leaves?", today=date(2024, 6, 1)).citations[0].stale
