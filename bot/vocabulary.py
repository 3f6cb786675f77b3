"""What the glossary of an index says of the words of a question: right spellings and other names."""

from __future__ import annotations

from functools import lru_cache

from bot.expansion import Searched, expanded
from bot.forms import Forms, Mention
from bot.spelling import Speller
from corpus.glossary import Glossary
from index.search import Index
from index.words import terms_of

_REMEMBERED = 20_000


class Vocabulary:
    """The words of one index; without a glossary it leaves every question as it is."""

    def __init__(self, index: Index) -> None:
        everyday = lru_cache(maxsize=_REMEMBERED)(index.is_everyday)

        def is_right(word: str) -> bool:
            return everyday(word) or all(map(index.words.known, terms_of(word)))

        self.glossary: Glossary = index.content.glossary()
        self._speller = Speller(self.glossary, is_right, everyday)
        self._forms = Forms(self.glossary, everyday)

    def repaired(self, text: str) -> str:
        """Return ``text`` with misspelt terms of the glossary as they are written."""
        return self._speller.repaired(text) if self.glossary.terms else text

    def mentions(self, text: str) -> list[Mention]:
        """Return the terms of the glossary that ``text`` names, from left to right."""
        return self._forms.mentions(text) if self.glossary.terms else []

    def searched(self, question: str) -> Searched:
        """Return what to look for in the articles for ``question``."""
        return expanded(question, self.mentions(question))
