"""The visit sheet: the quotes that a person kept and the questions they want to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.conversations.stored import Kept, StoredConversation, StoredTurn
from bot.receipts.standing import standing_of
from bot.receipts.wording import change_lines
from bot.render import notice_title
from bot.reply import CitedSource, Kind, Reply
from bot.takeaway.as_of import AsOf
from bot.takeaway.sources import MarkedSentence, NamedSource, marked_sentences, named_sources
from corpus.settings import Readers

NOT_ADVICE = "General information, not medical advice."
CALLS_FOR_HELP = (Kind.CRISIS, Kind.EMERGENCY, Kind.URGENT)
"""Kinds of replies whose notice goes along, most serious first."""


@dataclass(frozen=True, slots=True)
class KeptQuote:
    """Sentences of one passage that a person kept."""

    question: str
    """What they had asked."""
    sentences: tuple[MarkedSentence, ...]
    source: NamedSource
    changes: tuple[str, ...]
    """What to know before relying on it; empty while nothing has changed."""


@dataclass(frozen=True, slots=True)
class SafetyNotice:
    """A safety notice of a reply."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """All that is on the sheet, in its order."""

    made: date
    notices: tuple[SafetyNotice, ...]
    """Those of the replies that something was kept of: they come first here too."""
    team: str
    """Whom the questions are for."""
    questions: tuple[str, ...]
    quotes: tuple[KeptQuote, ...]
    origins: tuple[CitedSource, ...]
    """What the quoted sections rest on, each once; their places count from 1."""
    framing: tuple[str, ...]
    """That this is general information, in the words of the articles."""

    def origin_numbers(self, quote: KeptQuote) -> tuple[int, ...]:
        """Return the places of a quote's sources among all, from 1."""
        return tuple(sorted(self.origins.index(origin) + 1 for origin in quote.source.origins))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was kept and nothing noted."""
        return not self.questions and not self.quotes


def visit_sheet(conversation: StoredConversation, as_of: AsOf) -> VisitSheet:
    """Return the sheet of a conversation, all of it read and not only its tail."""
    chosen = [(kept, turn) for kept in conversation.kept if (turn := conversation.turn(kept.turn))]
    quotes = [quote for kept, turn in chosen if (quote := _quote(kept, turn, as_of))]
    replies = [turn.reply for _, turn in chosen]
    return VisitSheet(
        made=as_of.day,
        notices=notices_of(replies, CALLS_FOR_HELP),
        team=as_of.settings.team,
        questions=tuple(note.text for note in conversation.notes),
        quotes=tuple(quotes),
        origins=tuple(dict.fromkeys(origin for quote in quotes for origin in quote.source.origins)),
        framing=framing_of(replies, as_of),
    )


def notices_of(replies: Sequence[Reply], kinds: Sequence[Kind]) -> tuple[SafetyNotice, ...]:
    """Return the safety notices of replies of these kinds, in the order of the kinds, each once."""
    ordered = [reply for kind in kinds for reply in replies if reply.kind is kind]
    found = [SafetyNotice(notice_title(reply.kind), reply.notice) for reply in ordered if reply.notice]
    return tuple(dict.fromkeys(found))


def framing_of(replies: Sequence[Reply], as_of: AsOf) -> tuple[str, ...]:
    """Return the framing of what is taken along, each line once; never empty.

    The line of a crisis is its help line and stands with its own reply.
    """
    lines = [as_of.settings.framing, *(reply.framing for reply in replies if reply.citations)]
    if as_of.settings.readers is not Readers.ANYONE and not any(NOT_ADVICE[:-1] in line for line in lines):
        lines.insert(0, NOT_ADVICE)
    return tuple(dict.fromkeys(lines))


def _quote(kept: Kept, turn: StoredTurn, as_of: AsOf) -> KeptQuote | None:
    reply = turn.reply
    citation = next((one for one in reply.citations if one.n == kept.citation), None)
    places = [place for place in kept.sentences if 0 <= place < len(reply.sentences)]
    if citation is None or not places:
        return None
    alone = replace(reply, sentences=tuple(reply.sentences[place] for place in places))
    standing = standing_of(alone, as_of.articles)
    (source,) = named_sources([citation], as_of)
    return KeptQuote(
        question=turn.text,
        sentences=tuple(marked_sentences(alone, standing)),
        source=source,
        changes=tuple(change_lines(standing)),
    )
