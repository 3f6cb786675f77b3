"""Reading PDF files that have a text layer."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError

from corpus.article import ArticleError
from corpus.formats.foreign import reading_with
from corpus.formats.pdf_layout import lay_out_pages
from corpus.formats.pdf_page import Deadline, PdfLine, TooMuch, page_lines
from corpus.formats.plain_text import assemble
from corpus.reading_text import RawArticle, without_bare_headings
from corpus.text import one_line

_MAX_PAGES = 2_000
_MAX_SECONDS = 120
_MAX_STREAM_BYTES = 10_000_000
"""Bytes that one packed part of the file may unpack to; what a page draws takes some thousand."""
_MAX_LETTERS = 5_000_000
_GARBLED = 0.1
"""Share of characters without meaning from which on the text is not what a reader of the page sees."""
_NO_TITLE = re.compile(
    r"(?:microsoft word|powerpoint|untitled|document|slide|title)\b.*"
    r"|.*\.(?:docx?|pptx?|indd|qxd|tex|dvi|pdf|rtf)",
    re.IGNORECASE,
)
_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class _Faults(logging.Handler):
    """Counts what pypdf says of a file instead of printing it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += record.levelno >= logging.WARNING


def read_pdf(content: bytes, path: Path) -> RawArticle:
    """Read a PDF into raw sections with the page of every block, and what it says of itself.

    Raises ArticleError if it is behind a password, has no text layer or one without meaning, asks for
    more work than text needs, or is damaged.
    """
    limits = apply_configuration(
        zlib_maximum_output_length=_MAX_STREAM_BYTES,
        lzw_maximum_output_length=_MAX_STREAM_BYTES,
        run_length_maximum_output_length=_MAX_STREAM_BYTES,
        array_based_stream_maximum_output_length=_MAX_STREAM_BYTES,
    )
    with reading_with("pypdf", path), limits, _counting_faults() as faults:
        try:
            reader = PdfReader(io.BytesIO(content))
            _check_open(reader, path)
            pages = _read_pages(reader, path)
            values = _values(reader)
        except (TooMuch, LimitReachedError) as error:
            raise ArticleError(
                path, "a page holds more than any text needs", mend="Export it again as a plain PDF."
            ) from error
    _check_text(pages, path)
    layout = lay_out_pages(pages)
    title = layout.title or str(values.pop("title", ""))
    values.pop("title", None)
    return RawArticle(
        title, without_bare_headings(assemble(layout.lines)), values, _notes(pages, faults.count)
    )


@contextmanager
def _counting_faults() -> Iterator[_Faults]:
    logger, faults = logging.getLogger("pypdf"), _Faults()
    logger.addHandler(faults)
    try:
        yield faults
    finally:
        logger.removeHandler(faults)


def _check_open(reader: PdfReader, path: Path) -> None:
    try:
        is_locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError:
        is_locked = True
    if is_locked:
        raise ArticleError(path, "the PDF is encrypted", mend="Save a copy of it without a password.")
    if (count := len(reader.pages)) > _MAX_PAGES:
        raise ArticleError(
            path, f"the PDF has {count} pages (at most {_MAX_PAGES} are read)", mend="Split it."
        )


def _read_pages(reader: PdfReader, path: Path) -> list[list[PdfLine]]:
    deadline = Deadline(_MAX_SECONDS)
    pages: list[list[PdfLine]] = []
    letters = 0
    for number, page in enumerate(reader.pages, start=1):
        pages.append(page_lines(page, number, deadline))
        letters += sum(len(line.text) for line in pages[-1])
        if letters > _MAX_LETTERS:
            raise ArticleError(path, "the PDF has more text than is read of one file", mend="Split it.")
    return pages


def _check_text(pages: Sequence[Sequence[PdfLine]], path: Path) -> None:
    text = "".join(line.text for page in pages for line in page)
    if not text:
        raise ArticleError(
            path,
            "the PDF has no text, only pictures of pages",
            mend="Run text recognition (OCR) over it, and save it with its text.",
        )
    meaningless = sum(unicodedata.category(letter) in {"Co", "Cn"} or letter == "\ufffd" for letter in text)
    if meaningless > _GARBLED * len(text) or not any(letter.isalnum() for letter in text):
        raise ArticleError(
            path,
            "the text of the PDF is garbled: its fonts do not say which letters they show",
            mend="Export it again with embedded Unicode fonts, or run text recognition (OCR) over it.",
        )


def _notes(pages: Sequence[Sequence[PdfLine]], faults: int) -> list[str]:
    notes = []
    empty = [number for number, page in enumerate(pages, start=1) if not page]
    if empty:
        notes.append(f"{len(empty)} of {len(pages)} pages have no text, the first of them page {empty[0]}.")
    if faults:
        notes.append(f"The file has {faults} faults, so that some of its text may be missing.")
    return notes


def _values(reader: PdfReader) -> dict[str, Any]:
    """Return what the file says of itself, by the keys of a front matter."""
    information: Mapping[str, Any] = reader.metadata or {}
    made = _DAY.match(_text(information.get("/CreationDate")))
    title = _text(information.get("/Title"))
    language = _text(reader.root_object.get("/Lang"))
    values = {
        "title": "" if _NO_TITLE.fullmatch(title) else title,
        "author": _text(information.get("/Author"))[:200],
        "language": language if _LANGUAGE.fullmatch(language) else "",
        "published": "-".join(made.groups()) if made else "",
    }
    return {key: value for key, value in values.items() if value}


def _text(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""
