"""Reading plain text: page furniture dropped, headings recognised, list items kept, lines unwrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import BlockKind
from corpus.formats.hyphens import mend_line_ends
from corpus.reading_text import RawBlock, RawSection

BULLET = re.compile(r"^\s*(?:[•‣◦▪●·]\s*|[-*–](?:\s+|$))(?=\S|$)")
ENUMERATED = re.compile(r"^\s*(?:\d{1,2}|[A-Za-z])[.)]\s+(?=\S)")
_BULLET_INSIDE = re.compile(r"(?<=[.!?”)])\s+-(?:\s+(?=\S)|\s*$)")
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_UNDERLINE = re.compile(r"^\s*(=+|-{3,}|~{3,})\s*$")
_CONTENTS = re.compile(r"^\W*(?:table of )?contents\b[\W\w]{0,24}$", re.IGNORECASE)
_FURNITURE = re.compile(
    r"^\W*(?:skip to (?:main )?content|share(?: this)?|print|menu|search|home|advertisement|back to top|"
    r"cookie settings|accept all cookies|sign in|log in|subscribe|read more|show|hide)\W*$",
    re.IGNORECASE,
)
_MAX_HEADING_WORDS = 14
_MAX_WRAP = 200
"""Lines longer than this are whole paragraphs, not wrapped ones."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text."""

    number: int
    """In the file, from 1; or 0 if the file has no lines of its own."""
    text: str
    page: int = 0
    level: int = 0
    """Level of the heading that the line is known to be, from 1; 0 for any other line."""
    continues: bool = False
    """Whether the line is known to go on with the block of the line before it."""


def read_plain_text(text: str, *, first_line: int = 1) -> list[RawSection]:
    """Read plain text into raw sections.

    A table of contents at the top is dropped, and what it lists is taken as the main headings.
    Other headings are short lines that neither continue a sentence nor end one.
    """
    mended = mend_line_ends(text.split("\n"))
    lines = [Line(first_line + n, line) for n, line in enumerate(mended)]
    lines, listed = _without_contents(lines)
    lines = [line for line in lines if not _FURNITURE.match(line.text) or line.text in listed]
    return assemble(lines, listed)


def assemble(lines: Sequence[Line], listed: frozenset[str] = frozenset()) -> list[RawSection]:
    """Put lines together to blocks under headings; an empty line ends a block.

    Where any line is known to be a heading, those are the headings. Otherwise the texts that are
    ``listed`` are, and what looks like one.
    """
    return _Assembler(lines, listed).assemble()


def _without_contents(lines: list[Line]) -> tuple[list[Line], frozenset[str]]:
    """Drop a table of contents at the top; return the other lines and the headings that it lists."""
    start = next((n for n, line in enumerate(lines) if line.text.strip()), 0)
    if start >= len(lines) or not _CONTENTS.match(lines[start].text):
        return lines, frozenset()
    end = start + 1
    while end < len(lines) and (not lines[end].text.strip() or BULLET.match(lines[end].text)):
        end += 1
    entries = [BULLET.sub("", line.text).strip() for line in lines[start:end]]
    later = {line.text.strip() for line in lines[end:]}
    listed = frozenset(entry for entry in entries if entry in later)
    return (lines[end:], listed) if listed else (lines, frozenset())


