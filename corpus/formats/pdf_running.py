"""What stands on PDF pages around the text: running heads and feet, page numbers, tables of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median_low

from corpus.formats.pdf_page import PdfLine

_EDGE = 4
"""Lines from the top and from the bottom of a page that can be its running head or foot."""
_MAX_COUNTING_WORDS = 8
_LARGER = 1.12
"""How much larger than most lines a heading is; "1 Introduction" on page 1 is no page number."""
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|seite)?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:of|/|von)\s*\d{1,4})?\W*", re.IGNORECASE
)
_PRINTED = re.compile(
    r"\w+://\S+(?:\s+\d+/\d+)?|\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}[:.]\d{2}(?: [ap]m)?\b.*", re.IGNORECASE
)
"""What browsers print above and below a page: when it was printed, and its address."""
_NUMBER_AT_END = re.compile(r"^(\d{1,4})\b|\b(\d{1,4})$")
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}\s*$")
_CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)


def text_of_pages(pages: Sequence[Sequence[PdfLine]]) -> list[PdfLine]:
    """Return the lines of all pages but those that every page has, page numbers and contents."""
    edges = [_edges(page) for page in pages]
    counts = Counter(key for edge in edges for key in {_key(line) for line in edge})
    shifts = Counter(shift for edge in edges for shift in {_shift(line) for line in edge} - {None})
    running = {key for key, count in counts.items() if count >= max(2, 0.3 * len(pages))}
    numbered = {shift for shift, count in shifts.items() if count >= max(3, 0.6 * len(pages))}
    usual = median_low([line.size for page in pages for line in page] or [0.0])
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        at_edge = set(edge)
        for line in page:
            counts_pages = _shift(line) in numbered and line.size < _LARGER * usual
            runs = _key(line) in running or counts_pages or _is_page_mark(line.text)
            if not (line in at_edge and runs) and not _is_contents(line):
                kept.append(line)
    return kept


def _edges(page: Sequence[PdfLine]) -> list[PdfLine]:
    """Return the lines nearest to the top and the bottom of a page; a short page is all edge but one."""
    by_height = sorted(page, key=lambda line: line.y)
    size = min(_EDGE, max(1, (len(page) - 1) // 2))
    return [*by_height[:size], *by_height[-size:]] if len(page) > 1 else []


def _key(line: PdfLine) -> tuple[str, int]:
    """Return what a running line has in common on all pages; a short one may count the pages."""
    counts = len(line.text.split()) <= _MAX_COUNTING_WORDS
    return _NUMBER.sub("#", line.text) if counts else line.text, round(line.y / 8)


def _shift(line: PdfLine) -> int | None:
    """Return by how much a number at the end of a line differs from the number of its page."""
    found = _NUMBER_AT_END.search(line.text)
    return int(found[1] or found[2]) - line.page if found else None


def _is_page_mark(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text) or _PRINTED.fullmatch(text))


def _is_contents(line: PdfLine) -> bool:
    return bool(_LEADERS.search(line.text) or _CONTENTS.fullmatch(line.text))
