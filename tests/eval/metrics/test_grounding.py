from __future__ import annotations

import re

import pytest

from eval.metrics import citation_precision, facts_in, facts_per_100_words


def test_a_citation_is_right_if_its_section_is_gold() -> None:
    cited = ["a#one/1", "a#one/2", "a#two/1", "b#one/1"]
    assert citation_precision(cited, {"a#one", "a#three"}) == 0.5
    assert citation_precision(["a#one/1"], {"a#one"}) == 1


def test_without_citations_or_gold_precision_is_open() -> None:
    assert citation_precision([], {"a#one"}) is None
    assert citation_precision(["a#one/1"], ()) is None


def test_a_fact_may_stand_in_any_cited_passage_and_over_two_sentences_of_it() -> None:
    facts = [
        [re.compile("tablet")],
        [re.compile("drip"), re.compile("sugar. Ask")],
        [re.compile("sugar.*tablet")],
    ]
    assert facts_in(facts, ["It is a tablet.", "Watch sugar. Ask."]) == (True, True, False)
    assert facts_in(facts, []) == (False, False, False)


def test_facts_are_counted_by_the_hundred_words() -> None:
    assert facts_per_100_words(3, 60) == pytest.approx(5)
    assert facts_per_100_words(0, 10) == 0
    assert facts_per_100_words(0, 0) is None
