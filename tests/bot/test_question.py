from __future__ import annotations

import pytest

from bot.conversation import Conversation
from bot.question import Talk, understand
from bot.reply import Kind, Reply


def talk_about(*questions: str) -> Conversation:
    conversation = Conversation()
    for question in questions:
        understood = understand(conversation, question).understood
        conversation.add(question, Reply(question, Kind.ANSWER, "framing", understood=understood))
    return conversation


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("hi", Talk.GREETING),
        ("Good morning!", Talk.GREETING),
        ("thanks so much, that helps", Talk.THANKS),
        ("ok", Talk.THANKS),
        ("are you a real doctor?", Talk.ABOUT_US),
        ("?!", Talk.NOTHING),
        ("thanks, what is HER2?", None),
        ("ok thanks, so what is HER2", None),
        ("hi, what is an ADC?", None),
    ],
)
def test_small_talk_is_told_from_questions(text: str, talk: Talk | None) -> None:
    assert understand(Conversation(), text).talk == talk


def test_a_question_that_stands_alone_is_left_as_it_is() -> None:
    question = understand(Conversation(), "What does HER2-low mean?")
    assert (question.search_text, question.understood) == ("What does HER2-low mean?", None)


def test_the_question_inside_a_long_message_is_found() -> None:
    ramble = "I have been awake since four and my head is full of words from the clinic. " * 3
    question = understand(Conversation(), f"{ramble} What is a PIK3CA mutation? My sister came too.")
    assert question.search_text == "What is a PIK3CA mutation?"
    assert question.understood == question.search_text


@pytest.mark.parametrize(
    ("first", "follow_up", "words"),
    [
        ("What are CDK4/6 inhibitors?", "and the side effects?", {"side", "effects", "CDK4/6"}),
        ("What is an ESR1 mutation?", "is it inherited?", {"inherited", "ESR1"}),
        ("What is an ESR1 mutation?", "why?", {"Why", "ESR1"}),
        ("Which drugs go with a PIK3CA mutation?", "which of those are pills?", {"pills", "PIK3CA"}),
        ("What are PARP inhibitors?", "tell me more", {"PARP"}),
    ],
)
def test_a_follow_up_carries_the_topic(first: str, follow_up: str, words: set[str]) -> None:
    understood = understand(talk_about(first), follow_up).understood
    assert understood is not None
    assert all(word in understood for word in words)


def test_asking_the_same_of_another_subject_leaves_the_old_one() -> None:
    understood = understand(
        talk_about("What are the side effects of Ibrance?"), "what about Enhertu?"
    ).understood
    assert understood == "What are the side effects of Enhertu?"


def test_a_change_of_topic_does_not_drag_the_old_one_along() -> None:
    conversation = talk_about("What are CDK4/6 inhibitors?")
    assert understand(conversation, "What is a liquid biopsy of the blood?").understood is None


@pytest.mark.parametrize(
    ("first", "follow_up", "understood"),
    [
        ("How is Kadcyla given?", "and Trodelvy?", "How is Trodelvy given?"),
        ("What is HER2-low?", "what about ultralow?", "What is ultralow?"),
        ("Is a fever of 38 in the US a reason?", "and in the UK?", "Is a fever of 38 in the UK a reason?"),
        ("How do Ibrance and Kisqali differ?", "which of them needs scans?", None),
    ],
)
def test_a_new_subject_takes_the_place_of_the_old_one(
    first: str, follow_up: str, understood: str | None
) -> None:
    got = understand(talk_about(first), follow_up).understood
    assert got is not None
    assert understood is None or got == understood


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("OK, different question. What does stable disease mean?", "What does stable disease mean?"),
        ("What is HER2-low and how is it treated?", None),
        ("what is a liquid biopsy and can it miss things", None),
    ],
)
def test_a_new_topic_is_left_alone(text: str, understood: str | None) -> None:
    got = understand(talk_about("What is a liquid biopsy?"), text).understood
    assert got == understood


def test_a_chain_of_follow_ups_keeps_the_topic() -> None:
    conversation = talk_about("What are PARP inhibitors?", "and the side effects?")
    understood = understand(conversation, "are they pills?").understood
    assert understood is not None
    assert "PARP" in understood


def test_an_answer_that_never_came_is_no_topic() -> None:
    conversation = Conversation()
    conversation.add("capital of France?", Reply("capital of France?", Kind.NOT_COVERED, "framing"))
    assert understand(conversation, "why?").understood is None
