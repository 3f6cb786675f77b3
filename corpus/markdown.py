"""Reading Markdown: headings, paragraphs, list items and table rows, as blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.article import BlockKind
from corpus.reading_text import RawBlock, RawSection

_DIRECTIVE = re.compile(r"<!--\s*(id|facts)\s*:\s*(.*?)\s*-->", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class MarkdownBody:
    """What a Markdown body holds; ``title`` is its first-level heading, if it has one."""

    title: str = ""
    sections: list[RawSection] = field(default_factory=list)


def read_markdown(body: str, *, first_line: int = 1) -> MarkdownBody:
    """Read a Markdown body into raw sections.

    ``<!-- id: ... -->`` and ``<!-- facts: ... -->`` under a heading belong to its section. Emphasis,
    links and HTML tags leave their text. ``first_line`` is the body's line in the file.
    """
    reader = _Reader(first_line)
    for token in MarkdownIt("commonmark").enable("table").parse(body):
        reader.read(token)
    return reader.result


class _Reader:
    """Walks the token stream, keeping the list depth and the table row that is open."""

    def __init__(self, first_line: int) -> None:
        self.result = MarkdownBody()
        self._first_line = first_line
        self._heading_level = 0
        self._new_item = False
        self._table_head: list[str] = []
        self._row: list[str] | None = None
        self._in_head = False

    def read(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self._heading_level = int(token.tag[1:])
            case "list_item_open":
                self._new_item = True
            case "thead_open":
                self._table_head, self._in_head = [], True
            case "thead_close":
                self._in_head = False
            case "tr_open":
                self._row = []
            case "tr_close":
                self._close_row(token)
            case "inline":
                self._read_inline(token)
            case "fence" | "code_block":
                self._add(BlockKind.PARAGRAPH, token.content, token)
            case "html_block":
                self._read_html(token)
            case _:
                pass

    def _read_inline(self, token: Token) -> None:
        text = _plain(token)
        if self._row is not None:
            self._row.append(text)
        elif self._heading_level:
            self._open_section(text, token)
        else:
            kind = BlockKind.ITEM if self._new_item else BlockKind.PARAGRAPH
            self._new_item = False
            self._add(kind, text, token)

    def _open_section(self, heading: str, token: Token) -> None:
        level, self._heading_level = self._heading_level, 0
        if level == 1 and not self.result.title and not self.result.sections:
            self.result.title = heading
            return
        self.result.sections.append(RawSection(heading, level, self._line(token)))

    def _close_row(self, token: Token) -> None:
        cells, self._row = self._row or [], None
        if self._in_head:
            self._table_head = cells
            return
        pairs = zip(self._table_head, cells, strict=False)
        named = (f"{head}: {cell}" if head else cell for head, cell in pairs if cell)
        self._add(BlockKind.ITEM, "; ".join(named), token)

    def _read_html(self, token: Token) -> None:
        for key, value in _DIRECTIVE.findall(token.content):
            section = self._section()
            if key == "id":
                section.id = value
            else:
                section.facts += tuple(fact.strip() for fact in value.split(",") if fact.strip())
        self._add(BlockKind.PARAGRAPH, _TAG.sub(" ", _COMMENT.sub(" ", token.content)), token)

    def _add(self, kind: BlockKind, text: str, token: Token) -> None:
        if text.strip():
            self._section().blocks.append(RawBlock(kind, text, self._line(token)))

    def _section(self) -> RawSection:
        if not self.result.sections:
            self.result.sections.append(RawSection("", 1, self._first_line))
        return self.result.sections[-1]

    def _line(self, token: Token) -> int:
        return self._first_line + (token.map[0] if token.map else 0)


def _plain(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type == "image":
            parts.append(child.content)
    return "".join(parts)
