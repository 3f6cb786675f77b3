"""Where a text uses the terms of a glossary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from corpus.glossary import Glossary, Term

_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\+?")
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text uses a term: ``text[start:end]`` stands for ``form``, perhaps in the plural."""

    term: Term
    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TermFinder:
    """Finds the right forms of a glossary's terms; where forms overlap, the longest one counts."""

    forms: dict[tuple[str, ...], tuple[Term, str]]

    @classmethod
    def of(cls, glossary: Glossary) -> Self:
        """Return a finder of every right form of ``glossary``."""
        written = {form.casefold(): form for term in glossary.terms.values() for form in term.forms}
        return cls({_pieces(form): (term, written.get(form, form)) for form, term in glossary.forms.items()})

    def mentions(self, text: str) -> list[Mention]:
        """Return the mentions in ``text`` in order; none of them overlap.

        An abbreviation in capitals is only found in capitals, so that "ISH" is not in "newish".
        """
        words = list(_PIECE.finditer(text))
        found: list[Mention] = []
        n = 0
        while n < len(words):
            mention = self._longest_at(text, words[n : n + _LONGEST])
            if mention:
                found.append(mention)
            n += len(_PIECE.findall(text[mention.start : mention.end])) if mention else 1
        return found

    def _longest_at(self, text: str, words: list[re.Match[str]]) -> Mention | None:
        for length in range(len(words), 0, -1):
            run = words[:length]
            pieces = tuple(word.group().casefold().replace("’", "'") for word in run)
            for last in _singulars(pieces[-1]):
                if (known := self.forms.get((*pieces[:-1], last))) and _close(text, run):
                    mention = Mention(*known, run[0].start(), run[-1].end())
                    if _right_case(mention, text):
                        return mention
        return None


def _pieces(form: str) -> tuple[str, ...]:
    return tuple(piece.casefold().replace("’", "'") for piece in _PIECE.findall(form))


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
