"""How hard a text is to read."""

from __future__ import annotations

import re
from collections.abc import Sequence

_VOWELS = re.compile(r"[aeiouy]+")


def reading_grade(sentences: Sequence[str]) -> float:
    """Return the Flesch-Kincaid grade of ``sentences``; 0 for none.

    0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid et al. 1975). Syllables are
    counted from the spelling. Words with a digit or an inner capital (names of genes, tests and the
    like) and words that end as the names of drugs do count as two.
    """
    words = [word for sentence in sentences for word in re.findall(r"[A-Za-z][\w'’/-]*", sentence)]
    if not words:
        return 0.0
    counted = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * counted / len(words) - 15.59


_DRUG_ENDINGS = re.compile(
    r"(?:mab|nib|lib|sib|tib|parib|strant|tecan|tansine|zole|ifen|imus|platin|taxel|cin|citabine|methasone|relin|"
    r"peramide|profen|minophen|cetamol|dron(?:ic|ate)|mestane|xetine)$"
)


def _syllables(word: str) -> int:
    if any(c.isdigit() for c in word) or word[1:] != word[1:].lower() or _DRUG_ENDINGS.search(word.lower()):
        return 2
    plain = word.lower().split("'")[0]
    count = len(_VOWELS.findall(plain))
    if plain.endswith("e") and not plain.endswith(("le", "ee")) and count > 1:
        count -= 1
    if (
        plain.endswith(("es", "ed"))
        and count > 1
        and not plain.endswith(("ted", "ded", "ses", "ces", "ges", "zes", "xes"))
    ):
        count -= 1
    return max(1, count)
