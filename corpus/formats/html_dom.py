"""Walking a web page: its headings, paragraphs, list items and table rows, each word as the page has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element
from lxml.etree import iterwalk

from corpus.article import BlockKind
from corpus.formats.html_furniture import (
    controlled_ids,
    is_document_title,
    is_furniture,
    is_not_shown,
    is_page_margin,
    is_warning,
    tag_of,
)
from corpus.formats.html_tables import is_data_table, read_table
from corpus.formats.tables import join_blocks
from corpus.text import one_line, superscript

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary
    table tbody td tfoot th thead tr ul
    """.split()
)
_END_A_HEADING = frozenset(
    {"p", "ul", "ol", "dl", "table", "section", "article", "blockquote", "details", "form"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BULLET = re.compile(r"[•‣◦▪●·]\s*|[-*–]\s+")
_FOOTNOTE = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z*†‡])(?:\s*[,–-]\s*\d{1,3})*\s*[\])]?")
_LONGEST_MARK = 40
_ENDS = re.compile(r"[.!?:;,…][\"'”’)\]]*$")
_WORD_LIST = "mso-list:"
"""Style of the list items of a page that Word saved: paragraphs whose text begins with the mark."""
_WORD_MARK = re.compile(r"^\s*(?:[·•o§–-]|\(?\w{1,3}[.)])\s+")
_MAX_HEADING_WORDS = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """One heading or block of a page, before it is decided whether it belongs to the article."""

    text: str
    line: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    """Level of the heading, from 1; 0 for a block."""
    linked: bool = False
    """Whether all of it is links."""
    protected: bool = False
    """Whether it stands in a warning box or in an aside of the article."""


def read_pieces(root: Element) -> list[Piece]:
    """Return headings and blocks in the order of the page, without what is not shown and furniture.

    A heading without text ends the section before it: what follows belongs to the one above.
    """
    return _Walker(controlled_ids(root)).walk(root)


