from __future__ import annotations

import itertools

import pytest

from eval.near_copies import Known, Texts, crowded_templates, template_of

DRUGS = frozenset({"ibrance", "kisqali", "verzenio", "piqray", "enhertu"})


def copies(text: str, *known: str) -> list[str]:
    texts = Texts([Known(f"known {n}", each) for n, each in enumerate(known)], DRUGS)
    return [copy.other.text for copy in texts.near_to(Known("fresh", text))]


def test_numbers_drugs_marks_and_fillers_do_not_tell_two_texts_apart() -> None:
    one = template_of("Hi, I threw up 20 minutes after my Kisqali!", DRUGS)
    other = template_of("i threw up ten minutes after my verzenio", DRUGS)
    assert one == other == "i threw up 0 minutes after my drug"


def test_a_drug_counts_where_no_drugs_are_named() -> None:
    assert template_of("Ibrance costs") != template_of("Kisqali costs")


@pytest.mark.parametrize(
    "text",
    [
        "What time of day should I take my Piqray?",
        "my verzenio, what time of the day should I take it",
        "What time of day should I take Ibrance tablets?",
    ],
)
def test_a_reworded_copy_is_seen(text: str) -> None:
    known = "What time of day should I take Kisqali?"
    assert copies(text, known, "I have a temperature of 38.5") == [known]


@pytest.mark.parametrize(
    "text",
    [
        "When do people usually swallow their Kisqali?",
        "Is day one of a cycle counted from the infusion?",
    ],
)
def test_the_same_meaning_in_other_words_is_no_copy(text: str) -> None:
    assert copies(text, "What time of day should I take Kisqali?") == []


def test_short_texts_are_copies_only_if_nothing_but_order_and_fillers_differs() -> None:
    assert copies("ctDNA vs cfDNA??", "cfdna vs ctdna") == ["cfdna vs ctdna"]
    assert copies("her2 low meaning", "her2 3+ meaning") == []


def test_nothing_is_near_to_an_empty_text() -> None:
    assert copies("", "cfdna vs ctdna") == []


def test_the_nearest_comes_first_and_names_both_texts() -> None:
    texts = Texts(
        [Known("a.yaml", "my port is red and sore today"), Known("b.yaml", "my port is red and oozing today")]
    )
    found = list(texts.near_to(Known("set.yaml, case x", "my port is red and oozing today!")))
    assert [copy.other.where for copy in found] == ["b.yaml", "a.yaml"]
    assert found[0].similarity == 1
    assert "set.yaml, case x" in str(found[0])
    assert "b.yaml: 'my port is red and oozing today'" in str(found[0])


def messages(count: int, family: str = "") -> list[Known]:
    drugs = itertools.cycle(sorted(DRUGS))
    return [
        Known(f"case {n}", f"I took {n + 2} {drug} pills instead of one last night", family)
        for n, drug in zip(range(count), drugs, strict=False)
    ]


def test_four_messages_of_one_template_are_too_many_and_three_are_not() -> None:
    assert crowded_templates(messages(3), DRUGS) == []
    (crowd,) = crowded_templates(
        [*messages(4), Known("other", "my scan is on Friday and I am afraid")], DRUGS
    )
    assert [each.where for each in crowd] == ["case 0", "case 1", "case 2", "case 3"]


def test_a_message_and_its_variants_count_once() -> None:
    assert crowded_templates(messages(5, "pair-001"), DRUGS) == []
    family = Texts(messages(2, "pair-001"), DRUGS)
    assert list(family.near_to(messages(1, "pair-001")[0])) == []
