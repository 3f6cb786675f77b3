"""Where the reader is, as far as the chat tells countries apart."""

from __future__ import annotations

from enum import StrEnum


class Country(StrEnum):
    """Where the person is, as they said; never guessed."""

    US = "US"
    UK = "UK"
    EU = "EU"
