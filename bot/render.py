"""A reply and its sources as plain lines: the one reading order that every face of the chat keeps."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count, groupby

from bot.reply import NO_CLINICAL_REVIEW, Citation, Kind, QuotedSentence, Reply
from corpus.facts import Fact, FactStatus
from corpus.text import clean_text

RESTS_ON = "What this section rests on, in our words:"
NO_FACTS = "Which facts this section rests on is not on record."

_STATUS_WORDS = {
    FactStatus.VERIFIED: "verified",
    FactStatus.RECALLED: "recalled, not read again",
    FactStatus.CORRECTED: "corrected by a second reader",
}

_NOTICE_TITLES = {
    Kind.CRISIS: "Help now",
    Kind.EMERGENCY: "EMERGENCY",
    Kind.URGENT: "CALL NOW",
    Kind.BOUNDARY: "Please read first",
}


class Part(StrEnum):
    """What a line of a reply is."""

    NOTICE = "notice"
    UNDERSTOOD = "understood"
    TEXT = "text"
    QUOTE = "quote"
    MORE = "more"
    MISSING = "missing"
    OFFERS = "offers"
    OFFER = "offer"
    TEAM_QUESTION = "team_question"
    REMINDER = "reminder"
    FRAMING = "framing"
    SUGGESTIONS = "suggestions"
    SUGGESTION = "suggestion"


_CHOICES = frozenset({Part.OFFER, Part.SUGGESTION})


@dataclass(frozen=True, slots=True)
class Line:
    """One clean line of a reply; ``citation`` is the ``n`` that a quote belongs to."""

    part: Part
    text: str
    citation: int | None = None


def shown(text: str) -> str:
    """Return ``text`` as it may reach a terminal: no control or bidi characters, tabs as spaces."""
    return clean_text(text).replace("\t", "    ")


def notice_title(kind: Kind) -> str:
    """Return the words above the notice, which say how serious it is without any colour."""
    return _NOTICE_TITLES.get(kind, "Please note")


def day_words(day: date) -> str:
    """Return a day as people write it."""
    return f"{day.day} {day:%B %Y}"


def checked_line(reviewed: date | None) -> str:
    """Say when the facts were checked."""
    if reviewed is None:
        return "No date of checking known"
    return f"Facts checked {day_words(reviewed)}"


def review_line(reviewed: date | None, clinical_review: str) -> str:
    """Say when the facts were checked and, where that is a question, whether a clinician reviewed them."""
    if not clinical_review:
        return checked_line(reviewed)
    if clinical_review == NO_CLINICAL_REVIEW:
        return f"{checked_line(reviewed)}, not reviewed by a clinician"
    return f"{checked_line(reviewed)}, clinical review: {shown(clinical_review)}"


def reply_lines(reply: Reply) -> list[Line]:
    """Lay out a reply: notice, understood, text, quotes, what is open, framing, suggestions.

    The quoted words stay exactly as they are, apart from what ``shown`` takes away.
    """
    lines = [*_opening(reply), *_quotes(reply), *_open_ends(reply), *_closing(reply)]
    return [Line(line.part, shown(line.text), line.citation) for line in lines]


def _opening(reply: Reply) -> Iterable[Line]:
    if reply.notice:
        yield Line(Part.NOTICE, reply.notice)
    if reply.understood:
        yield Line(Part.UNDERSTOOD, f"Understood as: {reply.understood}")
    if reply.text:
        yield Line(Part.TEXT, reply.text)


def _quotes(reply: Reply) -> Iterable[Line]:
    for sentence in reply.sentences:
        yield Line(Part.QUOTE, sentence.text, sentence.citation)
    if reply.more:
        noun = "sentence" if reply.more == 1 else "sentences"
        yield Line(Part.MORE, f"The articles have {reply.more} more {noun} on this.")


def _open_ends(reply: Reply) -> Iterable[Line]:
    if reply.missing:
        yield Line(Part.MISSING, reply.missing)
    if reply.offers:
        if not (reply.text or "").endswith(":"):
            yield Line(Part.OFFERS, "The nearest sections:")
        yield from (Line(Part.OFFER, offer.title) for offer in reply.offers)


def _closing(reply: Reply) -> Iterable[Line]:
    if reply.team_question:
        yield Line(Part.TEAM_QUESTION, reply.team_question)
    if reply.reminder:
        yield Line(Part.REMINDER, reply.reminder)
    yield Line(Part.FRAMING, reply.framing)
    if reply.suggestions:
        yield Line(Part.SUGGESTIONS, "You could ask next:")
        yield from (Line(Part.SUGGESTION, suggestion) for suggestion in reply.suggestions)


def reply_text(
    reply: Reply, *, width: int | None = None, numbered: bool = False, origins: bool = True
) -> str:
    """Return a reply as plain text, sources last, wrapped to ``width`` columns if one is given.

    With ``numbered``, what can be asked next has the numbers that it has in ``choices_of``; without
    ``origins``, each source is one line.
    """
    blocks = []
    numbers = count(1)
    for _, group in groupby(reply_lines(reply), key=lambda line: _block(line.part)):
        lines = []
        for line in group:
            mark = f"{next(numbers)}." if numbered and line.part in _CHOICES else "-"
            lines.append(_wrap(*_plain(reply, line, mark), width))
        blocks.append("\n".join(lines))
    if reply.citations:
        sources = (source_line(one, width=width, origins=origins) for one in reply.citations)
        blocks.append("\n".join(["Sources:", *sources]))
    return "\n\n".join(blocks)


def choices_of(reply: Reply) -> list[str]:
    """Return what can be asked next, in the order in which it is shown: sections offered, suggestions."""
    return [line.text for line in reply_lines(reply) if line.part in _CHOICES]


def source_line(citation: Citation, *, width: int | None = None, origins: bool = True) -> str:
    """Return one entry of the list of sources: mark, title, section, date of checking, ``origins``."""
    changed = " The article has changed or is due for a check." if citation.stale else ""
    place = ended(citation.place + page_words(citation.page))
    head = shown(f"{place} {checked_line(citation.reviewed)}.{changed}")
    lines = [_wrap(f"[{citation.n}] ", head, width)]
    named = citation.sources if origins else ()
    lines.extend(_wrap("    - ", shown(f"{source.title} {source.url}"), width) for source in named)
    return "\n".join(lines)


def ended(words: str) -> str:
    """Return words that a sentence may follow: with a full stop, unless they end like one."""
    return words if words.endswith(("?", "!", ".")) else f"{words}."


def page_words(page: int | None) -> str:
    """Return the page of a passage, to stand after its place; empty where there are no pages."""
    return f", page {page}" if page else ""


def fact_lines(fact: Fact) -> tuple[str, str, str]:
    """Return a fact in three lines: what it says, where and when it was read and how surely, the link."""
    title = fact.source.title.rstrip(".")
    origin = f"{title}. As of: {fact.as_of}. Status: {_STATUS_WORDS[fact.status]}."
    return shown(fact.says), shown(origin), shown(fact.source.url)


def quoted_spans(text: str, start: int, sentences: Iterable[QuotedSentence]) -> list[tuple[int, int]]:
    """Return where the quoted sentences stand in ``text``, a slice that begins at offset ``start``.

    The spans are sorted and never overlap. A sentence whose words are no longer at its offsets is
    looked for in the slice, and left out where the slice does not have it.
    """
    found = []
    for sentence in sentences:
        at = sentence.start - start
        if at < 0 or text[at : at + len(sentence.text)] != sentence.text:
            at = text.find(sentence.text)
        if at >= 0 and sentence.text:
            found.append((at, at + len(sentence.text)))
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if merged and begin < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Cut ``text`` at sorted ``spans`` into pieces in order, each with whether a span holds it."""
    cut = []
    at = 0
    for begin, end in spans:
        cut.append((text[at:begin], False))
        cut.append((text[begin:end], True))
        at = end
    cut.append((text[at:], False))
    return [piece for piece in cut if piece[0]]


