from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import Markup, joined, plain_number, safe, tag


def test_text_from_outside_is_escaped_and_markup_is_not_escaped_again() -> None:
    assert tag("p", "<b>&\"'", Markup("<i>x</i>")) == "<p>&lt;b&gt;&amp;&quot;&#x27;<i>x</i></p>"


def test_what_could_hide_or_turn_text_is_removed() -> None:
    assert safe("a\x00b\x1b[31mc\u202ed\u200be\ud800f") == "abcdef"


def test_attributes_are_escaped_and_named_as_in_html() -> None:
    made = tag("a", "x", class_="p q", aria_label='"<', href=None, hidden=True, title=False, data_n=1.5)
    assert made == '<a class="p q" aria-label="&quot;&lt;" hidden data-n="1.5">x</a>'


def test_an_element_without_content_closes_itself() -> None:
    assert tag("rect", x=1) == '<rect x="1"/>'


def test_nothing_and_lists_are_joined_in_order() -> None:
    assert joined("a<", None, [Markup("<b>"), "&"], "") == "a&lt;<b>&amp;"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.001, "0"), (1.5, "1.5"), (2.0, "2"), (10.0, "10"), (1 / 3, "0.33"), (100, "100")],
)
def test_numbers_are_as_short_as_they_go(value: float, text: str) -> None:
    assert plain_number(value) == text


@given(st.text())
def test_no_text_can_open_an_element_or_leave_an_attribute(text: str) -> None:
    made = tag("p", text, title=text)
    assert made.count("<") == made.count(">") == 2
    assert made.count('"') == 2
    made.encode("utf-8")
