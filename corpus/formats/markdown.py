"""Reading Markdown: headings, paragraphs, list items and table rows, as blocks."""

from __future__ import annotations

import re
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.article import BlockKind
from corpus.formats.tables import table_row
from corpus.reading_text import RawArticle, RawBlock, RawSection
from corpus.text import superscript

_COMMENT = (re.compile("<!--"), re.compile("-->"))
_NOT_SHOWN = (
    re.compile(r"<(?:script|style)\b", re.IGNORECASE),
    re.compile(r"</(?:script|style)\s*>", re.IGNORECASE),
)
_DIRECTIVE = re.compile(r"\s*(id|facts)\s*:(.*)", re.DOTALL)
_RAISED = re.compile(r"<sup>([^<]*)</sup>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_MAX_NESTING = 100
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_markdown(body: str, *, first_line: int = 1) -> RawArticle:
    """Read a Markdown body; its title is the first-level heading at its top, if it has one.

    ``<!-- id: ... -->`` and ``<!-- facts: ... -->`` under a heading belong to its section. Emphasis,
    links and HTML tags leave their text. ``first_line`` is the body's line in the file.
    """
    reader = _Reader(first_line)
    deepest = 0
    for token in MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable("table").parse(body):
        reader.read(token)
        deepest = max(deepest, token.level)
    if deepest >= _MAX_NESTING - 1:
        reader.result.notes.append(f"What is nested more than {_MAX_NESTING} levels deep was not read.")
    return reader.result


class _Reader:
    """Walks the token stream, keeping the list depth and the table row that is open."""

    def __init__(self, first_line: int) -> None:
        self.result = RawArticle()
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
        self._add(BlockKind.ITEM, table_row(self._table_head, cells), token)

    def _read_html(self, token: Token) -> None:
        words, comments = _divide(token.content, *_COMMENT)
        for key, value in (found.groups() for found in map(_DIRECTIVE.match, comments) if found):
            section = self._section()
            if key == "id":
                section.id = value.strip()
            else:
                section.facts += tuple(fact.strip() for fact in value.split(",") if fact.strip())
        self._add(BlockKind.PARAGRAPH, _words_of(words), token)

    def _add(self, kind: BlockKind, text: str, token: Token) -> None:
        if text.strip():
            self._section().blocks.append(RawBlock(kind, text, self._line(token)))

    def _section(self) -> RawSection:
        if not self.result.sections:
            self.result.sections.append(RawSection("", 1, self._first_line))
        return self.result.sections[-1]

    def _line(self, token: Token) -> int:
        return self._first_line + (token.map[0] if token.map else 0)


def _divide(html: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> tuple[str, list[str]]:
    """Return ``html`` without the parts between two marks, and those parts; one left open goes to the end."""
    kept, *rest = opening.split(html)
    outside, inside = [kept], []
    for part in rest:
        found = closing.search(part)
        inside.append(part[: found.start()] if found else part)
        outside.append(part[found.end() :] if found else "")
    return " ".join(outside), inside


def _words_of(html: str) -> str:
    html, _ = _divide(html, *_NOT_SHOWN)
    raised = _RAISED.sub(lambda match: superscript(match[1]), html)
    return unescape(_TAG.sub(" ", raised))


def _plain(token: Token) -> str:
    parts: list[str] = []
    raised: int | None = None
    for child in token.children or []:
        if child.type in {"text", "code_inline", "image"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"} or _LINE_BREAK.match(child.content):
            parts.append(" ")
        elif child.content == "<sup>":
            raised = len(parts)
        elif child.content == "</sup>" and raised is not None:
            parts[raised:], raised = [superscript("".join(parts[raised:]))], None
    return "".join(parts)
