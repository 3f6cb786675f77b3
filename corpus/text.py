"""Cleaning text before offsets are fixed: nothing that could steer a terminal gets past here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LINE_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_ESCAPE_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|[\ud800-\udfff]|[\U000e0000-\U000e007f]"
)
_SOFT_HYPHEN_AT_END = re.compile(r"\u00ad[ \t]*\n[ \t]*(\S+)[ \t]*")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl", "st", "st")
_SUPERSCRIPTS = str.maketrans("0123456789+-\u2212()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_RAISED_NUMBER = re.compile(r"[-+\u2212]?\d+|\(\d+\)")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


def clean_text(text: str) -> str:
    """Return ``text`` in NFC with plain line breaks and no control, bidi or invisible characters.

    Terminal escape sequences go as a whole, so that no harmless-looking rest of them stays. Ligatures
    become letters, and a word that a soft hyphen divides between two lines is put together on the first.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_BREAKS.sub("\n", text)
    text = _ESCAPE_SEQUENCE.sub("", text)
    text = _SOFT_HYPHEN_AT_END.sub(r"\1\n", text)
    text = _LIGATURE.sub(lambda match: _LIGATURES[ord(match.group()) - 0xFB00], text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    """Return cleaned ``text`` as a single line with single spaces and no space at the ends."""
    return _SPACES.sub(" ", clean_text(text).replace("\n", " ")).strip()


def shortened(text: str, most: int) -> str:
    """Return ``text`` in at most ``most`` characters, "…" for what was cut off."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def some_of(things: Sequence[str], most: int = 3) -> str:
    """Return the first ``most`` of ``things``, parted by commas, and how many more there are."""
    rest = len(things) - most
    return ", ".join(things[:most]) + (f" and {rest} more" if rest > 0 else "")


def superscript(text: str) -> str:
    """Return a raised number in raised digits, so that ten to the ninth never reads 109; else ``text``."""
    raised = text.strip()
    return raised.translate(_SUPERSCRIPTS) if _RAISED_NUMBER.fullmatch(raised) else text


def slug(text: str) -> str:
    """Return a lower-case id of letters, digits and hyphens, at most 80 characters; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-")
