from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.expansion import expanded
from bot.question.forms import Forms
from tests.bot.glossaries import SMALL, is_ordinary

FORMS = Forms(SMALL, is_ordinary)


def named(text: str) -> list[str]:
    return [mention.term.name for mention in FORMS.mentions(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("enhertu or t-dxd", ["trastuzumab deruxtecan", "trastuzumab deruxtecan"]),
        ("a mouth ulcer from Nerlynx", ["stomatitis", "neratinib"]),
        ("in situ hybridization", ["in situ hybridisation"]),
        ("FISH and an AI", ["in situ hybridisation", "aromatase inhibitor"]),
        ("I eat fish, ai ai", []),
        ("WHICH FISH IS AN AI", []),
        ("trastuzumab. deruxtecan", []),
    ],
)
def test_terms_are_found_under_any_form_and_short_forms_in_capitals_alone(
    text: str, names: list[str]
) -> None:
    assert named(text) == names


def test_a_brand_is_looked_for_under_its_other_names_too() -> None:
    searched = expanded("side effects of Enhertu", FORMS.mentions("side effects of Enhertu"))
    assert searched.terms == ("side", "effect", "enhertu")
    assert [one.terms for one in searched.alternatives] == [("enhertu",)]
    assert ("trastuzumab", "deruxtecan") in searched.alternatives[0].others


def test_what_names_nothing_is_looked_for_as_it_stands() -> None:
    searched = expanded("what do bees eat", FORMS.mentions("what do bees eat"))
    assert (searched.text, searched.alternatives) == ("what do bees eat", ())


@given(st.text(max_size=200))
def test_every_mention_is_where_it_says(text: str) -> None:
    for mention in FORMS.mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.form in mention.term.forms
