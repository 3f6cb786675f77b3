"""A conversation: the turns so far, in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.reply import Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its reply."""

    question: str
    reply: Reply


@dataclass(slots=True)
class Conversation:
    """The turns of one talk. It grows by ``add`` alone and lives in memory."""

    turns: list[Turn] = field(default_factory=list)

    def add(self, question: str, reply: Reply) -> None:
        """Append a finished turn."""
        self.turns.append(Turn(question, reply))

    @property
    def questions(self) -> tuple[str, ...]:
        """What the person typed so far, oldest first."""
        return tuple(turn.question for turn in self.turns)
