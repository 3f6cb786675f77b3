"""The visit sheet and a whole conversation as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.render import Line, Part, day_words, ended, notice_title
from bot.reply import Kind
from bot.takeaway.markdown_text import inline, link, paragraph, quoted
from bot.takeaway.sources import MarkedSentence, NamedSource
from bot.takeaway.talk import Talk, TalkTurn
from bot.takeaway.visit_sheet import KeptQuote, SafetyNotice, VisitSheet
from bot.takeaway.wording import (
    QUOTES_TITLE,
    SHEET_TITLE,
    SOURCES_TITLE,
    TAKEN_BACK,
    WRONG,
    conversation_title,
    made_line,
    source_numbers,
    team_title,
)


def sheet_markdown(sheet: VisitSheet) -> str:
    """Return the visit sheet."""
    return _document(_sheet_blocks(sheet))


def talk_markdown(talk: Talk) -> str:
    """Return a whole conversation."""
    return _document(_talk_blocks(talk))


def _sheet_blocks(sheet: VisitSheet) -> Iterator[str]:
    yield f"# {SHEET_TITLE}"
    yield from _notices(sheet.notices)
    yield inline(made_line(sheet.made))
    yield from _framing(sheet.framing)
    if sheet.questions:
        yield f"## {inline(team_title(sheet.team))}"
        yield _tasks(sheet.questions)
    if sheet.quotes:
        yield f"## {QUOTES_TITLE}"
        for quote in sheet.quotes:
            yield from _kept_quote(quote, sheet)
    if sheet.origins:
        yield f"## {SOURCES_TITLE}"
        yield "\n".join(f"{n}. {link(one.title, one.url)}" for n, one in enumerate(sheet.origins, start=1))


def _kept_quote(quote: KeptQuote, sheet: VisitSheet) -> Iterator[str]:
    yield f"### {inline(quote.question)}"
    yield from _changes(quote.changes, quote.sentences)
    yield quoted("\n\n".join(_marked(sentence) for sentence in quote.sentences))
    yield " ".join([_place(quote.source), source_numbers(sheet.origin_numbers(quote))]).rstrip()


def _talk_blocks(talk: Talk) -> Iterator[str]:
    yield f"# {inline(conversation_title(talk.title))}"
    yield from _notices(talk.notices)
    yield inline(made_line(talk.made, talk.begun))
    yield from _framing(talk.framing)
    for turn in talk.turns:
        yield from _turn(turn)
    if talk.questions:
        yield f"## {inline(team_title(talk.team))}"
        yield _tasks(talk.questions)


def _turn(turn: TalkTurn) -> Iterator[str]:
    yield "---"
    yield f"**You, {day_words(turn.day)}:**\n{paragraph(turn.question)}"
    if turn.taken_back:
        yield f"*{TAKEN_BACK}*"
    if turn.wrong:
        yield f"*{WRONG}*"
    yield from _reply(turn)
    if turn.sources:
        yield "**Sources:**"
        yield from map(_source, turn.sources)


def _reply(turn: TalkTurn) -> Iterator[str]:
    quotes = iter(turn.quotes)
    for part, lines in groupby(turn.lines, key=lambda line: line.part):
        if part is Part.QUOTE:
            yield from _changes(turn.changes, turn.quotes)
            yield quoted("\n\n".join(f"{_marked(next(quotes))} \\[{line.citation}\\]" for line in lines))
        elif part in {Part.OFFER, Part.SUGGESTION}:
            yield "\n".join(f"- {inline(line.text)}" for line in lines)
        else:
            yield from (_said(line, turn.kind) for line in lines)


def _said(line: Line, kind: Kind) -> str:
    if line.part is Part.NOTICE:
        return _notice(SafetyNotice(notice_title(kind), line.text))
    return f"*{paragraph(line.text)}*" if line.part is Part.FRAMING else paragraph(line.text)


def _marked(sentence: MarkedSentence) -> str:
    return inline(sentence.text) + (f" **({inline(sentence.mark)})**" if sentence.mark else "")


def _notices(notices: Sequence[SafetyNotice]) -> Iterable[str]:
    return (_notice(notice) for notice in notices)


def _notice(notice: SafetyNotice) -> str:
    return quoted(f"**{inline(notice.title)}**\n\n{paragraph(notice.text)}")


def _changes(changes: Iterable[str], sentences: Iterable[MarkedSentence]) -> Iterator[str]:
    """Yield what became of the sources, in a quiet voice where every quoted word still stands."""
    sign = "**" if any(sentence.mark for sentence in sentences) else "*"
    return (f"{sign}{inline(line)}{sign}" for line in changes)


def _framing(lines: Sequence[str]) -> Iterable[str]:
    return (f"*{inline(line)}*" for line in lines)


def _tasks(questions: Sequence[str]) -> str:
    return "\n".join(f"- [ ] {inline(question)}" for question in questions)


def _source(source: NamedSource) -> str:
    numbers = " ".join(f"\\[{n}\\]" for n in source.numbers)
    return "\n".join(
        [f"{numbers} {_place(source)}", *(f"- {link(one.title, one.url)}" for one in source.origins)]
    )


def _place(source: NamedSource) -> str:
    told = [inline(ended(source.place)), f"{inline(source.checked)}."]
    if source.stale:
        told.append(f"**{inline(source.stale)}**")
    return " ".join(told)


def _document(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"
