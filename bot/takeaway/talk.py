"""A whole conversation as it is taken along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.conversations.stored import StoredConversation, StoredTurn
from bot.render import Line, reply_lines
from bot.reply import Kind
from bot.takeaway.as_of import AsOf
from bot.takeaway.sources import MarkedSentence, NamedSource, changes_of, marked_sentences, named_sources
from bot.takeaway.visit_sheet import CALLS_FOR_HELP, SafetyNotice, framing_of, notices_of


@dataclass(frozen=True, slots=True)
class TalkTurn:
    """One question and its reply, laid out."""

    n: int
    day: date
    question: str
    kind: Kind
    lines: tuple[Line, ...]
    """The reply without its quotes' marks, in the one reading order of every face."""
    quotes: tuple[MarkedSentence, ...]
    """Its quoted sentences, one for each line that is a quote."""
    sources: tuple[NamedSource, ...]
    changes: tuple[str, ...]
    taken_back: bool
    wrong: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, laid out."""

    title: str
    begun: date
    made: date
    notices: tuple[SafetyNotice, ...]
    """Calls for help that the talk holds: they stay in first place."""
    turns: tuple[TalkTurn, ...]
    team: str
    questions: tuple[str, ...]
    framing: tuple[str, ...]


def laid_out(conversation: StoredConversation, as_of: AsOf) -> Talk:
    """Lay a conversation out, all of it read and not only its tail."""
    replies = [turn.reply for turn in conversation.turns]
    return Talk(
        title=conversation.title,
        begun=conversation.begun.astimezone().date(),
        made=as_of.day,
        notices=notices_of(replies, CALLS_FOR_HELP),
        turns=tuple(_turn(turn, conversation, as_of) for turn in conversation.turns),
        team=as_of.settings.team,
        questions=tuple(note.text for note in conversation.notes),
        framing=framing_of((), as_of),
    )


def _turn(turn: StoredTurn, conversation: StoredConversation, as_of: AsOf) -> TalkTurn:
    standing, changes = changes_of(turn.reply, as_of)
    return TalkTurn(
        n=turn.n,
        day=turn.at.astimezone().date(),
        question=turn.text,
        kind=turn.reply.kind,
        lines=tuple(reply_lines(turn.reply)),
        quotes=tuple(marked_sentences(turn.reply, standing)),
        sources=named_sources(turn.reply.citations, as_of),
        changes=tuple(changes),
        taken_back=turn.n in conversation.taken_back,
        wrong=any(mark.turn == turn.n for mark in conversation.wrong),
    )
