from __future__ import annotations

import pytest

from bot.answer.leaning import leans, limits


@pytest.mark.parametrize(
    "text",
    [
        "It stays mild.",
        "However, some bees sleep.",
        "“They” are drones.",
        "The latter is rarer.",
        "After this, the honey is sealed.",
        "Both are useful.",
        "Neither is better.",
    ],
)
def test_a_sentence_that_opens_by_pointing_back_leans(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bees sleep.",
        "Both wax and honey are useful.",
        "Neither wax nor honey is better.",
        "It is important to keep bees calm.",
        "Italian bees are calm.",
        "In-hive checks take an hour.",
    ],
)
def test_a_sentence_that_explains_itself_does_not_lean(text: str) -> None:
    assert not leans(text)


def test_a_contrast_limits_the_sentence_before_it() -> None:
    assert limits("But not in winter.")
    assert limits("Unless it rains, bees fly.")
    assert not limits("Bees fly.")