def passage_lines(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return a passage line by line, each quoted run on lines of its own that begin with "> "."""
    return [
        f"> {line.strip()}" if quoted else line.strip()
        for piece, quoted in pieces(text, spans)
        for line in shown(piece).split("\n")
        if line.strip() not in {"", "-"}
    ]


def _block(part: Part) -> Part:
    """Return the part under whose heading a line stands, so that lists stay together."""
    return {Part.OFFER: Part.OFFERS, Part.SUGGESTION: Part.SUGGESTIONS, Part.MORE: Part.QUOTE}.get(part, part)


def _plain(reply: Reply, line: Line, mark: str) -> tuple[str, str]:
    """Return what stands before a line in plain text, and the line; ``mark`` is that of a list."""
    if line.part is Part.NOTICE:
        return "", f"{notice_title(reply.kind)}: {line.text}"
    if line.part is Part.QUOTE:
        return f"[{line.citation}] ", line.text
    if line.part in _CHOICES:
        return f"  {mark} ", line.text
    return "", line.text


def _wrap(prefix: str, text: str, width: int | None) -> str:
    """Put ``prefix`` before ``text`` and wrap it with a hanging indent; never inside a word."""
    if width is None:
        return prefix + text
    indent = " " * len(prefix)
    wrapped = []
    for number, line in enumerate(text.split("\n")):
        wrapped.append(
            textwrap.fill(
                line,
                max(width, len(prefix) + 20),
                initial_indent=indent if number else prefix,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
    return "\n".join(wrapped)
