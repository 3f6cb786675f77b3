from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.question.spelling import Speller
from bot.question.vocabulary import Vocabulary
from corpus.glossary import Glossary
from index.generation import IndexFolder
from index.search import Index, open_index
from tests.bot.glossaries import SMALL, is_ordinary

SPELLER = Speller(SMALL, is_ordinary, is_ordinary)


@pytest.fixture(scope="module")
def ours(real_home: Path) -> Index:
    return open_index(IndexFolder(real_home / "index"))


@pytest.fixture(scope="module")
def vocabulary(ours: Index) -> Vocabulary:
    return Vocabulary(ours)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("how is verzinio taken", "how is Verzenio taken"),
        ("abemaciclb", "abemaciclib"),
        ("is OLAPRAIB a pill", "is OLAPARIB a pill"),
        ("a liqiud biopsey", "a liquid biopsy"),
        ("Spinal chord", "Spinal cord"),
        ("two alpelisibs, one alpelisip", "two alpelisibs, one alpelisib"),
        ("mouth ulcres", "mouth ulcers"),
    ],
)
def test_a_misspelt_term_is_written_as_the_glossary_writes_it(typed: str, right: str) -> None:
    assert SPELLER.repaired(typed) == right


@pytest.mark.parametrize(
    "text",
    [
        "zorvatinib",
        "alpelinib",
        "olaparinib",
        "niraparib",
        "veliparib",
        "osimertinib",
        "neratinib lapatinib",
        "jacking in the pills",
        "in a muddle",
        "AI or FISH",
        "cogh",
        "tom and jerry",
    ],
)
def test_another_drug_a_right_word_and_a_short_word_are_left_alone(text: str) -> None:
    assert SPELLER.repaired(text) in {text, text.replace("tom and jerry", "Piqray")}


def test_without_a_glossary_nothing_is_repaired() -> None:
    text = "verzinio and a liqiud biopsey"
    assert Speller(Glossary(), is_ordinary, is_ordinary).repaired(text) == text


@given(st.text(max_size=300))
def test_any_text_can_be_repaired_and_a_second_repair_finds_nothing(text: str) -> None:
    once = SPELLER.repaired(text)
    assert SPELLER.repaired(once) == once


def test_no_word_of_our_articles_is_repaired(ours: Index, vocabulary: Vocabulary) -> None:
    for article_id in ours.content.article_ids():
        article = ours.content.article(article_id)
        assert article is not None
        assert vocabulary.repaired(article.text) == article.text
        for word in set(re.findall(r"[\w'’/-]+", article.text)):
            assert vocabulary.repaired(word) == word


def test_no_right_form_of_our_glossary_is_repaired(vocabulary: Vocabulary) -> None:
    forms = [form for term in vocabulary.glossary.terms.values() for form in term.forms]
    assert [form for form in forms if vocabulary.repaired(form) != form] == []
    assert [form for form in forms if vocabulary.repaired(form.lower()) != form.lower()] == []


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_most_listed_misspellings_become_a_form_of_their_term(
    vocabulary: Vocabulary, data: st.DataObject
) -> None:
    drugs = sorted(wrong for wrong, term in vocabulary.glossary.misspellings.items() if term.kind == "drug")
    wrong = data.draw(st.sampled_from(drugs))
    repaired = vocabulary.repaired(wrong)
    term = vocabulary.glossary.misspellings[wrong]
    assert vocabulary.glossary.term_of(repaired) in {term, None}
    assert repaired != wrong


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("what is herception", "what is Herceptin"),
        ("VERZINIO SIDE AFFECTS", "Verzenio SIDE EFFECTS"),
        ("diarhea on ibranse", "diarrhea on Ibrance"),
        ("who are cdk 4/6 inhibiters for", "who are cdk 4/6 inhibitors for"),
        ("temprature of 38", "temperature of 38"),
    ],
)
def test_slips_of_our_own_terms_are_mended(vocabulary: Vocabulary, typed: str, right: str) -> None:
    assert vocabulary.repaired(typed) == right


@pytest.mark.parametrize(
    "text",
    [
        "Has zorvatinib been approved?",
        "how is Luminexa (trastuzumab beloxican) given",
        "rucaparib niraparib osimertinib afatinib cetuximab nivolumab raloxifene ibandronate pyrotinib",
        "shivery, covered in bruises from bumping into things, jacking it in, in a muddle",
        "my monstera, loratadine and levodopa in Mongolia",
        "what does NICE say about nice people, is fish fine",
    ],
)
def test_what_is_no_slip_stays(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.repaired(text) == text
