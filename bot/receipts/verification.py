"""Reading every quoted sentence of stored conversations again, against the articles as they are now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.conversations.stored import StoredConversation, StoredTurn
from bot.receipts.receipt import Receipt, receipt_of
from bot.receipts.standing import (
    Absence,
    PresentArticles,
    SentenceStanding,
    Standing,
    TurnStanding,
    standing_of,
)


@dataclass(frozen=True, slots=True)
class VerifiedTurn:
    """A stored turn that quotes something, and what became of that."""

    turn: StoredTurn
    receipt: Receipt
    standing: TurnStanding


@dataclass(frozen=True, slots=True)
class VerifiedConversation:
    """A stored conversation, with the turns of it that quote something."""

    conversation: StoredConversation
    turns: tuple[VerifiedTurn, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of every sentence."""

    conversations: tuple[VerifiedConversation, ...]

    @property
    def sentences(self) -> list[SentenceStanding]:
        """All sentences, in order."""
        return [
            one
            for conversation in self.conversations
            for turn in conversation.turns
            for one in turn.standing.sentences
        ]

    @property
    def counts(self) -> dict[Standing, int]:
        """How many sentences stand how, every standing named."""
        found = Counter(one.standing for one in self.sentences)
        return {standing: found[standing] for standing in Standing}

    @property
    def gone(self) -> int:
        """How many of the withdrawn sentences are from articles that no file holds any more."""
        return sum(one.absence is Absence.GONE for one in self.sentences)

    @property
    def findings(self) -> int:
        """How many sentences do not stand in their article any more, or cannot be told to."""
        return sum(not one.holds for one in self.sentences)


def verify(conversations: Iterable[StoredConversation], articles: PresentArticles) -> Verification:
    """Judge every sentence that the conversations quote."""
    return Verification(
        tuple(VerifiedConversation(one, tuple(_turns(one, articles))) for one in conversations)
    )


def _turns(conversation: StoredConversation, articles: PresentArticles) -> Iterable[VerifiedTurn]:
    for turn in conversation.turns:
        if turn.reply.sentences:
            yield VerifiedTurn(turn, receipt_of(turn.reply), standing_of(turn.reply, articles))
