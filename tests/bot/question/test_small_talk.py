from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.small_talk import Talk, small_talk, without_courtesies
from bot.wording import small_talk as said
from corpus.settings import CorpusSettings


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("helllooo", Talk.GREETING),
        ("HII 👋😊", Talk.GREETING),
        ("good mornign everyone", Talk.GREETING),
        ("how are you?", Talk.GREETING),
        ("thnaks!! 🙏", Talk.THANKS),
        ("Thx so much that was really helpful xx", Talk.THANKS),
        ("bye bye", Talk.FAREWELL),
        ("who r u", Talk.ABOUT_US),
        ("ARE YOU A BOT?", Talk.ABOUT_US),
        ("Can you help me?", Talk.HELP),
        ("can i ask you something", Talk.HELP),
        ("what can I ask?", Talk.HELP),
        ("🎀 …", Talk.NOTHING),
        ("What can I do about fatigue?", None),
        ("what can I ask my oncologist about HER2?", None),
        ("thanks, and the side effects?", None),
        ("is it good for me", None),
        ("can you help me understand ESR1", None),
        ("38", None),
    ],
)
def test_small_talk_is_told_from_questions_however_it_is_typed(text: str, talk: Talk | None) -> None:
    assert small_talk(text) == talk


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Hi there! Sorry to bother you, what is an ADC? Thanks so much xx", "what is an ADC?"),
        ("good morning, what is HER2-low", "what is HER2-low"),
        ("thanks. and the side effects?", "and the side effects?"),
        ("Hi", "Hi"),
        ("What is an ADC?", "What is an ADC?"),
        ("Great pain relief options", "Great pain relief options"),
    ],
)
def test_courtesies_around_a_question_are_not_searched_for(text: str, question: str) -> None:
    assert without_courtesies(text) == question


@given(st.text(max_size=200))
def test_any_text_is_small_talk_or_not_and_never_becomes_empty(text: str) -> None:
    assert small_talk(text) in {*Talk, None}
    assert bool(without_courtesies(text)) == bool(text)


@pytest.mark.parametrize("talk", list(Talk))
def test_every_sort_of_small_talk_gets_a_reply_about_the_corpus(talk: Talk) -> None:
    settings = CorpusSettings(subject="keeping bees")
    assert "keeping bees" in said(talk, settings)
