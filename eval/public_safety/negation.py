"""Whether the context of the safety layer sees negation where NegEx's annotators saw it (Chapman 2001)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.safety.context import Context
from bot.safety.matching import Reader
from bot.safety.normalise import normalise
from bot.safety.rules import Ruleset, Status

FILE = Path("data/negex/rsAnnotations-1-120-random.txt")
WINDOW = 6
"""Words before a condition in which the plain baseline looks for a negation."""

_SIGN = "zzsign"
"""Stands for the marked condition, whose own words say nothing about the scope of a negation."""
_NEGATIONS = frozenset("no not without deny denies denied denying negative never nor neither none".split())
_WORDS = re.compile(r"[a-z']+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with one condition, as a rule in capitals, and whether it is negated."""

    condition: str
    text: str
    negated: bool

    @property
    def sentence(self) -> str | None:
        """The sentence with a placeholder for the condition; None if the condition does not stand in it."""
        name, text = (" ".join(each.split()) for each in (self.condition.upper(), self.text))
        at = text.find(name) if name in text else text.upper().find(name)
        return None if at < 0 or not name else f"{text[:at]} {_SIGN} {text[at + len(name) :]}"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a judge and the annotators say "negated"."""

    both: int
    only_judge: int
    only_annotators: int

    @property
    def precision(self) -> float:
        """Share of what the judge calls negated that is; 0 if it calls nothing so."""
        return _share(self.both, self.both + self.only_judge)

    @property
    def recall(self) -> float:
        """Share of what is negated that the judge calls so; 0 if nothing is."""
        return _share(self.both, self.both + self.only_annotators)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.both, 2 * self.both + self.only_judge + self.only_annotators)


def read_marked(path: Path) -> list[Marked]:
    """Read NegEx's sentences: tab separated, Latin-1, a header first; condition, sentence, negation."""
    rows = [line.split("\t") for line in path.read_text("latin-1").splitlines()[1:] if line.strip()]
    return [Marked(row[1], row[2], row[3].strip().lower() == "negated") for row in rows]


def agreement(marked: Iterable[Marked], judge: Callable[[str], bool]) -> Agreement:
    """Compare a judge of sentences that hold the placeholder with the annotators."""
    pairs = [(judge(one.sentence), one.negated) for one in marked if one.sentence is not None]
    return Agreement(
        both=pairs.count((True, True)),
        only_judge=pairs.count((True, False)),
        only_annotators=pairs.count((False, True)),
    )


def in_scope(rules: Ruleset) -> Callable[[str], bool]:
    """Return the judge that is the context of the safety layer."""

    def judge(text: str) -> bool:
        for sentence in normalise(text, rules.spelling):
            if _SIGN in sentence.words:
                at = sentence.words.index(_SIGN)
                context = Context(Reader(sentence.words, rules.groups), sentence, rules.cues)
                return context.status(at, at + 1, mention=False) is Status.NEGATED
        return False

    return judge


def in_window(text: str) -> bool:
    """Judge by whether a plain negation stands among the few words before the condition."""
    words = _WORDS.findall(text.lower())
    at = words.index(_SIGN)
    return not _NEGATIONS.isdisjoint(words[max(0, at - WINDOW) : at])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
