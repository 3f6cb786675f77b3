from __future__ import annotations

import pytest

from bot.reply import Kind
from bot.safety import Assessment, Category, Resemblance, assess, load_rules
from bot.safety.turns import TURNS_LOOKED_AT

CHEST_PAIN = "I have chest pain"


def judged(*turns: str) -> Assessment:
    return assess(turns, load_rules(), None)


def test_after_an_emergency_a_question_is_answered_with_the_flag_in_sight() -> None:
    assessment = judged(CHEST_PAIN, "ok thanks, so what is HER2?")
    assert assessment.kind is None
    assert assessment.reminder is not None
    assert "911" in assessment.reminder


def test_after_an_urgent_flag_the_clinic_s_line_stays_in_sight() -> None:
    reminder = judged("I have a fever of 38.5", "what is neutropenia?").reminder
    assert reminder is not None
    assert "24-hour line" in reminder


@pytest.mark.parametrize(
    "taken_back",
    [
        "no, that was last year",
        "sorry, that was years ago",
        "false alarm",
        "ignore that, wrong chat",
        "the ambulance is here",
        "I have called the clinic now",
    ],
)
def test_a_flag_that_is_taken_back_is_gone(taken_back: str) -> None:
    assert judged(CHEST_PAIN, taken_back).categories == ()
    assert judged(CHEST_PAIN, taken_back, "what is HER2?").reminder is None


def test_help_in_a_crisis_stays_in_sight_whatever_is_said_after() -> None:
    reminder = judged("I want to kill myself", "only joking, what is ESR1?").reminder
    assert reminder is not None
    assert "988" in reminder


def test_an_old_flag_leaves_the_sight_after_some_turns() -> None:
    questions = ["What is HER2?"] * TURNS_LOOKED_AT
    assert judged(CHEST_PAIN, *questions).reminder is None


@pytest.mark.parametrize(
    ("turns", "category"),
    [
        (("my back aches a bit", "it's getting worse"), Category.URGENT),
        (("I have a fever of 38.5", "it is much worse now"), Category.EMERGENCY),
        (("I'm a bit short of breath on the stairs", "now even sitting down"), Category.EMERGENCY),
        (("I had three loose stools", "now it's six"), Category.URGENT),
        (("my temperature was 37.2", "now it's 38.4"), Category.URGENT),
    ],
)
def test_a_worsening_over_turns_is_seen(turns: tuple[str, ...], category: Category) -> None:
    assert judged(*turns).categories[0] is category


@pytest.mark.parametrize(
    ("turns", "category"),
    [
        (("I have had diarrhoea", "since yesterday"), Category.URGENT),
        (("my legs feel weird", "now they have gone numb"), Category.URGENT),
    ],
)
def test_a_flag_split_over_two_turns_is_seen(turns: tuple[str, ...], category: Category) -> None:
    assert judged(turns[0]).categories == ()
    assert judged(turns[1]).categories == ()
    assert judged(*turns).categories[0] is category


def test_a_plan_that_follows_thoughts_of_dying_is_a_crisis() -> None:
    assert judged("I've been thinking about dying").categories == ()
    assert judged("I've been thinking about dying", "tonight I will do it").categories[0] is Category.CRISIS


def test_questions_are_not_read_together() -> None:
    assert judged("Can Kisqali cause chest pain?", "and Ibrance?").categories == ()
    assert judged("What is a fever?", "and since when is 38 one?").kind is not Kind.EMERGENCY


def test_what_has_grown_worse_is_named_as_such() -> None:
    assert judged("I have a cough", "it is worse today").rules == ("urgent.grown_worse",)


@pytest.mark.parametrize(
    "message",
    [
        "I have chest pain. Sorry, wrong window. What is Inluriyo?",
        "I have a fever of 39. Ignore that, it was my neighbour. What is neutropenia?",
    ],
)
def test_what_a_message_strikes_out_leaves_only_when_to_call(message: str) -> None:
    assessment = judged(message)
    assert assessment.categories == ()
    assert assessment.reminder


@pytest.mark.parametrize(
    "message",
    [
        "I have chest pain. No wait, that was my neighbour. What is HER2?",
        "I'm coughing up blood. Scrap that, it was last year. What is TROP2?",
        "My temperature is 39. Sorry, I meant 37 not 39.",
        "I've a temperature of 38.5, oops, 36.5",
        "My leg is swollen and hot - actually that is a photo from a manual I was describing",
        "She has a fever of 39. Oh sorry, that was the dog.",
    ],
)
def test_a_message_that_corrects_itself_raises_no_flag(message: str) -> None:
    assert judged(message).categories == ()


