from __future__ import annotations

import re
from string import Formatter

import pytest

from bot.safety import Country, Ruleset, load_rules
from bot.safety.notices import fill, notice_for
from bot.wording import IN_GENERAL

RULES = load_rules()
ANYONE = RULES.for_anyone()
COUNTRIES: list[Country | None] = [None, *Country]
READERS = pytest.mark.parametrize("rules", [RULES, ANYONE], ids=["in cancer treatment", "anyone"])
NOTICES = [(key, variant) for key, texts in RULES.notices["notices"].items() for variant in texts]
FIRST_CALL = ("crisis", "emergency", "overdose", "child", "urgent")
ALARMING = [key for key, _ in NOTICES if key.startswith(FIRST_CALL)]
FORBIDDEN = re.compile(
    r"\b(triage|probably|nothing to worry|do not worry|don't worry|you have (?:a|an)\b|diagnos\w+|"
    r"stop taking|skip|start taking|change your|die|dying|fatal|deadly|should have|must|\d+ ?mg)\b",
    re.IGNORECASE,
)
NO_ONE_IN_PARTICULAR = ("harmful", "off_topic", "child_overdose", "other_language")
"""Notices that say the same to a carer."""
SAID_TO_THE_PATIENT = re.compile(
    r"\b(I|me|my|you (?:feel|take|are having)|your (?:clinic|temperature|situation|medicines)|yourself)\b"
)
OUR_SUBJECT = re.compile(
    r"cancer|oncolog|clinic\b|treatment|care team|\bMBC\b|targeted|govitecan", re.IGNORECASE
)


def shown(key: str, variant: str, country: Country | None, rules: Ruleset = RULES) -> str:
    return notice_for(key, variant == "carer", rules, country)


@READERS
@pytest.mark.parametrize("country", COUNTRIES, ids=str)
@pytest.mark.parametrize(("key", "variant"), NOTICES)
def test_a_notice_is_short_and_plain(key: str, variant: str, country: Country | None, rules: Ruleset) -> None:
    text = shown(key, variant, country, rules)
    assert len(text.split()) <= 60
    assert not FORBIDDEN.search(text)
    assert "?" not in text
    assert "{" not in text
    assert "\n" not in text


@READERS
@pytest.mark.parametrize("country", COUNTRIES, ids=str)
@pytest.mark.parametrize("key", sorted(set(ALARMING)))
def test_the_action_is_in_the_first_sentence(key: str, country: Country | None, rules: Ruleset) -> None:
    first = re.split(r"(?<=[.;]) (?=[A-Z])", shown(key, "text", country, rules))[0].lower()
    assert re.search(r"\b(call|text)\b", first)
    if not key.startswith("urgent"):
        assert re.search(r"\d{3}", first)


@READERS
@pytest.mark.parametrize("country", COUNTRIES, ids=str)
def test_every_framing_and_reminder_is_one_filled_line(country: Country | None, rules: Ruleset) -> None:
    for group in ("framing", "reminders", "team_questions"):
        for text in rules.notices[group].values():
            line = fill(text, rules, country)
            assert line
            assert "\n" not in line
            assert "{" not in line


def test_no_notice_shows_a_number_of_another_country() -> None:
    us = " ".join(shown(key, variant, Country.US) for key, variant in NOTICES)
    uk = " ".join(shown(key, variant, Country.UK) for key, variant in NOTICES)
    assert not re.search(r"\b(999|112|116 123)\b", us)
    assert not re.search(r"\b(911|988|112)\b", uk)


def test_no_text_has_room_for_what_was_typed() -> None:
    rooms = set()
    for rules in (RULES, ANYONE):
        texts = [text for notice in rules.notices["notices"].values() for text in notice.values()]
        for group in ("reminders", "framing", "team_questions"):
            texts += rules.notices[group].values()
        rooms |= {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
    assert rooms <= {"emergency", "crisis", "poison", "fever", "support"}


def test_no_text_for_anyone_speaks_of_our_subject() -> None:
    texts = [text for notice in ANYONE.notices["notices"].values() for text in notice.values()]
    for group in ("reminders", "framing", "team_questions"):
        texts += ANYONE.notices[group].values()
    assert [text for text in texts if OUR_SUBJECT.search(text)] == []


def test_the_texts_for_anyone_lack_nothing_that_a_rule_may_ask_for() -> None:
    for group in ("notices", "reminders"):
        assert ANYONE.notices[group].keys() == RULES.notices[group].keys()


@READERS
@pytest.mark.parametrize("country", COUNTRIES, ids=str)
def test_a_boundary_and_the_words_before_the_first_quote_are_short(
    country: Country | None, rules: Ruleset
) -> None:
    for key, variant in NOTICES:
        if key not in ALARMING:
            before = f"{shown(key, variant, country, rules)} {IN_GENERAL}"
            assert len(before.split()) <= 60, key


@READERS
def test_no_notice_says_please_under_a_title_that_says_it_already(rules: Ruleset) -> None:
    assert not [key for key, variant in NOTICES if shown(key, variant, None, rules).startswith("Please")]


def test_every_notice_on_a_person_has_a_wording_for_those_who_care_for_them() -> None:
    texts = RULES.notices["notices"]
    assert not [
        key for key in texts if not key.startswith(NO_ONE_IN_PARTICULAR) and "carer" not in texts[key]
    ]


@READERS
def test_a_carer_is_never_spoken_to_as_the_patient(rules: Ruleset) -> None:
    said = [notice["carer"] for notice in rules.notices["notices"].values() if notice.get("carer")]
    for group in ("framing", "reminders", "team_questions"):
        said += rules.notices[group].values()
    assert [text for text in said if SAID_TO_THE_PATIENT.search(text)] == []
