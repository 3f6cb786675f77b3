"""Laying out headings and blocks as one reading text whose offsets never change again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.article import Block, BlockKind, Section
from corpus.text import one_line, slug


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A paragraph or list item as the file has it."""

    kind: BlockKind
    text: str
    line: int = 0
    page: int = 0


@dataclass(slots=True)
class RawSection:
    """A heading and what stands under it, as the file has it."""

    heading: str
    level: int
    line: int = 0
    page: int = 0
    id: str = ""
    facts: tuple[str, ...] = ()
    blocks: list[RawBlock] = field(default_factory=list)


@dataclass(slots=True)
class RawArticle:
    """What a reader found in a file, before the reading text is laid out."""

    title: str = ""
    sections: list[RawSection] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    """What the file says of itself, by the keys of a front matter."""
    notes: list[str] = field(default_factory=list)
    """What a reader of the file should know about how it was read, each a whole sentence."""


def without_bare_headings(
    sections: Sequence[RawSection], *, keeps: Callable[[str], bool] = lambda _: True
) -> list[RawSection]:
    """Return the sections without headings over nothing, which become paragraphs of the section before.

    A line in large type may be all there is of a warning: what ``keeps`` says of its words decides.
    """
    kept: list[RawSection] = []
    bare: list[RawBlock] = []
    for section in reversed(sections):
        has_parts = bool(kept) and bool(section.heading) and kept[-1].level > section.level
        if section.blocks or has_parts:
            section.blocks += reversed(bare)
            bare = []
            kept.append(section)
        elif section.heading and keeps(section.heading):
            bare.append(RawBlock(BlockKind.PARAGRAPH, section.heading, section.line, section.page))
    opening = [RawSection("", 1, blocks=bare[::-1])] if bare else []
    return [*opening, *reversed(kept)]


def lay_out(title: str, raw_sections: Iterable[RawSection]) -> tuple[str, tuple[Section, ...]]:
    """Return the reading text and the sections with their offsets in it.

    The title comes first, then each heading and each block on a line of its own; list items carry
    a "- " that their offsets leave out. A part before the first heading is a section without one.
    """
    layout = _Layout(one_line(title))
    for raw in raw_sections:
        layout.add(raw)
    return layout.text, tuple(layout.sections)


class _Layout:
    """The text so far, the sections so far, and the headings that are open."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._parts: list[str] = [title] if title else []
        self._length = len(title)
        self._open: list[tuple[int, str]] = []
        self._ids: Counter[str] = Counter()
        self.sections: list[Section] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def add(self, raw: RawSection) -> None:
        heading = one_line(raw.heading)
        while self._open and self._open[-1][0] >= raw.level:
            self._open.pop()
        if heading:
            self._open.append((raw.level, heading))
            self._append("\n\n", heading)
        blocks = self._add_blocks(raw)
        start, end = (blocks[0].start, blocks[-1].end) if blocks else (self._length, self._length)
        self.sections.append(
            Section(
                id=self._unique(raw.id or slug(heading) or "introduction"),
                heading=heading or self._title,
                headings=tuple(open_heading for _, open_heading in self._open),
                start=start,
                end=end,
                blocks=tuple(blocks),
                facts=raw.facts,
                line=raw.line,
            )
        )

    def _add_blocks(self, raw: RawSection) -> list[Block]:
        blocks: list[Block] = []
        before = None
        for raw_block in raw.blocks:
            text = one_line(raw_block.text)
            if not text:
                continue
            item = raw_block.kind is BlockKind.ITEM
            gap = "\n" if item and before is BlockKind.ITEM else "\n\n"
            start = self._append(gap + "- " if item else gap, text)
            blocks.append(Block(raw_block.kind, start, start + len(text), raw_block.line, raw_block.page))
            before = raw_block.kind
        return blocks

    def _append(self, gap: str, text: str) -> int:
        """Append ``text`` after ``gap``, and return the offset at which it starts."""
        if not self._length:
            gap = gap.lstrip("\n")
        self._parts += [gap, text]
        self._length += len(gap) + len(text)
        return self._length - len(text)

    def _unique(self, wanted: str) -> str:
        self._ids[wanted] += 1
        return wanted if self._ids[wanted] == 1 else f"{wanted}-{self._ids[wanted]}"
