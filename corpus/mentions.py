"""Where a text uses the terms of a glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from corpus.glossary import Glossary, Term

_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\+?")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text uses a term: ``text[start:end]`` stands for ``form``, perhaps in the plural."""

    term: Term
    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TermFinder:
    """Finds the right forms of a glossary's terms."""

    forms: Mapping[tuple[str, ...], tuple[Term, str]]
    longest: Mapping[str, int]
    """By the first word of a form: how many words the longest form has that begins so."""

    @classmethod
    def of(cls, glossary: Glossary) -> Self:
        """Return a finder of every right form of ``glossary``."""
        written = {form.casefold(): form for term in glossary.terms.values() for form in term.forms}
        forms = {_pieces(form): (term, written.get(form, form)) for form, term in glossary.forms.items()}
        longest: dict[str, int] = {}
        for pieces in filter(None, forms):
            longest[pieces[0]] = max(len(pieces), longest.get(pieces[0], 0))
        return cls(forms, longest)

    def mentions(self, text: str, *, nested: bool = False) -> list[Mention]:
        """Return the mentions in ``text`` in order.

        Where forms overlap, the longest one counts, unless ``nested`` asks for those inside it too.
        An abbreviation in capitals is only found in capitals, so that "ISH" is not in "newish".
        """
        words = list(_PIECE.finditer(text))
        found: list[Mention] = []
        n = 0
        while n < len(words):
            here = list(self._mentions_at(text, words, n))
            found += here if nested else here[:1]
            skipped = 0 if nested or not here else sum(word.start() < here[0].end for word in words[n:])
            n += max(1, skipped)
        return found

    def _mentions_at(self, text: str, words: list[re.Match[str]], n: int) -> Iterator[Mention]:
        """Yield the mentions that begin with the word ``n``, the longest first."""
        first = _folded(words[n])
        longest = max(self.longest.get(word, 0) for word in _singulars(first))
        for length in range(min(longest, len(words) - n), 0, -1):
            run = words[n : n + length]
            pieces = tuple(map(_folded, run))
            for last in _singulars(pieces[-1]):
                if (known := self.forms.get((*pieces[:-1], last))) and _close(text, run):
                    mention = Mention(*known, run[0].start(), run[-1].end())
                    if _right_case(mention, text):
                        yield mention
                        break


def _folded(word: re.Match[str]) -> str:
    return word.group().casefold().replace("’", "'")


def _pieces(form: str) -> tuple[str, ...]:
    return tuple(map(_folded, _PIECE.finditer(form)))


def _singulars(word: str) -> tuple[str, ...]:
    endings = [word.removesuffix(ending) for ending in ("s", "es", "'s") if word.endswith(ending)]
    if word.endswith("ies"):
        endings.append(word.removesuffix("ies") + "y")
    return (word, *endings)


def _close(text: str, run: list[re.Match[str]]) -> bool:
    """Whether only spaces, hyphens, slashes or dots stand between the words of a run."""
    gaps = (text[a.end() : b.start()] for a, b in pairwise(run))
    return all(re.fullmatch(r"[ /.'’–-]{1,2}", gap) for gap in gaps)


def _right_case(mention: Mention, text: str) -> bool:
    form = mention.form
    short = form in mention.term.abbreviations and form.isupper() and form.isalpha()
    return not short or text[mention.start : mention.end].startswith(form)
