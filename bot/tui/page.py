"""Reading text as it is laid out on a screen, and finding one's way in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from bot.render import pieces, shown
from bot.reply import SectionPlace

QUOTED = "bold $on-mark on $mark"
HEADING = "bold $accent"
HIT = "bold underline $warning on $background"
CURRENT_HIT = "bold $background on $warning"

Span = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
_WORD_END = re.compile(r"\s|$")


@dataclass(frozen=True, slots=True)
class Page:
    """A text as it is shown: blocks with an empty line between, list items without, nothing that steers.

    All offsets count in ``text``.
    """

    text: str
    quoted: tuple[Span, ...] = ()
    headings: tuple[SectionPlace, ...] = ()
    begin: int = 0
    """Where to begin reading: at the quoted words, else at the passage."""

    def content(self, hits: Sequence[Span] = (), current: Span | None = None) -> Content:
        """Return the page with its headings, the quoted words and what was found in their styles."""
        content = Content(self.text)
        for place in self.headings:
            content = content.stylize(HEADING, place.start, place.start + len(place.heading))
        for span in self.quoted:
            content = content.stylize(QUOTED, *span)
        for span in hits:
            content = content.stylize(CURRENT_HIT if span == current else HIT, *span)
        return content

    def line_of(self, offset: int, width: int) -> int:
        """Return the line, from 0, on which the character at ``offset`` stands at ``width`` columns."""
        found = _WORD_END.search(self.text, offset)
        end = found.start() if found else len(self.text)
        return max(0, len(Content(self.text[:end]).wrap(width)) - 1)

    def offset_of(self, line: int, width: int) -> int:
        """Return the offset of the first character on or after ``line``, from 0, at ``width`` columns."""
        at = 0
        for wrapped in Content(self.text).wrap(width)[:line]:
            words = wrapped.plain.strip()
            at = self.text.index(words, at) + len(words)
        rest = self.text[at:]
        return at + len(rest) - len(rest.lstrip())

    def find(self, words: str) -> list[Span]:
        """Return where ``words`` stand, whatever their case and the spaces between them."""
        parts = shown(words).split()
        if not parts:
            return []
        pattern = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
        return [match.span() for match in pattern.finditer(self.text)]


def lay_out(
    text: str, spans: Sequence[Span] = (), contents: Sequence[SectionPlace] = (), *, begin: int = 0
) -> Page:
    """Lay out reading text; ``spans`` are sorted; they, ``contents`` and ``begin`` count in ``text``."""
    starts = {place.start for place in contents}
    out: list[str] = []
    at = passage = 0
    quoted: list[Span] = []
    headings: list[SectionPlace] = []
    before = ""
    for match in _LINE.finditer(text):
        start, line = match.start(), match.group()
        if not line.strip():
            continue
        gap = _gap(before, line, after_heading=bool(headings) and headings[-1].start + len(before) == at)
        out.append(gap)
        at += len(gap)
        if start <= begin:
            passage = at
        if start in starts:
            headings.append(SectionPlace(shown(line), at))
        local = [(max(a - start, 0), min(b - start, len(line))) for a, b in spans]
        for piece, marked in pieces(line, [(a, b) for a, b in local if a < b]):
            clean = shown(piece)
            out.append(clean)
            if marked and clean:
                quoted.append((at, at + len(clean)))
            at += len(clean)
        before = shown(line)
    first = quoted[0][0] if quoted else passage
    return Page("".join(out), tuple(quoted), tuple(headings), first)


def _gap(before: str, line: str, *, after_heading: bool) -> str:
    """Return what stands between two lines: an empty line, but none within a list or below a heading."""
    if not before:
        return ""
    listed = before.startswith("- ") and line.startswith("- ")
    return "\n" if listed or after_heading else "\n\n"
