from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import Conversation
from bot.question.small_talk import Talk
from bot.question.understanding import Question, understand
from bot.question.vocabulary import Vocabulary
from bot.reply import Kind, Offer, QuotedSentence, Reply
from index.generation import IndexFolder
from index.search import open_index


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


@pytest.fixture(scope="module")
def vocabulary(real_home: Path) -> Vocabulary:
    return Vocabulary(open_index(IndexFolder(real_home / "index")))


def ask(vocabulary: Vocabulary, *texts: str) -> Question:
    conversation = Conversation()
    for text in texts[:-1]:
        question = understand(conversation, text, vocabulary)
        conversation.add(text, Reply(text, Kind.ANSWER, "framing", understood=question.understood))
    return understand(conversation, texts[-1], vocabulary)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "What is HER2-low? And how is Trodelvy given?",
            ("What is HER2-low?", "And how is Trodelvy given?"),
        ),
        (
            "what is her2 low and what are the side effects of ibrance",
            ("what is her2 low?", "what are the side effects of ibrance?"),
        ),
        ("What is Enhertu? How is it given?", ("What is Enhertu?", "How is it given (Enhertu)")),
        (
            "Does Ibrance cause hair loss? what about Verzenio?",
            ("Does Ibrance cause hair loss?", "Does Verzenio cause hair loss?"),
        ),
        ("What is HER2-low and how is it treated?", ()),
        ("What are the side effects and the dose of Ibrance?", ()),
        ("Is Ibrance chemo? Can you believe the weather?", ()),
        ("I wonder what the winter brings. Is Ibrance chemo?", ()),
        ("which clinics give Ibrance and how much per round", ()),
    ],
)
def test_several_questions_are_taken_apart_and_aspects_of_one_thing_are_not(
    vocabulary: Vocabulary, text: str, parts: tuple[str, ...]
) -> None:
    assert ask(vocabulary, text).parts == parts


def test_what_it_points_at_is_found_before_the_question_of_a_long_message(vocabulary: Vocabulary) -> None:
    text = (
        "A friend from my choir started verzinio in the autumn and the summer was hard on all of us, with "
        "the move and the dog being ill and my sister away. How is it given?"
    )
    assert ask(vocabulary, text).understood == "How is it given (Verzenio)"


def test_a_question_that_says_nothing_by_itself_keeps_the_sentence_that_does(vocabulary: Vocabulary) -> None:
    text = (
        "We saw the new consultant yesterday and she was lovely but she talks so fast and the trains were "
        "late. She said there is a drug for HER2-low. The bus was late too. What is it called?"
    )
    assert ask(vocabulary, text).understood == "She said there is a drug for HER2-low. What is it called?"


def test_in_a_long_message_without_a_question_the_weighty_sentences_count(vocabulary: Vocabulary) -> None:
    text = (
        "We moved house in the summer and the dog was ill. They found an ESR1 mutation in my blood. The bus "
        "was late and my sister could not come along, which was a pity."
    )
    assert ask(vocabulary, text).understood == "They found an ESR1 mutation in my blood."


@pytest.mark.parametrize(
    ("turns", "understood"),
    [
        (("What are CDK4/6 inhibitors?", "tell me more"), "What are CDK4/6 inhibitors?"),
        (
            ("What is HER2-low?", "What is an ADC?", "back to HER2-low: which drugs?"),
            "Which drugs (HER2-low)",
        ),
        (("What is HER2-low?", "What is an ADC?", "ok back to HER2-low"), "What is HER2-low?"),
        (
            ("How is Kadcyla given?", "and the side effects?", "what about Enhertu?"),
            "The side effects (Enhertu)",
        ),
        (("What is HER2-low?", "and how is Trodelvy given?"), None),
        (("What is HER2-low?", "and side effects of Verzenio?"), None),
        (("What are PARP inhibitors?", "hi, how are trials run?"), None),
    ],
)
def test_follow_ups_go_on_return_and_let_go(
    vocabulary: Vocabulary, turns: tuple[str, ...], understood: str | None
) -> None:
    assert ask(vocabulary, *turns).understood == understood


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("the second one", "What is Truqap?"),
        ("is the first one a pill?", "Is Piqray a pill?"),
        ("tell me about the last one", "What is Truqap?"),
        ("is the fourth one a pill?", None),
    ],
)
def test_the_second_one_is_the_second_drug_that_was_named(
    vocabulary: Vocabulary, text: str, understood: str | None
) -> None:
    said = "The drugs are Piqray and Truqap."
    conversation = Conversation()
    sentences = (QuotedSentence(said, 1, 0, len(said)),)
    conversation.add("which?", Reply("which?", Kind.ANSWER, "framing", sentences=sentences))
    question = understand(conversation, text, vocabulary)
    if understood is None:
        assert "Truqap" not in question.search_text
    else:
        assert question.understood == understood


def test_the_second_one_is_the_second_section_that_was_offered() -> None:
    conversation = Conversation()
    offers = (Offer("a", "s", "Bees — food"), Offer("b", "s", "Hives and where they should stand in the sun"))
    conversation.add("moon?", Reply("moon?", Kind.NOT_COVERED, "framing", offers=offers))
    assert understand(conversation, "the second one").search_text == offers[1].title


def test_signs_that_no_file_can_hold_are_not_carried_from_turn_to_turn() -> None:
    question = understand(talk_about("What do bees eat \ud800 in \x1b[31m winter?"), "go on")
    assert question.search_text == "What do bees eat in winter?"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=120), min_size=1, max_size=3))
def test_any_text_gives_a_question(vocabulary: Vocabulary, texts: list[str]) -> None:
    question = ask(vocabulary, *texts)
    assert question.talk or question.search_text
    assert question.understood != ""
