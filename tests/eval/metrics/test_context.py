from __future__ import annotations

import pytest

from eval.metrics.context import ContextFault, PlacedQuote, context_faults, points_back

REFERENCE, CONTRAST = ContextFault.REFERENCE, ContextFault.CONTRAST

TEXT = (
    "Alpelisib is a tablet. It raises blood sugar. However, most people manage.\n"
    "Tests come first.\n"
    "This is why a blood test is done. Ask about it."
)


def quoted(*sentences: str, text: str = TEXT, article: str = "a") -> list[PlacedQuote]:
    places = [text.index(sentence) for sentence in sentences]
    return [
        PlacedQuote(article, text, start, start + len(sentence))
        for start, sentence in zip(places, sentences, strict=True)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "It raises blood sugar.",
        "This drug is a tablet.",
        "these tests are done yearly",
        "However, most people manage.",
        "But not everyone can take it.",
        "“They come back.”",
        "Of these, alpelisib is the oldest.",
        "Both are tablets.",
        "Its dose can be lowered.",
        "In that case, call.",
        "It is given as a drip.",
    ],
)
def test_a_sentence_points_back(sentence: str) -> None:
    assert points_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Alpelisib is a tablet.",
        "It is important to tell your team.",
        "It's not known whether this helps.",
        "It can help to write things down.",
        "Both alpelisib and capivasertib are tablets.",
        "This article is about tests.",
        "HER2 is a protein.",
        "HER-2 is a protein.",
        "Items are kept cool.",
        "Thats is no word.",
        "So far, one drug is approved.",
        "Each person is different.",
        "Below 36 C, call the line.",
    ],
)
def test_a_sentence_stands_alone(sentence: str) -> None:
    assert not points_back(sentence)


@pytest.mark.parametrize(
    ("sentences", "faults"),
    [
        (["Alpelisib is a tablet."], [()]),
        (["It raises blood sugar."], [(REFERENCE, CONTRAST)]),
        (["Alpelisib is a tablet.", "It raises blood sugar."], [(), (CONTRAST,)]),
        (
            ["Alpelisib is a tablet.", "It raises blood sugar.", "However, most people manage."],
            [(), (), ()],
        ),
        (["It raises blood sugar.", "However, most people manage."], [(REFERENCE,), (REFERENCE,)]),
        (["Tests come first.", "This is why a blood test is done."], [(), ()]),
        (["Alpelisib is a tablet.", "This is why a blood test is done."], [(), (REFERENCE,)]),
        (["This is why a blood test is done.", "Tests come first."], [(REFERENCE,), ()]),
        (["Ask about it."], [()]),
    ],
)
def test_each_quote_keeps_or_loses_its_context(
    sentences: list[str], faults: list[tuple[ContextFault, ...]]
) -> None:
    assert context_faults(quoted(*sentences)) == tuple(faults)


def test_a_contrast_of_the_next_paragraph_is_not_part_of_this_one() -> None:
    text = "It is safe to swim.\nBut ask first."
    assert context_faults(quoted("It is safe to swim.", text=text)) == ((),)


def test_a_contrast_is_dropped_where_a_quote_ends_inside_a_sentence() -> None:
    text = "You can drive, unless you feel dizzy."
    assert context_faults(quoted("You can drive", text=text)) == ((CONTRAST,),)
    assert context_faults(quoted(text, text=text)) == ((),)


def test_the_sentence_before_must_be_of_the_same_article() -> None:
    other = quoted("Tests come first.", article="b")
    assert context_faults([*other, *quoted("This is why a blood test is done.")]) == ((), (REFERENCE,))


def test_nothing_quoted_loses_nothing() -> None:
    assert context_faults([]) == ()
