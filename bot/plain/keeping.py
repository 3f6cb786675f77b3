"""What the reader keeps of a talk: quotes and questions for the visit, and marks of what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversations.stored import StoredConversation
from bot.conversations.wording import MARKED, MARKED_PRIVATE
from bot.plain.desk import Talk
from bot.plain.sources import NO_ANSWER, NO_SOURCES, no_mark
from bot.plain.words import Said
from bot.render import shown
from bot.takeaway.wording import question_in
from corpus.text import one_line

NOTHING_KEPT = "Nothing is kept or noted yet. Type, for example: keep 1, or: note QUESTION"
WHAT_TO_NOTE = "Type what you want to ask {team}, for example: note May I travel?"


def keep(talk: Talk, said: Said) -> str:
    """Keep what is quoted behind a mark, or all that the last answer quotes."""
    if talk.last is None:
        return NO_ANSWER
    turn = talk.last
    marks = [citation.n for citation in turn.reply.citations]
    if said.number is not None:
        found = talk.cited(said.number)
        if found is None:
            return no_mark(talk, said)
        turn, marks = found[0], [said.number]
    if not marks:
        return NO_SOURCES
    for n in marks:
        places = [place for place, one in enumerate(turn.reply.sentences) if one.citation == n]
        talk.recorder.keep(turn.n, n, places)
    named = ", ".join(f"[{n}]" for n in marks)
    return f"Kept to take along: {named}. To see all that is kept, type: kept"


def note(talk: Talk, said: Said) -> str:
    """Note a question to ask: the one given, else the one that the last answer names."""
    question = one_line(said.text) or _suggested(talk)
    if not question:
        return shown(WHAT_TO_NOTE.format(team=talk.desk.about().team))
    talk.recorder.note(question)
    return f"Noted: {question}\nTo see all that is noted, type: kept"


def kept(talk: Talk, _: Said) -> str:
    """List what is kept and noted, numbered, so that it can be dropped again."""
    rows = list(_rows(talk.stored)) if talk.stored else []
    if not rows:
        return NOTHING_KEPT
    lines = []
    heading = ""
    for number, (above, text, _drop) in enumerate(rows, start=1):
        if above != heading:
            lines.append(above)
            heading = above
        lines.append(f"{number}. {text}")
    return "\n".join([*lines, "To take one away, type for example: drop 1"])


def drop(talk: Talk, said: Said) -> str:
    """Take away what ``kept`` lists under a number."""
    rows = list(_rows(talk.stored)) if talk.stored else []
    if not said.number or said.number > len(rows):
        return f"There is no number {said.number} among what is kept. To see it, type: kept"
    _, text, what = rows[said.number - 1]
    if isinstance(what, str):
        talk.recorder.drop_note(what)
    else:
        talk.recorder.drop_kept(*what)
    return f"No longer kept: {text}"


def wrong(talk: Talk, said: Said) -> str:
    """Mark the last answer as wrong."""
    turn = talk.last
    if turn is None:
        return NO_ANSWER
    talk.recorder.mark_wrong(turn.n, one_line(said.text) or None)
    return MARKED_PRIVATE if talk.recorder.private else MARKED


def _suggested(talk: Talk) -> str:
    return question_in(talk.last.reply.team_question or "") if talk.last else ""


_Row = tuple[str, str, tuple[int, int] | str]
"""Heading, text, and what to drop: turn and citation of a quote, or the id of a note."""


def _rows(stored: StoredConversation) -> Iterator[_Row]:
    for each in stored.kept:
        quote = stored.kept_quote(each)
        if quote is not None:
            citation, sentences = quote
            said = " ".join(shown(one.text) for one in sentences)
            place = ": ".join(one_line(part) for part in (citation.title, citation.section) if part)
            yield "Kept to take along:", f"“{said}” ({place})", (each.turn, each.citation)
    for note in stored.notes:
        yield "Questions to ask:", one_line(note.text), note.id
