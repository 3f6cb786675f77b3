"""The visit sheet and a whole conversation as a page: nothing is loaded, nothing runs, all is escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bot.markup import Markup, joined, tag
from bot.render import Line, Part, day_words, ended, notice_title
from bot.reply import CitedSource, Kind
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

_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_ALARMS = frozenset({Kind.CRISIS, Kind.EMERGENCY, Kind.URGENT})


def sheet_page(sheet: VisitSheet) -> str:
    """Return the visit sheet, made to be printed."""
    return _page(SHEET_TITLE, _sheet(sheet))


def talk_page(talk: Talk) -> str:
    """Return a whole conversation."""
    return _page(conversation_title(talk.title), _talk(talk))


def _page(title: str, body: Iterable[Markup]) -> str:
    css = Markup(Path(__file__).with_name("page.css").read_text("utf-8"))
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", css),
    )
    return f"<!doctype html>\n{tag('html', head, tag('body', tag('main', body)), lang='en')}\n"


def _sheet(sheet: VisitSheet) -> Iterator[Markup]:
    yield tag(
        "header",
        tag("h1", SHEET_TITLE),
        tag("p", made_line(sheet.made), class_="made"),
        (_notice(notice) for notice in sheet.notices),
        _framing(sheet.framing),
    )
    fields = ("Name", "Date of the visit", "Who I see")
    yield tag("div", (tag("span", field) for field in fields), class_="fill")
    if sheet.questions:
        yield tag(
            "section",
            tag("h2", team_title(sheet.team)),
            tag("ul", (tag("li", question) for question in sheet.questions), class_="questions"),
        )
    if sheet.quotes:
        kept = (_kept(quote, sheet) for quote in sheet.quotes)
        yield tag("section", tag("h2", QUOTES_TITLE), kept)
    if sheet.origins:
        origins = (tag("li", _link(one)) for one in sheet.origins)
        yield tag("section", tag("h2", SOURCES_TITLE), tag("ol", origins, class_="source origins"))


def _kept(quote: KeptQuote, sheet: VisitSheet) -> Markup:
    return tag(
        "article",
        tag("h3", "I asked: ", quote.question, class_="said"),
        _changes(quote.changes, quote.sentences),
        tag("blockquote", _sentences(quote.sentences)),
        tag("p", _place(quote.source), " ", source_numbers(sheet.origin_numbers(quote)), class_="source"),
        class_="kept",
    )


def _talk(talk: Talk) -> Iterator[Markup]:
    yield tag(
        "header",
        tag("h1", conversation_title(talk.title)),
        tag("p", made_line(talk.made, talk.begun), class_="made"),
        (_notice(notice) for notice in talk.notices),
        _framing(talk.framing),
    )
    yield from map(_turn, talk.turns)
    if talk.questions:
        yield tag(
            "section",
            tag("h2", team_title(talk.team)),
            tag("ul", (tag("li", question) for question in talk.questions), class_="questions"),
        )


def _turn(turn: TalkTurn) -> Markup:
    asides = [text for text, holds in ((TAKEN_BACK, turn.taken_back), (WRONG, turn.wrong)) if holds]
    return tag(
        "section",
        tag("p", f"You, {day_words(turn.day)}", class_="who"),
        tag("p", turn.question, class_="asked"),
        (tag("p", aside, class_="aside") for aside in asides),
        _reply(turn),
        _sources(turn.sources),
        class_="turn",
    )


def _reply(turn: TalkTurn) -> Iterator[Markup]:
    for part, lines in groupby(turn.lines, key=lambda line: line.part):
        if part is Part.QUOTE:
            yield _changes(turn.changes, turn.quotes)
            yield tag("blockquote", _sentences(turn.quotes, numbered=True))
        elif part in {Part.OFFER, Part.SUGGESTION}:
            yield tag("ul", (tag("li", line.text) for line in lines), class_="list")
        else:
            yield from (_said(line, turn.kind) for line in lines)


def _said(line: Line, kind: Kind) -> Markup:
    if line.part is Part.NOTICE:
        return _notice(SafetyNotice(notice_title(kind), line.text), calm=kind not in _ALARMS)
    closing = line.part in {Part.FRAMING, Part.MORE, Part.UNDERSTOOD}
    return tag("p", line.text, class_="said close" if closing else "said")


def _sentences(sentences: Sequence[MarkedSentence], *, numbered: bool = False) -> Iterator[Markup]:
    """Yield the sentences as paragraphs; what is to be known of several in a row comes with the last."""
    for place, sentence in enumerate(sentences):
        following = sentences[place + 1].mark if place + 1 < len(sentences) else ""
        number = tag("span", f" [{sentence.citation}]", class_="number") if numbered else None
        text = tag("s", sentence.text) if sentence.lost else sentence.text
        mark = tag("span", sentence.mark, class_="mark") if sentence.mark not in {"", following} else None
        yield tag("p", text, number, mark)


def _changes(changes: Iterable[str], sentences: Iterable[MarkedSentence]) -> Markup:
    """Return what became of the sources, in a quiet voice where every quoted word still stands."""
    name = "change" if any(sentence.mark for sentence in sentences) else "change quiet"
    return joined(tag("p", line, class_=name) for line in changes)


def _notice(notice: SafetyNotice, *, calm: bool = False) -> Markup:
    return tag(
        "div",
        tag("p", notice.title, class_="label"),
        tag("p", notice.text),
        class_="notice calm" if calm else "notice",
        role="note",
    )


def _framing(lines: Iterable[str]) -> Markup:
    return tag("div", (tag("p", line) for line in lines), class_="framing")


def _sources(sources: Iterable[NamedSource]) -> Markup | None:
    items = [tag("li", _source(source)) for source in sources]
    return tag("ul", items, class_="sources") if items else None


def _source(source: NamedSource) -> Markup:
    numbers = "".join(f"[{n}] " for n in source.numbers)
    origins = [tag("li", _link(one)) for one in source.origins]
    return tag(
        "div",
        tag("span", numbers, class_="number"),
        _place(source),
        tag("ul", origins) if origins else None,
        class_="source",
    )


def _place(source: NamedSource) -> Markup:
    stale = joined(" ", tag("span", source.stale, class_="stale")) if source.stale else None
    return joined(tag("strong", ended(source.place)), f" {source.checked}.", stale)


def _link(source: CitedSource) -> Markup:
    """Return a link, or words alone where the address is none of the web."""
    if not _WEB.fullmatch(source.url):
        return joined(" ".join(part for part in (source.title, source.url) if part))
    return tag("a", source.title or source.url, href=source.url, rel="noopener noreferrer")