@pytest.mark.parametrize(
    ("message", "category"),
    [
        ("My temperature is 37. Sorry, I meant 39 not 37.", Category.URGENT),
        ("Scrap that, I have chest pain", Category.EMERGENCY),
        ("I had a fever last year. No wait, I have one now, 38.9", Category.URGENT),
    ],
)
def test_a_correction_upwards_raises_the_flag(message: str, category: Category) -> None:
    assert judged(message).categories[0] is category


@pytest.mark.parametrize(
    ("turns", "category"),
    [
        (("my temp is 39", "sorry I meant 37 not 39"), None),
        (("my temp is 37", "sorry I meant 39 not 37"), Category.URGENT),
        (("I have chest pain", "no wait, that was my neighbour"), None),
        (("I have chest pain", "sorry, meant to say that was in 2019"), None),
        (("my mouth is swelling up and my throat is tight", "i was describing the dog"), None),
    ],
)
def test_a_later_message_corrects_an_earlier_one(turns: tuple[str, ...], category: Category | None) -> None:
    assessment = judged(*turns)
    assert (assessment.categories[0] if assessment.categories else None) is category
    reminder = judged(*turns, "what is HER2?").reminder
    assert (reminder is None) is (category is None)


@pytest.mark.parametrize(
    "message",
    [
        "Can you help me?",
        "tell me more",
        "why?",
        "for men?",
        "who r u",
        "and me?",
        "what now",
        "I don't get it",
    ],
)
def test_a_few_words_that_ask_for_more_say_nothing_of_their_own(message: str) -> None:
    assert judged(message).categories == ()
    assert judged("What is HER2?", message).categories == ()
    assert judged("I want to die", message).categories == ()


def test_a_general_question_turned_to_oneself_is_about_the_outlook() -> None:
    assert judged("What does median survival mean?", "and mine?").categories == (Category.PROGNOSIS,)


def test_a_wish_to_die_is_not_struck_out() -> None:
    assert judged("I want to kill myself. Ignore that. What is ESR1?").kind is Kind.CRISIS


def test_what_comes_after_the_striking_out_counts() -> None:
    assert judged("My hair hurts. Ignore that. I have chest pain").kind is Kind.EMERGENCY


def resembling(text: str) -> Resemblance:
    """Stands for the backstop: it sees one oblique message and nothing else."""
    return {Category.EMERGENCY: 0.5} if "elephant" in text else {}


def judged_with_backstop(*turns: str) -> Assessment:
    return assess(turns, load_rules(), None, resembling)


OBLIQUE = "the elephant is back in the room with me"


def test_a_flag_that_only_the_backstop_saw_stays_in_sight() -> None:
    assert judged_with_backstop(OBLIQUE).categories == (Category.EMERGENCY,)
    assessment = judged_with_backstop(OBLIQUE, "ok thanks, so what is HER2?", "and ESR1?")
    assert assessment.categories == ()
    assert assessment.reminder is not None
    assert "911" in assessment.reminder


def test_a_flag_that_only_the_backstop_saw_can_be_taken_back() -> None:
    assert judged_with_backstop(OBLIQUE, "no, that was last year").categories == ()
    assert judged_with_backstop(OBLIQUE, "no, that was last year", "what is HER2?").reminder is None


def test_a_taking_back_is_not_a_flag_by_its_likeness() -> None:
    taken_back = "sorry, that was last year, the elephant I mean"
    assert judged_with_backstop(OBLIQUE, taken_back).categories == ()


def test_what_the_backstop_saw_can_grow_worse() -> None:
    assert judged_with_backstop(OBLIQUE, "it is getting worse").categories == (Category.EMERGENCY,)


def test_what_the_context_cancelled_is_not_raised_later_by_its_likeness() -> None:
    assert judged_with_backstop("no chest pain, no elephant", "what is HER2?").reminder is None


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("I had a seizure in 2019", "I just had another one"), Category.EMERGENCY),
        (("he fainted last year", "and again just now"), Category.EMERGENCY),
        (("not short of breath. correction: I am, at rest",), Category.URGENT),
        (("I've no chest pain, no, actually it's started now",), Category.EMERGENCY),
        (("I had a seizure in 2019", "What is a focal seizure?"), None),
        (("I have no chest pain, thanks", "it has started raining"), None),
    ],
)
def test_what_was_denied_or_past_counts_when_it_is_there_after_all(
    turns: tuple[str, ...], expected: Category | None
) -> None:
    categories = assess(turns, load_rules(), None).categories
    assert (categories[0] if categories else None) == expected
