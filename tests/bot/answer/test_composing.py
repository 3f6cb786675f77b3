from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answer.composing import Answer, Told, Wanted, compose
from bot.answer.ranking import rank_sentences
from bot.answer.sections import read_sections
from bot.question.asked import asked_of
from bot.question.intent import intent_of, sides_of
from index.build import build_index
from index.generation import IndexFolder
from index.search import Index, open_index
from index.words import terms_of
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


NOTHING = Told()


def answer(
    index: Index, question: str, most_words: int = 120, today: date = TODAY, told: Told = NOTHING
) -> Answer:
    query = index.encode(question)
    intent = intent_of(question)
    asked = asked_of(index.words, terms_of(question))
    sections = read_sections(index, index.search(question, 12), intent, asked, sides_of(question) or ())
    ranked = rank_sentences(index, query, asked, sections, intent)
    return compose(index, Wanted(question, asked, intent, today, most_words, told), sections, ranked)


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


SHOP = """---
id: shop
title: The shop
---

## At a glance

The main points are:

- Green paint dries fast.
- Red paint dries slowly.

## What is green paint?

Green paint is made from minerals. Green paint dries within one hour.

## What is red paint?

Red paint is made from rust. Red paint dries within one day.

## Is paint safe for children?

Paint is made for walls and doors. The colours come in tins. Children can use paint made from chalk.

## Questions to ask the painter

Questions that people bring are:

- How fast does green paint dry?
- Which red paint is safe for children?
"""


@pytest.fixture
def shop(tmp_path: Path) -> Index:
    (tmp_path / "shop.md").write_text(SHOP)
    folder = IndexFolder(tmp_path / "shop-index")
    build_index(folder, [tmp_path / "shop.md"], StubEncoder)
    return open_index(folder, StubEncoder())


def test_a_comparison_shows_both_sides(shop: Index) -> None:
    quoted = texts(answer(shop, "What is the difference between green paint and red paint?", most_words=30))
    assert any(text.startswith("Green paint") for text in quoted)
    assert any(text.startswith("Red paint") for text in quoted)


def test_the_first_sentence_of_the_best_section_opens(shop: Index) -> None:
    assert texts(answer(shop, "what is red paint"))[0] == "Red paint is made from rust."


def test_the_sentence_that_decides_opens_a_yes_or_no_answer(shop: Index) -> None:
    assert texts(answer(shop, "Can children use paint made from chalk?"))[0] == (
        "Children can use paint made from chalk."
    )


def test_a_list_of_questions_is_quoted_only_when_asked_for(shop: Index) -> None:
    asked = answer(shop, "Which questions to ask the painter?")
    assert "Which red paint is safe for children?" in texts(asked)
    for question in ("How fast does green paint dry?", "Which red paint is safe for children?"):
        assert not any(text.endswith("?") for text in texts(answer(shop, question)))


def test_what_was_told_is_not_told_again_and_numbers_stay(shop: Index) -> None:
    first = answer(shop, "what is red paint", most_words=6)
    told = Told({"shop#what-is-red-paint/1": 4}, {("shop", first.sentences[0].start)})
    again = answer(shop, "what is red paint", told=told)
    assert texts(first) == ["Red paint is made from rust."]
    assert "Red paint is made from rust." not in texts(again)
    assert texts(again)[0] == "Red paint dries within one day."
    assert again.citations[0].n == again.sentences[0].citation == 4


def test_what_is_left_is_counted(shop: Index) -> None:
    assert answer(shop, "what is red paint", most_words=6).more >= 1
    assert answer(shop, "what is red paint").more == 0
