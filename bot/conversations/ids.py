"""Ids of conversations: when each began, and six letters by chance."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime

_FORM = re.compile(r"\d{8}-\d{6}-[a-z]{6}")
_LETTERS = "bcdfghjkmnpqrstvwxz"
"""Without vowels, so that chance spells no word."""


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def random_letters() -> str:
    """Return six letters by chance."""
    return "".join(secrets.choice(_LETTERS) for _ in range(6))


def new_id(begun: datetime, letters: str) -> str:
    """Return the id of a conversation; ``letters`` are six lower-case ones."""
    return f"{begun.astimezone(UTC):%Y%m%d-%H%M%S}-{letters}"


def is_id(text: str) -> bool:
    """Whether ``text`` has the form of an id."""
    return bool(_FORM.fullmatch(text))


def letters_of(conversation_id: str) -> str:
    """Return the six letters of an id."""
    return conversation_id.rpartition("-")[2]


def begun_by_id(conversation_id: str) -> datetime:
    """Return when a conversation began; the earliest moment there is if its id names no day."""
    try:
        begun = datetime.strptime(conversation_id[:15], "%Y%m%d-%H%M%S")
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return begun.replace(tzinfo=UTC)
