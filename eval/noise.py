"""What hurried fingers do to a message: seeded slips of the keyboard, case, and order of words.

Numbers stay as they are: another number would be another question, with another right reply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from eval.cases import Case

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Noise(StrEnum):
    """A way in which a message is disturbed."""

    TYPOS = "typos"
    LOWER = "lower"
    UPPER = "upper"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Rates:
    """How much is disturbed, each as a share from 0 to 1."""

    typos: float
    """Letters that slip; at 0.03 about one in every seven words is mistyped."""
    swaps: float
    """Neighbouring words that change places."""


def _neighbours() -> dict[str, str]:
    """Return for each letter the keys around it on a keyboard whose rows are shifted by half a key."""
    around: dict[str, str] = {}
    for r, row in enumerate(_ROWS):
        above = _ROWS[r - 1] if r else ""
        below = _ROWS[r + 1] if r + 1 < len(_ROWS) else ""
        for k, key in enumerate(row):
            same = row[max(0, k - 1) : k] + row[k + 1 : k + 2]
            around[key] = same + above[k : k + 2] + below[max(0, k - 1) : k + 1]
    return around


NEIGHBOURS = _neighbours()


def with_typos(text: str, rate: float, random: Random) -> str:
    """Return ``text`` with about ``rate`` of its plain letters mistyped.

    A slip is the key beside, a letter left out, a letter twice, or two letters in the wrong order,
    each as likely as the others.
    """
    typed: list[str] = []
    n = 0
    while n < len(text):
        letter = text[n]
        if letter.lower() not in NEIGHBOURS or random.random() >= rate:
            typed.append(letter)
        else:
            following = text[n + 1 : n + 2]
            slip = random.choice(("beside", "dropped", "doubled", "swapped"))
            if slip == "swapped" and following.lower() in NEIGHBOURS:
                typed += [following, letter]
                n += 1
            else:
                typed.append(_slip(slip, letter, random))
        n += 1
    return "".join(typed)


def _slip(slip: str, letter: str, random: Random) -> str:
    if slip == "dropped":
        return ""
    if slip == "doubled":
        return letter * 2
    beside = random.choice(NEIGHBOURS[letter.lower()])
    return beside.upper() if letter.isupper() else beside


def with_swaps(text: str, rate: float, random: Random) -> str:
    """Return ``text`` with about ``rate`` of its neighbouring words in the other order."""
    words = text.split()
    n = 0
    while n + 1 < len(words):
        if random.random() < rate:
            words[n], words[n + 1] = words[n + 1], words[n]
            n += 1
        n += 1
    return " ".join(words)


def disturbed(text: str, noise: Noise, seed: str, rates: Rates) -> str:
    """Return ``text`` as it is with one kind of noise; the same for the same seed, on every machine."""
    random = Random(seed)  # noqa: S311
    match noise:
        case Noise.TYPOS:
            return with_typos(text, rates.typos, random)
        case Noise.LOWER:
            return text.lower()
        case Noise.UPPER:
            return text.upper()
        case Noise.ORDER:
            return with_swaps(text, rates.swaps, random)


def disturb_case(case: Case, noise: Noise, seed: int, rates: Rates) -> Case:
    """Return a case whose turns are asked with noise; what is right stays right."""
    turns = tuple(
        replace(gold, question=disturbed(gold.question, noise, f"{seed} {noise} {case.id} {n}", rates))
        for n, gold in enumerate(case.turns)
    )
    return replace(case, turns=turns)


def share_disturbed(clean: Sequence[Case], noisy: Sequence[Case]) -> float:
    """Return the share of turns that noise changed, 0 to 1; 0 for no turns."""
    pairs = [
        (one.question, other.question)
        for before, after in zip(clean, noisy, strict=True)
        for one, other in zip(before.turns, after.turns, strict=True)
    ]
    return sum(one != other for one, other in pairs) / len(pairs) if pairs else 0.0
