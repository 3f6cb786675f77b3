from __future__ import annotations

import pytest

from bot import wording
from bot.question.feeling import tells_a_feeling
from corpus.settings import CorpusSettings


@pytest.mark.parametrize(
    "text",
    [
        "I feel so alone and scared",
        "im scared of dying",
        "I can't stop crying",
        "it makes me so angry",
        "We are terrified",
    ],
)
def test_a_feeling_that_is_told_is_heard(text: str) -> None:
    assert tells_a_feeling(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is it normal to feel sad?",
        "why am I crying all the time",
        "can I take it alone",
        "Letrozole is given alone",
        "When is the best time to plant roses?",
        "I would like to know about HER2-low",
        "",
    ],
)
def test_a_question_or_another_matter_is_no_told_feeling(text: str) -> None:
    assert not tells_a_feeling(text)


def test_what_the_articles_cannot_answer_is_said_more_gently_to_a_feeling() -> None:
    settings = CorpusSettings(subject="bees", team="your beekeeper")
    told = wording.not_covered(settings, offers=True, feeling=True)
    assert told.startswith("That sounds hard.")
    assert "your beekeeper" in told
    assert told.endswith("These sections are the nearest:")
    assert wording.not_covered(settings, offers=False).startswith("The articles here do not answer this.")
