"""Questions and replies as widgets: few of them, since every widget costs about two milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bot.actions import Keys
from bot.render import Line, Part, notice_title, reply_lines
from bot.reply import Citation, Kind, Reply
from bot.tui.text import clipped, plain

QUESTION_LIMIT = 1200
"""Characters of a question that the transcript repeats."""
CHOICES = 3
"""Suggestions, or sections offered, that have a key."""

_CARDS = {Kind.CRISIS: "crisis", Kind.EMERGENCY: "emergency", Kind.URGENT: "urgent"}
_STYLES = {
    Part.UNDERSTOOD: "italic $quiet",
    Part.MORE: "$quiet",
    Part.MISSING: "",
    Part.OFFERS: "$quiet",
    Part.TEAM_QUESTION: "bold",
    Part.REMINDER: "bold $warning",
    Part.FRAMING: "italic $quiet",
    Part.SUGGESTIONS: "$quiet",
}
_KEY = "bold $accent"


class Card(Static):
    """The notice of a reply: what to do first, in a frame that is seen without colours too."""


class Quotes(Static):
    """Sentences quoted from one passage, and where that passage stands."""


def question_content(question: str) -> Content:
    """Return a question as the transcript repeats it."""
    return clipped(question, QUESTION_LIMIT)


def choices(reply: Reply) -> tuple[str, ...]:
    """Return what can be asked next with a key: the suggestions, else the sections offered."""
    return (reply.suggestions or tuple(offer.title for offer in reply.offers))[:CHOICES]


def card_name(kind: Kind) -> str:
    """Return the name under which the style sheet has the colours of a notice."""
    return _CARDS.get(kind, "advice")


def reply_widgets(reply: Reply, keys: Keys) -> Iterator[Widget]:
    """Lay out a reply in the order of ``reply_lines``, the notice as a card of its own."""
    citations = {citation.n: citation for citation in reply.citations}
    for kind, group in groupby(reply_lines(reply), key=lambda line: _group(line.part)):
        lines = list(group)
        if kind is Part.NOTICE:
            yield card(reply.kind, lines[0].text)
        elif kind is Part.QUOTE:
            for n, quotes in groupby(lines, key=lambda line: line.citation):
                yield _quotes(list(quotes), citations.get(n) if n else None)
        else:
            yield Static(_joined(lines, reply, keys), markup=False, classes="said")


def card(kind: Kind, text: str) -> Card:
    """Return the card for a notice; the three serious kinds cannot be missed."""
    widget = Card(plain(text), markup=False, classes=f"card -{card_name(kind)}")
    widget.border_title = notice_title(kind)
    return widget


def _group(part: Part) -> Part:
    return part if part in {Part.NOTICE, Part.QUOTE} else Part.TEXT


def _joined(lines: list[Line], reply: Reply, keys: Keys) -> Content:
    """Join lines with an empty line between blocks, and none inside a list."""
    content = Content()
    listed = {Part.OFFER, Part.SUGGESTION}
    keyed = Part.SUGGESTION if reply.suggestions else Part.OFFER
    numbers = dict.fromkeys(listed, 0)
    for place, line in enumerate(lines):
        if place:
            content += "\n" if line.part in listed else "\n\n"
        if line.part in listed:
            numbers[line.part] += 1
            n = numbers[line.part]
            key = keys.words(f"choice-{n}") if line.part is keyed and n <= CHOICES else "›"
            content += Content.styled(f"  {key} ", _KEY) + plain(f" {line.text}")
        else:
            content += plain(line.text, _STYLES.get(line.part, "")) + _hint(line.part, keys)
    return content


def _hint(part: Part, keys: Keys) -> Content:
    """Return the key that does something about a line."""
    hints = {Part.UNDERSTOOD: ("as-typed", "answers it as typed"), Part.MORE: ("more", "shows more")}
    if part not in hints:
        return Content()
    action, words = hints[part]
    return Content.styled(f"  {keys.words(action)} ", _KEY) + plain(words, "$quiet")


def _quotes(lines: list[Line], citation: Citation | None) -> Quotes:
    content = Content()
    for line in lines:
        content += plain(line.text) + Content.styled(f" [{line.citation}]", "bold $accent") + "\n"
    if citation is not None:
        where = " › ".join(part for part in (citation.title, citation.section) if part)
        content += plain(where, "$quiet")
        if citation.stale:
            content += Content.styled("  (may be out of date)", "$warning")
    return Quotes(content.rstrip(), markup=False, classes="quotes")
