"""Typing slips in everyday words, mended for the search alone: "offten" finds what "often" finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?", re.IGNORECASE)
_LEAST = 4
"""Letters from which on a word resembles few others."""
_SHORTENED = re.compile(
    r"(they|you|we|that|what|who|there|where|how|it|he|she|everyone|nobody)(ve|re|ll|s|d)", re.IGNORECASE
)
"""Two short words in one whose apostrophe was left out."""
_NEGATED = re.compile(
    r"(is|are|was|were|has|have|had|do|does|did|ca|wo|could|would|should|must|need)n['’]?t", re.IGNORECASE
)
_WHOLE = {"ca": "can", "wo": "will"}
_LONG = 8
"""Letters from which on two slips are allowed in a word; one below."""
_MOST_NEAR = 12


class Slips:
    """Mends words that nothing knows and that one everyday word is near to.

    ``everyday`` gives everyday words, the commonest first; it is called once, when a word needs it.
    ``is_right`` tells words that stay as they are, ``is_told`` words that the articles have: of
    equally near words those come first. A word with capitals inside stays, for it may be a name.
    """

    def __init__(
        self,
        everyday: Callable[[], Sequence[str]],
        is_right: Callable[[str], bool],
        is_told: Callable[[str], bool],
    ) -> None:
        self._everyday = everyday
        self._is_right = is_right
        self._is_told = is_told
        self._mended = lru_cache(maxsize=4096)(self._nearest)

    def mended(self, text: str) -> str:
        """Return ``text`` with slips in everyday words mended, all else as it was."""
        return _WORD.sub(self._instead, text)

    def _instead(self, match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < _LEAST or word[1:] != word[1:].lower():
            return word
        return self._mended(word.lower()) or word

    @cached_property
    def _words(self) -> list[str]:
        return [word for word in self._everyday() if len(word) >= _LEAST]

    def _nearest(self, word: str) -> str | None:
        if self._is_right(word):
            return None
        if shortened := _SHORTENED.fullmatch(word):
            return "’".join(shortened.groups())
        if negated := _NEGATED.fullmatch(word):
            return f"{_WHOLE.get(negated.group(1), negated.group(1))} not"
        allowed = 2 if len(word) >= _LONG else 1
        near = process.extract(
            word, self._words, scorer=OSA.distance, score_cutoff=allowed, limit=_MOST_NEAR, processor=None
        )
        likely = [one for one in near if one[1] == near[0][1] and _begins_alike(word, one[0])]
        if not likely:
            return None
        return min(
            likely, key=lambda one: (not self._is_told(one[0]), _swaps_letters_out(word, one[0]), one[2])
        )[0]


def _swaps_letters_out(word: str, other: str) -> bool:
    """Whether a letter stands for another: rarer among slips than one left out, doubled or misplaced."""
    return len(word) == len(other) and sorted(word) != sorted(other)


def _begins_alike(word: str, other: str) -> bool:
    """Whether two words begin with the same letter, or the first two letters changed places."""
    return word[0] == other[0] or word[:2] == other[1::-1]
