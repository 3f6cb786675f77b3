from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from bot.reply import Kind
from bot.safety import Category, assess, load_backstop, load_rules
from bot.safety.backstop import Backstop, Leaning, windows_of

RULES = load_rules()
CRISIS_LIKE = Backstop("stub", {Category.CRISIS: Leaning((2.0, -1.0), 0.5, threshold=0.8)})


def encode(text: str) -> Sequence[float]:
    return (1.0, 0.0) if "sorrow" in text else (0.0, 1.0)


def test_a_probability_is_the_logistic_of_the_weighted_vector() -> None:
    leaning = Leaning((2.0, -1.0), 0.5, threshold=0.8)
    assert leaning.probability((1.0, 0.5)) == pytest.approx(1 / (1 + math.exp(-2.0)))


def test_a_message_resembles_what_passes_the_threshold() -> None:
    assert CRISIS_LIKE.resembled("all this sorrow", encode) == (Category.CRISIS,)
    assert CRISIS_LIKE.resembled("all this joy", encode) == ()
    assert CRISIS_LIKE.resembled("", encode) == ()


def test_one_window_of_a_long_message_is_enough() -> None:
    filler = "We went to the market and bought apples. " * 30
    assert CRISIS_LIKE.resembled(f"{filler} Such sorrow. {filler}", encode) == (Category.CRISIS,)


def test_a_short_message_is_one_window_and_a_very_long_one_has_few() -> None:
    assert windows_of(" One.  Two. ") == ["One. Two."]
    assert len(windows_of("word " * 50_000)) == 12
    assert all(len(window.split()) <= 45 for window in windows_of("Some words here. " * 100))


def test_what_the_rules_missed_is_raised() -> None:
    found = assess(["what is HER2-low?"], RULES, None, lambda _: (Category.URGENT,))
    assert (found.kind, found.rules) == (Kind.URGENT, ("urgent.resembles",))
    assert found.notice
    assert found.framing


def test_nothing_that_the_rules_found_is_lowered() -> None:
    message = "I want to kill myself"
    found = assess([message], RULES, None, lambda _: (Category.DOSING,))
    assert found.kind is Kind.CRISIS
    assert found.categories[0] is Category.CRISIS


def test_a_sign_that_a_rule_saw_and_cancelled_stays_cancelled() -> None:
    message = "I have no chest pain at all, what is HER2?"
    assert assess([message], RULES, None).kind is None
    assert assess([message], RULES, None, lambda _: (Category.EMERGENCY,)).kind is None


def test_an_error_in_the_backstop_ends_in_the_safe_boundary() -> None:
    def broken(_: str) -> tuple[Category, ...]:
        raise RuntimeError

    found = assess(["what is HER2-low?"], RULES, None, broken)
    assert (found.kind, found.rules) == (Kind.BOUNDARY, ("safety.failed",))
    assert found.notice
    assert "911" in found.notice


def test_the_fitted_models_cover_every_category_but_off_topic() -> None:
    fitted = load_backstop()
    assert list(fitted.leanings) == list(Category)[:-1]
    assert {len(leaning.weights) for leaning in fitted.leanings.values()} == {384}
    assert all(0 < leaning.threshold < 1 for leaning in fitted.leanings.values())
