"""The words around what is taken along."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.render import day_words
from corpus.text import one_line

SHEET_TITLE = "My visit sheet"
QUOTES_TITLE = "What I read and kept"
SOURCES_TITLE = "Where this comes from"
TAKEN_BACK = "This understanding of the question was taken back."
WRONG = "Marked as wrong by the reader."
EMPTY_SHEET = "nothing is kept and no question is noted in this conversation, so the sheet would be empty."


def team_title(team: str) -> str:
    """Return the heading over the questions; ``team`` is whom they are for."""
    return f"Questions for {team}"


def question_in(team_question: str) -> str:
    """Return the question that a reply names for the care team, without the words around it."""
    quoted = re.search(r"“(.+)”", team_question, re.DOTALL)
    return one_line(quoted[1] if quoted else team_question)


def conversation_title(title: str) -> str:
    """Return the heading of an exported conversation."""
    return title or "A conversation"


def made_line(made: date, begun: date | None = None) -> str:
    """Return when this was written, and when the talk was."""
    if begun is None or begun == made:
        return f"Written on {day_words(made)}."
    return f"A conversation of {day_words(begun)}, written on {day_words(made)}."


def source_numbers(numbers: Sequence[int]) -> str:
    """Return which of the numbered sources stand behind a quote; empty for none."""
    if not numbers:
        return ""
    noun = "Source" if len(numbers) == 1 else "Sources"
    return f"{noun} {', '.join(map(str, numbers))}."
