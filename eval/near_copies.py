"""How near two short texts are to being copies of each other, whatever their order of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEAR_COPY = 0.55
"""Share of common letter groups from which on two texts count as copies."""
FEWEST_WORDS = 5
"""Two texts of which one is shorter count as copies only where nothing differs but order and fillers."""
MOST_PER_TEMPLATE = 3
"""Messages of one set and split that may differ in a number, a drug or a filler alone."""

_GROUP = 4
_NUMBER_WORDS = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty
    seventy eighty ninety hundred
    """.split()
)
_FILLERS = frozenset(
    """
    a an the please pls hi hello hey so um uh well just really actually ok okay thanks thank sorry oh like
    """.split()
)


@dataclass(frozen=True, slots=True)
class Known:
    """A short text, and where it stands."""

    where: str
    text: str
    family: str = ""
    """Texts of one family (a message and its variants) are near by intention."""


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Two texts that are too near to each other."""

    one: Known
    other: Known
    similarity: float
    """Share of common letter groups over all, 0 to 1."""

    def __str__(self) -> str:
        """Name both texts."""
        return (
            f"{self.similarity:.2f}  {self.one.where}: {self.one.text!r}\n"
            f"      {self.other.where}: {self.other.text!r}"
        )


def template_of(text: str, drugs: Collection[str] = ()) -> str:
    """Return ``text`` without case, marks and fillers, every number and every drug the same."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("'", ""))
    words = re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(_masked(word, drugs) for word in words if word not in _FILLERS)


def _masked(word: str, drugs: Collection[str]) -> str:
    if word in drugs:
        return "drug"
    return "0" if word in _NUMBER_WORDS or word[0].isdigit() else word


def letter_groups(template: str) -> frozenset[str]:
    """Return the groups of four neighbouring letters, each inside one word with its borders."""
    groups: set[str] = set()
    for word in template.split():
        padded = f" {word} "
        groups.update(padded[n : n + _GROUP] for n in range(max(1, len(padded) - _GROUP + 1)))
    return frozenset(groups)


class Texts:
    """Texts among which near copies are looked for."""

    def __init__(self, known: Sequence[Known], drugs: Collection[str] = ()) -> None:
        self.known = known
        self._drugs = drugs
        groups_of = [letter_groups(template_of(each.text, drugs)) for each in known]
        holders: dict[str, list[int]] = {}
        for number, groups in enumerate(groups_of):
            for group in groups:
                holders.setdefault(group, []).append(number)
        self._holders = {group: np.array(numbers) for group, numbers in holders.items()}
        self._sizes = np.array([len(groups) for groups in groups_of])
        self._words = np.array([len(template_of(each.text, drugs).split()) for each in known])

    def similarities(self, text: str) -> NDArray[np.float64]:
        """Return the share of common letter groups of ``text`` with each of the texts, shape (n,)."""
        groups = letter_groups(template_of(text, self._drugs))
        holding = [self._holders[group] for group in sorted(groups) if group in self._holders]
        if not holding:
            return np.zeros(len(self.known))
        common = np.bincount(np.concatenate(holding), minlength=len(self.known))
        return np.asarray(common / (len(groups) + self._sizes - common), dtype=np.float64)

    def near_to(self, one: Known, threshold: float = NEAR_COPY) -> Iterator[NearCopy]:
        """Yield the texts that are near copies of ``one``, the nearest first; none of its own family."""
        similarities = self.similarities(one.text)
        words = np.minimum(self._words, len(template_of(one.text, self._drugs).split()))
        near = np.flatnonzero(similarities >= np.where(words < FEWEST_WORDS, 1.0, threshold))
        for number in sorted(near.tolist(), key=lambda n: (-similarities[n], n)):
            other = self.known[number]
            if other.where != one.where and not (one.family and one.family == other.family):
                yield NearCopy(one, other, float(similarities[number]))


def crowded_templates(
    messages: Sequence[Known], drugs: Collection[str] = (), most: int = MOST_PER_TEMPLATE
) -> list[tuple[Known, ...]]:
    """Return the groups of more than ``most`` messages that are near copies of the first of them.

    Messages of one family count once.
    """
    texts = Texts(messages, drugs)
    counted: set[str] = set()
    crowded = []
    for one in messages:
        if one.where in counted:
            continue
        alike = [one, *(copy.other for copy in texts.near_to(one) if copy.other.where not in counted)]
        if len({each.family or each.where for each in alike}) > most:
            crowded.append(tuple(alike))
            counted.update(each.where for each in alike)
    return crowded
