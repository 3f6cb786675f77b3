"""Searching stored conversations for words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversations.stored import StoredConversation, StoredTurn

_EXCERPT = 160
"""Characters of an excerpt, about."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One place where all words were found."""

    id: str
    """Of the conversation."""
    title: str
    at: datetime
    n: int | None
    """Number of the turn; None for a note or the name."""
    excerpt: str
    """The words with some of what stands around them, as typed or quoted."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words to look for: every one of them has to be found, whatever its case."""
    return tuple(dict.fromkeys(text.casefold().split()))


def may_hold(data: bytes, words: Sequence[str]) -> bool:
    """Whether a file can hold all words; says no only where that is certain, and costs next to nothing."""
    lowered = data.lower()
    return all(word.encode() in lowered for word in words if word.isascii() and word.isalnum())


def hits_in(conversation: StoredConversation, words: Sequence[str]) -> list[SearchHit]:
    """Return every place of a conversation that holds all words, in order: name, turns, notes."""
    return [
        SearchHit(conversation.id, conversation.title, at, n, excerpt(text, words))
        for at, n, text in _places(conversation)
        if words and all(word in text.casefold() for word in words)
    ]


def excerpt(text: str, words: Sequence[str]) -> str:
    """Return the first of the words with what stands around it, on one line."""
    line = " ".join(text.split())
    first = min((match.start() for word in words if (match := _found(word, line))), default=0)
    start = max(0, first - _EXCERPT // 3)
    end = start + _EXCERPT
    if start:
        start = line.find(" ", start, first) + 1 or start
    if end < len(line):
        end = line.rfind(" ", first, end) if line.rfind(" ", first, end) > first else end
    before, after = ("… " if start else ""), (" …" if end < len(line) else "")
    return f"{before}{line[start:end]}{after}"


def _places(conversation: StoredConversation) -> Iterator[tuple[datetime, int | None, str]]:
    if conversation.name:
        yield conversation.begun, None, conversation.name
    for turn in conversation.turns:
        yield turn.at, turn.n, _said(turn)
    for note in conversation.notes:
        yield note.at, None, note.text


def _said(turn: StoredTurn) -> str:
    reply = turn.reply
    quotes = [sentence.text for sentence in reply.sentences]
    said = (turn.text, reply.understood, reply.notice, reply.text, *quotes, reply.team_question)
    return "\n".join(part for part in said if part)


def _found(word: str, line: str) -> re.Match[str] | None:
    return re.search(re.escape(word), line, re.IGNORECASE)
