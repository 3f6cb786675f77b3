"""Reading web pages: the words as the page has them, without what stands around the article."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element
from lxml.html import HTMLParser

from corpus.article import ArticleError
from corpus.formats.decoding import decode
from corpus.formats.foreign import reading_with
from corpus.formats.html_dom import Piece, read_pieces
from corpus.formats.html_furniture import reads_as_warning
from corpus.formats.html_metadata import page_values
from corpus.reading_text import RawArticle, RawBlock, RawSection, without_bare_headings
from corpus.text import clean_text

_CHARSET = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!doctype\b[^>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{4000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 1_000
"""Attributes of one element: the time for them grows with their square, and no page needs so many."""
_HEAD = 4096
_PARTS = re.compile(r"[.!?:;\n]+")
_LEAST_SHARE = 0.9
"""Share of the visible text that has to be taken for the article before the rest is left out."""
_SOLID = 15
"""Letters of a block that cannot be in the article by chance."""
_PROSE = 25
"""Words of a paragraph that is never left out, whatever stands around it."""
_MOST = 1_000_000
"""Bytes of a page beyond which finding the article in it would take longer than it is worth."""
_TOO_LARGE = "The page is so large that all of its text was read, the parts around the article too."


def read_html(content: bytes, path: Path) -> RawArticle:
    """Read a web page into raw sections and what it says of itself.

    Every word comes from the page itself. What trafilatura takes for the article only decides what
    is left out, and only if it is nearly everything; warnings are never left out. Raises
    ArticleError if the page is nested too deeply or shows no text.
    """
    decoded = decode(content, path, declared=_declared(content))
    root = _parse(_without_doctype(clean_text(decoded.text)), path)
    values = page_values(root)
    pieces = read_pieces(root)
    if not any(piece.text for piece in pieces if not piece.level):
        raise _without_text(root, path)
    kept, note = _without_furniture(pieces, root, path) if len(content) <= _MOST else (pieces, _TOO_LARGE)
    notes = [note for note in (decoded.note, note) if note]
    title = str(values.pop("title", ""))
    return RawArticle(title, _sections(kept, title), values, notes)


def _declared(content: bytes) -> str:
    found = _XML_ENCODING.search(content[:_HEAD]) or _CHARSET.search(content[:_HEAD])
    return found[1].decode("ascii", "ignore") if found else ""


def _without_doctype(text: str) -> str:
    """Drop the document type, whose entities would end up in the text; the lines stay as many."""
    head = _DOCTYPE.sub(lambda found: "\n" * found.group().count("\n"), text[:_HEAD], count=1)
    return head + text[_HEAD:]


def _parse(text: str, path: Path) -> Element:
    """Parse a page as browsers do, so that no broken tag is an error and no entity is ever fetched."""
    if any(len(_QUOTED.sub(" ", tag).split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        problem = f"an element of the page has more than {_MOST_ATTRIBUTES} attributes"
        raise ArticleError(path, problem, mend="Save its text as .docx or .md.")
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    with reading_with("lxml", path):
        root = etree.fromstring(text.encode(), parser) if text.strip() else None
    if root is None:
        raise ArticleError(path, "there is nothing in this page", mend="Save it again, or remove it.")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ArticleError(
            path,
            "the tags of the page are nested too deeply to be read",
            mend="Save its text as .docx or .md.",
        )
    return root


def _without_text(root: Element, path: Path) -> ArticleError:
    if any(True for _ in root.iter("script")):
        problem = "the page has no text of its own, only scripts"
        return ArticleError(path, problem, mend="Open it in a browser, and save what is shown.")
    return ArticleError(path, "there is no text in this page", mend="Write the article, or remove the file.")


def _without_furniture(pieces: list[Piece], root: Element, path: Path) -> tuple[list[Piece], str]:
    """Return the pieces of the article, and a sentence on what was left out or why nothing was."""
    try:
        with reading_with("trafilatura", path):
            found = _article_letters(root)
    except ArticleError:
        found = ""
    taken = _article(pieces, found)
    share = _prose_letters(taken) / max(1, _prose_letters(pieces))
    if share < _LEAST_SHARE:
        read = [piece for piece in pieces if not piece.linked or piece in taken]
        return read, f"Only {share:.0%} of the page looked like the article, so all of its text was read."
    return taken, f"{1 - share:.1%} of the page's text was left out as furniture." if share < 1 else ""


def _prose_letters(pieces: Sequence[Piece]) -> int:
    return sum(len(_letters(piece.text)) for piece in pieces if not piece.level and not piece.linked)


def _article(pieces: Sequence[Piece], found: str) -> list[Piece]:
    """Return the pieces whose letters were ``found``, and what stands between them but links."""
    taken = [_belongs(piece, found) for piece in pieces]
    solid = [n for n, piece in enumerate(pieces) if taken[n] and len(_letters(piece.text)) >= _SOLID]
    inside = range(solid[0], solid[-1]) if solid else range(0)
    return [
        piece
        for n, piece in enumerate(pieces)
        if taken[n] or piece.level or _must_stay(piece) or (n in inside and not piece.linked)
    ]


def _article_letters(root: Element) -> str:
    """Return the letters of what trafilatura takes for the article; none where it finds no article."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    page = etree.tostring(root, encoding="unicode", method="html")
    document = bare_extraction(page, favor_recall=True, include_comments=False, include_tables=True)
    body = getattr(document, "body", None)
    return _letters("\n".join(map(str, body.itertext()))) if body is not None else ""


def _belongs(piece: Piece, found: str) -> bool:
    parts = [letters for letters in map(_letters, _PARTS.split(piece.text)) if letters]
    return not piece.level and sum(len(part) for part in parts if part in found) >= sum(map(len, parts)) / 2


def _must_stay(piece: Piece) -> bool:
    is_prose = piece.protected or len(piece.text.split()) >= _PROSE
    return reads_as_warning(piece.text) or (is_prose and not piece.linked)


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def _sections(pieces: Sequence[Piece], title: str) -> list[RawSection]:
    """Put the pieces under their headings, without the title; a heading over nothing stays if it warns."""
    sections = [RawSection("", 1)]
    for piece in pieces:
        if piece.level == 1 and piece.text == title:
            continue
        if piece.level:
            sections.append(RawSection(piece.text, piece.level, piece.line))
        else:
            sections[-1].blocks.append(RawBlock(piece.kind, piece.text, piece.line))
    return without_bare_headings(sections, keeps=reads_as_warning)