class _Walker:
    """Goes through the elements once, keeping what is open around the text being read."""

    def __init__(self, opened: frozenset[str]) -> None:
        self._opened = opened
        self._pieces: list[Piece] = []
        self._parts: list[str] = []
        self._linked = 0
        self._line = 0
        self._heading = 0
        self._level = 1
        self._new_item = False
        self._has_mark = False
        self._term = ""
        self._in_term = False
        self._links = 0
        self._raised: list[int] = []
        self._details: list[tuple[int, int]] = []
        self._resume = 0
        self._warnings: list[Element] = []
        self._margins: list[Element] = []

    def walk(self, root: Element) -> list[Piece]:
        walk = iterwalk(root, events=("start", "end"))
        skipped: Element | None = None
        for event, element in walk:
            tag = tag_of(element)
            if event == "start" and self._passes_over(element, tag):
                walk.skip_subtree()
                skipped = element
            elif event == "start":
                self._start(element, tag)
            else:
                if element is not skipped:
                    self._end(element, tag)
                if element is not root:
                    self._add(element.tail, element)
                skipped = None
        self._flush()
        return self._pieces

    def _passes_over(self, element: Element, tag: str) -> bool:
        """Whether nothing inside ``element`` is to be walked; a data table is read here as a whole."""
        if is_not_shown(element, self._opened) or is_furniture(element):
            if tag in _BLOCKS and not self._heading:
                self._flush()
            return True
        if tag == "sup" and _is_footnote_mark(element):
            return True
        if tag == "table" and is_data_table(element):
            self._flush()
            self._read_table(element)
            return True
        return False

    def _read_table(self, table: Element) -> None:
        caption, rows = read_table(table, self._text_of)
        self._line = table.sourceline or 0
        self._emit(caption, BlockKind.PARAGRAPH)
        for row in rows:
            self._line = row.line
            self._emit(row.text, BlockKind.ITEM)
        self._line = 0

    def _text_of(self, cell: Element) -> str:
        """Return the text of a cell as one line; its blocks are sentences or parts of a list."""
        return join_blocks([piece.text for piece in _Walker(self._opened).walk(cell) if piece.text])

    def _start(self, element: Element, tag: str) -> None:
        if tag == "summary":
            self._flush()
            self._heading = min(6, self._level + max(1, len(self._details)))
        elif level := _heading_level(element, tag):
            self._flush()
            self._heading = level
        elif self._heading and tag not in _END_A_HEADING:
            self._parts.append(" " if tag in _BLOCKS or tag == "br" else "")
        elif tag in _BLOCKS:
            self._flush()
            self._heading = 0
        if tag == "details":
            self._details.append((len(self._pieces), self._level))
        if is_page_margin(element):
            self._margins.append(element)
        if is_warning(element):
            self._warnings.append(element)
        self._start_inside(element, tag)
        self._add(element.text, element)

    def _start_inside(self, element: Element, tag: str) -> None:
        match tag:
            case "a" if element.get("href"):
                self._links += 1
            case "br" if not self._heading:
                self._parts.append("\n")
            case "q":
                self._parts.append("“")
            case "sup":
                self._raised.append(len(self._parts))
            case "li" | "dd":
                self._new_item = True
            case "p" if _WORD_LIST in (element.get("style") or ""):
                self._new_item = self._has_mark = True
            case "dt":
                self._in_term = True
            case _:
                pass

    def _end(self, element: Element, tag: str) -> None:
        match tag:
            case "a" if element.get("href"):
                self._links -= 1
            case "q":
                self._parts.append("”")
            case "sup":
                start = self._raised.pop()
                self._parts[start:] = [superscript("".join(self._parts[start:]))]
            case _ if tag == "summary" or _heading_level(element, tag):
                self._flush()
                self._heading = 0
            case _ if tag in _BLOCKS:
                self._end_block(tag)
            case _:
                pass
        for boxes in (self._margins, self._warnings):
            if boxes and boxes[-1] is element:
                boxes.pop()

    def _end_block(self, tag: str) -> None:
        if self._heading:
            self._parts.append(" ")
            return
        self._flush()
        match tag:
            case "li" | "dd":
                self._new_item = False
            case "dt":
                self._in_term = False
            case "dl" if self._term:
                term, self._term = self._term, ""
                self._emit(term, BlockKind.ITEM)
            case "details":
                first, self._level = self._details.pop()
                levels = [piece.level for piece in self._pieces[first:] if piece.level]
                self._resume = levels[0] if levels else 0
            case _:
                pass

    def _add(self, text: str | None, element: Element) -> None:
        if not text:
            return
        self._parts.append(text.replace("\n", " "))
        if text.strip() and not self._line:
            self._line = element.sourceline or 0
        if self._links:
            self._linked += _letters(text)

    def _flush(self) -> None:
        """End the heading or block being read."""
        text, linked = "".join(self._parts), self._linked
        self._parts, self._linked, self._raised = [], 0, [0] * len(self._raised)
        if text.strip():
            self._read(text, linked=linked >= 0.9 * _letters(text))
        self._line = 0

    def _read(self, text: str, *, linked: bool) -> None:
        if self._heading and len(text.split()) <= _MAX_HEADING_WORDS:
            self._emit_heading(one_line(text))
        elif self._in_term:
            self._term = ", ".join(filter(None, [self._term, one_line(text)]))
        else:
            if self._has_mark:
                text, self._has_mark = _WORD_MARK.sub("", text, count=1), False
            for kind, block in _blocks(text):
                self._emit(self._with_term(one_line(block)), self._item_or(kind), linked=linked)

    def _with_term(self, text: str) -> str:
        term, self._term = self._term, ""
        if not term:
            return text
        return f"{term} {text}" if _ENDS.search(term) else f"{term}: {text}"

    def _item_or(self, kind: BlockKind) -> BlockKind:
        new_item, self._new_item = self._new_item, False
        return BlockKind.ITEM if new_item else kind

    def _emit_heading(self, text: str) -> None:
        if any(tag_of(margin) != "header" for margin in self._margins):
            return
        if not self._details:
            self._level = self._heading
        self._resume = 0
        self._pieces.append(Piece(text, self._line, level=self._heading))

    def _emit(self, text: str, kind: BlockKind, *, linked: bool = False) -> None:
        if not text or (self._margins and not self._warnings):
            return
        if self._resume:
            self._pieces.append(Piece("", self._line, level=self._resume))
            self._resume = 0
        self._pieces.append(Piece(text, self._line, kind, linked=linked, protected=bool(self._warnings)))


def _blocks(text: str) -> Iterator[tuple[BlockKind, str]]:
    """Divide the text of one element at its line breaks: empty lines part paragraphs, bullets items."""
    block: list[str] = []
    kind = BlockKind.PARAGRAPH
    for line in [*text.split("\n"), ""]:
        bullet = _BULLET.match(line.lstrip())
        if block and (bullet or not line.strip()):
            yield kind, " ".join(block)
            block, kind = [], BlockKind.PARAGRAPH
        if bullet:
            kind = BlockKind.ITEM
        if words := line.lstrip()[bullet.end() if bullet else 0 :]:
            block.append(words)


def _heading_level(element: Element, tag: str) -> int:
    """Return the level of a heading; the title of a page that a word processor saved is one."""
    return 1 if tag == "p" and is_document_title(element) else _HEADINGS.get(tag, 0)


def _is_footnote_mark(raised: Element) -> bool:
    text = "".join(map(str, raised.itertext())).strip()
    if len(text) > _LONGEST_MARK or not _FOOTNOTE.fullmatch(text):
        return False
    linked = any((link.get("href") or "").startswith("#") for link in raised.iter("a"))
    return linked or "reference" in (raised.get("class") or "") or "[" in text


def _letters(text: str) -> int:
    return sum(map(len, text.split()))
