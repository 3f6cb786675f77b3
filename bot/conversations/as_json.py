"""A conversation as plain values, for programs."""

from __future__ import annotations

from typing import Any

from bot.conversations.lines import moment_text
from bot.conversations.stored import StoredConversation


def conversation_json(conversation: StoredConversation) -> dict[str, Any]:
    """Return a conversation as plain values, each reply as ``ask --json`` prints it."""
    wrong = {mark.turn: mark for mark in conversation.wrong}
    return {
        "id": conversation.id,
        "begun": moment_text(conversation.begun),
        "name": conversation.name,
        "turns": [
            {
                "n": turn.n,
                "at": moment_text(turn.at),
                "text": turn.text,
                "taken_back": turn.n in conversation.taken_back,
                "wrong": turn.n in wrong,
                "why": wrong[turn.n].why if turn.n in wrong else None,
                "reply": turn.reply.as_json(),
            }
            for turn in conversation.turns
        ],
        "kept": [
            {"turn": kept.turn, "citation": kept.citation, "sentences": list(kept.sentences)}
            for kept in conversation.kept
        ],
        "for_team": [{"id": note.id, "text": note.text} for note in conversation.notes],
        "damaged": [{"line": line.number, "why": line.why} for line in conversation.damaged],
    }
