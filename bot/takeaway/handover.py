"""What a reader hands over to the editor: answers marked as wrong, and questions that were not covered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.conversations.stored import MarkedWrong, StoredConversation, StoredTurn
from bot.receipts.receipt import receipt_of
from bot.takeaway.uncovered import UncoveredQuestion

FORMAT = 1
"""Goes up when a program that reads the file would have to change."""


def handed_over(
    conversations: Iterable[StoredConversation], uncovered: Iterable[UncoveredQuestion], day: date
) -> dict[str, Any]:
    """Return all that is handed over, as values that JSON has.

    Of a conversation there is only the marked turn: no other turn, no name, no id and no time of day.
    """
    marked = [(mark, turn) for one in conversations for mark in one.wrong if (turn := one.turn(mark.turn))]
    return {
        "format": FORMAT,
        "made": day.isoformat(),
        "wrong": [_wrong(mark, turn) for mark, turn in marked],
        "not_covered": [{"day": one.day.isoformat(), "question": one.question} for one in uncovered],
    }


def _wrong(mark: MarkedWrong, turn: StoredTurn) -> dict[str, Any]:
    reply = turn.reply
    receipt = receipt_of(reply)
    return {
        "day": _day(mark.at).isoformat(),
        "question": turn.text,
        "why": mark.why,
        "answered": {
            "text": reply.text,
            "notice": reply.notice,
            "sentences": [sentence.text for sentence in reply.sentences],
            "missing": reply.missing,
        },
        "receipt": asdict(receipt),
    }


def _day(at: datetime) -> date:
    return at.astimezone().date()
