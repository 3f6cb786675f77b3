"""Cutting a block of text into sentences, the unit of quotation."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s)")
_ABBREVIATIONS = frozenset(
    """
    dr mr mrs ms prof st vs etc e.g i.e eg ie approx fig no vol jan feb mar apr jun jul aug sep sept
    oct nov dec inc ltd al
    """.split()
)
_INITIALS = re.compile(r"(?:^|[\s(])(?:[A-Za-z]\.)*[A-Za-z]$")
_NEVER_LAST = frozenset(
    """
    dr mr mrs ms prof st vs e.g i.e eg ie approx fig
    """.split()
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the ``(start, end)`` of each sentence of ``text``, in order, without outer white space.

    A full stop ends a sentence when white space and something that can open a sentence follow it;
    abbreviations, initials and decimals do not. Text without any such place is one sentence.
    """
    spans = []
    start = 0
    for match in _END.finditer(text):
        if _ends_sentence(text, start, match):
            spans.append(_trimmed(text, start, match.end()))
            start = match.end()
    if text[start:].strip():
        spans.append(_trimmed(text, start, len(text)))
    return [span for span in spans if span[0] < span[1]]


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    following = text[match.end() :].lstrip()[:2]
    if not following or not _can_open(following):
        return not following
    if _inside_brackets(text[start : match.end()], text[match.end() :]):
        return False
    if match.group()[0] != ".":
        return True
    before = text[start : match.start()]
    word = before.rsplit(None, 1)[-1].lstrip("(“\"'").lower() if before.strip() else ""
    if word in _NEVER_LAST or (word in _ABBREVIATIONS and not following[0].isupper()):
        return False
    return not (match.group() == "." and _INITIALS.search(before[-12:]) and word != "i")


def _inside_brackets(so_far: str, rest: str) -> bool:
    """Whether a bracket is open that soon closes: an aside of several sentences is quoted whole."""
    return so_far.count("(") > so_far.count(")") and ")" in rest[:200]


def _can_open(following: str) -> bool:
    """Whether a sentence can open so; a lower-case letter opens one only as in "mRNA" or "pH"."""
    opening = following.lstrip("\"'“‘([") or following
    if opening[:1].islower():
        return len(opening) > 1 and opening[1].isupper()
    return True


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
