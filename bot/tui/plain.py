"""The chat as plain lines, for screen readers and pipes: no boxes, no colour, nothing that moves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO

from bot.about import About
from bot.conversation import Conversation
from bot.render import (
    NO_FACTS,
    RESTS_ON,
    fact_lines,
    page_words,
    passage_lines,
    quoted_spans,
    reply_text,
    review_line,
    shown,
)
from bot.reply import Citation, Reply, SourceView
from bot.tui.engine import Engine

HELP = """\
Type a question and press Enter.
source 1: read the whole passage behind mark [1]; the quoted words begin with "> ".
facts 1: read what the section behind mark [1] rests on, each fact with its source and date.
help: these lines.
quit: leave; so does the end of the input."""
EMPTY = "Type a question, or: help"

_LOOK_UP = re.compile(r"(source|facts)\s+\[?(\d+)\]?", re.IGNORECASE)


def run_plain(
    engine: Engine,
    *,
    lines: Iterable[str],
    out: TextIO,
    narration: TextIO,
    about: About,
    prompted: bool = False,
) -> int:
    """Answer line by line until the input ends or says "quit"; returns the exit code, which is 0.

    Notice and answers go to ``out``, hints and the "You:" prompt to ``narration``. ``prompted``
    says that somebody types at a terminal; through a pipe there is no prompt.
    """
    print(shown(about.notice), file=out, flush=True)
    conversation = Conversation()
    for line in _prompting(lines, narration if prompted else None):
        text = shown(line).strip()
        command = text.lower()
        if command in {"quit", "exit"}:
            break
        if not text:
            print(EMPTY, file=narration, flush=True)
        elif command == "help":
            print("\n" + "\n\n".join(filter(None, (HELP, shown(about.support)))), file=out, flush=True)
        elif found := _LOOK_UP.fullmatch(text):
            last = conversation.turns[-1].reply if conversation.turns else None
            print(f"\n{look_up(engine, last, found[1].lower(), int(found[2]))}", file=out, flush=True)
        else:
            reply = engine.reply(conversation, text)
            conversation.add(text, reply)
            print(f"\nAnswer:\n{reply_text(reply)}", file=out, flush=True)
    return 0


def look_up(engine: Engine, reply: Reply | None, word: str, n: int) -> str:
    """Return the source or the facts (``word``) of mark ``n`` of ``reply``, or say that there is none."""
    citations = reply.citations if reply else ()
    citation = next((c for c in citations if c.n == n), None)
    if reply is None or citation is None:
        marks = ", ".join(f"{word} {c.n}" for c in citations) or "none, the last answer quotes nothing"
        return f"The last answer has no source {n}. There is: {marks}."
    source = engine.source(citation)
    lines = facts_lines(source, n) if word == "facts" else source_lines(source, citation, reply)
    return "\n".join(lines)


def source_lines(source: SourceView, citation: Citation, reply: Reply) -> list[str]:
    """Lay out a passage: its place, the words with the quoted ones marked, the check, the origins."""
    quoted = [sentence for sentence in reply.sentences if sentence.citation == citation.n]
    spans = quoted_spans(source.text, source.start, quoted)
    origins = [f"- {shown(origin.title)} {shown(origin.url)}" for origin in source.sources]
    return [
        f"Source {citation.n}: {_place(source)}",
        *passage_lines(source.text, spans),
        f"{review_line(source.reviewed, source.clinical_review)}.",
        *(["Where these facts come from:", *origins] if origins else []),
    ]


def facts_lines(source: SourceView, n: int) -> list[str]:
    """Lay out what a section rests on: each fact numbered, with its origin and its link below it."""
    facts = [
        line
        for number, fact in enumerate(source.facts, start=1)
        for line in (f"Fact {number}: {fact_lines(fact)[0]}", *fact_lines(fact)[1:])
    ]
    return [f"Facts {n}: {_place(source)}", *([RESTS_ON, *facts] if facts else [NO_FACTS])]


def _place(source: SourceView) -> str:
    place = dict.fromkeys((source.title, *source.headings))
    return ", ".join(shown(part) for part in place) + page_words(source.page)


def _prompting(lines: Iterable[str], narration: TextIO | None) -> Iterable[str]:
    """Pass the lines on, with "You:" before each where somebody is there to read it."""
    rest = iter(lines)
    while True:
        if narration is not None:
            print("\nYou: ", end="", file=narration, flush=True)
        line = next(rest, None)
        if line is None:
            return
        yield line
