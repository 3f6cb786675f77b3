"""A stored conversation for the tests of what is taken along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.conversations.stored import (
    Entry,
    Kept,
    MarkedWrong,
    StoredConversation,
    StoredTurn,
    TakenBack,
    TeamNote,
)
from bot.receipts.standing import Absence
from bot.reply import Kind, Reply
from bot.takeaway.as_of import AsOf
from corpus.settings import CorpusSettings, Readers
from tests.bot.receipts.replies import ENERGY, NECTAR, TEXT, Articles, bee_reply

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ADVICE = "General information, not medical advice: your care team knows your situation."
EMERGENCY = Reply(
    question="I cannot breathe",
    kind=Kind.EMERGENCY,
    framing="This chat cannot check symptoms.",
    categories=("emergency",),
    notice="Call 112 now.",
)


def talk_of(*replies: Reply, entries: tuple[Entry, ...] = (), name: str | None = None) -> StoredConversation:
    turns = [StoredTurn(AT, n, reply.question, reply) for n, reply in enumerate(replies, start=1)]
    talk = StoredConversation("20261123-093000-bcdfgh", AT, name=name)
    return talk.after_all([*turns, *entries])


def bee_talk(*, name: str | None = None) -> StoredConversation:
    """Two turns, of which sentences of the first are kept and a question is noted."""
    return talk_of(
        bee_reply(NECTAR, ENERGY),
        EMERGENCY,
        entries=(
            Kept(AT, 1, 1, (0, 1)),
            TeamNote(AT, "x", "Who do I ring at night?"),
            MarkedWrong(AT, 2, "no"),
        ),
        name=name,
    )


def hostile_talk(text: str) -> StoredConversation:
    """A conversation that has ``text`` wherever text from outside can come."""
    reply = bee_reply(NECTAR, question=text)
    source = replace(reply.citations[0].sources[0], title=text, url=text)
    citation = replace(reply.citations[0], title=text, section=text, sources=(source,))
    hostile = replace(
        reply,
        citations=(citation,),
        sentences=(replace(reply.sentences[0], text=text),),
        understood=text,
        notice=text,
        kind=Kind.URGENT,
        text=text,
        framing=text,
        missing=text,
        suggestions=(text,),
        team_question=text,
    )
    entries = (Kept(AT, 1, 1, (0,)), TeamNote(AT, "x", text), TakenBack(AT, 1))
    return talk_of(hostile, entries=entries, name=text)


def as_of(
    text: str | Absence = TEXT, *, settings: CorpusSettings | None = None, review: str = "none"
) -> AsOf:
    mine = CorpusSettings(framing=ADVICE, team="your care team", readers=Readers.CANCER_TREATMENT)
    texts: Mapping[str, str | Absence] = {"bees": text}
    return AsOf(date(2026, 11, 27), settings or mine, Articles(texts), lambda _: review)
