"""Reading Word documents (.docx)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from lxml.etree import _Element as Element

from corpus.article import ArticleError, BlockKind
from corpus.formats.foreign import reading_with
from corpus.formats.tables import join_blocks, row_text
from corpus.formats.word_styles import Role, Style, Styles, W, read_styles
from corpus.formats.word_tables import cells_of, is_data_table, place_cells, rows_of
from corpus.formats.word_text import boxes_of, words_of
from corpus.reading_text import RawArticle, RawBlock, RawSection, without_bare_headings
from corpus.text import one_line

_MAX_PARTS = 5_000
_MAX_UNPACKED = 200_000_000
_MAX_UNPACKED_XML = 40_000_000
"""Bytes of markup, which takes about ten times as much memory once it is parsed."""
_MAX_BOLD_WORDS = 14
_HOLDERS = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"})


def read_word(content: bytes, path: Path) -> RawArticle:
    """Read a Word document into raw sections and what it says of itself.

    Tracked changes count as accepted. Raises ArticleError if it unpacks to more than any text needs,
    is encrypted, has no text, or is damaged.
    """
    with reading_with("python-docx", path):
        _check_size(content, path)
        document = docx.Document(io.BytesIO(content))
        styles = read_styles(document.styles.element)
        parts = [part for part in _parts(document.element.body, styles) if part.text]
        values, notes = _values(document), _notes(document.element.body)
    title, parts = _take_title(_with_bold_headings(parts))
    own_title = str(values.pop("title", ""))
    return RawArticle(title or own_title, _sections(parts), values, notes)


def _check_size(content: bytes, path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    markup = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    if len(parts) > _MAX_PARTS or unpacked > _MAX_UNPACKED or markup > _MAX_UNPACKED_XML:
        problem = f"the file unpacks to {unpacked / 1e6:.0f} MB, more than any text needs"
        raise ArticleError(path, problem, mend="Save it again without pictures, or split it.")
    if any(part.flag_bits & 1 for part in parts):
        raise ArticleError(path, "the file is encrypted", mend="Save a copy of it without a password.")


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph or table row of the document."""

    text: str
    style: Style
    is_bold: bool = False


def _parts(parent: Element, styles: Styles) -> Iterator[_Part]:
    """Yield what stands in ``parent`` in its order; a text box comes after the paragraph it hangs on."""
    for element in parent:
        if element.tag == f"{W}p":
            yield from _paragraph(element, styles)
        elif element.tag == f"{W}tbl" and is_data_table(element):
            yield from _rows(element, styles)
        elif element.tag == f"{W}tbl":
            for cell in (cell for row in rows_of(element) for cell in cells_of(row)):
                yield from _parts(cell, styles)
        elif element.tag in _HOLDERS:
            yield from _parts(element, styles)


def _paragraph(paragraph: Element, styles: Styles) -> Iterator[_Part]:
    words, style = words_of(paragraph), styles.of(paragraph)
    if style.role is not Role.CONTENTS:
        yield _Part(words.text, style, words.is_bold)
    for box in boxes_of(paragraph):
        yield from _parts(box, styles)


def _rows(table: Element, styles: Styles) -> Iterator[_Part]:
    def words_in(cell: Element) -> tuple[str, bool]:
        parts = [part for part in _parts(cell, styles) if part.text]
        return join_blocks([part.text for part in parts]), all(part.is_bold for part in parts)

    rows, heads = place_cells(table, words_in)
    for cells in rows[heads:]:
        yield _Part(row_text(rows[:heads], cells), Style(Role.ITEM))


def _with_bold_headings(parts: Sequence[_Part]) -> list[_Part]:
    """Return the parts with short bold paragraphs as headings, where no heading is marked as one."""
    if any(part.style.role is Role.HEADING for part in parts) or all(part.is_bold for part in parts):
        return list(parts)
    return [
        replace(part, style=Style(Role.HEADING, 2)) if _looks_like_heading(part) else part for part in parts
    ]


def _looks_like_heading(part: _Part) -> bool:
    is_short = len(part.text.split()) <= _MAX_BOLD_WORDS and part.text[-1] not in ".;,:"
    return part.style.role is Role.TEXT and part.is_bold and is_short


def _take_title(parts: Sequence[_Part]) -> tuple[str, list[_Part]]:
    """Take the title out of the parts: the one marked as such, or the only heading of its level, if first."""
    marked = next((n for n, part in enumerate(parts) if part.style.role is Role.TITLE), None)
    if marked is not None:
        return parts[marked].text, [*parts[:marked], *parts[marked + 1 :]]
    if not parts or parts[0].style.role is not Role.HEADING:
        return "", list(parts)
    alike = sum(part.style == parts[0].style for part in parts)
    is_alone = alike == 1 or (parts[0].style.level > 1 and _is_followed_by_heading(parts))
    return (parts[0].text, list(parts[1:])) if is_alone else ("", list(parts))


def _is_followed_by_heading(parts: Sequence[_Part]) -> bool:
    return len(parts) > 1 and parts[1].style.role is Role.HEADING


def _sections(parts: Sequence[_Part]) -> list[RawSection]:
    sections = [RawSection("", 1)]
    for part in parts:
        if part.style.role is Role.HEADING:
            sections.append(RawSection(part.text, part.style.level))
        else:
            kind = BlockKind.ITEM if part.style.role is Role.ITEM else BlockKind.PARAGRAPH
            sections[-1].blocks.append(RawBlock(kind, part.text))
    return without_bare_headings(sections)


def _values(document: Document) -> dict[str, Any]:
    """Return what the file says of itself, by the keys of a front matter."""
    properties = document.core_properties
    saved = properties.modified
    values = {
        "title": one_line(properties.title or ""),
        "author": one_line(properties.author or "")[:200],
        "language": one_line(properties.language or ""),
        "published": saved.date().isoformat() if isinstance(saved, datetime) else "",
    }
    return {key: value for key, value in values.items() if value}


def _notes(body: Element) -> list[str]:
    footnotes = sum(1 for _ in body.iter(f"{W}footnoteReference", f"{W}endnoteReference"))
    changes = any(True for _ in body.iter(f"{W}ins", f"{W}del", f"{W}moveFrom"))
    notes = []
    if footnotes:
        notes.append(f"The footnotes ({footnotes}) were not read.")
    if changes:
        notes.append("The document has tracked changes and was read as if they were accepted.")
    return notes
