from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.question.follow_up import readings
from bot.question.thread import Thing, Thread, thread_of, threads_of, without_topic
from bot.question.vocabulary import Vocabulary
from bot.reply import Citation, Kind, Offer, QuotedSentence, Reply
from index.generation import IndexFolder
from index.search import open_index


def answered(
    question: str, *, title: str, section: str, said: str = "", understood: str | None = None
) -> Reply:
    citation = Citation(1, "a", title, section, "a#s/1", 0, 1, None, False, (), "0")
    sentences = (QuotedSentence(said, 1, 0, len(said)),)
    return Reply(
        question, Kind.ANSWER, "framing", understood=understood, sentences=sentences, citations=(citation,)
    )


def talk(*replies: Reply) -> Conversation:
    conversation = Conversation()
    for reply in replies:
        conversation.add(reply.question, reply)
    return conversation


def topic_of(conversation: Conversation, vocabulary: Vocabulary | None = None) -> list[str]:
    thread = thread_of(conversation, vocabulary)
    return [thing.words for thing in thread.topic] if thread else []


@pytest.fixture(scope="module")
def vocabulary(real_home: Path) -> Vocabulary:
    return Vocabulary(open_index(IndexFolder(real_home / "index")))


def test_a_talk_is_about_what_a_question_shares_with_the_heading_of_its_answer() -> None:
    reply = answered("do the hives rot in a wet winter", title="Hives", section="What makes a hive rot?")
    assert topic_of(talk(reply)) == ["hives rot", "Hives"]


def test_a_question_that_names_nothing_is_about_the_article_that_answered_it() -> None:
    reply = answered("where do I even begin", title="Hives: how to build one", section="Which wood?")
    assert topic_of(talk(reply)) == ["Hives"]


def test_a_question_that_was_not_answered_is_about_what_was_offered() -> None:
    offers = (Offer("a", "s", "Queens — when they fly"),)
    reply = Reply("are they out yet", Kind.NOT_COVERED, "framing", offers=offers)
    assert topic_of(talk(reply)) == ["Queens"]


def test_thanks_and_what_nothing_is_known_of_leave_the_talk_where_it_was() -> None:
    reply = answered("where do I begin", title="Hives", section="Which wood?")
    thanks = Reply("thanks", Kind.CHAT, "framing")
    unknown = Reply("capital of France?", Kind.NOT_COVERED, "framing")
    assert topic_of(talk(reply, thanks, unknown)) == ["Hives"]


def test_a_follow_up_adds_to_the_topic_for_one_turn_and_leaves_it_whole() -> None:
    first = answered("where do I begin", title="Hives", section="Which wood?")
    second = answered("and mites?", title="Mites", section="What do mites do?", understood="Mites (Hives)")
    third = answered("why", title="Hives", section="Which wood?", understood="Why (Hives, mites)")
    assert topic_of(talk(first, second)) == ["Hives", "Mites"]
    assert topic_of(talk(first, second, third)) == ["Hives"]


def test_what_a_talk_was_about_is_told_from_its_end() -> None:
    first = answered("a", title="Hives", section="Which wood?")
    second = answered("b", title="Mites", section="What do mites do?")
    assert [one.question for one in threads_of(talk(first, second), None)] == ["b", "a"]


def test_a_thing_takes_the_place_of_what_is_of_its_sort_and_the_rest_stays(vocabulary: Vocabulary) -> None:
    first = answered("does Ibrance lower white cells", title="Blood", section="Which drugs?")
    second = answered(
        "and Verzenio?", title="Blood", section="Which drugs?", understood="Does Verzenio (white cells)"
    )
    thread = thread_of(talk(first, second), vocabulary)
    assert thread is not None
    assert {thing.words for thing in thread.topic} == {"white cells", "Verzenio"}
    assert [thing.words for thing in thread.left] == ["Ibrance"]


def test_without_its_topic_a_question_is_as_it_was_typed() -> None:
    assert without_topic("When does it start (the runs, Verzenio)") == "When does it start"
    assert without_topic("What is T-DXd (Enhertu) for?") == "What is T-DXd (Enhertu) for?"


WHITE_CELLS = Thread(
    "do your white cells always drop on Ibrance",
    (Thing("white cells", "body"), Thing("Ibrance", "drug")),
)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("how would it show", "How would it show (white cells, Ibrance)"),
        ("does that happen with Verzenio as well", "Does that happen with Verzenio as well (white cells)"),
        ("Verzenio too?", "Do your white cells always drop on Verzenio"),
        ("for how many weeks", "For how many weeks (white cells, Ibrance)"),
        ("so not chemo then?", "Not chemo then? (white cells, Ibrance)"),
    ],
)
def test_a_message_that_needs_the_talk_is_read_with_it(
    vocabulary: Vocabulary, text: str, understood: str
) -> None:
    assert [one.replace("?", "") for one in readings(text, WHITE_CELLS, vocabulary)] == [
        understood.replace("?", "")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "how does Herceptin reach a cell",
        "is it safe to have a flu jab on Verzenio",
        "what is the difference between palliative care and hospice care for someone at home",
    ],
)
def test_a_message_that_names_its_own_subject_is_left_alone(vocabulary: Vocabulary, text: str) -> None:
    assert readings(text, WHITE_CELLS, vocabulary) == [text]


def test_a_message_that_may_stand_alone_has_both_readings(vocabulary: Vocabulary) -> None:
    text = "who can lend a hand with bills"
    assert readings(text, WHITE_CELLS, vocabulary) == [
        "Who can lend a hand with bills (white cells, Ibrance)",
        text,
    ]


def test_two_things_beside_each_other_are_the_last_two_of_the_talk(vocabulary: Vocabulary) -> None:
    thread = replace(WHITE_CELLS, things=(Thing("Verzenio", "drug"),), left=(Thing("Ibrance", "drug"),))
    assert readings("which of the two is kinder", thread, vocabulary) == [
        "Which of the two is kinder (Verzenio, Ibrance)"
    ]
