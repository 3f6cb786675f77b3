from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.reply import Kind
from bot.safety import Category, Resemblance, assess, load_backstop, load_rules
from bot.safety.backstop import Backstop, Leanings, windows_of
from bot.safety.wordings import rarity, weighed, wordings_of

RULES = load_rules()
TELLING = {"sorrow": 2.0, "all this": 1.0}


def numbers(*values: float) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


CRISIS_LIKE = Backstop(
    encoder="stub",
    categories=(Category.CRISIS,),
    telling=TELLING,
    rows={wording: row for row, wording in enumerate(TELLING)},
    with_vectors=Leanings(
        words=np.array([[1.0], [0.0]], dtype=np.float32),
        vector=np.array([[2.0], [-1.0]], dtype=np.float32),
        bias=numbers(-0.5),
        threshold=numbers(2.0),
    ),
    alone=Leanings(np.array([[3.0], [0.0]], dtype=np.float32), None, numbers(-1.0), numbers(1.0)),
)


def encode(text: str) -> NDArray[np.float32]:
    return numbers(1.0, 0.0) if "sorrow" in text else numbers(0.0, 1.0)


def test_wordings_are_words_and_pairs_without_case_and_apostrophes() -> None:
    assert wordings_of("Don’t go, don't") == {"dont": 2, "go": 1, "dont go": 1, "go dont": 1}


def test_what_few_examples_have_is_telling_and_what_one_has_is_left_out() -> None:
    telling = rarity(["a b", "a c", "a c"], least=2)
    assert list(telling) == ["a", "a c", "c"]
    assert telling["a"] == 1.0
    assert telling["c"] == pytest.approx(1.2877, abs=1e-4)


def test_the_known_wordings_of_a_text_have_length_one_together() -> None:
    weights = weighed("all this sorrow and sorrow", TELLING)
    assert list(weights) == ["sorrow", "all this"]
    assert sum(weight**2 for weight in weights.values()) == pytest.approx(1.0)
    assert weighed("nothing known", TELLING) == {}


def test_a_score_adds_what_words_and_vector_weigh() -> None:
    assert CRISIS_LIKE.scores("such sorrow", encode).tolist() == pytest.approx([-0.5 + 1.0 + 2.0])
    assert CRISIS_LIKE.scores("such joy", encode).tolist() == pytest.approx([-0.5 - 1.0])


def test_a_message_resembles_what_passes_the_threshold() -> None:
    assert tuple(CRISIS_LIKE.resembled("nothing but sorrow", encode)) == (Category.CRISIS,)
    assert tuple(CRISIS_LIKE.resembled("nothing but joy", encode)) == ()
    assert tuple(CRISIS_LIKE.resembled("", encode)) == ()


def test_without_the_encoder_the_words_alone_decide() -> None:
    assert tuple(CRISIS_LIKE.resembled("nothing but sorrow", None)) == (Category.CRISIS,)
    assert tuple(CRISIS_LIKE.resembled("nothing but joy", None)) == ()


def test_one_window_of_a_long_message_is_enough() -> None:
    filler = "We went to the market and bought apples. " * 30
    assert tuple(CRISIS_LIKE.resembled(f"{filler} Such sorrow. {filler}", encode)) == (Category.CRISIS,)


def test_a_short_message_is_one_window_and_a_very_long_one_has_few() -> None:
    assert windows_of(" One two.  Three. ") == ["One two. Three."]
    assert len(windows_of("word " * 50_000)) == 12
    assert all(len(window.split()) <= 45 for window in windows_of("Some words here. " * 100))


@pytest.mark.parametrize("text", ["why?", "for men?", "go on", "", "  "])
def test_one_or_two_words_resemble_nothing(text: str) -> None:
    assert windows_of(text) == []


def test_what_the_rules_missed_is_raised() -> None:
    found = assess(["what is HER2-low?"], RULES, None, lambda _: {Category.URGENT: 0.5})
    assert (found.kind, found.rules) == (Kind.URGENT, ("urgent.resembles",))
    assert found.notice
    assert found.framing


def test_nothing_that_the_rules_found_is_lowered() -> None:
    message = "I want to kill myself"
    found = assess([message], RULES, None, lambda _: {Category.DOSING: 0.5})
    assert found.kind is Kind.CRISIS
    assert found.categories[0] is Category.CRISIS


def test_a_sign_that_a_rule_saw_and_cancelled_stays_cancelled() -> None:
    message = "I have no chest pain at all, what is HER2?"
    assert assess([message], RULES, None).kind is None
    assert (
        assess([message], RULES, None, lambda _: {Category.EMERGENCY: 0.5, Category.URGENT: 0.5}).kind is None
    )


def test_an_error_in_the_backstop_ends_in_the_safe_boundary() -> None:
    def broken(_: str) -> Resemblance:
        raise RuntimeError

    found = assess(["what is HER2-low?"], RULES, None, broken)
    assert (found.kind, found.rules) == (Kind.BOUNDARY, ("safety.failed",))
    assert found.notice
    assert "911" in found.notice


def test_the_fitted_models_cover_every_category_but_off_topic() -> None:
    fitted = load_backstop()
    assert list(fitted.categories) == list(Category)[:-1]
    assert fitted.with_vectors.vector is not None
    assert fitted.with_vectors.vector.shape == (384, 10)
    for leanings in (fitted.with_vectors, fitted.alone):
        assert leanings.words.shape == (len(fitted.telling), 10)
        assert leanings.bias.shape == leanings.threshold.shape == (10,)
        assert np.isfinite(leanings.threshold).all()


@pytest.mark.parametrize("text", ["tell me more", "who are you?", "which of those are pills?"])
def test_everyday_turns_of_a_talk_resemble_nothing(text: str) -> None:
    assert load_backstop().resembled(text, None) == {}
