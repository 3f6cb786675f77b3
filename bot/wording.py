"""Every sentence that the chat says itself, outside quotes and safety notices."""

from __future__ import annotations

from collections.abc import Sequence

from bot.question.small_talk import Talk
from corpus.settings import CorpusSettings

NO_INDEX = "The articles are not ready yet, so this question cannot be answered from them. {why}"
IN_GENERAL = "In general, the articles say:"
NOTHING_MORE = "The articles have nothing further on this. These sections are the nearest:"
ORDINARY_WHY = "Once the index is built, ask again."


def small_talk(talk: Talk, settings: CorpusSettings) -> str:
    """Return what is said to a message that needs no article."""
    match talk:
        case Talk.GREETING:
            return f"Hello. You can ask about {settings.subject}, in your own words."
        case Talk.THANKS:
            return f"You are welcome. If another question about {settings.subject} comes up, just type it."
        case Talk.FAREWELL:
            return f"Goodbye, and take care. If a question about {settings.subject} comes up, just come back."
        case Talk.HELP:
            return (
                f"Yes, gladly. Ask about {settings.subject} in your own words, one thing or several; "
                "spelling does not matter."
            )
        case Talk.ABOUT_US:
            return (
                f"This is a program, not a person. It answers questions about {settings.subject} by quoting "
                "articles word for word, and every quote names where it comes from."
            )
        case Talk.NOTHING:
            return f"Type a question about {settings.subject}, in your own words."


def not_covered(settings: CorpusSettings, *, offers: bool, feeling: bool = False) -> str:
    """Return what is said when the articles do not answer a question, or a feeling that was told."""
    said = f"The articles here do not answer this. They are about {settings.subject}."
    if feeling:
        listener = f"{settings.team} or someone you trust can listen"
        said = f"That sounds hard. The articles have no answer to it; {listener}."
    return said + (" These sections are the nearest:" if offers else "")


def not_mentioned(words: tuple[str, ...]) -> str:
    """Return what a partial answer leaves open."""
    named = " or ".join(f"“{word}”" for word in words)
    return f"The articles do not mention {named}, so that part is left open."


def not_named(words: tuple[str, ...]) -> str:
    """Return what an answer leaves open that is about the subject, and not about the drug asked for."""
    named = " or ".join(f"“{word}”" for word in words)
    return f"What is quoted here does not name {named}, so it may not hold for that."


def left_open(questions: Sequence[str]) -> str:
    """Return which of several questions the articles do not answer."""
    named = " and ".join(f"“{question}”" for question in questions)
    return f"The articles do not answer {named}, so that part is left open."


def team_question(question: str, settings: CorpusSettings) -> str:
    """Return a question to take to the people who can answer it."""
    asked = question if len(question) <= 200 else question[:200].rsplit(" ", 1)[0] + " …"
    return f"A question for {settings.team}: “{asked}”"
