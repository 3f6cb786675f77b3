from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import IndexBroken
from index.words import Alternatives, WordWriter, fold_spelling, open_words, terms_of

TEXTS = [(0, "Tumours and oestrogen receptors"), (1, "Side effects of CDK4/6 inhibitors"), (2, "Plain bread")]


@pytest.fixture
def words(tmp_path: Path) -> Path:
    writer = WordWriter(tmp_path / "words")
    for row, text in TEXTS:
        writer.add(row, text)
    writer.close()
    return tmp_path / "words"


@pytest.mark.parametrize(
    ("question", "row"),
    [("estrogen receptor", 0), ("What is a tumor?", 0), ("cdk4/6 inhibitor", 1), ("BREADS", 2)],
)
def test_words_are_found_in_any_spelling_and_form(words: Path, question: str, row: int) -> None:
    hits = open_words(words).search(terms_of(question), 3)
    assert hits[0].row == row
    assert 0 < hits[0].score <= 1.1


def test_what_people_type_never_breaks_a_search(words: Path) -> None:
    index = open_words(words)
    for question in ('"', "AND OR NOT", "text:*", "a^2 ~b (", "[/x]", "\x00\x1b", "ß" * 50):
        assert isinstance(index.search(terms_of(question), 3), list)


def test_rare_terms_weigh_more_and_unknown_ones_most(words: Path) -> None:
    weights = open_words(words).weights(["bread", "zebra"])
    assert weights["zebra"] > weights["bread"] > 0


def test_stop_words_are_no_terms() -> None:
    assert terms_of("What is the matter with it?") == ["matter"]


@pytest.mark.parametrize(
    ("uk", "us"),
    [
        ("oestrogen", "estrogen"),
        ("tumours", "tumors"),
        ("anaemia", "anemia"),
        ("diarrhoea", "diarrhea"),
        ("randomised", "randomized"),
        ("centre", "center"),
        ("metastasise", "metastasize"),
    ],
)
def test_uk_and_us_spellings_fold_to_one(uk: str, us: str) -> None:
    assert fold_spelling(uk) == fold_spelling(us)


def test_missing_or_broken_words_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexBroken, match="index build --full"):
        open_words(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(IndexBroken, match="index build --full"):
        open_words(tmp_path / "empty")


def test_a_stop_word_stays_one_with_what_is_joined_to_it() -> None:
    assert terms_of("You've asked what we'd see") == ["ask"]


def test_a_thing_is_found_under_its_other_names_and_the_best_name_counts_once(words: Path) -> None:
    index = open_words(words)
    loaf = Alternatives(("loaf",), (("plain", "bread"), ("bread",), ("zebra",)))
    assert index.search(["loaf"], 3) == []
    found = index.search(["loaf"], 3, [loaf])
    assert [hit.row for hit in found] == [2]
    assert 0.5 < found[0].score <= 1


def test_other_names_do_not_change_what_the_own_name_is_worth(words: Path) -> None:
    index = open_words(words)
    plain = index.search(["bread", "tumor"], 3)
    named = index.search(["bread", "tumor"], 3, [Alternatives(("bread",), (("zebra",),))])
    assert [hit.row for hit in plain] == [hit.row for hit in named]
    assert [hit.score for hit in plain] == pytest.approx([hit.score for hit in named])
