from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reply import Kind
from eval.cases import Case, Gold
from eval.noise import (
    NEIGHBOURS,
    Noise,
    Rates,
    disturb_case,
    disturbed,
    share_disturbed,
    with_swaps,
    with_typos,
)

RATES = Rates(typos=0.05, swaps=0.1)


@pytest.mark.parametrize(
    ("key", "around"), [("q", "wa"), ("a", "sqwz"), ("s", "adwezx"), ("p", "ol"), ("m", "njk"), ("z", "xas")]
)
def test_neighbours_are_the_keys_around_a_key(key: str, around: str) -> None:
    assert set(NEIGHBOURS[key]) == set(around)


def test_every_letter_has_neighbours_and_is_one_of_theirs() -> None:
    assert len(NEIGHBOURS) == 26
    assert all(key in NEIGHBOURS[near] for key, around in NEIGHBOURS.items() for near in around)


def test_about_the_stated_share_of_letters_slips() -> None:
    random = Random("x")
    slipped = sum(with_typos("g", 0.05, random) != "g" for _ in range(4000))
    assert 0.04 < slipped / 4000 < 0.06


@given(st.text(), st.integers())
def test_without_a_rate_nothing_slips(text: str, seed: int) -> None:
    assert with_typos(text, 0, Random(seed)) == text
    assert with_swaps(text, 0, Random(seed)).split() == text.split()


@given(st.text())
def test_only_plain_letters_slip_and_numbers_stay(text: str) -> None:
    typed = with_typos(text, 1.0, Random(0))
    assert [c for c in typed if c.lower() not in NEIGHBOURS] == [
        c for c in text if c.lower() not in NEIGHBOURS
    ]


@given(st.lists(st.text("abc", min_size=1)), st.floats(0, 1))
def test_swapping_keeps_every_word(words: list[str], rate: float) -> None:
    swapped = with_swaps(" ".join(words), rate, Random(1)).split()
    assert Counter(swapped) == Counter(words)


def test_a_word_moves_by_one_place_at_most() -> None:
    assert with_swaps("one two three four five", 1.0, Random(1)) == "two one four three five"


def test_each_kind_of_slip_happens() -> None:
    typed = {with_typos("to", 1.0, Random(seed)) for seed in range(200)}
    assert {"ot", "", "ttoo"} <= typed
    assert any(len(text) == 2 and text[0] in NEIGHBOURS["t"] for text in typed)


def test_a_capital_stays_a_capital() -> None:
    assert all(
        with_typos("T", 1.0, Random(seed)).upper() in {"", "TT", "R", "Y", "F", "G"} for seed in range(50)
    )
    assert not any(c.islower() for seed in range(50) for c in with_typos("T", 1.0, Random(seed)))


@pytest.mark.parametrize(
    ("noise", "text"),
    [
        (Noise.TYPOS, "Wat does HER2-kwo ean a 38.4?"),
        (Noise.LOWER, "what does her2-low mean at 38.4?"),
        (Noise.UPPER, "WHAT DOES HER2-LOW MEAN AT 38.4?"),
        (Noise.ORDER, "What HER2-low does at mean 38.4?"),
    ],
)
def test_the_same_seed_always_gives_the_same_text(noise: Noise, text: str) -> None:
    rates = Rates(typos=0.15, swaps=0.3)
    assert disturbed("What does HER2-low mean at 38.4?", noise, "7 x", rates) == text


def test_cases_and_turns_slip_each_in_their_own_way_and_what_is_right_stays() -> None:
    turn = Gold("What is known of alpelisib and blood sugar in general?", kinds=(Kind.ANSWER,))
    one, other = Case("one", (turn, turn)), Case("other", (turn,))
    noisy = disturb_case(one, Noise.TYPOS, 1, RATES)
    texts = {
        gold.question for case in (noisy, disturb_case(other, Noise.TYPOS, 1, RATES)) for gold in case.turns
    }
    assert len(texts) == 3
    assert [replace(gold, question="") for gold in noisy.turns] == [replace(turn, question="")] * 2
    assert noisy == disturb_case(one, Noise.TYPOS, 1, RATES)
    assert noisy != disturb_case(one, Noise.TYPOS, 2, RATES)


def test_the_share_of_turns_that_differ_is_counted() -> None:
    cases = [Case("a", (Gold("ABC"), Gold("abc")))]
    assert share_disturbed(cases, [disturb_case(case, Noise.LOWER, 1, RATES) for case in cases]) == 0.5
    assert share_disturbed([], []) == 0
