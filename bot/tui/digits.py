"""Digits that show citations while nothing is typed, more than one for numbers past nine."""

from __future__ import annotations

import time
from collections.abc import Callable

SOON_SECONDS = 1.5
"""How soon after a digit the next key belongs to it: "12" and "2nd" are typed faster than this."""


class CitationDigits:
    """Which digits name a citation, and which turn out to begin a text and are given back to it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.citations: frozenset[int] = frozenset()
        """Numbers of the citations that can be shown."""
        self._clock = clock
        self._typed = ""
        self._number = ""
        self._at = 0.0

    def takes(self, key: str) -> bool:
        """Whether a key is a digit that a citation's number begins or goes on with."""
        if len(key) != 1 or not key.isdecimal():
            return False
        return self._begins(self._so_far() + key) or self._begins(key)

    def press(self, digit: str) -> int | None:
        """Take a digit; return the citation that is named now, or None while there is none."""
        number = self._so_far() + digit
        self._number = number if self._begins(number) else digit
        self._typed = (self._typed if self._is_soon() else "") + digit
        self._at = self._clock()
        named = int(self._number)
        return named if named in self.citations else None

    def give_back(self, character: str) -> str:
        """Return the digits to which ``character`` belongs, so that they are text after all."""
        belongs = self._is_soon() or not character.isalpha()
        typed = self._typed if belongs else ""
        self.forget()
        return typed

    def forget(self) -> None:
        """Begin anew."""
        self._typed = self._number = ""

    def _so_far(self) -> str:
        return self._number if self._is_soon() else ""

    def _is_soon(self) -> bool:
        return self._clock() - self._at < SOON_SECONDS

    def _begins(self, digits: str) -> bool:
        return any(str(n).startswith(digits) for n in self.citations)
