from __future__ import annotations

import pytest

from bot.question.intent import Intent, asks_for_more, heads, intent_of, is_unasked, sides_of, wants_list


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("What is honey?", Intent.DEFINITION),
        ("whats a hive", Intent.DEFINITION),
        ("Which flowers do bees like?", Intent.LIST),
        ("What kinds of hives are there?", Intent.LIST),
        ("How is honey harvested?", Intent.HOW),
        ("Why do bees swarm?", Intent.WHY),
        ("What is the difference between wax and honey?", Intent.COMPARISON),
        ("wax vs honey", Intent.COMPARISON),
        ("Can bees sting?", Intent.YES_NO),
        ("ok, and do they sleep?", Intent.YES_NO),
        ("What are the side effects of a sting?", Intent.SIDE_EFFECTS),
        ("When should I call the vet?", Intent.WHEN_TO_CALL),
        ("Who can I talk to about bees?", Intent.WHO_HELPS),
        ("Good questions to ask the beekeeper", Intent.QUESTIONS_TO_ASK),
        ("Give me a summary of beekeeping", Intent.SUMMARY),
        ("bees winter", Intent.OPEN),
    ],
)
def test_the_sort_of_answer_is_told_from_the_words(question: str, intent: Intent) -> None:
    assert intent_of(question) is intent


def test_all_of_several_things_are_wanted_by_some_questions_only() -> None:
    assert wants_list(Intent.LIST)
    assert not wants_list(Intent.DEFINITION)


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("What is the difference between wax and honey?", ("wax", "honey")),
        ("wax vs honey", ("wax", "honey")),
        ("how does wax differ from honey", ("wax", "honey")),
        ("is raw honey the same as wax?", ("raw honey", "wax")),
        ("compare wax with raw honey", ("wax", "raw honey")),
        ("why do bees swarm?", None),
    ],
)
def test_the_two_things_compared_are_named(question: str, sides: tuple[str, str] | None) -> None:
    assert sides_of(question) == sides


def test_a_heading_can_ask_for_the_same_sort_of_answer() -> None:
    assert heads(Intent.SIDE_EFFECTS, "Which side effects are common?")
    assert not heads(Intent.SIDE_EFFECTS, "How is honey harvested?")
    assert not heads(Intent.OPEN, "How is honey harvested?")


def test_a_summary_is_unasked_unless_it_is_asked_for() -> None:
    assert is_unasked(Intent.SUMMARY, Intent.HOW, "At a glance")
    assert not is_unasked(Intent.SUMMARY, Intent.SUMMARY, "At a glance")
    assert not is_unasked(Intent.SUMMARY, Intent.HOW, "How is honey harvested?")


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("tell me more", True),
        ("Please go on.", True),
        ("what else?", True),
        ("Tell me more about it please", True),
        ("What is more common?", False),
        ("how do bees go on strike", False),
    ],
)
def test_asking_to_go_on_is_told_from_a_question(text: str, more: bool) -> None:
    assert asks_for_more(text) is more