class _Assembler:
    """Puts wrapped lines together to blocks, and blocks under headings."""

    def __init__(self, lines: Sequence[Line], listed: frozenset[str]) -> None:
        self._lines = lines
        self._listed = listed
        self._headings_known = any(line.level for line in lines)
        lengths = sorted(len(line.text) for line in lines if line.text.strip())
        self._width = lengths[int(len(lengths) * 0.9)] if lengths else 0
        self._wrapped = 0 < self._width <= _MAX_WRAP
        self._sections: list[RawSection] = []
        self._block: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._opening = Line(0, "")
        self._last_heading = -1

    def assemble(self) -> list[RawSection]:
        for n, line in enumerate(self._lines):
            if not line.text.strip() or _UNDERLINE.match(line.text):
                self._close()
            elif line.level or (not self._headings_known and self._is_heading(n)):
                self._close()
                self._open_section(line)
                self._last_heading = n
            else:
                self._read(line)
        self._close()
        return self._sections

    def _read(self, line: Line) -> None:
        bullet = BULLET.match(line.text) or self._enumerated(line)
        if bullet:
            self._close()
            self._start(BlockKind.ITEM, line)
        elif self._block and not line.continues and self._breaks_before(line):
            self._close()
        if not self._block and not bullet:
            self._start(BlockKind.PARAGRAPH, line)
        rest = line.text[bullet.end() :] if bullet else line.text
        pieces = _BULLET_INSIDE.split(rest) if self._kind is BlockKind.ITEM else [rest]
        self._block.append(pieces[0].strip())
        for piece in pieces[1:]:
            self._close()
            self._start(BlockKind.ITEM, line)
            self._block.append(piece.strip())

    def _enumerated(self, line: Line) -> re.Match[str] | None:
        return ENUMERATED.match(line.text) if not self._block or self._kind is BlockKind.ITEM else None

    def _breaks_before(self, line: Line) -> bool:
        """Whether the open block ended with its last line, so that ``line`` begins another."""
        last = self._block[-1]
        if not last:
            return False
        if not self._wrapped:
            return not (last.endswith(":") and line.text.lstrip()[:1].islower())
        if not SENTENCE_END.search(last):
            return False
        if self._kind is BlockKind.ITEM:
            return True
        return len(last) < 0.8 * self._width and not line.text.lstrip()[:1].islower()

    def _start(self, kind: BlockKind, line: Line) -> None:
        self._kind, self._block, self._opening = kind, [], line

    def _close(self) -> None:
        text = " ".join(piece for piece in self._block if piece)
        if text:
            self._section().blocks.append(
                RawBlock(self._kind, text, self._opening.number, self._opening.page)
            )
        self._block, self._kind = [], BlockKind.PARAGRAPH

    def _section(self) -> RawSection:
        if not self._sections:
            self._sections.append(RawSection("", 1, self._lines[0].number))
        return self._sections[-1]

    def _open_section(self, line: Line) -> None:
        heading = line.text.strip()
        if line.level:
            self._sections.append(RawSection(heading, line.level, line.number, line.page))
            return
        main = heading in self._listed or not self._listed
        level = 3 if ENUMERATED.match(heading) or not main else 2
        heading = ENUMERATED.sub("", heading).strip()
        self._sections.append(RawSection(heading, level, line.number, line.page))

    def _is_heading(self, n: int) -> bool:
        text = self._lines[n].text.strip()
        if text in self._listed:
            return True
        following = self._lines[n + 1].text if n + 1 < len(self._lines) else ""
        if _UNDERLINE.match(following) and len(text.split()) <= _MAX_HEADING_WORDS:
            return True
        if not self._looks_like_heading(text) or not self._has_body(n):
            return False
        if ENUMERATED.match(text) and ENUMERATED.match(following):
            return False
        before = self._lines[n - 1].text.strip() if n else ""
        if before.endswith(":") and ENUMERATED.match(text):
            return True
        return not before or bool(SENTENCE_END.search(before)) or self._last_heading == n - 1

    def _looks_like_heading(self, text: str) -> bool:
        if BULLET.match(text) or len(text.split()) > _MAX_HEADING_WORDS:
            return False
        if text[-1] in ".!:;,…" or len(text) >= (max(60, 0.8 * self._width) if self._wrapped else 100):
            return False
        return text[0].isupper() or text[0].isdigit() or bool(ENUMERATED.match(text)) or text[0] in '“"'

    def _has_body(self, n: int) -> bool:
        """Whether text that can stand under a heading follows line ``n``."""
        rest = (self._lines[m].text.strip() for m in range(n + 1, len(self._lines)))
        following = next((text for text in rest if text), "")
        return bool(following) and not following[0].islower()
