"""Bytes to text: what the file says or shows of its encoding, and a guess only when it says nothing."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.article import ArticleError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARACTER_SETS = re.compile(
    r"(?:x-)?(?:iso|latin|l\d|windows|win|cp|ibm|koi8|mac|shift|sjis|ms|euc|gb|big5|tis|hz|utf-?8|us-ascii|ascii)",
    re.IGNORECASE,
)
"""Python knows more codecs than there are character sets: "rot13" and its like must not be named."""
_SHIFTS = re.compile(rb"\x1b\$[@AB]|\x1b\$[()][A-D]")
"""The escapes by which text in ISO-2022, which is all ASCII bytes, changes its alphabet."""
_SAMPLE = 100_000
_LEAST_COHERENCE = 0.2
"""Share of letters in the order of frequency of some language, below which a guess is worth nothing."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and a sentence for whoever should know how it was decoded, or ""."""

    text: str
    note: str = ""


def decode(content: bytes, path: Path, *, declared: str = "") -> Decoded:
    """Decode the content of a text file; ``declared`` is the encoding that it names, if it does.

    A byte order mark decides, then valid UTF-8, then ``declared``, then a guess from the letters.
    Raises ArticleError for binary files and for text whose encoding cannot be told.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode_marked(content, encoding, path)
    if b"\0" in content:
        raise ArticleError(path, "this is a binary file, not text", mend="Save it as UTF-8 text.")
    shifted = bool(_SHIFTS.search(content))
    if not shifted and (text := _try(content, "utf-8")) is not None:
        return Decoded(text, _utf8_note(text, declared))
    if declared and _CHARACTER_SETS.match(declared) and (text := _try(content, _wide(declared))) is not None:
        return Decoded(text)
    return _guess(content, path)


def _decode_marked(content: bytes, encoding: str, path: Path) -> Decoded:
    text = _try(content, encoding)
    if text is None:
        problem = f"the file begins as {encoding.removesuffix('-sig').upper()} but does not go on so"
        raise ArticleError(path, problem, mend="Save it again as UTF-8 text.")
    return Decoded(text, _utf8_note(text, ""))


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _wide(encoding: str) -> str:
    """Read Latin-1 and ASCII labels as the larger set that every browser takes them for."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return encoding
    return "cp1252" if name in {"iso8859-1", "ascii"} else name


def _utf8_note(text: str, declared: str) -> str:
    if damaged := text.count("\ufffd"):
        return f"The file holds {damaged} characters that were lost before it was saved."
    if declared and not text.isascii() and not declared.lower().startswith("utf"):
        return "The file says that it is in another encoding, but it is UTF-8 and was read so."
    return ""


def _guess(content: bytes, path: Path) -> Decoded:
    from charset_normalizer import from_bytes

    telling = b"\n".join(line for line in content.splitlines() if not line.isascii() or b"\x1b" in line)
    best = from_bytes(telling[:_SAMPLE]).best()
    if best is not None and (best.coherence >= _LEAST_COHERENCE or best.encoding.startswith("iso2022")):
        western = "cp1252" if str(best) == _try(telling[:_SAMPLE], "cp1252") else best.encoding
        text = _try(content, western)
        if text is not None:
            return Decoded(
                text, f"The encoding is a guess: it reads as {western}. Saved as UTF-8 it is certain."
            )
    line = _first_odd_line(content)
    problem = "the text is not UTF-8, and its encoding cannot be told"
    raise ArticleError(path, problem, line=line, mend="Save it as UTF-8 text.")


def _first_odd_line(content: bytes) -> int:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return content[: error.start].count(b"\n") + 1
    return 1
