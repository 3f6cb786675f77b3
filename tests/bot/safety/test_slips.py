from __future__ import annotations

import pytest

from bot.safety import Category, assess, load_rules
from bot.safety.slips import meant_by

SPELLING = load_rules().spelling


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jusr", "just"),
        ("eant", "want"),
        ("mw", "me"),
        ("dk", "do"),
        ("hw", "how"),
        ("shuodl", "should"),
        ("prednisonne", "prednisone"),
        ("fellasleep", "fell asleep"),
    ],
)
def test_a_slip_is_read_as_what_was_meant(typed: str, meant: str) -> None:
    assert meant_by(typed, SPELLING) == meant


@pytest.mark.parametrize("word", ["birmingham", "maureen", "xq", "naïve", "q" * 40])
def test_a_word_that_is_no_slip_is_left_alone(word: str) -> None:
    assert meant_by(word, SPELLING) is None


@pytest.mark.parametrize(
    ("message", "category"),
    [
        ("I only eant to be dead", Category.CRISIS),
        ("I jusr wish I wouldn'f wake up tomorro", Category.CRISIS),
        ("ym chesst hurst so baldy", Category.EMERGENCY),
        ("my tempreature is 38.9", Category.URGENT),
        ("Shuodl I stop Kisqali?", Category.TREATMENT_DECISION),
        ("hw long hav i gott now tht its in my livver", Category.PROGNOSIS),
    ],
)
def test_a_mistyped_message_is_seen(message: str, category: Category) -> None:
    assert category in assess([message], load_rules(), None).categories


def test_an_abbreviation_is_no_slip_of_a_short_word() -> None:
    found = assess(["On Verzenio. What does the GINA law forbid insurers?"], load_rules(), None)
    assert found.categories == ()


def test_a_mistyped_message_in_capitals_is_seen() -> None:
    found = assess(["MY CHSET HURST SO BALDY AND I CNA'T BREATH"], load_rules(), None)
    assert Category.EMERGENCY in found.categories
