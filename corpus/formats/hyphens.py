"""Putting together words that the end of a line divides."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DIVIDED = re.compile(r"(\w+)([-\u2010\u00ad])$")
_LONGEST = 64
"""Letters of the longest word that is looked for at the end of a line."""
_REST = re.compile(r"[ \t]*((\w+)\S*)[ \t]*")
_WORD = re.compile(r"\w+(?:[-\u2010]\w+)*")
_SUSPENDED = frozenset({"and", "or", "to", "und", "oder", "et", "ou"})
"""Words before which a hyphen stays open, as in "pre- and postmenopausal"."""
_JOINING = frozenset("break every other over some there through under where with".split())
"""Words that begin compounds written as one word."""


def mend_line_ends(lines: Sequence[str]) -> list[str]:
    """Return as many lines, with every divided word whole on the line where it begins.

    Whether the hyphen belongs to the word is told from the word itself ("HER2-", "T-") and from how
    the rest of the text writes it.
    """
    mended = [line.rstrip() for line in lines]
    words = _words(mended)
    last = 0
    for n, following in enumerate(mended[1:], start=1):
        line = mended[last]
        divided, rest = _divided(line), _REST.match(following)
        if not divided or not rest or _is_suspended(divided, rest, words):
            last = n
            continue
        kept = divided[2] != "\u00ad" and _keeps_hyphen(divided[1], rest[2], words)
        mended[last] = line[:-1] + ("-" if kept else "") + rest[1]
        mended[n] = following[rest.end() :]
        last = n if mended[n] else last
    return mended


def _is_suspended(divided: re.Match[str], rest: re.Match[str], words: frozenset[str]) -> bool:
    follows = divided[2] == "-" and rest[2].lower() in _SUSPENDED
    return follows and f"{divided[1]}{rest[2]}".lower() not in words


def _divided(line: str) -> re.Match[str] | None:
    return _DIVIDED.search(line[-_LONGEST:])


def _words(lines: Sequence[str]) -> frozenset[str]:
    """Return the words of ``lines``, lower case, without the halves of divided ones."""
    words: set[str] = set()
    divided = False
    for line in lines:
        rest = _REST.match(line) if divided else None
        end = _divided(line)
        divided = end is not None
        whole = line[rest.end() if rest else 0 : len(line) - len(end[0]) if end else len(line)]
        words.update(_WORD.findall(whole.lower()))
    return frozenset(words)


def _keeps_hyphen(left: str, right: str, words: frozenset[str]) -> bool:
    if len(left) == 1 or left[1:] != left[1:].lower() or not left.isalpha() or not right[0].islower():
        return True
    left, right = left.lower(), right.lower()
    if left + right in words:
        return False
    if f"{left}-{right}" in words:
        return True
    return min(len(left), len(right)) >= 4 and left not in _JOINING and {left, right} <= words
