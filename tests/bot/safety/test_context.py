from __future__ import annotations

import pytest

from bot.safety import Category, assess, load_rules


def leads(*turns: str) -> Category | None:
    categories = assess(turns, load_rules(), None).categories
    return categories[0] if categories else None


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I have chest pain", Category.EMERGENCY),
        ("I don't have chest pain", None),
        ("no fever, chills, cough or chest pain", None),
        ("no fever but my chest hurts", Category.EMERGENCY),
        ("I have no fever, my chest hurts though", Category.EMERGENCY),
        ("I deny any chest pain, just checking in", None),
        ("without warning I got chest pain", Category.EMERGENCY),
        ("I am not only tired, I have chest pain", Category.EMERGENCY),
        ("I don't know why my chest hurts", Category.EMERGENCY),
        ("my doctor ruled out a stroke", None),
        ("the chest pain is gone", None),
        ("I no longer have a fever", None),
    ],
)
def test_negation_has_a_scope(message: str, expected: Category | None) -> None:
    assert leads(message) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("last year I had chest pain", None),
        ("I used to get seizures", None),
        ("when I was on chemo in 2021 I had a fever of 39", None),
        ("I had chest pain last year and now it is back, my chest hurts", Category.EMERGENCY),
        ("since last year I have had a cough that is getting worse", Category.URGENT),
        ("I started Ibrance last month and my chest hurts", Category.EMERGENCY),
        ("I had a fever of 39 last night", Category.URGENT),
        ("I was diagnosed two years ago and I have a fever", Category.URGENT),
    ],
)
def test_history_is_not_now(message: str, expected: Category | None) -> None:
    assert leads(message) == expected


@pytest.mark.parametrize(
    "message",
    [
        "In my twenties I took an overdose, ancient history",
        "My aunt took an overdose in the seventies",
        "My chest pain in the autumn turned out to be a strained muscle",
        "Our neighbour's late wife had seizures",
        "I lost the sight of one eye in 1987, it was a migraine",
        "three winters ago I collapsed in the snow",
    ],
)
def test_what_is_long_over_is_history(message: str) -> None:
    assert leads(message) is None


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("In the opera the heroine coughs up blood and sings on", None),
        ("Someone on the forum wrote that she took double by mistake", None),
        ("I saw chest pain in a leaflet for Kisqali", None),
        ("In the novel he ends his life, what a sad book", None),
        ("We were watching a film and I got chest pain", Category.EMERGENCY),
        ("After that film I want to end my life", Category.CRISIS),
        ("In the book I'm reading she dies, and I want to kill myself too", Category.CRISIS),
    ],
)
def test_stories_are_not_about_the_reader(message: str, expected: Category | None) -> None:
    assert leads(message) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("my mother has chest pain", Category.EMERGENCY),
        ("my husband is having a seizure", Category.EMERGENCY),
        ("people sometimes get chest pain", None),
        ("some patients develop a fever", None),
        ("what happens if someone gets a fever on Ibrance?", None),
    ],
)
def test_it_counts_who_has_the_sign(message: str, expected: Category | None) -> None:
    assert leads(message) == expected


@pytest.mark.parametrize(
    "message",
    [
        "What counts as a fever?",
        "Can Enhertu cause chest pain?",
        "When should I call about diarrhoea?",
        "What should I do if I get a fever?",
        "How would I know if I was having a stroke?",
        "Is a cough a side effect of Afinitor?",
    ],
)
def test_a_general_question_about_a_red_flag_gets_a_reminder_alone(message: str) -> None:
    assessment = assess([message], load_rules(), None)
    assert assessment.kind is None
    assert assessment.categories == ()
    assert assessment.notice is None
    assert assessment.reminder is not None
    assert "\n" not in assessment.reminder


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I have a fever of 38.4, what counts as a fever?", Category.URGENT),
        ("Could this chest pain be from Ibrance? I have had it since this morning", Category.EMERGENCY),
        ("Should I go to the ER? I have a temperature of 38.9", Category.URGENT),
        ("Can Enhertu cause a cough? I have it now", Category.URGENT),
        ("Is it normal that I have diarrhoea eight times a day?", Category.URGENT),
    ],
)
def test_a_present_sign_beside_a_question_still_fires(message: str, expected: Category) -> None:
    assert leads(message) == expected


@pytest.mark.parametrize(
    "message",
    [
        "this wait is killing me",
        "I'm dying to know",
        "it costs an arm and a leg",
        "I could kill for a coffee",
    ],
)
def test_idioms_are_no_crisis(message: str) -> None:
    assert leads(message) is None


@pytest.mark.parametrize(
    "message",
    [
        "everyone would be better off without me",
        "I don't want to wake up",
        "my sister says she wants to end her life",
    ],
)
def test_veiled_and_reported_wishes_are_a_crisis(message: str) -> None:
    assert leads(message) is Category.CRISIS


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("My knees went to jelly with relief, what is a biosimilar?", None),
        ("The price gives me a heart attack. How is it set?", None),
        ("My legs have gone to jelly and I can't stand up", Category.EMERGENCY),
        ("I am drowning in letters from the hospital", None),
    ],
)
def test_a_figure_of_speech_is_no_sign(message: str, expected: Category | None) -> None:
    assert leads(message) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("My booklet lists vomiting blood and fainting under olaparib", None),
        ("The poster in the corridor says sepsis kills", None),
        ("The booklet says to ring about a fever and I have a fever", Category.URGENT),
        ("The leaflet lists chest pain, and now my chest hurts", Category.EMERGENCY),
    ],
)
def test_what_a_text_lists_is_nobodys_sign(message: str, expected: Category | None) -> None:
    assert leads(message) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I had thought of stopping my letrozole once. How do CDK4/6 inhibitors work?", None),
        ("I am thinking of stopping my letrozole. How should I do it?", Category.TREATMENT_DECISION),
        ("I am thinking of stopping my letrozole", Category.TREATMENT_DECISION),
        ("I stopped my Ibrance on my own. What are CDK4/6 inhibitors?", Category.TREATMENT_DECISION),
        ("My chest hurts badly. How do CDK4/6 inhibitors work?", Category.EMERGENCY),
    ],
)
def test_a_question_in_general_asks_for_no_decision(message: str, expected: Category | None) -> None:
    assert leads(message) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I have chest pain, oops, swype, a chess lesson", None),
        ("I have a chess lesson, oops, swype, I have chest pain", Category.EMERGENCY),
    ],
)
def test_a_slip_strikes_out_what_stands_before_it(message: str, expected: Category | None) -> None:
    assert leads(message) == expected
