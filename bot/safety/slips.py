"""Slips of the keyboard: which known word was meant by one that is not known.

A hurried finger hits the key beside, leaves a letter out, hits it twice, or swaps two neighbours; those
are tried first. Longer words may hold two slips.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from string import ascii_lowercase
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from bot.safety.normalise import Spelling

LEAST_CORRECTED = 3
MOST_CORRECTED = 18
"""Letters of a word that is read as a slip of the keyboard."""
_TWO_SLIPS_FROM = 6
"""Letters from which on a word may hold two slips; one of few letters must have the same in another order."""
_LONG = 8

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SMALL = (
    "i my to the and it me of is in a not do was you so how off all she he on can for up am at no but".split()
)
"""Small words that carry a sentence, commonest first: an unknown scrap of letters is read as one of them."""
_LONGEST_SCRAP = 3


def _beside() -> dict[str, str]:
    """Return for each letter the keys around it, each row shifted by half a key."""
    around: dict[str, str] = {}
    for r, row in enumerate(_ROWS):
        above = _ROWS[r - 1] if r else ""
        below = _ROWS[r + 1] if r + 1 < len(_ROWS) else ""
        for k, key in enumerate(row):
            same = row[max(0, k - 1) : k] + row[k + 1 : k + 2]
            around[key] = same + above[k : k + 2] + below[max(0, k - 1) : k + 1]
    return around


_BESIDE: Mapping[str, str] = _beside()


@lru_cache(maxsize=8192)
def meant_by(word: str, spelling: Spelling) -> str | None:
    """Return what was meant: two words run together, or a known word one or two slips away."""
    if len(word) > MOST_CORRECTED or not word.isascii() or not word.isalpha():
        return None
    if len(word) <= _LONGEST_SCRAP:
        likely = {slip for slip, hurried in _slips(word) if hurried}
        small = next((one for one in _SMALL if one in likely and len(one) <= _LONGEST_SCRAP), None)
        if small is not None:
            return small
    if len(word) < LEAST_CORRECTED:
        return None
    rank = spelling.rank
    for at in range(3, len(word) - 2):
        if word[:at] in rank and word[at:] in rank:
            return f"{word[:at]} {word[at:]}"
    found = [(slip, hurried) for slip, hurried in _slips(word) if slip in rank]
    if len(word) <= LEAST_CORRECTED:
        found = [(slip, hurried) for slip, hurried in found if hurried]
    best = min(found, key=lambda one: (not one[1], one[0][0] != word[0], rank[one[0]]), default=None)
    return best[0] if best else _two_slips_away(word, spelling)


def _slips(word: str) -> Iterator[tuple[str, bool]]:
    """Yield what ``word`` may stand for, each with whether a hurried finger makes of it what was typed."""
    for i, letter in enumerate(word):
        before, after = word[:i], word[i + 1 :]
        if after:
            yield before + after[0] + letter + after[1:], True
        yield before + after, bool(before) and before[-1] == letter
        for other in ascii_lowercase:
            yield before + other + after, letter in _BESIDE and other in _BESIDE[letter]
    for i in range(len(word) + 1):
        yield from ((word[:i] + letter + word[i:], True) for letter in ascii_lowercase)


def _two_slips_away(word: str, spelling: Spelling) -> str | None:
    """Return the likeliest word two slips away that begins or ends like ``word``."""
    if len(word) < _TWO_SLIPS_FROM:
        return None
    choices = [one for n in range(len(word) - 2, len(word) + 3) for one in _by_length(spelling).get(n, ())]
    near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=2, limit=5)
    if len(word) < _LONG:
        alike = [one for one, _, _ in near if sorted(one) == sorted(word) and one[0] == word[0]]
    else:
        alike = [one for one, _, _ in near if one[0] == word[0] or one[-2:] == word[-2:]]
    return min(alike, key=lambda one: spelling.rank[one], default=None)


@cache
def _by_length(spelling: Spelling) -> Mapping[int, tuple[str, ...]]:
    """Return the words that slips are corrected to, by their number of letters."""
    lengths: dict[int, list[str]] = {}
    for word in spelling.rank:
        lengths.setdefault(len(word), []).append(word)
    return {length: tuple(words) for length, words in lengths.items()}
