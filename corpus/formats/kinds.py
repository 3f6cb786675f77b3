"""Which kind of file an article is in, by its name and by its first bytes."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from corpus.article import ArticleError


class Kind(StrEnum):
    """The kinds of files that are read."""

    MARKDOWN = "Markdown"
    TEXT = "plain text"
    HTML = "HTML"
    PDF = "PDF"
    WORD = "Word"


KIND_OF_SUFFIX = {
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".pdf": Kind.PDF,
    ".docx": Kind.WORD,
}
UNREAD_DOCUMENTS = frozenset({".doc", ".docm", ".rtf", ".odt", ".epub", ".pages"})
"""Documents that people take for articles: named as not read rather than passed over in silence."""

_HTML = re.compile(rb"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_BEFORE_HTML = ((b"<?xml", b">"), (b"<!--", b"-->"))
_TEXT_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SIGNATURES = (
    (b"{\\rtf", "rich text (RTF)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file, or one behind a password"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed (gzip) file"),
)


def kind_of(path: Path) -> Kind:
    """Return the kind that the suffix of ``path`` stands for; raises ArticleError if it is not read."""
    kind = KIND_OF_SUFFIX.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(KIND_OF_SUFFIX)
        raise ArticleError(
            path,
            f"files of this kind are not read (known: {known})",
            mend="Save it as one of these.",
        )
    return kind


def check_content(kind: Kind, content: bytes, path: Path) -> None:
    """Raise ArticleError if the first bytes of a file say that it is not of the kind of its suffix."""
    found = _sniff(content, kind)
    if found == kind or (found is None and kind in {Kind.MARKDOWN, Kind.TEXT, Kind.HTML}):
        return
    if found is None:
        raise ArticleError(path, f"the content is not {kind}", mend="Export it again, or remove it.")
    mend = "Save its text as .docx, .pdf or .md."
    if isinstance(found, Kind):
        right = next(suffix for suffix, kind_of_it in KIND_OF_SUFFIX.items() if kind_of_it is found)
        mend = f"Rename it to end in {right}."
    raise ArticleError(path, f"the content is {found}, not {kind}", mend=mend)


def _sniff(content: bytes, expected: Kind) -> Kind | str | None:
    """Return the kind that the content shows, a phrase for one that is not read, or None."""
    for signature, phrase in _SIGNATURES:
        if content.startswith(signature):
            return phrase
    if content.startswith(b"PK\x03\x04"):
        return Kind.WORD if b"word/" in content else "a packed (zip) file"
    start = content[:8192]
    if start.lstrip().startswith(b"%PDF-") or (expected is Kind.PDF and b"%PDF-" in start[:1024]):
        return Kind.PDF
    return Kind.HTML if _HTML.match(_without_prolog(start)) else None


def _without_prolog(content: bytes) -> bytes:
    """Return the start of a text without byte order mark, XML declaration and comments before it."""
    for bom in _TEXT_BOMS:
        content = content.removeprefix(bom)
    content = content.replace(b"\0", b"").lstrip()
    while opening := next((pair for pair in _BEFORE_HTML if content.startswith(pair[0])), None):
        _, found, content = content.partition(opening[1])
        if not found:
            return b""
        content = content.lstrip()
    return content
