"""The chat as plain lines, for screen readers and pipes: no boxes, no colour, nothing that moves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO

from bot.conversation import Conversation
from bot.render import passage_lines, quoted_spans, reply_text, review_line, shown
from bot.reply import Citation, Reply, SourceView
from bot.tui.engine import Engine

HELP = """\
Type a question and press Enter.
source 1: read the whole passage behind mark [1]; the quoted words begin with "> ".
help: these lines.
quit: leave; so does the end of the input."""
EMPTY = "Type a question, or: help"

_SOURCE = re.compile(r"source\s+\[?(\d+)\]?", re.IGNORECASE)


def run_plain(
    engine: Engine,
    *,
    lines: Iterable[str],
    out: TextIO,
    narration: TextIO,
    notice: str,
    prompted: bool = False,
) -> int:
    """Answer line by line until the input ends or says "quit"; returns the exit code, which is 0.

    Notice and answers go to ``out``, hints and the "You:" prompt to ``narration``. ``prompted``
    says that somebody types at a terminal; through a pipe there is no prompt.
    """
    print(shown(notice), file=out, flush=True)
    conversation = Conversation()
    for line in _prompting(lines, narration if prompted else None):
        text = shown(line).strip()
        command = text.lower()
        if command in {"quit", "exit"}:
            break
        if not text:
            print(EMPTY, file=narration, flush=True)
        elif command == "help":
            print(f"\n{HELP}", file=out, flush=True)
        elif found := _SOURCE.fullmatch(text):
            last = conversation.turns[-1].reply if conversation.turns else None
            print(f"\n{source_answer(engine, last, int(found[1]))}", file=out, flush=True)
        else:
            reply = engine.reply(conversation, text)
            conversation.add(text, reply)
            print(f"\nAnswer:\n{reply_text(reply)}", file=out, flush=True)
    return 0


def source_answer(engine: Engine, reply: Reply | None, n: int) -> str:
    """Return the passage behind mark ``n`` of ``reply`` as lines, or say that there is none."""
    citations = reply.citations if reply else ()
    citation = next((c for c in citations if c.n == n), None)
    if reply is None or citation is None:
        marks = ", ".join(f"source {c.n}" for c in citations) or "none, the last answer quotes nothing"
        return f"The last answer has no source {n}. There is: {marks}."
    return "\n".join(source_lines(engine.source(citation), citation, reply))


def source_lines(source: SourceView, citation: Citation, reply: Reply) -> list[str]:
    """Lay out a passage: its place, the words with the quoted ones marked, the check, the origins."""
    quoted = [sentence for sentence in reply.sentences if sentence.citation == citation.n]
    spans = quoted_spans(source.text, source.start, quoted)
    place = dict.fromkeys((source.title, *source.headings))
    origins = [f"- {shown(origin.title)} {shown(origin.url)}" for origin in source.sources]
    return [
        f"Source {citation.n}: {', '.join(shown(part) for part in place)}",
        *passage_lines(source.text, spans),
        f"{review_line(source.reviewed, source.clinical_review)}.",
        *(["Where these facts come from:", *origins] if origins else []),
    ]


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
