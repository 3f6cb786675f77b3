"""The words of a message as numbers: single words and pairs of neighbours, by how telling they are."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")


def wordings_of(text: str) -> Counter[str]:
    """Return how often each word and each pair of neighbouring words stands in ``text``.

    Case and apostrophes are ignored, for many people type none.
    """
    words = _WORD.findall(text.lower().translate(_APOSTROPHES))
    return Counter([*words, *map(" ".join, pairwise(words))])


def rarity(texts: Iterable[str], least: int) -> dict[str, float]:
    """Return for each wording in at least ``least`` of the texts how telling it is.

    The smoothed inverse document frequency: ln((1 + n) / (1 + n with it)) + 1.
    """
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        counts.update(wordings_of(text).keys())
        total += 1
    return {
        wording: math.log((1 + total) / (1 + count)) + 1
        for wording, count in sorted(counts.items())
        if count >= least
    }


def weighed(text: str, telling: Mapping[str, float]) -> dict[str, float]:
    """Return the weight of each known wording of ``text``; together they have length 1.

    A wording counts by how telling it is, and a little more where it is repeated.
    """
    known = {
        wording: telling[wording] * (1 + math.log(count))
        for wording, count in wordings_of(text).items()
        if wording in telling
    }
    length = math.sqrt(sum(weight * weight for weight in known.values()))
    return {wording: weight / length for wording, weight in known.items()}
